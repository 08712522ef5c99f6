//! The owner's challenge and the built-in ones, by URL.

use crate::support::{Server, challenge, folder, grade, left, program, write};

const OWNERS: &str = "handle-a-disconnect";

#[test]
fn complete_project_passes() {
    let server = Server::of("complete");
    let run = grade(&["--url", &server.url, OWNERS]);
    insta::assert_snapshot!(run.out, @r"
    Maneja una desconexión  (advanced-node-and-express/handle-a-disconnect)
      pass     1. El servidor debe manejar la desconexión del evento de un socket.
      pass     2. Your client should be listening for 'user count' event.

    2 of 2 hints passed (TIME)
    ");
    assert_eq!((run.code, run.err.as_str()), (0, ""));
}

#[test]
fn missing_handler_fails_the_first_hint_only() {
    let server = Server::of("no-disconnect");
    let run = grade(&["--url", &server.url, OWNERS]);
    insta::assert_snapshot!(run.out);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
}

#[test]
fn client_that_does_not_listen_fails_the_second_hint_only() {
    let server = Server::of("client-not-listening");
    let run = grade(&["--url", &server.url, OWNERS]);
    insta::assert_snapshot!(run.out);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
}

#[test]
fn address_may_be_written_in_any_usual_way() {
    let server = Server::of("complete");
    let addresses = [
        format!("{}/", server.url),
        format!("127.0.0.1:{}", server.port()),
        format!("  HTTP://127.0.0.1:{}//  ", server.port()),
        format!("localhost:{}", server.port()),
    ];
    for address in addresses {
        let run = grade(&["--url", &address, OWNERS]);
        assert_eq!(run.code, 0, "{address}: {run:?}");
        assert!(run.out.contains("2 of 2 hints passed"), "{address}: {run:?}");
    }
    let run = left(program().env("GRADE_URL", &server.url).arg(OWNERS));
    assert_eq!(run.code, 0, "{run:?}");
}

#[test]
fn failed_hint_settles_the_verdict_whatever_else_could_not_be_checked() {
    let server = Server::of("complete");
    let folder = folder();
    let fails =
        "const res = await fetch(code + '/');\nassert.equal(await res.text(), 'nothing like it', 'The page is wrong');";
    let errs = "new WebSocket('ws://localhost');";
    let mixed = write(
        folder.path(),
        "mixed.md",
        &challenge("aaaaaaaaaaaaaaaaaaaaaaaa", "mixed", &["assert.isTrue(true);", fails, errs, ""]),
    );
    let run = grade(&["--url", &server.url, mixed.to_str().unwrap()]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.out.contains("1 of 4 hints passed, 1 failed, 1 could not be checked, 1 without a test"), "{}", run.out);
    let only = write(
        folder.path(),
        "only.md",
        &challenge("bbbbbbbbbbbbbbbbbbbbbbbb", "only", &["assert.isTrue(true);", errs]),
    );
    let run = grade(&["--url", &server.url, only.to_str().unwrap()]);
    assert_eq!(run.code, 3, "{run:?}");
    let stubs = write(folder.path(), "stubs.md", &challenge("cccccccccccccccccccccccc", "stubs", &["", " "]));
    let run = grade(&["--url", &server.url, stubs.to_str().unwrap()]);
    assert_eq!(run.code, 2, "nothing was checked: {run:?}");
}

#[test]
fn rules_differ_where_freecodecamp_does_not_wait() {
    let server = Server::of("complete");
    let folder = folder();
    let block = "$.get(code + '/public/client.js').then((data) => {\n  assert.match(data, /no such text/, 'It is not there');\n});";
    let file = write(folder.path(), "vacuous.md", &challenge("dddddddddddddddddddddddd", "vacuous", &[block]));
    let file = file.to_str().unwrap();
    let honest = grade(&["--url", &server.url, file]);
    assert_eq!(honest.code, 1, "{honest:?}");
    assert!(honest.out.contains("freeCodeCamp passes this hint without checking it"), "{}", honest.out);
    let browser = grade(&["--url", &server.url, "--rules", "browser", file]);
    assert_eq!(browser.code, 0, "{browser:?}");
    let words = browser.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("its test does not wait for the answer"), "{words}");
}

#[test]
fn engines_agree_and_can_be_chosen() {
    let server = Server::of("no-disconnect");
    let auto = grade(&["--url", &server.url, "english/realtime-chat", "--engine", "auto"]);
    let script = grade(&["--url", &server.url, "english/realtime-chat", "--engine", "script"]);
    assert_eq!((auto.code, script.code), (1, 1));
    let verdicts = |text: &str| -> Vec<String> {
        text.lines()
            .filter(|line| line.starts_with("  pass") || line.starts_with("  FAIL"))
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(verdicts(&auto.out), verdicts(&script.out));
    let ported = grade(&["--url", &server.url, "store-and-list-messages", "--lang", "english", "--engine", "ported"]);
    assert_eq!(ported.code, 3, "{ported:?}");
    assert!(ported.out.contains("needs the script engine"), "{}", ported.out);
}

#[test]
fn colour_is_words_in_other_clothes() {
    let server = Server::of("no-disconnect");
    let plain = grade(&["--url", &server.url, OWNERS]);
    let colour = grade(&["--url", &server.url, OWNERS, "--color", "always"]);
    assert!(colour.out.contains("\u{1b}["));
    let stripped = regex::Regex::new("\u{1b}\\[[0-9;]*m").unwrap().replace_all(&colour.out, "").into_owned();
    assert_eq!(stripped, plain.out);
    let none = left(program().env("NO_COLOR", "1").env("CLICOLOR_FORCE", "1").args(["--url", &server.url, OWNERS]));
    assert_eq!(none.out, plain.out);
}

#[test]
fn sixty_columns_are_enough() {
    let server = Server::of("no-disconnect");
    let run = left(program().env("COLUMNS", "60").args(["--url", &server.url, OWNERS]));
    insta::assert_snapshot!(run.out);
    for line in run.out.lines() {
        assert!(line.chars().count() <= 60 || !line.trim().contains(' '), "too long: {line}");
    }
}

#[test]
fn closed_pipe_keeps_the_verdict() {
    let server = Server::of("no-disconnect");
    let mut child = program()
        .args(["--url", &server.url, "english/realtime-chat", OWNERS])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn demo_shows_a_fail_and_a_pass() {
    let run = grade(&["demo"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    insta::assert_snapshot!(run.out);
}
