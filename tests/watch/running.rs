//! Projects that run: started here, or by somebody else.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use super::World;
use crate::terminal::Terminal;

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

/// Whether there is a program to run the started project with; says so when there is not.
fn has_python() -> bool {
    let there = std::process::Command::new("python3").arg("--version").output().is_ok();
    if !there {
        println!("skipped: no python3");
    }
    there
}

/// What it says of its file when it starts is what it answers until it ends.
const SERVER: &str = r#"
import http.server, os, pathlib, sys
text = pathlib.Path("server.js").read_text()
if "crash" in text:
    sys.exit("SyntaxError: what a mess")
print("up", file=open("runs.log", "a"))
class Project(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.write(text.encode())
    def log_message(self, *_):
        pass
http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Project).serve_forever()
"#;

#[test]
fn a_started_project_is_started_anew_and_stopped_in_the_end() {
    if !has_python() {
        return;
    }
    let world = World::new();
    world.save("serve.py", SERVER);
    world.save(".gitignore", "*.log\n");
    let port = free_port();
    let url = format!("http://127.0.0.1:{port}");
    let mut screen = Terminal::run(&world.watch(&["--start", "python3 serve.py", "--url", &url]), 80, 24);
    screen.wait_for(&["1 of 2 hints passed, 1 failed"]);
    world.save("server.js", "// beta\n");
    screen.wait_for(&["server.js changed", "hint 2 now passes", "hint 1 fails now"]);
    world.save("server.js", "crash\n");
    screen.wait_for(&["ended before anything answered", "| SyntaxError: what a mess", "help:"]);
    world.save("server.js", "// alpha beta\n");
    screen.wait_for(&["second", "passed: first"]);
    let starts = std::fs::read_to_string(world.project().join("runs.log")).unwrap();
    assert_eq!(starts.lines().count(), 3, "once for each version that can start");
    screen.press("q");
    assert_eq!(screen.end(), 0);
    screen.is_restored();
    assert!(TcpListener::bind(("127.0.0.1", port)).is_ok(), "it is stopped");
}

#[test]
fn a_project_that_dies_later_is_told_with_its_last_words() {
    if !has_python() {
        return;
    }
    let world = World::new();
    let text = SERVER.replace(
        "    def do_GET(self):\n",
        "    def do_GET(self):\n        if self.path == '/die':\n            print('out of luck', flush=True)\n            os._exit(9)\n",
    );
    world.save("serve.py", &text);
    world.save(".gitignore", "*.log\n");
    let port = free_port();
    let url = format!("http://127.0.0.1:{port}");
    let screen = Terminal::run(&world.watch(&["--start", "python3 serve.py", "--url", &url]), 80, 24);
    screen.wait_for(&["1 of 2 hints passed, 1 failed"]);
    let mut connection = TcpStream::connect(("127.0.0.1", port)).unwrap();
    connection.write_all(b"GET /die HTTP/1.0\r\n\r\n").unwrap();
    let _ = connection.read(&mut [0; 16]);
    screen.wait_for(&["`python3 serve.py` ended (exit code 9)", "| out of luck"]);
    world.save("server.js", "// alpha and beta\n");
    screen.wait_for(&["passed: first"]);
}

#[test]
fn what_the_project_writes_itself_does_not_go_on_for_ever() {
    if !has_python() {
        return;
    }
    let world = World::new();
    // Nothing says that its log is to be ignored.
    world.save("serve.py", SERVER);
    let port = free_port();
    let url = format!("http://127.0.0.1:{port}");
    let screen = Terminal::run(&world.watch(&["--start", "python3 serve.py", "--url", &url]), 100, 30);
    screen.wait_for(&["warning: runs.log changes with every run", "1 of 2 hints passed, 1 failed"]);
    world.save("server.js", "// beta\n");
    screen.wait_for(&["server.js changed", "hint 2 now passes"]);
}

#[test]
fn a_command_that_leaves_others_behind_is_stopped_as_a_whole_by_a_signal() {
    if !has_python() {
        return;
    }
    let world = World::new();
    world.save("serve.py", SERVER);
    world.save(".gitignore", "*.log\n");
    let port = free_port();
    let url = format!("http://127.0.0.1:{port}");
    let command = "python3 serve.py & python3 -c 'import time; time.sleep(300)' & wait";
    let mut screen = Terminal::run(&world.watch(&["--start", command, "--url", &url]), 80, 24);
    screen.wait_for(&["1 of 2 hints passed, 1 failed"]);
    screen.signal("-TERM");
    assert_eq!(screen.end(), 1);
    screen.is_restored();
    assert!(TcpListener::bind(("127.0.0.1", port)).is_ok(), "it is stopped");
}

/// A server that answers with a text, on a port that it gives up when it is dropped.
struct Server {
    stop: Arc<AtomicBool>,
    port: u16,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    fn start(port: u16, text: &'static str) -> Self {
        let listener = loop {
            // What a server before has left may take a moment to be gone.
            match TcpListener::bind(("127.0.0.1", port)) {
                Ok(listener) => break listener,
                Err(_) => std::thread::sleep(std::time::Duration::from_millis(10)),
            }
        };
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = std::thread::spawn(move || {
            // Connections on which nothing is asked stay open as long as the server runs.
            let mut silent = Vec::new();
            for connection in listener.incoming() {
                if stopped.load(Ordering::SeqCst) {
                    return;
                }
                let mut connection = connection.unwrap();
                let limit = Some(std::time::Duration::from_millis(200));
                connection.set_read_timeout(limit).unwrap();
                let mut request = [0; 4096];
                match connection.read(&mut request) {
                    Ok(1..) => {
                        let head = "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nConnection: close";
                        let _ = write!(connection, "{head}\r\nContent-Length: {}\r\n\r\n{text}", text.len());
                    }
                    _ => silent.push(connection),
                }
            }
        });
        Self { stop, port, thread: Some(thread) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(("127.0.0.1", self.port));
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

#[test]
fn a_project_of_somebody_else_is_waited_for_whenever_it_goes() {
    let world = World::new();
    let port = free_port();
    let url = format!("http://127.0.0.1:{port}");
    let mut screen = Terminal::run(&world.watch(&["--url", &url]), 80, 24);
    screen.wait_for(&["waiting for the project to answer at", &url, " s"]);
    let old = Server::start(port, "alpha");
    screen.wait_for(&["1 of 2 hints passed, 1 failed"]);
    // Its reloader is slower than `grade`: the old one still answers after the change.
    world.save("server.js", "// changed\n");
    screen.wait_for(&["server.js changed; the verdicts are the same"]);
    drop(old);
    screen.wait_for(&["waiting for the project to answer at"]);
    let new = Server::start(port, "beta");
    screen.wait_for(&["server.js changed", "hint 1 fails now", "hint 2 now passes"]);
    // The other way round: it goes before `grade` has noticed the change.
    drop(new);
    world.save("server.js", "// changed again\n");
    screen.wait_for(&["waiting for the project to answer at"]);
    let _server = Server::start(port, "alpha beta");
    screen.wait_for(&["passed: first"]);
    screen.press("q");
    assert_eq!(screen.end(), 0);
    screen.is_restored();
}
