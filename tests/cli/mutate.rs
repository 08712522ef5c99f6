//! `grade mutate`: which hints can fail, and what they do not notice.

use serde_json::Value;

use crate::support::{Server, challenge, folder, grade, left, program, sample, write};

const SCHEMA: &str = include_str!("../../docs/schema/mutate-1.json");
const GET: &str = "const res = await fetch(code + '/_api/server.js');\nconst source = await res.text();\n";

fn laid(name: &str) -> tempfile::TempDir {
    let folder = folder();
    for (path, content) in sample(name).project.files {
        write(folder.path(), &path, std::str::from_utf8(&content).unwrap());
    }
    folder
}

#[test]
fn what_a_hint_does_not_notice_is_shown() {
    let project = laid("complete");
    let run = grade(&["mutate", "handle-a-disconnect", "--dir", project.path().to_str().unwrap()]);
    insta::assert_snapshot!(run.out);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
}

#[test]
fn hints_that_cannot_fail_are_named_in_a_narrow_terminal_too() {
    let server = Server::of("complete");
    let folder = folder();
    let blocks = [
        format!("{GET}assert.match(source, /socket\\.io/, 'server.js should load socket.io');"),
        format!("{GET}assert.match(source, /(socket\\.io)*/, 'server.js should load socket.io');"),
        format!("try {{\n{GET}assert.match(source, /socket\\.io/);\n}} catch (error) {{ console.log(error); }}"),
        "assert(true);".to_owned(),
        String::new(),
        "const res = await fetch(code + '/api/status'); assert.equal(res.status, 418, 'It should be a teapot');"
            .to_owned(),
        "fetch(code + '/_api/server.js').then((res) => assert.equal(res.status, 200));".to_owned(),
    ];
    let blocks: Vec<&str> = blocks.iter().map(String::as_str).collect();
    let file = write(folder.path(), "block/tried.md", &challenge("5f0000000000000000000001", "tried", &blocks));
    let file = file.to_str().unwrap();
    let run = left(program().env("COLUMNS", "60").args(["mutate", file, "--url", &server.url, "--survivors", "1"]));
    insta::assert_snapshot!("narrow_honest", run.out);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    let run = grade(&["mutate", file, "--url", &server.url, "--survivors", "0", "--rules", "browser"]);
    insta::assert_snapshot!("wide_browser", run.out);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
}

#[test]
fn the_exit_code_says_what_is_known() {
    let project = laid("complete");
    let dir = project.path().to_str().unwrap();
    let code = |block: &str, more: &[&str]| {
        let folder = folder();
        let file = write(folder.path(), "block/tried.md", &challenge("5f0000000000000000000001", "tried", &[block]));
        let run = grade(&[&["mutate", file.to_str().unwrap(), "--dir", dir], more].concat());
        (run.code, run.err)
    };
    let good = format!("{GET}assert.match(source, /socket/);");
    assert_eq!(code(&good, &[]), (0, String::new()));
    assert_eq!(code(&format!("{GET}assert.ok(true);"), &[]).0, 1);
    assert_eq!(code(&format!("{GET}assert.match(source, /nowhere/);"), &[]), (3, String::new()));
    assert_eq!(code("await fetch(code + '/api/status'); assert.ok(true);", &[]), (2, String::new()), "all skipped");
    assert_eq!(code(&good, &["--mutants", "0"]).0, 2);
    assert_eq!(code(&good, &["--budget", "1 fortnight"]).0, 2);
}

#[test]
fn the_object_for_programs_is_as_its_schema_says_and_the_same_each_time() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    assert!(jsonschema::draft202012::meta::is_valid(&schema));
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let printed = grade(&["schema", "mutate"]);
    assert!(printed.out == SCHEMA, "write it anew: grade schema mutate > docs/schema/mutate-1.json");
    let project = laid("complete");
    let of = |more: &[&str]| {
        let dir = project.path().to_str().unwrap();
        let run = grade(&[&["mutate", "english/realtime-chat", "--dir", dir, "--format", "json"], more].concat());
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        run.out
    };
    let whole = of(&["--survivors", "all", "--mutants", "30"]);
    let value: Value = serde_json::from_str(&whole).unwrap();
    let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    for hint in value["challenges"].as_array().unwrap().iter().flat_map(|one| one["hints"].as_array().unwrap()) {
        assert_eq!(hint["survivors_left_out"], 0);
        assert_eq!(hint["mutants"]["survived"], hint["survivors"].as_array().unwrap().len());
    }
    assert_eq!(value["environment"]["seed"], 1);
    let once = of(&["--mutants", "20", "--jobs", "1"]);
    assert_eq!(once, of(&["--mutants", "20", "--jobs", "8"]));
    assert_ne!(once, of(&["--mutants", "20", "--seed", "2"]));
}

#[test]
fn secrets_are_masked() {
    let project = laid("complete");
    write(project.path(), "server.js", "// access-control-allow-origin\nconst key = 'hunter22'; // socket.io\n");
    let folder = folder();
    let block = format!("{GET}assert.match(source, /socket/);");
    let file = write(folder.path(), "block/tried.md", &challenge("5f0000000000000000000001", "tried", &[&block]));
    for format in ["text", "json"] {
        let run = left(program().env("GRADE_SECRET_KEY", "hunter22").args([
            "mutate",
            file.to_str().unwrap(),
            "--dir",
            project.path().to_str().unwrap(),
            "--survivors",
            "all",
            "--format",
            format,
        ]));
        assert_eq!(run.code, 0, "{run:?}");
        assert!(run.out.contains("***KEY***"), "{}", run.out);
        for most_of_it in ["unter22", "hunter2"] {
            assert!(!run.out.contains(most_of_it), "{}", run.out);
        }
    }
}

#[test]
fn what_cannot_be_tried_is_refused_in_words() {
    let run = grade(&["mutate", "handle-a-disconnect"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.starts_with("error: no project to grade"), "{}", run.err);
    let run = grade(&["mutate"]);
    assert!(run.code == 2 && run.err.contains("<CHALLENGE>"), "{run:?}");
    let run = grade(&["mutate", "no-such-challenge", "--url", "localhost:1"]);
    assert!(run.code == 2 && run.err.contains("no-such-challenge"), "{run:?}");
    let run = grade(&["mutate", "handle-a-disconnect", "--url", "localhost:1"]);
    assert_eq!(run.code, 3, "{run:?}");
    assert!(run.out.contains("NOT KNOWN") && run.out.contains("Grade it first"), "{}", run.out);
}
