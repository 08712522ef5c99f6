//! `grade list` and `grade show`.

use crate::support::{challenge, folder, grade, write};

#[test]
fn list_is_a_table_or_json() {
    let run = grade(&["list"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    insta::assert_snapshot!(run.out);
    let run = grade(&["list", "--json"]);
    let rows: Vec<serde_json::Value> = serde_json::from_str(&run.out).unwrap();
    assert_eq!(rows.len(), 9);
    assert!(rows.iter().all(|row| row["id"].is_string() && row["notGraded"].is_null() && row["hints"].is_u64()));
}

#[test]
fn show_tells_what_is_fetched_and_asserted() {
    let run = grade(&["show", "handle-a-disconnect", "--code"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    insta::assert_snapshot!(run.out);
}

#[test]
fn show_json_has_the_fields_of_the_reference_parse() {
    let folder = folder();
    let blocks = ["assert.isTrue(true);", "", "new WebSocket('x');", "assert.(;"];
    write(folder.path(), "a.md", &challenge("aaaaaaaaaaaaaaaaaaaaaaaa", "a", &blocks));
    write(folder.path(), "b.md", "---\nid: x\n---\n\n# --hints--\n\nOnly a text.\n");
    let run = grade(&["show", "--json", folder.path().to_str().unwrap()]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let lines: Vec<serde_json::Value> = run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["frontMatter"]["id"], "aaaaaaaaaaaaaaaaaaaaaaaa");
    assert_eq!(lines[0]["sections"], serde_json::json!(["description", "hints"]));
    let engines: Vec<&str> =
        lines[0]["hints"].as_array().unwrap().iter().map(|hint| hint["engine"].as_str().unwrap()).collect();
    assert_eq!(engines, ["ported", "none", "script", "broken"]);
    assert_eq!(lines[0]["hints"][0]["line"], 14);
    assert_eq!(lines[0]["hints"][0]["codeLine"], 17);
    assert!(lines[0]["hints"][2]["reason"].as_str().unwrap().contains("WebSocket"));
    assert!(lines[1]["errors"].as_array().unwrap().iter().any(|error| error["stage"] == "hints"));
}

#[test]
fn show_engine_counts_and_says_why() {
    let folder = folder();
    write(
        folder.path(),
        "a.md",
        &challenge("aaaaaaaaaaaaaaaaaaaaaaaa", "a", &["assert.isTrue(true);", "new WebSocket('x');"]),
    );
    let run = grade(&["show", "--engine", folder.path().to_str().unwrap()]);
    insta::assert_snapshot!(run.out, @r"
    challenges graded by URL: 1; hints with a test: 2, of which 1 port (50 %) and 1 need the script engine; hints without a test: 0; tests that do not parse: 0
         1  a new `WebSocket`
    ");
    assert_eq!((run.code, run.err.as_str()), (0, ""));
}
