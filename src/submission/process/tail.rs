//! The last lines of a stream, in bounded memory, and harmless to a terminal.

use std::collections::VecDeque;
use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};

/// How many lines are kept, and how long each may be in characters.
const LINES: usize = 20;
const LONGEST: usize = 300;

/// The last lines of one or more streams, in the order in which they came.
#[derive(Debug, Clone, Default)]
pub(super) struct Tail(Arc<Mutex<VecDeque<String>>>);

impl Tail {
    /// Reads a stream to its end on a thread of its own: a project whose output nobody takes stands still.
    pub(super) fn follow(&self, stream: impl Read + Send + 'static) -> std::io::Result<()> {
        let tail = self.clone();
        std::thread::Builder::new().name("output".to_owned()).spawn(move || tail.read(stream)).map(|_| ())
    }

    /// The lines so far.
    pub(super) fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    fn read(&self, mut stream: impl Read) {
        let mut chunk = [0; 4096];
        let mut line = Vec::new();
        loop {
            let read = match stream.read(&mut chunk) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(_) => break,
            };
            for &byte in chunk.get(..read).unwrap_or_default() {
                if byte == b'\n' {
                    self.push(&line);
                    line.clear();
                } else if line.len() < LONGEST * 4 {
                    line.push(byte);
                }
            }
        }
        if !line.is_empty() {
            self.push(&line);
        }
    }

    fn push(&self, line: &[u8]) {
        let line = harmless(&String::from_utf8_lossy(line));
        if line.is_empty() {
            return;
        }
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.len() == LINES {
            lines.pop_front();
        }
        lines.push_back(line);
    }
}

/// A line without what a terminal would obey: escape sequences are dropped, other controls and directions replaced.
fn harmless(line: &str) -> String {
    let mut out = String::new();
    let mut characters = line.trim_end().chars().peekable();
    let mut kept = 0;
    while let Some(character) = characters.next() {
        if kept == LONGEST {
            out.push('…');
            break;
        }
        match character {
            '\u{1b}' if characters.peek() == Some(&'[') => {
                characters.next();
                while characters.next().is_some_and(|character| !('@'..='~').contains(&character)) {}
            }
            '\t' => {
                out.push_str("    ");
                kept += 4;
            }
            other => {
                let odd = other.is_control()
                    || matches!(other, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
                out.push(if odd { '\u{fffd}' } else { other });
                kept += 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tail(text: &[u8]) -> Vec<String> {
        let tail = Tail::default();
        tail.read(text);
        tail.lines()
    }

    #[test]
    fn the_last_lines_are_kept() {
        let lines: Vec<String> = (1..=50).map(|number| format!("line {number}")).collect();
        let text = lines.join("\r\n\n") + "\n";
        let lines = tail(text.as_bytes());
        assert_eq!((lines.len(), lines[0].as_str(), lines[19].as_str()), (20, "line 31", "line 50"));
        assert_eq!(tail(b"no end"), ["no end"]);
        assert_eq!(tail(b""), [""; 0]);
    }

    #[test]
    fn long_and_odd_lines_are_made_harmless() {
        let lines = tail(&vec![b'x'; 10_000_000]);
        assert_eq!((lines.len(), lines[0].chars().count()), (1, LONGEST + 1));
        assert_eq!(tail(b"\x1b[31mred\x1b[0m\x1b[2J \x07bell\ttab \xff"), ["red \u{fffd}bell    tab \u{fffd}"]);
        assert_eq!(tail("a\u{202e}b\x1b]0;title\x07".as_bytes()), ["a\u{fffd}b\u{fffd}]0;title\u{fffd}"]);
        assert_eq!(tail(b"\x1b["), [""; 0]);
    }
}
