//! JavaScript regular expressions as `regex` ones: exact, linear-time, or declined with a reason.
//!
//! The pattern is parsed (ECMA-262 with Annex B) and written anew from its syntax tree; see `translate`. Strings in
//! JavaScript are UTF-16, so a text with characters beyond U+FFFF is searched in a form where each half of a
//! surrogate pair is one character (`surrogate_form`): `.` then matches half a pair, as it does in JavaScript.

mod backreference;
mod find;
mod fold;
mod translate;

use std::borrow::Cow;
use std::sync::OnceLock;

use thiserror::Error;

pub use find::{Finder, Haystack};
pub use translate::{depth, translate};

/// Why a regular expression has no exact translation.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the regular expression /{pattern}/{flags} has {reason}")]
pub struct Untranslatable {
    /// Source of the expression.
    pub pattern: String,
    /// Its flags.
    pub flags: String,
    /// What stands in the way.
    pub reason: String,
}

/// A translated regular expression. Compiled when it is first used.
#[derive(Debug)]
pub struct JsRegex {
    source: String,
    flags: String,
    translated: String,
    /// Whether the bounds of a match, and not only its existence, are those of JavaScript.
    exact_bounds: bool,
    compiled: OnceLock<Option<regex::Regex>>,
}

impl JsRegex {
    /// Translates `/source/flags`.
    pub fn new(source: &str, flags: &str) -> Result<Self, Untranslatable> {
        let translation = translate(source, flags).map_err(|reason| Untranslatable {
            pattern: source.to_owned(),
            flags: flags.to_owned(),
            reason,
        })?;
        Ok(Self {
            source: source.to_owned(),
            flags: flags.to_owned(),
            translated: translation.pattern,
            exact_bounds: translation.exact_bounds,
            compiled: OnceLock::new(),
        })
    }

    /// Source of the expression, without slashes.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Flags in the order of the source.
    pub fn flags(&self) -> &str {
        &self.flags
    }

    /// Whether `g` is set.
    pub fn global(&self) -> bool {
        self.flags.contains('g')
    }

    /// Whether [`JsRegex::replace_all`] is exact.
    pub fn exact_bounds(&self) -> bool {
        self.exact_bounds
    }

    /// Whether it matches anywhere in `text`; `None` when the translation is too large to compile.
    pub fn is_match(&self, text: &str) -> Option<bool> {
        Some(self.regex()?.is_match(&surrogate_form(text)))
    }

    /// Where the first match ends, in UTF-16 code units; nothing where there is none, or where the translation has another end
    /// or is too large to compile.
    pub fn end_of_match(&self, text: &str) -> Option<usize> {
        let form = surrogate_form(text);
        let end = self.regex().filter(|_| self.exact_bounds)?.find(&form)?.end();
        // The form has a character for each code unit.
        form.get(..end).map(|matched| if matched.is_ascii() { end } else { matched.chars().count() })
    }

    /// `text.replace(regex, by)` with `g`, or the first match only without; `by` has no `$`.
    pub fn replace(&self, text: &str, by: &str) -> Option<String> {
        let form = surrogate_form(text);
        let regex = self.regex()?;
        let mut replaced = String::with_capacity(form.len());
        let (mut copied, mut from) = (0, 0);
        // Unlike Rust, JavaScript takes an empty match that follows right after another match.
        while let Some(found) = regex.find_at(&form, from) {
            replaced.push_str(form.get(copied..found.start())?);
            replaced.push_str(by);
            copied = found.end();
            let next = form.get(copied..)?.chars().next().map(char::len_utf8);
            from = match next {
                _ if !found.is_empty() => copied,
                Some(width) => copied + width,
                None => break,
            };
            if !self.global() {
                break;
            }
        }
        replaced.push_str(form.get(copied..)?);
        match form {
            Cow::Borrowed(_) => Some(replaced),
            // Halves that a match tore apart cannot be put together again.
            Cow::Owned(_) => from_surrogate_form(&replaced),
        }
    }

    fn regex(&self) -> Option<&regex::Regex> {
        self.compiled.get_or_init(|| regex::RegexBuilder::new(&self.translated).build().ok()).as_ref()
    }
}

/// Surrogate halves U+D800 to U+DFFF stand for themselves at this distance, in the last private plane.
const SURROGATE_SHIFT: u32 = 0x10_0000;

/// One character per UTF-16 code unit.
fn surrogate_form(text: &str) -> Cow<'_, str> {
    // Only the first byte of a character of two units is that large. Most texts have no such byte, which is seen fastest
    // many bytes at a time.
    if text.is_ascii() || !text.as_bytes().chunks(256).any(has_wide) {
        return Cow::Borrowed(text);
    }
    let mut form = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some((before, wide)) = rest.bytes().position(|byte| byte >= 0xf0).and_then(|at| rest.split_at_checked(at))
    {
        form.push_str(before);
        let mut characters = wide.chars();
        // They often come in rows.
        while let Some(character) = characters.clone().next().filter(|character| u32::from(*character) > 0xffff) {
            let units = u32::from(character) - 0x1_0000;
            form.extend([0xd800 + (units >> 10), 0xdc00 + (units & 0x3ff)].into_iter().filter_map(unit_to_char));
            characters.next();
        }
        rest = characters.as_str();
    }
    form.push_str(rest);
    Cow::Owned(form)
}

/// Whether a character of two UTF-16 code units begins in a part of a text. Without an early end, so that it is done with the
/// processor's vectors.
fn has_wide(part: &[u8]) -> bool {
    part.iter().fold(0, |largest, byte| (*byte).max(largest)) >= 0xf0
}

