//! Mutants of JSON, which stay JSON.

use std::ops::Range;

use super::focus::Focus;
use super::json_parts::{Part, Sort, parts};
use super::letters;
use super::mutation::{Change, Kind, Mutation};
use super::random::Random;
use super::text::excerpt;

/// Longest value that is put into quotes.
const LONGEST_QUOTED: usize = 64;
/// A string is changed in so many places at most, one for each so many bytes.
const PLACES: usize = 24;
const APART: usize = 48;

/// At most `want` mutants of a JSON text, the most telling ones first; nothing where it is no JSON.
pub fn mutants(text: &str, answer: usize, focus: &Focus, want: usize, random: &mut Random) -> Option<Vec<Mutation>> {
    let parts = parts(text)?;
    let mut writer = Writer { text, answer, focus, random, out: Vec::new() };
    let chosen = writer.random.spread(parts.len(), want);
    let mut turns: Vec<(&Part, Vec<Op>)> = Vec::with_capacity(chosen.len());
    for part in chosen.into_iter().filter_map(|at| parts.get(at)) {
        let mut ops = ops(part);
        writer.random.shuffle(&mut ops);
        turns.push((part, ops));
    }
    turns.sort_by_key(|(part, _)| !writer.is_named(part));
    let most = turns.iter().map(|(_, ops)| ops.len()).max().unwrap_or(0);
    for _ in 0..most {
        for (part, ops) in &mut turns {
            if writer.out.len() >= want {
                return Some(writer.out);
            }
            // What cannot be done to this part makes room for what can.
            while let Some(op) = ops.pop() {
                if writer.write(part, op).is_some() {
                    break;
                }
            }
        }
    }
    Some(writer.out)
}

/// What can be done to a part.
#[derive(Debug, Clone, Copy)]
enum Op {
    Rename,
    Remove,
    OtherType,
    Null,
    /// The value changes, in this stretch of it.
    Value(usize),
    Empty,
}

fn ops(part: &Part) -> Vec<Op> {
    let mut ops = Vec::new();
    if part.key.is_some() {
        ops.extend([Op::Rename, Op::Remove]);
    }
    if part.element {
        ops.push(Op::Remove);
    }
    match part.sort {
        Sort::Object | Sort::Array => ops.extend([Op::Empty, Op::OtherType]),
        Sort::Text => {
            let places = (part.value.len() / APART).clamp(1, PLACES);
            ops.extend((0..places).map(Op::Value));
            ops.extend([Op::OtherType, Op::Null]);
        }
        Sort::Number | Sort::Bool => ops.extend([Op::Value(0), Op::OtherType, Op::Null]),
        Sort::Null => ops.push(Op::OtherType),
    }
    ops
}

struct Writer<'t> {
    text: &'t str,
    answer: usize,
    focus: &'t Focus,
    random: &'t mut Random,
    out: Vec<Mutation>,
}

