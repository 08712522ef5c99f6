//! The words that a test names: mutants of them tell most about it.

use std::collections::HashSet;

/// Shorter words are everywhere.
const SHORTEST: usize = 3;
/// Only so much of a test is looked at.
const LOOKED_AT: usize = 64 * 1024;
/// Words that say nothing about what a test looks for.
const IDLE: [&str; 30] = [
    "async", "assert", "await", "catch", "code", "const", "data", "else", "equal", "fetch", "from", "function", "getUserInput",
    "https", "isOk", "let", "match", "new", "res", "response", "return", "should", "status", "strictEqual", "text", "the", "then",
    "throw", "url", "with",
];

/// The words of one test.
#[derive(Debug, Default)]
pub struct Focus(HashSet<String>);

impl Focus {
    /// The words of a test block.
    pub fn of(code: &str) -> Self {
        let end = code.floor_char_boundary(LOOKED_AT);
        let words = code.get(..end).unwrap_or_default().split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$')));
        Self(words.filter(|word| word.len() >= SHORTEST && !IDLE.contains(word)).map(str::to_owned).collect())
    }

    /// Whether the test names this word.
    pub fn names(&self, word: &str) -> bool {
        self.0.contains(word)
    }

    /// Whether the test names a word of this text.
    pub fn names_part_of(&self, text: &str) -> bool {
        text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$'))).any(|word| self.names(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_patterns_and_paths_count() {
        let focus = Focus::of("const res = await fetch(code + '/_api/server.js'); assert.match(s, /socket\\.on.*user count/)");
        for word in ["socket", "user", "count", "_api", "server"] {
            assert!(focus.names(word), "{word}");
        }
        for word in ["const", "res", "on", "userX"] {
            assert!(!focus.names(word), "{word}");
        }
        assert!(focus.names_part_of("passport.socket") && !focus.names_part_of("sockets"));
    }
}
