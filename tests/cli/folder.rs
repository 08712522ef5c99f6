//! `--dir`: a folder instead of a running project.

use crate::support::{Server, challenge, folder, grade, left, program, sample, write};

const OWNERS: &str = "handle-a-disconnect";

fn laid(name: &str) -> tempfile::TempDir {
    let folder = folder();
    for (path, content) in sample(name).project.files {
        write(folder.path(), &path, std::str::from_utf8(&content).unwrap());
    }
    folder
}

#[test]
fn the_owners_challenge_is_graded_without_a_server() {
    let project = laid("complete");
    let run = grade(&["--dir", project.path().to_str().unwrap(), OWNERS]);
    insta::assert_snapshot!(run.out, @r"
    Maneja una desconexión  (advanced-node-and-express/handle-a-disconnect)
      pass     1. El servidor debe manejar la desconexión del evento de un socket.
      pass     2. Your client should be listening for 'user count' event.

    2 of 2 hints passed (TIME)
    ");
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let project = laid("no-disconnect");
    let by_folder = grade(&["--dir", project.path().to_str().unwrap(), OWNERS]);
    assert_eq!((by_folder.code, by_folder.err.as_str()), (1, ""));
    assert!(by_folder.out.contains("handle-a-disconnect.md:36:3"), "{}", by_folder.out);
}

#[test]
fn what_needs_a_running_project_is_skipped_and_says_so() {
    let project = laid("complete");
    let run = grade(&["--dir", project.path().to_str().unwrap(), "english/realtime-chat/report-the-status-as-json"]);
    insta::assert_snapshot!(run.out, @r"
    Report the Status as JSON  (realtime-chat/report-the-status-as-json)
      skipped  1. GET /api/status should report the name that stands in package.json.
               Needs a running project (--url or --start): no file answers GET /api/status.
      skipped  2. GET /api/status should report how many people are online, as a number.
               Needs a running project (--url or --start): no file answers GET /api/status.

    0 of 2 hints passed, 2 skipped (TIME)
    ");
    assert_eq!((run.code, run.err.as_str()), (2, ""), "nothing was checked");
    // Of several, those that were checked decide.
    let run = grade(&["--dir", project.path().to_str().unwrap(), "english/realtime-chat"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    assert!(run.out.contains("skipped (TIME)"), "{}", run.out);
}

#[test]
fn folders_that_hold_no_project_are_refused() {
    let empty = folder();
    let path = empty.path().to_str().unwrap();
    let run = grade(&["--dir", path, OWNERS]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    insta::assert_snapshot!(run.err.replace(path, "FOLDER"), @r"
    error: the folder `FOLDER` holds neither server.js nor package.json
    help: give the folder that holds server.js with --dir
    ");
    let run = grade(&["--dir", "no/such/folder", OWNERS]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.starts_with("error: the folder `no/such/folder` cannot be read"), "{}", run.err);
    let file = write(empty.path(), "server.js", "");
    let run = grade(&["--dir", file.to_str().unwrap(), OWNERS]);
    assert!(run.code == 2 && run.err.contains("is no folder"), "{run:?}");
}

#[test]
fn a_folder_without_the_graders_part_is_graded_with_a_word_about_it() {
    let project = folder();
    write(project.path(), "server.js", "socket.on('disconnect', () => {});\n");
    let run = grade(&["--dir", project.path().to_str().unwrap(), OWNERS]);
    insta::assert_snapshot!(run.err, @"warning: no file of this project answers /_api/ requests; it is graded as if the part of freeCodeCamp's projects that does were there");
    insta::assert_snapshot!(run.out);
    assert_eq!(run.code, 0);
}

#[test]
fn a_folder_that_is_named_means_more_than_the_environment() {
    let project = laid("complete");
    let run = left(program().env("GRADE_URL", "http://localhost:1").args([
        "--dir",
        project.path().to_str().unwrap(),
        OWNERS,
    ]));
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
}

#[test]
fn with_a_url_a_folder_has_to_be_one() {
    let server = Server::of("complete");
    let run = grade(&["--url", &server.url, "--dir", "no/such/folder", OWNERS]);
    assert!(run.code == 2 && run.err.starts_with("error: the folder `no/such/folder` cannot be read"), "{run:?}");
    let project = laid("complete");
    let run = grade(&["--url", &server.url, "--dir", project.path().to_str().unwrap(), OWNERS]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
}

/// Whatever a test asks for, it gets to see nothing but the project's own plain files.
#[test]
fn test_code_cannot_leave_the_folder() {
    let outer = folder();
    write(outer.path(), "secret.js", "the secret");
    let secret = |name: &str| write(outer.path(), &format!("project/{name}"), "the secret");
    for name in [".env", ".env.local", ".git/config", "node_modules/x/index.js", "public/.hidden.js", "sub/.ssh/id.js"]
    {
        secret(name);
    }
    let project = outer.path().join("project");
    write(
        &project,
        "server.js",
        "app.use('/public', express.static('public'));\nuse('/_api', 'access-control-allow-origin');",
    );
    write(&project, "public/client.js", "public");
    let mut asked = vec![
        "/public/../secret.js",
        "/public/../../secret.js",
        "/public/%2e%2e/%2e%2e/secret.js",
        "/public/.%2E/.%2E/secret.js",
        "/public/..%2f..%2fsecret.js",
        "/public/..%5c..%5csecret.js",
        "/public/..\\\\..\\\\secret.js",
        "/public/....//....//secret.js",
        "/public/%252e%252e/%252e%252e/secret.js",
        "/public/%c0%ae%c0%ae/secret.js",
        "/public/\\u2024\\u2024/secret.js",
        "/public/\\uff0e\\uff0e/secret.js",
        "/_api/file/sub/../../../secret.js",
        "/_api/file/..%2fsecret.js",
        "/_api/..%2fsecret.js",
        "/_api/file//etc/passwd",
        "/_api/file/%2fetc%2fpasswd",
        "/_api/file/sub/../../../secret.js",
        "/_api/file/%5c%5chost%5cshare",
        "/_api/file/.env",
        "/_api/file/.ENV",
        "/_api/file/%2eenv",
        "/_api/file/.env.local",
        "/_api/file/.git/config",
        "/_api/file/sub/.ssh/id.js",
        "/_api/file/node_modules/x/index.js",
        "/_api/file/Node_Modules/x/index.js",
        "/public/.hidden.js",
        "/public/client.js%00",
        "/_api/file/CON",
        "/_api/file/public",
    ];
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink(outer.path().join("secret.js"), project.join("out.js")).unwrap();
        symlink(outer.path(), project.join("public/up")).unwrap();
        symlink(project.join(".env"), project.join("public/env.js")).unwrap();
        symlink("/etc/passwd", project.join("public/passwd.js")).unwrap();
        symlink("/dev/zero", project.join("public/zero.js")).unwrap();
        asked.extend([
            "/_api/out.js",
            "/public/up/secret.js",
            "/public/env.js",
            "/public/passwd.js",
            "/public/zero.js",
        ]);
        // Opening a pipe waits until somebody writes.
        let made = std::process::Command::new("mkfifo").arg(project.join("public/pipe.js")).status();
        if made.is_ok_and(|status| status.success()) {
            asked.push("/public/pipe.js");
        } else {
            println!("skipped: no mkfifo");
        }
    }
    // One hint for each: it passes if it sees any text that is no error page, and would show it.
    let blocks: Vec<String> = asked
        .iter()
        .map(|path| {
            format!(
                "const res = await fetch(code + '{path}');\nassert.equal(res.status, 200);\nassert.fail(await res.text());"
            )
        })
        .collect();
    let mut all: Vec<&str> = blocks.iter().map(String::as_str).collect();
    let good = "const res = await fetch(code + '/public/client.js');\nassert.equal(await res.text(), 'public');";
    all.push(good);
    let file = write(outer.path(), "escape.md", &challenge("eeeeeeeeeeeeeeeeeeeeeeee", "escape", &all));
    for engine in ["auto", "script"] {
        let run = grade(&["--dir", project.to_str().unwrap(), "--engine", engine, file.to_str().unwrap()]);
        assert!(!run.out.contains("the secret") && !run.out.contains("root:"), "{}", run.out);
        let skipped = run.out.lines().filter(|line| line.starts_with("  skipped")).count();
        assert_eq!((skipped, run.code, run.err.as_str()), (asked.len(), 0, ""), "{}", run.out);
    }
}
