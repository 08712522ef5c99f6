//! Texts of strangers, numbers and times, as the page shows them.

use std::fmt::{self, Display, Formatter};

/// Characters of a text that has nothing to unfold: titles, addresses, lines.
const WIDEST: usize = 2_000;
/// Characters of a text that stand on the page at once.
const HEAD: usize = 600;
/// Characters of a text that are there to be unfolded.
const WHOLE: usize = 8_000;

/// A text from outside. Control characters are shown, not obeyed; the template escapes what HTML would read as markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text<'a> {
    shown: &'a str,
    /// Whether characters that only join others or say which way they run are shown, too.
    exact: bool,
    /// Whether its end is left out.
    cut: bool,
}

impl<'a> Text<'a> {
    /// Something to read. Joiners and direction marks are part of many scripts, and of emoji.
    pub fn prose(text: &'a str) -> Self {
        Self::new(text, false)
    }

    /// Something whose characters count: code, values, headers.
    pub fn exact(text: &'a str) -> Self {
        Self::new(text, true)
    }

    fn new(text: &'a str, exact: bool) -> Self {
        let (text, rest) = split(text, WIDEST);
        Self { shown: text, exact, cut: !rest.is_empty() }
    }

    /// The text in parts, and whether each is code: what stands between two backquotes.
    pub fn spans(self) -> Vec<(bool, Self)> {
        let mut spans = Vec::new();
        let mut rest = self.shown;
        while let Some((before, after)) = rest.split_once('`')
            && let Some((code, after)) = after.split_once('`')
        {
            let part = |text, exact| Self { shown: text, exact, cut: false };
            spans.extend([(false, part(before, self.exact)), (true, part(code, true))]);
            rest = after;
        }
        spans.push((false, Self { shown: rest, ..self }));
        spans
    }

    pub fn is_empty(self) -> bool {
        self.shown.is_empty()
    }
}

/// Whether a character has no form of its own, or changes how others are shown.
pub fn is_hidden(character: char, exact: bool) -> bool {
    match character {
        '\n' | '\t' => false,
        '\u{200c}'..='\u{200f}' => exact,
        '\u{200b}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => true,
        _ => character.is_control() || u32::from(character) & 0xfffe == 0xfffe,
    }
}

impl Display for Text<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let mut rest = self.shown;
        while let Some((at, character)) = rest.char_indices().find(|&(_, found)| is_hidden(found, self.exact)) {
            let (before, after) = rest.split_at(at);
            write!(formatter, "{before}\\u{{{:x}}}", u32::from(character))?;
            rest = after.get(character.len_utf8()..).unwrap_or_default();
        }
        formatter.write_str(rest)?;
        formatter.write_str(if self.cut { "…" } else { "" })
    }
}

/// A text that may be long: its start, and more of it to unfold.
#[derive(Debug)]
pub struct Long<'a> {
    pub head: Text<'a>,
    pub rest: Option<Rest<'a>>,
}

/// What is folded away.
#[derive(Debug)]
pub struct Rest<'a> {
    /// The text from its start, as far as the page has it.
    pub text: Text<'a>,
    /// Characters of the whole.
    pub length: Number,
    /// Characters that the page does not have.
    pub left_out: Option<Number>,
}

impl<'a> Long<'a> {
    pub fn prose(text: &'a str) -> Self {
        Self::new(text, false)
    }

    pub fn exact(text: &'a str) -> Self {
        Self::new(text, true)
    }

    fn new(text: &'a str, exact: bool) -> Self {
        let (start, more) = split(text, HEAD);
        let head = Text { shown: start, exact, cut: !more.is_empty() };
        if more.is_empty() {
            return Self { head, rest: None };
        }
        let (whole, left_out) = split(text, WHOLE);
        let left_out = left_out.chars().count();
        let length = whole.chars().count() + left_out;
        let rest = Rest {
            text: Text { shown: whole, exact, cut: left_out > 0 },
            length: Number(length),
            left_out: (left_out > 0).then_some(Number(left_out)),
        };
        Self { head, rest: Some(rest) }
    }
}

