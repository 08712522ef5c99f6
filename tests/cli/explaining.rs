//! What is said about each hint that does not pass: every sample project with a mistake, and servers that misbehave.

use grade::testbed::{AllowOrigin, CorsPolicy, Encoding, Fault, Faults, Preflight, Project, Route};

use crate::support::{Left, Server, challenge, folder, left, program, sample, write};

const OWNERS: &str = "handle-a-disconnect";

fn run(columns: &str, color: &str, arguments: &[&str]) -> Left {
    left(program().env("COLUMNS", columns).args(["--color", color]).args(arguments))
}

/// With a challenge of our own, in a folder where it has the same path each time.
fn run_own(columns: &str, blocks: &[&str], arguments: &[&str]) -> Left {
    let folder = folder();
    write(folder.path(), "demo/own.md", &challenge("aaaaaaaaaaaaaaaaaaaaaaaa", "own", blocks));
    left(program().current_dir(folder.path()).env("COLUMNS", columns).args(arguments).arg("demo/own.md"))
}

/// Snapshots of a report at two widths, and with colour, whose escapes are made readable. Each run has a server of its own, because
/// projects remember what tests did to them.
fn snapshot(name: &str, project: &Project, faults: &Faults, arguments: &[&str]) {
    let escapes = regex::Regex::new("\u{1b}\\[([0-9;]*)m").unwrap();
    let mut text = String::new();
    for columns in ["100", "60"] {
        let run = |color| {
            let server = Server::new(project.clone(), faults.clone());
            run(columns, color, &[&["--url", &server.url], arguments].concat())
        };
        let (plain, colour) = (run("never"), run("always"));
        // A run that reaches nobody has the doctor's word on standard error.
        let quiet = |left: &Left| left.err.is_empty() || (left.code == 3 && left.err.contains("doctor:"));
        assert!(quiet(&plain) && quiet(&colour), "{} {}", plain.err, colour.err);
        assert_eq!(escapes.replace_all(&colour.out, ""), plain.out, "colour is words in other clothes");
        text.push_str(&format!("--- {columns} columns, exit code {}\n{}", plain.code, plain.out));
        text.push_str(&format!("--- {columns} columns, in colour\n{}", escapes.replace_all(&colour.out, "<$1>")));
    }
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(name, text) });
}

#[test]
fn every_sample_project_with_a_mistake() {
    for sample in grade::testbed::samples().unwrap() {
        let failing: Vec<String> = sample
            .expected
            .iter()
            .filter(|(_, outcomes)| outcomes.iter().any(|outcome| outcome == "failed"))
            .map(|(name, _)| if name.starts_with("realtime-chat/") { format!("english/{name}") } else { name.clone() })
            .collect();
        if failing.is_empty() {
            continue;
        }
        let arguments: Vec<&str> = failing.iter().map(String::as_str).take(3).collect();
        snapshot(&format!("sample_{}", sample.name), &sample.project, &sample.faults, &arguments);
    }
}

#[test]
fn servers_that_misbehave() {
    let cors = |origin| Faults::with_cors(CorsPolicy::with_origin(origin));
    let table: Vec<(&str, Faults)> = vec![
        ("no_cors", Faults::with_cors(CorsPolicy::absent())),
        ("cors_null", cors(AllowOrigin::Values(vec!["null".into()]))),
        ("cors_slash", cors(AllowOrigin::Values(vec!["https://www.freecodecamp.org/".into()]))),
        ("cors_twice", cors(AllowOrigin::Values(vec!["*".into(), "*".into()]))),
        ("not_found", Faults::everywhere(Fault::NotFound)),
        ("server_error", Faults::everywhere(Fault::ServerError)),
        ("empty", Faults::everywhere(Fault::Empty)),
        ("stalled_head", Faults::everywhere(Fault::StalledHead)),
        ("stalled_body", Faults::everywhere(Fault::StalledBody)),
        ("reset", Faults::everywhere(Fault::Reset)),
        ("cut", Faults::everywhere(Fault::Cut)),
        ("huge", Faults::everywhere(Fault::Huge(3_000_000))),
        ("garbage", Faults::everywhere(Fault::Garbage("220 mail.example ESMTP\r\n".into()))),
        ("false_encoding", Faults::everywhere(Fault::FalseEncoding(Encoding::Gzip))),
        (
            "redirect_loop",
            Faults::default()
                .and("/_api/server.js", Fault::Redirect { status: 302, location: "/public/client.js".into() })
                .and("/public/client.js", Fault::Redirect { status: 302, location: "/_api/server.js".into() }),
        ),
        (
            "redirect_nowhere",
            Faults::everywhere(Fault::Redirect { status: 302, location: "ftp://example.org/".into() }),
        ),
    ];
    for (name, faults) in table {
        snapshot(&format!("fault_{name}"), &sample("complete").project, &faults, &[OWNERS, "--hint-timeout", "1"]);
    }
}

