//! Texts that are nearly the same.

use crate::explain::show;

/// Longest texts of which the differences are counted, in characters.
const COUNTED: usize = 200;
/// Longer texts, in bytes, are compared at their ends only.
const LARGEST: usize = 64 * 1024;

/// How two texts differ, if they are nearly the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// To finish the sentence "... differs from what the test wants ".
    pub how: String,
    /// Whether the difference is white space, which has to be made visible.
    pub space: bool,
}

/// Compares an expected text with the actual one.
pub fn near(expected: &str, actual: &str) -> Option<Near> {
    if expected == actual || actual.is_empty() || expected.is_empty() {
        return None;
    }
    let told = |how: &str, space: bool| Some(Near { how: how.to_owned(), space });
    if expected.trim() == actual.trim() {
        return told(around(expected, actual), true);
    }
    if expected.len().max(actual.len()) > LARGEST {
        return None;
    }
    if same_without(expected, actual, char::is_whitespace) {
        return told("in white space only", true);
    }
    if same_folded(expected, actual, |c| c.to_lowercase().collect::<String>()) {
        return told("in upper and lower case only", false);
    }
    if same_folded(expected, actual, plain_quotes) {
        return told("in the kind of quotes only", false);
    }
    if same_without(expected, actual, |c| show::escape_control(c).is_some()) {
        return told("in characters that cannot be seen", false);
    }
    if same_without(expected, actual, |c| c.is_ascii_punctuation()) {
        return told("in punctuation only", false);
    }
    edits(expected, actual).map(|how| Near { how, space: false })
}

/// Which end has other white space.
fn around(expected: &str, actual: &str) -> &'static str {
    let (wanted_start, got_start) = (start(expected), start(actual));
    let (wanted_end, got_end) = (end(expected), end(actual));
    match (wanted_start == got_start, wanted_end == got_end) {
        (true, _) if got_end.contains('\n') && !wanted_end.contains('\n') => "by a line break at its end",
        (true, _) if got_end.len() > wanted_end.len() => "by white space at its end",
        (true, _) => "by white space that is missing at its end",
        (false, true) if got_start.len() > wanted_start.len() => "by white space at its beginning",
        (false, true) => "by white space that is missing at its beginning",
        (false, false) => "by white space around it",
    }
}

fn start(text: &str) -> &str {
    text.get(..text.len() - text.trim_start().len()).unwrap_or_default()
}

fn end(text: &str) -> &str {
    text.get(text.trim_end().len()..).unwrap_or_default()
}

fn same_without(one: &str, other: &str, dropped: impl Fn(char) -> bool) -> bool {
    let kept = |c: &char| !dropped(*c);
    one.chars().filter(kept).eq(other.chars().filter(kept)) && one.chars().any(|c| !dropped(c))
}

fn same_folded(one: &str, other: &str, fold: impl Fn(char) -> String) -> bool {
    // A bound for texts that agree for a long while and then do not: this is linear anyway.
    let folded = |text: &str| text.chars().map(&fold).collect::<String>();
    one.len().abs_diff(other.len()) <= one.len() / 2 + 8 && folded(one) == folded(other)
}

fn plain_quotes(character: char) -> String {
    match character {
        '‘' | '’' | '`' | '"' | '“' | '”' | '\'' => "'".to_owned(),
        other => other.to_string(),
    }
}

/// A typing error, or a piece that is too much or too little.
fn edits(expected: &str, actual: &str) -> Option<String> {
    let (wanted, got) = (expected.chars().count(), actual.chars().count());
    if wanted.min(got) < 4 {
        return None;
    }
    if let Some(more) = actual.strip_prefix(expected) {
        return Some(format!("by what follows at its end: {}", show::quote(&show::line(more, 40))));
    }
    if let Some(missing) = expected.strip_prefix(actual) {
        return Some(format!("by what is missing at its end: {}", show::quote(&show::line(missing, 40))));
    }
    if wanted.max(got) <= COUNTED {
        let distance = strsim::damerau_levenshtein(expected, actual);
        let alike = distance <= (wanted.max(got) / 5).max(1);
        return alike
            .then(|| if distance == 1 { "in one character".to_owned() } else { format!("in {distance} characters") });
    }
    // Long texts: one small place.
    let same = expected.chars().zip(actual.chars()).take_while(|(one, other)| one == other).count();
    let left = wanted.min(got) - same;
    let tail =
        expected.chars().rev().zip(actual.chars().rev()).take(left).take_while(|(one, other)| one == other).count();
    let changed = wanted.max(got) - same - tail;
    (changed <= 20).then(|| format!("in one place, after {same} characters"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_texts() {
        let long = "x".repeat(300);
        for (expected, actual, how) in [
            ("Hello Express", "Hello  Express", "in white space only"),
            ("Hello Express", "Hello Express\n", "by a line break at its end"),
            ("Hello Express", " Hello Express", "by white space at its beginning"),
            ("a\n", "a", "by white space that is missing at its end"),
            ("Hello json", "HELLO JSON", "in upper and lower case only"),
            ("it's", "it’s", "in the kind of quotes only"),
            ("invalid date", "invalid\u{200b} date", "in characters that cannot be seen"),
            ("Invalid Date", "Invalid Date!", "in punctuation only"),
            ("disconnect", "disconect", "in one character"),
            ("Hello Express", "Hello Expres", "by what is missing at its end: \"s\""),
            ("chat message", "chat message two", "by what follows at its end: \"two\""),
            (&format!("{long}A{long}"), &format!("{long}B{long}"), "in one place, after 300 characters"),
        ] {
            assert_eq!(near(expected, actual).map(|it| it.how).as_deref(), Some(how), "{expected:?} {actual:?}");
        }
    }

    #[test]
    fn other_texts_are_not_near() {
        for (expected, actual) in [
            ("yes", "no"),
            ("Ada", "Grace"),
            ("", "x"),
            ("x", ""),
            ("a", "a"),
            ("...", "!!!"),
            ("Hello", "World"),
            ("ab", "ac"),
        ] {
            assert_eq!(near(expected, actual), None, "{expected:?} {actual:?}");
        }
    }
}