/// The first characters of a text, and what follows.
pub fn split(text: &str, characters: usize) -> (&str, &str) {
    let end = text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at);
    text.split_at(end)
}

/// A number with its thousands apart: `12,345`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number(pub usize);

impl Display for Number {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let digits = self.0.to_string();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                formatter.write_str(",")?;
            }
            write!(formatter, "{digit}")?;
        }
        Ok(())
    }
}

/// A time span: `18 ms`, `1.2 s`, `2 min 5 s`.
#[derive(Debug, Clone, Copy)]
pub struct Span(pub f64);

impl Display for Span {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let seconds = self.0 / 1000.0;
        if self.0 < 0.95 {
            formatter.write_str("under 1 ms")
        } else if self.0 < 999.5 {
            write!(formatter, "{:.0} ms", self.0)
        } else if seconds < 59.95 {
            write!(formatter, "{seconds:.1} s")
        } else {
            write!(formatter, "{:.0} min {:.0} s", (seconds / 60.0).floor(), (seconds % 60.0).floor())
        }
    }
}

/// A moment for people: `27 November 2026, 06:49 UTC`.
pub fn moment(rfc3339: &str) -> Option<String> {
    let moment = rfc3339.parse::<jiff::Timestamp>().ok()?;
    Some(moment.strftime("%-d %B %Y, %H:%M UTC").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_form_is_shown() {
        let text = "a\u{1b}[31m\0\u{202e}b\u{feff}\u{ffff}\n\tc\u{85}";
        assert_eq!(Text::prose(text).to_string(), "a\\u{1b}[31m\\u{0}\\u{202e}b\\u{feff}\\u{ffff}\n\tc\\u{85}");
        // A family, and a Persian word, need their joiners; in code they are a find.
        let joined = "👩\u{200d}👧 می\u{200c}خواهم";
        assert_eq!(Text::prose(joined).to_string(), joined);
        assert_eq!(Text::exact("a\u{200d}b").to_string(), "a\\u{200d}b");
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        let text = "é".repeat(100_000);
        let long = Long::prose(&text);
        let rest = long.rest.unwrap();
        assert_eq!(long.head.to_string().chars().count(), HEAD + 1);
        assert_eq!(rest.text.to_string().chars().count(), WHOLE + 1);
        assert_eq!((rest.length.to_string(), rest.left_out.unwrap().to_string()), ("100,000".into(), "92,000".into()));
        assert!(Long::prose(&"é".repeat(HEAD)).rest.is_none());
        assert!(Long::prose(&"é".repeat(WHOLE)).rest.unwrap().left_out.is_none());
    }

    #[test]
    fn code_stands_between_backquotes() {
        let spans = |text| {
            let spans = Text::prose(text).spans().into_iter();
            spans.map(|(code, text)| if code { format!("<{text}>") } else { text.to_string() }).collect::<String>()
        };
        assert_eq!(spans("write `a` and `b`, not c`d"), "write <a> and <b>, not c`d");
        assert_eq!((spans("``"), spans("`"), spans("")), ("<>".into(), "`".into(), String::new()));
    }

    #[test]
    fn numbers_and_times_read_well() {
        let numbers = [0, 999, 1000, 1_234_567].map(|number| Number(number).to_string());
        assert_eq!(numbers, ["0", "999", "1,000", "1,234,567"]);
        let spans = [0.2, 18.4, 999.6, 12_340.0, 60_000.0, 125_900.0].map(|span| Span(span).to_string());
        assert_eq!(spans, ["under 1 ms", "18 ms", "1.0 s", "12.3 s", "1 min 0 s", "2 min 5 s"]);
        assert_eq!(moment("2026-03-02T08:05:09.123Z").unwrap(), "2 March 2026, 08:05 UTC");
        assert_eq!(moment("yesterday"), None);
    }
}
