//! Projects that `grade` starts: waited for, graded, and gone afterwards, whatever happens in between.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]
#![cfg(unix)]

#[path = "../cli/support.rs"]
#[allow(dead_code, reason = "the other tests use the rest")]
mod support;

mod failures;
mod interrupts;
mod mutate;
mod node;
mod projects;
mod repeat;

use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use support::{Left, challenge, left, program, write};

/// A server of a project, in Python: what it serves is what a starter project serves. Its behaviour is chosen by its arguments.
const SERVER: &str = r#"
import http.server, os, pathlib, signal, sys, time
if "ignore-sigterm" in sys.argv:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
here = pathlib.Path(__file__).parent
class Project(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        path = self.path.split("?")[0]
        if path == "/hang":
            time.sleep(60)
        if path == "/crash":
            print("out of luck", flush=True)
            os._exit(9)
        text = None
        if path in ("/_api/server.js", "/public/client.js"):
            text = (here / path.replace("/_api/", "").lstrip("/")).read_bytes()
        elif path == "/env":
            text = ",".join(os.environ.get(name, "-") for name in ("PORT", "NODE_ENV", "MINE")).encode()
        elif path == "/starts":
            counter = here / "starts.txt"
            starts = int(counter.read_text()) if counter.exists() else 0
            counter.write_text(str(starts + 1))
            text = str(starts % 2).encode()
        self.send_response(404 if text is None else 200)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        self.wfile.write(text or b"nothing")
    def log_message(self, *_):
        pass
http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Project).serve_forever()
"#;

/// A folder with a project, and what is needed to find the processes that come from it.
struct Started {
    folder: tempfile::TempDir,
    mark: String,
    port: u16,
}

static NUMBER: AtomicU32 = AtomicU32::new(0);

impl Started {
    fn new() -> Self {
        let folder = support::folder();
        write(folder.path(), "serve.py", SERVER);
        write(folder.path(), "server.js", "io.on('connection', (socket) => { socket.on('disconnect', () => {}); });\n");
        write(folder.path(), "public/client.js", "socket.on('user count', () => {});\n");
        let mark = format!("{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        Self { folder, mark, port: free_port() }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// `grade` with the options that start a command in the folder.
    fn grade(&self, command: &str, arguments: &[&str]) -> Command {
        let mut grade = program();
        grade
            .args(["--start", command, "--dir", self.path().to_str().unwrap()])
            .args(["--url", &format!("http://127.0.0.1:{}", self.port)])
            .args(["--start-env", &format!("TEST_OF_GRADE={}", self.mark)])
            .args(arguments);
        grade
    }

    fn run(&self, command: &str, arguments: &[&str]) -> Left {
        left(&mut self.grade(command, arguments))
    }

    /// A challenge of these blocks.
    fn challenge(&self, blocks: &[&str]) -> String {
        let file = write(self.path(), "block/challenge.md", &challenge("aaaaaaaaaaaaaaaaaaaaaaaa", "started", blocks));
        file.to_str().unwrap().to_owned()
    }

    /// The processes that still carry the mark.
    fn left_over(&self) -> Vec<String> {
        processes_with(&format!("TEST_OF_GRADE={}", self.mark))
    }

    #[track_caller]
    fn nothing_is_left(&self) {
        assert_eq!(self.left_over(), Vec::<String>::new());
        assert!(TcpListener::bind(("127.0.0.1", self.port)).is_ok(), "the port is free again");
    }
}

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

/// Command lines of the processes with that variable, where the system shows them.
fn processes_with(variable: &str) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir("/proc") else {
        println!("skipped: no /proc to look for processes in");
        return Vec::new();
    };
    let numbers = entries.filter_map(|entry| entry.unwrap().file_name().to_str().and_then(|name| name.parse().ok()));
    numbers
        .filter(|number: &u32| {
            let environment = std::fs::read(format!("/proc/{number}/environ")).unwrap_or_default();
            environment.split(|&byte| byte == 0).any(|known| known == variable.as_bytes())
        })
        .map(|number| {
            let line = std::fs::read(format!("/proc/{number}/cmdline")).unwrap_or_default();
            format!("{number}: {}", String::from_utf8_lossy(&line).replace('\0', " "))
        })
        .collect()
}

/// Whether a program is there; says so when it is not.
fn has(name: &str) -> bool {
    let known = Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    let there = known.is_ok_and(|status| status.success());
    if !there {
        println!("skipped: no {name}");
    }
    there
}
