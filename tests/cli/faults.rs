//! Projects that are not there, or that a browser does not let a test read.

use std::time::Duration;

use grade::testbed::{AllowOrigin, CorsPolicy, Fault, Faults};

use crate::support::{Left, Server, grade};

const OWNERS: &str = "handle-a-disconnect";

fn run(faults: Faults) -> Left {
    let server = Server::with_faults("complete", faults);
    grade(&["--url", &server.url, OWNERS, "--hint-timeout", "1"])
}

#[test]
fn nothing_listens() {
    let port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let run = grade(&["--url", &format!("http://localhost:{port}"), OWNERS]);
    insta::assert_snapshot!(run.out);
    assert_eq!(run.code, 3);
    assert!(run.err.starts_with("doctor: connection: nothing answers at localhost:PORT"), "{}", run.err);
}

#[test]
fn unreachable_project_is_not_asked_for_every_hint() {
    let run = grade(&["--url", "http://localhost:9", "english/realtime-chat", "--no-cors"]);
    assert_eq!(run.code, 3, "{run:?}");
    assert_eq!(run.out.matches("asked ").count(), 1, "the cause is told once: {}", run.out);
    assert_eq!(run.out.matches("  ERROR ").count(), 27, "{}", run.out);
    assert_eq!(run.out.matches("E501: the same cause as hint 1").count(), 26, "{}", run.out);
}

#[test]
fn no_cors_headers_name_the_header_and_the_origin() {
    let run = run(Faults::with_cors(CorsPolicy::absent()));
    insta::assert_snapshot!(run.out);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    assert!(run.out.contains("Access-Control-Allow-Origin") && run.out.contains("https://www.freecodecamp.org"));
}

#[test]
fn no_cors_can_be_allowed() {
    let server = Server::with_faults("complete", Faults::with_cors(CorsPolicy::absent()));
    let run = grade(&["--url", &server.url, OWNERS, "--no-cors"]);
    assert_eq!(run.code, 0, "{run:?}");
}

#[test]
fn each_fault_has_its_exit_code_and_its_words() {
    let cors = |origin| Faults::with_cors(CorsPolicy::with_origin(origin));
    let table: Vec<(Faults, i32, &str)> = vec![
        (
            cors(AllowOrigin::Values(vec!["null".into()])),
            1,
            "E402: A browser keeps the project's answers from the test: Access-Control-Allow-Origin does not allow https://www.freecodecamp.org",
        ),
        (cors(AllowOrigin::Values(vec!["http://www.freecodecamp.org".into()])), 1, "does not allow"),
        (cors(AllowOrigin::Values(vec!["*".into(), "*".into()])), 1, "does not allow"),
        (Faults::everywhere(Fault::NotFound), 1, "-> 404"),
        (Faults::everywhere(Fault::ServerError), 1, "-> 500"),
        (Faults::everywhere(Fault::Empty), 1, "E306: The answer to GET /_api/server.js is empty"),
        (Faults::everywhere(Fault::StalledHead), 3, "did not answer in the TIME that a hint may take"),
        (Faults::everywhere(Fault::StalledBody), 3, "did not finish its answer in the TIME"),
        (Faults::everywhere(Fault::Reset), 3, "closed before an answer came"),
        (Faults::everywhere(Fault::Cut), 3, "closed in the middle of the answer"),
        (Faults::everywhere(Fault::Huge(3_000_000)), 3, "larger than 2 MiB"),
        (Faults::everywhere(Fault::Delay(Duration::from_millis(50))), 0, "2 of 2 hints passed"),
        (Faults::everywhere(Fault::Bom), 0, "2 of 2 hints passed"),
    ];
    for (faults, code, words) in table {
        let name = format!("{faults:?}");
        let run = run(faults);
        assert_eq!(run.code, code, "{name}: {run:?}");
        assert!(run.out.split_whitespace().collect::<Vec<_>>().join(" ").contains(words), "{name}: {}", run.out);
        let failed = run.out.contains("FAIL");
        assert_eq!(failed, code == 1, "{name}: {}", run.out);
        assert_eq!(run.out.contains("  pass "), code == 0, "{name}: {}", run.out);
    }
}

#[test]
fn only_public_addresses() {
    let server = Server::with_faults("complete", Faults::default());
    let run = grade(&["--url", &server.url, OWNERS, "--public-only"]);
    insta::assert_snapshot!(run.out);
    assert_eq!(run.code, 3);
    assert_eq!(grade(&["--url", &server.url, OWNERS, "--public-only", "--proxy", "http://localhost:1"]).code, 2);
}