impl Writer<'_> {
    fn get(&self, at: &Range<usize>) -> &str {
        self.text.get(at.clone()).unwrap_or_default()
    }

    fn is_named(&self, part: &Part) -> bool {
        part.key.as_ref().is_some_and(|key| {
            let key = self.get(key).trim_matches('"');
            self.focus.names(key) || self.focus.names_part_of(key)
        })
    }

    fn write(&mut self, part: &Part, op: Op) -> Option<()> {
        let place = place(part);
        let (kind, at, with, what) = match op {
            Op::Rename => {
                let (at, with, what) = self.renamed(part, &place)?;
                (Kind::KeyRenamed, at, with, what)
            }
            Op::Remove => {
                let kind = if part.element { Kind::ElementDropped } else { Kind::KeyRemoved };
                (kind, self.with_comma(part), String::new(), format!("{place} is gone"))
            }
            Op::Empty if part.value.len() > 2 => {
                let (kind, with, noun) = match part.sort {
                    Sort::Array => (Kind::ArrayEmptied, "[]", "array"),
                    _ => (Kind::ObjectEmptied, "{}", "object"),
                };
                (
                    kind,
                    part.value.clone(),
                    with.to_owned(),
                    format!("the {noun} {place} is empty").replace("array it", "array").replace("object it", "object"),
                )
            }
            Op::Empty => return None,
            Op::Null => (Kind::TypeChanged, part.value.clone(), "null".to_owned(), self.instead("null", part, &place)),
            Op::OtherType => {
                let with = self.other_type(part);
                let what = self.instead(&with, part, &place);
                (Kind::TypeChanged, part.value.clone(), with, what)
            }
            Op::Value(stretch) => {
                let (at, with) = self.other_value(part, stretch)?;
                let before = self.get(&(part.value.start..at.start)).to_owned();
                let after = self.get(&(at.end..part.value.end));
                // Only the place of the change is shown of a long value.
                let what = self.instead(&format!("{before}{with}{after}"), part, &place);
                (Kind::ValueChanged, at, with, what)
            }
        };
        let named = usize::from(self.is_named(part));
        let path = Some(part.path.clone());
        let change = Change::Splice { at, with };
        self.out.push(Mutation { answer: self.answer, kind, change, what, line: None, path, named });
        Some(())
    }

    fn instead(&self, is: &str, part: &Part, place: &str) -> String {
        let was = self.get(&part.value);
        let same = is.chars().zip(was.chars()).take_while(|(is, was)| is == was).count();
        // Around the difference, so that it is seen.
        let window = |text: &str| {
            let from = same.saturating_sub(20);
            let cut: String = text.chars().skip(if from < 8 { 0 } else { from }).collect();
            let dots = if from < 8 { "" } else { "…" };
            format!("{dots}{}", excerpt(&cut))
        };
        format!("{place} is {} instead of {}", window(is), window(was))
    }

    fn renamed(&mut self, part: &Part, place: &str) -> Option<(Range<usize>, String, String)> {
        let key = part.key.clone()?;
        let inner = key.start + 1..key.end - 1;
        if inner.is_empty() {
            return Some((inner, "x".to_owned(), format!("{place} is called `x`")));
        }
        // Where there are nothing but signs, one more letter.
        let (at, character) = plain_letter(self.text, &inner, self.random).unwrap_or((inner.end..inner.end, 'x'));
        let name = format!("{}{character}{}", self.get(&(inner.start..at.start)), self.get(&(at.end..inner.end)));
        Some((at, character.to_string(), format!("{place} is called `{}`", excerpt(&name))))
    }

    /// The part with its key and one comma.
    fn with_comma(&self, part: &Part) -> Range<usize> {
        let bytes = self.text.as_bytes();
        let start = part.key.as_ref().map_or(part.value.start, |key| key.start);
        let mut end = part.value.end;
        while bytes.get(end).is_some_and(u8::is_ascii_whitespace) {
            end += 1;
        }
        if bytes.get(end) == Some(&b',') {
            end += 1;
            while bytes.get(end).is_some_and(u8::is_ascii_whitespace) {
                end += 1;
            }
            return start..end;
        }
        let before = self.text.get(..start).unwrap_or_default().trim_end();
        // The last one takes the comma before it along.
        if before.ends_with(',') { before.len() - 1..part.value.end } else { start..part.value.end }
    }

    fn other_type(&self, part: &Part) -> String {
        let text = self.get(&part.value);
        match part.sort {
            Sort::Object => "[]".to_owned(),
            Sort::Array => "{}".to_owned(),
            Sort::Text => {
                let inner = text.trim_matches('"');
                let number = inner.len() <= LONGEST_QUOTED && serde_json::from_str::<serde_json::Number>(inner).is_ok();
                if number { inner.to_owned() } else { "0".to_owned() }
            }
            Sort::Number if text.len() <= LONGEST_QUOTED => format!("\"{text}\""),
            Sort::Number => "\"0\"".to_owned(),
            Sort::Bool => format!("\"{text}\""),
            Sort::Null => "0".to_owned(),
        }
    }

    fn other_value(&mut self, part: &Part, stretch: usize) -> Option<(Range<usize>, String)> {
        match part.sort {
            Sort::Number => {
                // Not the exponent: the number may become larger than any.
                let number = self.get(&part.value);
                let end = part.value.start + number.find(['e', 'E']).unwrap_or(number.len());
                let (at, digit) = letters::change_number(self.text, &(part.value.start..end), self.random)?;
                Some((at, digit.to_string()))
            }
            Sort::Bool => {
                let other = if self.get(&part.value) == "true" { "false" } else { "true" };
                Some((part.value.clone(), other.to_owned()))
            }
            Sort::Text => {
                let inner = part.value.start + 1..part.value.end - 1;
                if inner.is_empty() {
                    return Some((inner, "x".to_owned()));
                }
                let places = (part.value.len() / APART).clamp(1, PLACES);
                let begin = |number: usize| self.text.floor_char_boundary(inner.start + inner.len() * number / places);
                let within = begin(stretch)..begin(stretch + 1).min(inner.end);
                let (at, letter) = plain_letter(self.text, &within, self.random)?;
                Some((at, letter.to_string()))
            }
            Sort::Object | Sort::Array | Sort::Null => None,
        }
    }
}

/// A letter of a stretch of a string that is no part of an escape, and another one.
fn plain_letter(text: &str, at: &Range<usize>, random: &mut Random) -> Option<(Range<usize>, char)> {
    /// Only so much of a stretch is looked at.
    const LOOKED_AT: usize = 64;
    let bytes = text.as_bytes();
    let mut places = Vec::new();
    let mut next = after_escape(bytes, at.start);
    while places.len() < LOOKED_AT && next < at.end {
        let character = text.get(next..at.end)?.chars().next()?;
        if character == '\\' {
            next += escape_length(bytes, next);
            continue;
        }
        if character.is_alphanumeric() {
            places.push((next, character));
        }
        next += character.len_utf8();
    }
    let (start, character) = *random.pick(&places)?;
    Some((start..start + character.len_utf8(), letters::another(character, random)))
}

/// `\n` or `\u0041`
fn escape_length(bytes: &[u8], at: usize) -> usize {
    if bytes.get(at + 1) == Some(&b'u') { 6 } else { 2 }
}

