//! The words that a test names: mutants of them tell most about it.

use std::collections::HashSet;
use std::ops::Range;

use super::lexeme::{Lexeme, Sort};
use super::script;

/// Shorter words are everywhere.
const SHORTEST: usize = 3;
/// Only so much of a test is looked at.
const LOOKED_AT: usize = 64 * 1024;
/// A string of so many words is a sentence: what a test says when it fails.
const SENTENCE: usize = 5;
/// Words that say nothing about what a test looks for.
const IDLE: [&str; 48] = [
    "assert",
    "console",
    "log",
    "body",
    "code",
    "data",
    "equal",
    "fetch",
    "filter",
    "forEach",
    "from",
    "getUserInput",
    "headers",
    "include",
    "includes",
    "isArray",
    "isAtLeast",
    "isFalse",
    "isNotEmpty",
    "isNumber",
    "isOk",
    "isString",
    "isTrue",
    "json",
    "JSON",
    "length",
    "map",
    "match",
    "method",
    "notEqual",
    "notMatch",
    "parse",
    "POST",
    "property",
    "replace",
    "res",
    "response",
    "responseText",
    "source",
    "status",
    "strictEqual",
    "stringify",
    "test",
    "text",
    "then",
    "toString",
    "url",
    "URL",
];

/// The words of one test.
#[derive(Debug, Default)]
pub struct Focus(HashSet<String>);

impl Focus {
    /// The words of a test block, but for paths that it asks for and sentences that it says.
    pub fn of(code: &str) -> Self {
        let code = code.get(..code.floor_char_boundary(LOOKED_AT)).unwrap_or_default();
        let mut words = HashSet::new();
        let mut string: Option<Vec<Range<usize>>> = None;
        let mut add = |at: &Range<usize>| {
            let word = code.get(at.clone()).unwrap_or_default();
            if word.chars().count() >= SHORTEST && !IDLE.contains(&word) {
                words.insert(word.to_owned());
            }
        };
        script::scan(code, &mut |Lexeme { sort, at }| match (sort, &mut string) {
            (Sort::Open, _) => string = Some(Vec::new()),
            (Sort::Word, Some(held)) => held.push(at),
            (Sort::Quote, _) => {
                let held = string.take().unwrap_or_default();
                let first = held.first().map_or(0, |first| first.start);
                let path = code.get(..first).is_some_and(|before| before.ends_with('/'));
                if !path && held.len() < SENTENCE {
                    held.iter().for_each(&mut add);
                }
            }
            (Sort::Name | Sort::Word, _) => add(&at),
            (Sort::Number, _) => {}
        });
        Self(words)
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
    fn words_of_patterns_and_values_count() {
        let focus = Focus::of(
            "const res = await fetch(code + '/_api/server.js'); assert.match(s, /socket\\.on.*user count/, 'there should be a listener \
             for it'); assert.equal(data.online, 'Ada')",
        );
        for word in ["socket", "user", "count", "online", "Ada"] {
            assert!(focus.names(word), "{word}");
        }
        for word in ["const", "res", "on", "userX", "server", "_api", "listener", "assert"] {
            assert!(!focus.names(word), "{word}");
        }
        assert!(focus.names_part_of("passport.socket") && !focus.names_part_of("sockets"));
    }
}
