//! Searches with the expressions of tests, in linear time and many bytes at a time: where an expression has an exact
//! translation, `assert.match` need not run it in the engine, which goes character by character, and backtracks.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::port::regex::JsRegex;

/// Most expressions that are known.
const MOST: usize = 1024;
/// Longest expression, in bytes.
const LONGEST: usize = 4 << 10;
/// Longest text, in bytes: nothing interrupts a search.
const LONGEST_TEXT: usize = 1 << 20;

/// Translated expressions, by flags and source; nothing for those that have no translation.
#[derive(Default)]
pub(super) struct Searches(Mutex<HashMap<String, Option<Arc<JsRegex>>>>);

impl Searches {
    /// Where `/source/flags` leaves off when it searches a text from its start: the end of its first match in UTF-16 code units
    /// with `g`, else 0, as `lastIndex` says. Nothing where it finds nothing, or where that cannot be told exactly.
    pub(super) fn find(&self, source: &str, flags: &str, text: &str) -> Option<usize> {
        if text.len() > LONGEST_TEXT {
            return None;
        }
        let regex = self.translated(source, flags)?;
        if regex.global() { regex.end_of_match(text) } else { regex.is_match(text)?.then_some(0) }
    }

    fn translated(&self, source: &str, flags: &str) -> Option<Arc<JsRegex>> {
        if source.len() > LONGEST {
            return None;
        }
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = format!("{flags}/{source}");
        if let Some(regex) = known.get(&key) {
            return regex.clone();
        }
        if known.len() >= MOST {
            return None;
        }
        let regex = JsRegex::new(source, flags).ok().map(Arc::new);
        known.insert(key, regex.clone());
        regex
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_or_leaves_it_to_the_engine() {
        let searches = Searches::default();
        for _ in 0..2 {
            assert_eq!(searches.find("a.*b", "s", "xa\nb"), Some(0));
            assert_eq!(searches.find("a.*b", "", "xa\nb"), None);
            assert_eq!(searches.find("A", "gi", "é😀a"), Some(4));
            assert_eq!(searches.find("(?=a)b", "", "b"), None, "no translation");
            assert_eq!(searches.find("(", "", "("), None);
            assert_eq!(searches.find("a", "y", "a"), None);
        }
        assert_eq!(searches.find(&"a".repeat(LONGEST + 1), "", &"a".repeat(LONGEST + 1)), None);
        assert_eq!(searches.find("a", "", &"a".repeat(LONGEST_TEXT + 1)), None);
        for number in 0..2 * MOST {
            searches.find(&format!("a{number}"), "", "a");
        }
        assert_eq!(searches.0.lock().unwrap().len(), MOST);
        assert_eq!(searches.find("another", "", "another"), None);
    }
}