/// The place itself, or the end of the escape that it is within.
fn after_escape(bytes: &[u8], at: usize) -> usize {
    (at.saturating_sub(5)..at)
        .filter(|start| bytes.get(*start) == Some(&b'\\'))
        .filter(|start| {
            let before = bytes.get(..*start).unwrap_or_default();
            before.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 0
        })
        .map(|start| start + escape_length(bytes, start))
        .fold(at, usize::max)
}

/// The part in words.
fn place(part: &Part) -> String {
    if part.path.is_empty() { "it".to_owned() } else { format!("`{}`", part.path) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use bytes::Bytes;
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    fn of(text: &str, code: &str, want: usize, seed: u64) -> Vec<Mutation> {
        mutants(text, 0, &Focus::of(code), want, &mut Random::new(seed, &[])).unwrap()
    }

    fn applied(text: &str, mutant: &Mutation) -> String {
        String::from_utf8(mutant.change.apply(&Bytes::from(text.to_owned())).unwrap().to_vec()).unwrap()
    }

    const MANIFEST: &str = "{\n  \"name\": \"chat\",\n  \"port\": 10,\n  \"open\": true,\n  \"tags\": [\"a\", \"b\"],\n  \"dependencies\": {\n    \"passport-local\": \"^1.0.0\"\n  }\n}\n";

    #[test]
    fn every_sort_of_change_is_made() {
        let mutants = of(MANIFEST, "assert.property(manifest.dependencies, 'passport-local')", 100, 1);
        let kinds: BTreeSet<Kind> = mutants.iter().map(|mutant| mutant.kind).collect();
        let expected = [
            Kind::KeyRenamed,
            Kind::KeyRemoved,
            Kind::TypeChanged,
            Kind::ValueChanged,
            Kind::ArrayEmptied,
            Kind::ElementDropped,
            Kind::ObjectEmptied,
        ];
        assert_eq!(kinds, expected.into());
        assert!(
            mutants[0].named > 0 && mutants[0].path.as_deref().unwrap().starts_with("dependencies"),
            "{:?}",
            mutants[0]
        );
        let whats: Vec<&str> = mutants.iter().map(|mutant| mutant.what.as_str()).collect();
        for expected in [
            "`dependencies.passport-local` is gone",
            "`port` is \"10\" instead of 10",
            "`open` is false instead of true",
            "`tags[1]` is gone",
            "the array `tags` is empty",
            "the object is empty",
            "`name` is null instead of \"chat\"",
            "it is [] instead of {   \"name\": \"chat\",   \"port\": 10,   \"ope…",
        ] {
            assert!(whats.contains(&expected), "{expected}: {whats:#?}");
        }
    }

    #[test]
    fn a_removed_key_takes_one_comma_along() {
        let without = |text: &str, path: &str| {
            let mutants = of(text, "", 200, 1);
            let mutant = mutants
                .iter()
                .find(|mutant| {
                    mutant.path.as_deref() == Some(path)
                        && matches!(mutant.kind, Kind::KeyRemoved | Kind::ElementDropped)
                })
                .unwrap();
            applied(text, mutant)
        };
        assert_eq!(without(r#"{"a": 1, "b": 2}"#, "a"), r#"{"b": 2}"#);
        assert_eq!(without(r#"{"a": 1 , "b": 2 }"#, "b"), r#"{"a": 1  }"#);
        assert_eq!(without(r#"{"a": 1}"#, "a"), "{}");
        assert_eq!(without("[1,2,3]", "[1]"), "[1,3]");
        assert_eq!(without("[1]", "[0]"), "[]");
    }

    #[test]
    fn json_within_a_string_is_changed_in_many_places() {
        let inner =
            format!("[{}]", (0..40).map(|n| format!("{{\"name\":\"layer{n}\"}}")).collect::<Vec<_>>().join(","));
        let text = Value::String(inner).to_string();
        let mutants = of(&text, "", 60, 1);
        let values = mutants.iter().filter(|mutant| mutant.kind == Kind::ValueChanged).count();
        assert!(values > 10, "{values}");
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            (-1e300..1e300_f64).prop_map(Value::from),
            "[a-z\\\\\"\n\u{1}é漢 {}\\[\\],:0-9]{0,12}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                proptest::collection::vec(("[a-z\\\\\"é ]{0,5}", inner), 0..6)
                    .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]
        #[test]
        fn every_mutant_is_other_json(value in any_json(), pretty: bool, seed: u64, want in 1..80_usize) {
            let text = if pretty { serde_json::to_string_pretty(&value).unwrap() } else { value.to_string() };
            let mutants = of(&text, "a b c", want, seed);
            prop_assert!(mutants.len() <= want);
            for mutant in &mutants {
                let changed = applied(&text, mutant);
                prop_assert!(changed != text, "{mutant:?}");
                prop_assert!(serde_json::from_str::<Value>(&changed).is_ok(), "{mutant:?}\n{text}\n{changed}");
            }
            prop_assert_eq!(mutants, of(&text, "a b c", want, seed));
        }
    }
}