fn from_surrogate_form(text: &str) -> Option<String> {
    let shifted = SURROGATE_SHIFT + 0xd800..SURROGATE_SHIFT + 0xe000;
    let units: Vec<u16> = text
        .chars()
        .map(|character| {
            let code = u32::from(character);
            u16::try_from(if shifted.contains(&code) { code - SURROGATE_SHIFT } else { code }).ok()
        })
        .collect::<Option<_>>()?;
    String::from_utf16(&units).ok()
}

/// The character that stands for a UTF-16 code unit (or, in patterns, for a code point up to U+FFFF).
fn unit_to_char(unit: u32) -> Option<char> {
    char::from_u32(if (0xd800..0xe000).contains(&unit) { unit + SURROGATE_SHIFT } else { unit })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, flags: &str, text: &str) -> bool {
        JsRegex::new(pattern, flags).unwrap().is_match(text).unwrap()
    }

    #[test]
    fn the_form_has_a_character_for_each_code_unit() {
        for before in (0..3).chain(250..260) {
            for text in ["é", "😀", "a😀b", "😀😀é😀", "\u{ffff}\u{10000}\u{10ffff}x"] {
                let text = format!("{}{text}", "é".repeat(before));
                let units: String = text.encode_utf16().filter_map(|unit| unit_to_char(u32::from(unit))).collect();
                assert_eq!(surrogate_form(&text), units, "{text}");
                assert_eq!(surrogate_form(&text).chars().count(), text.encode_utf16().count(), "{text}");
            }
        }
    }

    #[test]
    fn dot_and_spaces_are_javascripts() {
        for end in ["\n", "\r", "\u{2028}", "\u{2029}"] {
            assert!(!matches("a.b", "", &format!("a{end}b")));
            assert!(matches("a.b", "s", &format!("a{end}b")));
        }
        assert!(matches("a.b", "", "a\u{85}b"));
        assert!(matches(r"a\sb", "", "a\u{feff}b") && !matches(r"a\sb", "", "a\u{85}b"));
        assert!(!matches(r"^\w$", "", "é") && !matches(r"^\d$", "", "٣"));
        assert!(matches("x[^]y", "", "x\ny") && !matches("x[]y", "", "xy"));
    }

    #[test]
    fn ignoring_case_folds_as_without_u() {
        assert!(matches("socket", "i", "SOCKET") && matches("[a-c]x", "i", "Bx"));
        assert!(!matches("s", "i", "\u{17f}") && !matches("k", "i", "\u{212a}"));
        assert!(matches("é", "i", "É") && matches("[à-ö]", "i", "É") && !matches("ß", "i", "SS"));
        assert!(matches("[^k]", "i", "\u{212a}") && !matches("[^k]", "i", "K"));
        assert!(matches("\u{3c3}", "i", "\u{3c2}"), "both sigmas have the same upper case");
    }

    #[test]
    fn backreferences_to_finite_groups_become_branches() {
        assert!(matches(r#"require.*("|')http\1"#, "", "require('http')"));
        assert!(!matches(r#"require.*("|')http\1"#, "", "require('http\")"));
        assert!(matches(r#"\[(?<q>"|')KEY\k<q>\]"#, "", "[\"KEY\"]"));
        assert!(!matches(r#"\[(?<q>"|')KEY\k<q>\]"#, "", "[\"KEY']"));
        assert!(matches(r"([ab])x\1", "i", "aXA") && !matches(r"([ab])x\1", "i", "axb"));
        assert!(
            matches(r#"(['"])a\1.*(['"])b\2"#, "", "'a' \"b\"") && !matches(r#"(['"])a\1.*(['"])b\2"#, "", "'a' \"b'")
        );
    }

    #[test]
    fn declines_what_it_cannot_say_exactly() {
        for (pattern, flags) in [
            (r"(a+)\1", ""),
            (r"(?:(a)|b)\1", ""),
            (r"(a)*\1", ""),
            (r"\1(a)", ""),
            ("(?=a)b", ""),
            ("(?<!a)b", ""),
            ("^a", "m"),
            ("a", "u"),
            ("a", "y"),
            (r"a\Bb", ""),
            (r"[\cA-\cZ]", ""),
            (r"[\c_]", ""),
            (r"\400", ""),
            ("(", ""),
        ] {
            assert!(JsRegex::new(pattern, flags).is_err(), "/{pattern}/{flags}");
        }
    }

    #[test]
    fn characters_beyond_the_basic_plane_count_twice() {
        assert!(!matches("^a.b$", "", "a😀b") && matches("^a..b$", "", "a😀b") && matches("^a.*b$", "", "a😀b"));
        assert!(matches("😀", "", "x😀y") && !matches("😀", "", "x😁y"));
        assert_eq!(JsRegex::new(r"\s", "g").unwrap().replace("a 😀 b", "").as_deref(), Some("a😀b"));
    }

    #[test]
    fn replaces_all_or_the_first() {
        assert_eq!(JsRegex::new(r"\s", "g").unwrap().replace("a b c", "").as_deref(), Some("abc"));
        assert_eq!(JsRegex::new(r"\s", "").unwrap().replace("a b c", "$1").as_deref(), Some("a$1b c"));
        assert_eq!(JsRegex::new("b*", "g").unwrap().replace("abc", "-").as_deref(), Some("-a--c-"));
    }

    #[test]
    fn bounds_are_not_exact_where_a_repetition_may_be_empty() {
        for pattern in ["(?:|a)+", "(a*)*", "(?:|a)?", r"(?:\b)*", "(?:(?:a|b?){2})*"] {
            assert!(!JsRegex::new(pattern, "").unwrap().exact_bounds(), "{pattern}");
        }
        for pattern in ["a*", "(?:ab?)+", "(?:a|b)*c", "a??"] {
            assert!(JsRegex::new(pattern, "").unwrap().exact_bounds(), "{pattern}");
        }
    }
}