#[test]
fn answers_that_are_no_json() {
    let table = [
        ("html", Faults::default().and("/api/status", Fault::HtmlError)),
        ("near_json", Faults::default().and("/api/status", Fault::NotJson)),
        ("no_body", Faults::default().and("/api/status", Fault::Empty)),
        ("login", Faults::default().and("/api/status", Fault::Redirect { status: 302, location: "/login".into() })),
        ("teapot", Faults::default().and("/api/status", Fault::Status(418))),
    ];
    for (name, faults) in table {
        let mut project = sample("complete").project;
        project.routes.push(Route::new(
            "GET",
            "/login",
            "text/html",
            "<!DOCTYPE html><title>Log in</title><h1>Please log in</h1>",
        ));
        snapshot(&format!("answer_{name}"), &project, &faults, &["english/realtime-chat/report-the-status-as-json"]);
    }
}

#[test]
fn preflights_that_are_refused() {
    let policy = |preflight| CorsPolicy { preflight, ..CorsPolicy::with_origin(AllowOrigin::Anybody) };
    let table = [
        ("status", policy(Preflight::Status(404))),
        ("header", CorsPolicy { headers: None, ..CorsPolicy::with_origin(AllowOrigin::Anybody) }),
    ];
    for (name, policy) in table {
        let faults = Faults::with_cors(policy);
        snapshot(
            &format!("preflight_{name}"),
            &sample("complete").project,
            &faults,
            &["english/realtime-chat/store-and-list-messages"],
        );
    }
}

#[test]
fn full_shows_the_wire_and_hides_secrets() {
    let test = "const res = await fetch(code + '/x', { headers: { Authorization: 'Bearer abc' + '.def' } });\n\
                const data = await res.json();\nassert.strictEqual(data.age, 28);";
    let project = Project::default().with_route(
        Route::new("GET", "/x", "application/json", "{\n  \"age\": \"28\"\n}")
            .with_header("set-cookie", "sid=topsecret; HttpOnly")
            .with_header("date", "Thu, 01 Jan 2026 00:00:00 GMT"),
    );
    let policy =
        CorsPolicy { headers: Some("Authorization".to_owned()), ..CorsPolicy::with_origin(AllowOrigin::Anybody) };
    let server = Server::new(project, Faults::with_cors(policy));
    let full = run_own("80", &[test], &["--url", &server.url, "--explain", "full"]);
    assert!(!full.out.contains("abc.def") && !full.out.contains("topsecret"), "{}", full.out);
    let agent = regex::Regex::new("(date: )[A-Z][a-z]{2},.*|(user-agent: ).*").unwrap();
    let out = agent.replace_all(&full.out, "$1$2...");
    insta::assert_snapshot!("explain_full", out);
    let none = run_own("80", &[test], &["--url", &server.url, "--explain", "none"]);
    insta::assert_snapshot!("explain_none", none.out);
}

#[test]
fn forty_columns_and_wide_characters() {
    let blocks = [
        "const res = await fetch(code + '/x');\nconst data = await res.json();\nassert.strictEqual(data['名前'], '山田太郎', '名前');",
        "const res = await fetch(code + '/x');\nconst data = await res.json();\nassert.deepEqual(data.list, [1, 2, 3]);",
        "const res = await fetch(code + '/x');\nconst data = await res.json();\nassert.property(data, 'émoji😀');",
    ];
    let json = format!("{{\"pad\":\"{}\",\t\"名前\":\"山田花子\",\"list\":[1,3],\"emoji😀\":1}}", "漢字".repeat(60));
    let server = Server::new(
        Project::default().with_route(Route::new("GET", "/x", "application/json", json)),
        Faults::with_cors(CorsPolicy::with_origin(AllowOrigin::Anybody)),
    );
    let out = run_own("40", &blocks, &["--url", &server.url]).out;
    for line in out.lines() {
        let columns: usize = line.chars().map(|c| if c.is_ascii() || c == 'é' || c == '…' { 1 } else { 2 }).sum();
        assert!(columns <= 40 || !line.trim().contains(' '), "{line}");
    }
    insta::assert_snapshot!("explain_forty_columns", out);
}
