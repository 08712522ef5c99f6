//! Without a terminal: one run after the other.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Command, Stdio};

use super::World;
use crate::support::steady;

struct Watching {
    child: Child,
    out: BufReader<ChildStdout>,
    text: String,
}

impl Watching {
    fn begin(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Self { child, out, text: String::new() }
    }

    /// Reads until a line has the text.
    fn until(&mut self, wanted: &str) {
        let mut line = String::new();
        while !line.contains(wanted) {
            line.clear();
            assert!(self.out.read_line(&mut line).unwrap() > 0, "no `{wanted}` in\n{}", self.text);
            self.text.push_str(&line);
        }
    }

    /// Sends a signal; the exit code, and what was written to both.
    fn end(mut self, signal: &str) -> (Option<i32>, String, String) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
        self.out.read_to_string(&mut self.text).unwrap();
        let mut error = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut error).unwrap();
        (self.child.wait().unwrap().code(), steady(&self.text), error)
    }
}

#[test]
fn runs_follow_each_other_with_what_has_changed_between_them() {
    let world = World::new();
    let mut watching = Watching::begin(world.watch_files(&["first"]));
    watching.until("1 of 2 hints passed, 1 failed");
    world.save("server.js", "// beta\n");
    watching.until("Since the last run:");
    watching.until("hint 2 now passes");
    world.save("server.js", "// beta!\n");
    watching.until("Since the last run: no verdict changed");
    world.save("server.js", "// alpha beta\n");
    watching.until("hint 1 now passes");
    let (code, text, error) = watching.end("-TERM");
    assert_eq!(code, Some(0));
    assert_eq!(error.matches("answers /_api/ requests").count(), 1, "said once: {error}");
    insta::assert_snapshot!("plain", text);
}

#[test]
fn the_last_verdict_is_the_exit_code() {
    let world = World::new();
    let mut watching = Watching::begin(world.watch_files(&[]));
    watching.until("challenges complete");
    let (code, text, _) = watching.end("-INT");
    assert_eq!(code, Some(1), "{text}");
    // Both were graded: there is nobody who would go from one to the next.
    assert!(text.contains("0 of 2 challenges complete"), "{text}");
    // Nothing answers there, and nothing was graded.
    let mut command = world.watch(&["--url", "http://127.0.0.1:9"]);
    command.stderr(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    assert!(lines.next().unwrap().unwrap().starts_with("waiting for the project to answer at http://127.0.0.1:9/"));
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(3));
}

#[test]
fn a_reader_that_goes_away_ends_it() {
    let world = World::new();
    let mut watching = Watching::begin(world.watch_files(&["first"]));
    watching.until("1 of 2 hints passed, 1 failed");
    let Watching { mut child, out, .. } = watching;
    drop(out);
    world.save("server.js", "// beta\n");
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn what_cannot_be_graded_is_said_before_anything_is_watched() {
    let world = World::new();
    for (arguments, part) in [
        (&["--dir", ".", "no-such-challenge"][..], "no-such-challenge"),
        (&[], "no project to grade"),
        (&["--dir", ".", "--debounce", "0"], "from 1 to 60000"),
        (&["--url", "http://"], "no address of a project"),
    ] {
        let left = crate::support::left(&mut world.watch(arguments));
        assert_eq!((left.code, left.out.as_str()), (2, ""), "{arguments:?}: {left:?}");
        assert!(left.err.contains(part), "{arguments:?}: {}", left.err);
    }
}
