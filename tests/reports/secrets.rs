//! Secrets are in no report, in no format, in no form.

use grade::report::Format;
use grade::testbed::{Faults, Project, Route};

use crate::program::{Left, Server, challenge, folder, left, program, write};

/// It has what each format and each encoding changes.
const VALUE: &str = "hunter2/+ \"x\" é%&<z>";
/// A piece of it that no encoding but base64 changes, and two of its base64 at different offsets.
const TRACES: [&str; 4] = ["hunter2", "aHVudGVy", "h1bnRlc", "odW50ZX"];
const IN_URL: &str = "tok3n-in-the-address";
const PASSWORD: &str = "pa55word-in-the-address";
const COOKIE: &str = "cookie-of-the-learner";

fn server() -> Server {
    let json = serde_json::json!({"secret": VALUE, VALUE: [VALUE, {"deep": VALUE}]});
    let pem = format!("const db = 'mongodb://learner:{PASSWORD}-too@db.example/x';\nconst s = '{VALUE}';\n");
    let project = Project::of_files([("server.js", pem)])
        .with_route(Route::json("/json", &json))
        .with_route(
            Route::new("GET", "/text", "text/plain; charset=utf-8", format!("before {VALUE} after"))
                .with_header("x-echo", "hunter2%2F%2B%20%22x%22%20%C3%A9%25%26%3Cz%3E")
                .with_header("set-cookie", &format!("sid={COOKIE}; Path=/")),
        )
        .with_route(Route::redirect("/moved", 302, &format!("/text?token={IN_URL}")));
    Server::new(project, Faults::default())
}

fn blocks() -> Vec<String> {
    let value = serde_json::to_string(VALUE).unwrap();
    let get = |path: &str| format!("const res = await fetch('ORIGIN{path}');\nconst text = await res.text();\n");
    vec![
        format!("{}assert.equal(text, 'other', 'Wrong: ' + text);", get("/text")),
        format!("{}assert.deepEqual(JSON.parse(text), {{a: {value}}});", get("/json")),
        format!("{}assert.match(text, /nothing like it/);", get("/_api/server.js")),
        format!("{}console.log(text, btoa('me:' + {value}), {value});\nthrow new Error({value});", get("/moved")),
        format!(
            "await fetch('ORIGIN/echo?q=' + encodeURIComponent({value}));\nawait $.get('ORIGIN/text', {{q: {value}}});\nassert.isTrue(false);"
        ),
        format!("const o = {{}}; o[{value}] = 1; assert.property(o, 'x');"),
        "const res = await fetch(code); assert.equal(res.url, code + '!');".to_owned(),
        "new WebSocket(code);".to_owned(),
        format!("assert.equal({value}, ;"),
    ]
}

fn run(arguments: &[&str], environment: Option<(&str, &str)>) -> Vec<(String, Left, String)> {
    let server = server();
    let folder = folder();
    let blocks: Vec<String> = blocks().iter().map(|block| block.replace("ORIGIN", &server.url)).collect();
    let blocks: Vec<&str> = blocks.iter().map(String::as_str).collect();
    let text = challenge("eeeeeeeeeeeeeeeeeeeeeeee", "secrets", &blocks)
        .replace("title: secrets", "title: 'A hunter2/+ \"x\" é%&<z> title'");
    let file = write(folder.path(), "secrets.md", &text);
    let address = server.url.replace("http://", &format!("http://learner:{PASSWORD}@")) + "/?token=" + IN_URL;
    Format::ALL
        .iter()
        .map(|format| {
            let report = folder.path().join(format.name());
            let mut command = program();
            command.args(["--url", &address, "--verbose", "--show-test", "--report"]);
            command.arg(format!("{}={}", format.name(), report.display())).args(arguments).arg(&file);
            if let Some((name, value)) = environment {
                command.env(name, value);
            }
            let left = left(&mut command);
            (format.name().to_owned(), left, std::fs::read_to_string(report).unwrap_or_default())
        })
        .collect()
}

fn assert_clean(runs: &[(String, Left, String)]) {
    for (format, left, report) in runs {
        assert_eq!(left.code, 1, "{}", left.err);
        assert!(report.contains("***") || format == "tap" || report.contains("\\*\\*\\*"), "{format}: {report}");
        for (place, text) in [("report", report), ("output", &left.out), ("errors", &left.err)] {
            for trace in TRACES.iter().chain(&[IN_URL, PASSWORD, COOKIE]) {
                if let Some(at) = text.find(trace) {
                    let start = (0..=at.saturating_sub(150)).rev().find(|&at| text.is_char_boundary(at)).unwrap();
                    panic!("{format}, {place}: `{trace}` in …{}", text[start..].chars().take(400).collect::<String>());
                }
            }
        }
    }
}

#[test]
fn no_format_shows_a_secret_of_the_command_line_or_the_address() {
    let runs = run(&["--secret", &format!("DB={VALUE}")], None);
    assert_clean(&runs);
    assert!(runs[0].1.out.contains("***DB***"), "{}", runs[0].1.out);
    assert!(runs[0].2.contains("***URL_TOKEN***"));
}

#[test]
fn no_format_shows_a_secret_of_the_environment() {
    let runs = run(&[], Some(("GRADE_SECRET_DB", VALUE)));
    assert_clean(&runs);
    assert!(runs[0].1.out.contains("***DB***"), "{}", runs[0].1.out);
}

#[test]
fn the_test_would_see_a_leak() {
    let runs = run(&[], None);
    assert!(runs[0].2.contains("hunter2") && runs[0].1.out.contains("hunter2"));
    assert!(std::panic::catch_unwind(|| assert_clean(&runs)).is_err());
}

#[test]
fn errors_and_warnings_show_no_secret() {
    for (arguments, code) in [
        (vec!["--url", "http://me:hunter2hunter2@[::1"], 2),
        (vec!["--url", "ftp://me:hunter2hunter2@host/?token=hunter2hunter2"], 2),
        (vec!["--url", "localhost:1", "--secret", "A=hunter2-name", "hunter2-name"], 2),
        (vec!["--url", "localhost:1", "--secret", "hunter2"], 2),
        (vec!["--url", "localhost:1", "--secret", "hunter2-name=x"], 2),
    ] {
        let run = left(program().args(&arguments));
        assert_eq!(run.code, code, "{run:?}");
        assert!(run.err.starts_with("error: ") && !run.err.contains("hunter2"), "{}", run.err);
    }
    let help = left(program().env("GRADE_URL", "http://me:hunter2@host").arg("--help"));
    assert!(!help.out.contains("hunter2"));
}

#[test]
fn short_secrets_are_refused() {
    let run = left(program().args(["--url", "localhost:1", "--secret", "PIN=42"]));
    insta::assert_snapshot!(run.err, @"error: the secret PIN is shorter than 3 characters: masking it would garble every report");
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    let run = left(program().env("GRADE_SECRET_PIN", "42").args(["--url", "localhost:1"]));
    assert_eq!(run.code, 2);
    assert!(run.err.contains("PIN is shorter"), "{}", run.err);
}
