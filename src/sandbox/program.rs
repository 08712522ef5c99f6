//! What the caller hands to the script engine: test code, where it stands in its file, and the rules to run it by.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::verdict::{CodePosition, Rules};

/// Maps a byte offset in a piece of code to its place in the challenge file.
pub type Locate = Arc<dyn Fn(usize) -> CodePosition + Send + Sync>;

/// A piece of test code and where it stands in the challenge file.
#[derive(Clone)]
pub struct Code {
    text: Arc<str>,
    locate: Locate,
}

impl Code {
    /// Code whose first line is line `line` (from 1) of its file, and which starts in column 1.
    pub fn at_line(text: impl Into<Arc<str>>, line: usize) -> Self {
        let text: Arc<str> = text.into();
        let source = Arc::clone(&text);
        let locate: Locate = Arc::new(move |offset| {
            let before = source.get(..offset.min(source.len())).unwrap_or_default();
            let start = before.rfind('\n').map_or(0, |at| at + 1);
            CodePosition {
                line: line + before.bytes().filter(|&byte| byte == b'\n').count(),
                column: before.get(start..).unwrap_or_default().chars().count() + 1,
            }
        });
        Self { text, locate }
    }

    /// Code whose places only the caller knows (an indented fence, for example).
    pub fn with_places(text: impl Into<Arc<str>>, locate: Locate) -> Self {
        Self { text: text.into(), locate }
    }

    /// The code.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The place of a byte offset.
    pub fn position(&self, offset: usize) -> CodePosition {
        (self.locate)(offset)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Code").field("text", &self.text).finish_non_exhaustive()
    }
}

/// The test block of one hint.
#[derive(Debug, Clone)]
pub struct Program {
    /// The block.
    pub code: Code,
    /// The clock shows this time at least when the hint begins, in milliseconds since 1970; 0 for no wish.
    pub not_before: f64,
}

/// The hooks of a challenge. See FORMAT of the challenge files: `before-all` is a page script, `before-each` is put
/// before every block, `after-each` runs after every block, `after-all` at the end.
#[derive(Debug, Clone, Default)]
pub struct Hooks {
    /// Runs once, before the first hint.
    pub before_all: Option<Code>,
    /// Runs as the beginning of every block.
    pub before_each: Option<Code>,
    /// Runs after every block; an error in it fails the hint.
    pub after_each: Option<Code>,
    /// Runs once at the end; an error in it is only logged.
    pub after_all: Option<Code>,
}

impl Hooks {
    /// Whether there is one at all.
    pub(super) fn are_any(&self) -> bool {
        [&self.before_all, &self.before_each, &self.after_each, &self.after_all].iter().any(|hook| hook.is_some())
    }
}

/// What one hint may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Time for one hint, hooks included.
    pub time: Duration,
    /// Memory of the engine, in bytes.
    pub memory: usize,
    /// Stack of the engine, in bytes.
    pub stack: usize,
    /// Requests of one hint.
    pub requests: usize,
    /// Bytes of all bodies that one hint sends, and of all that it receives.
    pub bodies: usize,
    /// Bytes of console output that are kept; the rest is dropped.
    pub console: usize,
    /// Bytes of test code.
    pub code: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(5),
            memory: 32 << 20,
            stack: 1 << 20,
            requests: 200,
            bodies: 64 << 20,
            console: 64 << 10,
            code: 256 << 10,
        }
    }
}

/// Settings of a page: what all hints of a challenge share.
#[derive(Debug, Clone, Default)]
pub struct PageSettings {
    /// The submitted URL, as the test code gets to see it.
    pub url: String,
    /// Which assertions count.
    pub rules: Rules,
    /// What one hint may use.
    pub limits: Limits,
    /// The hooks of the challenge.
    pub hooks: Hooks,
    /// The time (milliseconds since 1970) at which the page's clock stands until a hint moves it on; else it runs.
    pub still: Option<f64>,
}
