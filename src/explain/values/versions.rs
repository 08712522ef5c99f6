//! Versions in package.json against the one that a test wants.

use nodejs_semver::{Range, Version};

use super::Case;
use crate::explain::code::Code;
use crate::explain::model::Explanation;
use crate::explain::show;
use crate::verdict::Value;

/// Longest text that is read as a version.
const LONGEST: usize = 60;

pub fn explain(case: &Case<'_>) -> Option<Explanation> {
    let [section, package] = case.named.path.as_deref()? else { return None };
    if !section.to_ascii_lowercase().ends_with("ependencies") {
        return None;
    }
    let Some(Value::String(actual)) = &case.facts.actual else { return None };
    let range = Range::parse(short(actual)?).ok()?;
    let wanted = match (&case.facts.text, &case.facts.expected) {
        (Some(text), _) if text.flags.is_some() && !text.negated => Wanted::of_pattern(short(&text.pattern)?)?,
        (None, Some(Value::String(text))) if case.facts.show_diff && !case.facts.name.starts_with("not") => {
            Wanted::of_text(short(text)?)?
        }
        _ => return None,
    };
    let got = Wanted::of_text(actual)?;
    let name = show::line(package, 80);
    let same_numbers = got.numbers == wanted.numbers || got.numbers.starts_with(&format!("{}.", wanted.numbers));
    let written = wanted.text();
    let headline = if same_numbers {
        match (wanted.operator, got.operator) {
            (Some(sign), _) => format!(
                "`{name}` is `{actual}` in {section}: the number is right, but the test wants `{sign}` before it"
            ),
            (None, Some(sign)) => format!(
                "`{name}` is `{actual}` in {section}: the number is right, but the test wants no `{sign}` before it"
            ),
            (None, None) => return None,
        }
    } else {
        format!("`{name}` is `{actual}` in {section}; the test wants {written}")
    };
    let allowed = Version::parse(wanted.complete()).is_ok_and(|version| range.satisfies(&version));
    let because = (allowed && !same_numbers)
        .then(|| format!("`{actual}` allows {} too, but the test reads what package.json says", wanted.complete()));
    let excerpt = case
        .answer
        .as_ref()
        .and_then(|answer| answer.marked(case.named.path.as_ref()?, &format!("the test wants {written}")));
    Some(
        Explanation::new(Code::VersionDiffers, headline)
            .excerpt(excerpt)
            .maybe_fact("because", because)
            .help(format!("write \"{name}\": \"{}\" in package.json, then npm install", wanted.to_write())),
    )
}

fn short(text: &str) -> Option<&str> {
    (text.len() <= LONGEST).then_some(text)
}

/// A version with the sign before it.
#[derive(Debug, PartialEq, Eq)]
struct Wanted {
    operator: Option<char>,
    /// Whether a sign may be there or not.
    optional: bool,
    /// `2.10.2`, or the beginning of it: `2.10`.
    numbers: String,
}

impl Wanted {
    /// `^2.10.2`
    fn of_text(text: &str) -> Option<Self> {
        let text = text.trim();
        let operator = text.chars().next().filter(|first| matches!(first, '^' | '~'));
        let numbers = text.trim_start_matches(['^', '~', 'v', '=', ' ']);
        let end = numbers.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(numbers.len());
        let numbers = numbers.get(..end)?.trim_end_matches('.');
        (!numbers.is_empty()).then(|| Self { operator, optional: false, numbers: numbers.to_owned() })
    }

    /// A pattern that is a version: `^\^?2\.10\.2$`, `^[\^~]?2\.10\.`, `^\~2\.10\.2`.
    fn of_pattern(pattern: &str) -> Option<Self> {
        let mut rest = pattern.strip_prefix('^').unwrap_or(pattern);
        let (mut operator, mut optional) = (None, pattern == rest);
        if let Some(class) = rest.strip_prefix('[') {
            let (inner, after) = class.split_once(']')?;
            if inner.chars().any(|c| !matches!(c, '^' | '~' | '\\')) {
                return None;
            }
            rest = after.strip_prefix('?')?;
            optional = true;
        } else if let Some(after) =
            rest.strip_prefix("\\^").or_else(|| rest.strip_prefix("\\~")).or_else(|| rest.strip_prefix('~'))
        {
            operator = rest.get(..rest.len() - after.len())?.chars().next_back();
            rest = after;
            if let Some(after) = rest.strip_prefix('?') {
                (operator, optional, rest) = (None, true, after);
            }
        }
        let rest = rest.strip_suffix('$').unwrap_or(rest);
        let mut numbers = String::new();
        let mut characters = rest.chars();
        while let Some(character) = characters.next() {
            match character {
                '\\' if characters.next() == Some('.') => numbers.push('.'),
                '.' => numbers.push('.'),
                digit if digit.is_ascii_digit() => numbers.push(digit),
                _ => return None,
            }
        }
        let numbers = numbers.trim_matches('.').to_owned();
        (numbers.contains('.')).then_some(Self { operator, optional, numbers })
    }

    fn complete(&self) -> String {
        let mut numbers = self.numbers.clone();
        while numbers.matches('.').count() < 2 {
            numbers.push_str(".0");
        }
        numbers
    }

    fn to_write(&self) -> String {
        self.operator.map(String::from).unwrap_or_default() + &self.complete()
    }

    fn text(&self) -> String {
        format!("`{}{}`", self.operator.map(String::from).unwrap_or_default(), self.numbers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_that_are_versions() {
        for (pattern, operator, optional, numbers) in [
            (r"^[\^\~]?2\.10\.2", None, true, "2.10.2"),
            (r"^\^2\.10\.2$", Some('^'), false, "2.10.2"),
            (r"^\~2\.10\.", Some('~'), false, "2.10"),
            ("^~2.10.2", Some('~'), false, "2.10.2"),
            (r"2\.14\.0", None, true, "2.14.0"),
            (r"^\^?3\.1", None, true, "3.1"),
        ] {
            let wanted = Wanted::of_pattern(pattern).unwrap_or_else(|| panic!("{pattern}"));
            assert_eq!(
                (wanted.operator, wanted.optional, wanted.numbers.as_str()),
                (operator, optional, numbers),
                "{pattern}"
            );
        }
        for other in [r"\d+\.\d+", "express", r"^2", "", r"^(2|3)\.1", r"^[0-9]\.1"] {
            assert_eq!(Wanted::of_pattern(other), None, "{other}");
        }
    }
}
