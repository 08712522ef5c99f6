//! From the syntax tree of a JavaScript regular expression to the text of a `regex` one.
//!
//! Everything is written from values in the tree, never edited as text. Rust's own notions (`\s`, `\w`, `.`, `(?i)`)
//! differ from JavaScript's, so each is spelled out.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use oxc_allocator::Allocator;
use oxc_regular_expression::ast::{
    BoundaryAssertionKind, CharacterClass, CharacterClassContents, CharacterClassContentsKind,
    CharacterClassEscapeKind, Disjunction, Quantifier, Term,
};
use oxc_regular_expression::{LiteralParser, Options};

use super::backreference::{Choice, Choices, choices};
use super::fold::equivalents;
use super::unit_to_char;

/// Longest pattern and deepest nesting that is looked at; real ones have a few hundred characters.
const LONGEST: usize = 20_000;
const DEEPEST: usize = 200;

/// `\s` of ECMA-262: white space and line terminators.
const SPACE: &str = r"\t\n\x0B\x0C\r \x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}\x{FEFF}";
const DIGIT: &str = "0-9";
const WORD: &str = "0-9A-Za-z_";
/// What `.` does not match.
const LINE_END: &str = r"\n\r\x{2028}\x{2029}";

/// A pattern for the `regex` crate.
#[derive(Debug)]
pub struct Translation {
    /// The pattern.
    pub pattern: String,
    /// Whether a match has the same bounds as in JavaScript, too.
    pub exact_bounds: bool,
}

/// Translates `/source/flags`; the error completes the sentence "the regular expression has ...".
pub fn translate(source: &str, flags: &str) -> Result<Translation, String> {
    if let Some(flag) = flags.chars().find(|flag| !"dgims".contains(*flag)) {
        return Err(format!("the flag `{flag}`"));
    }
    if source.len() > LONGEST {
        return Err(format!("more than {LONGEST} characters"));
    }
    if depth(source) > DEEPEST {
        return Err("too many nested groups".to_owned());
    }
    misread(source)?;
    let allocator = Allocator::default();
    let pattern = LiteralParser::new(&allocator, source, Some(flags), Options::default())
        .parse()
        .map_err(|error| format!("a syntax error: {error}"))?;
    let Choices { names, all } = choices(&pattern)?;
    let branches = all
        .iter()
        .map(|choice| {
            let mut writer = Writer {
                out: String::new(),
                choice,
                names: &names,
                groups: 0,
                ignore_case: flags.contains('i'),
                dot_all: flags.contains('s'),
                multiline: flags.contains('m'),
            };
            writer.disjunction(&pattern.body)?;
            Ok(writer.out)
        })
        .collect::<Result<Vec<_>, String>>()?;
    // JavaScript refuses empty rounds of a repetition and tries the next alternative instead; Rust does not.
    let exact_bounds = branches.len() == 1 && !repeats_nothing(&pattern.body);
    Ok(Translation { pattern: branches.join("|"), exact_bounds })
}

/// Whether some repetition's body may match the empty text.
fn repeats_nothing(body: &Disjunction<'_>) -> bool {
    body.body.iter().flat_map(|alternative| &alternative.body).any(|term| match term {
        Term::Quantifier(quantifier) => may_be_empty(&quantifier.body) || inside(&quantifier.body),
        term => inside(term),
    })
}

fn inside(term: &Term<'_>) -> bool {
    match term {
        Term::CapturingGroup(group) => repeats_nothing(&group.body),
        Term::IgnoreGroup(group) => repeats_nothing(&group.body),
        _ => false,
    }
}

fn may_be_empty(term: &Term<'_>) -> bool {
    let any = |body: &Disjunction<'_>| body.body.iter().any(|alternative| alternative.body.iter().all(may_be_empty));
    match term {
        Term::Quantifier(quantifier) => quantifier.min == 0 || may_be_empty(&quantifier.body),
        Term::CapturingGroup(group) => any(&group.body),
        Term::IgnoreGroup(group) => any(&group.body),
        Term::BoundaryAssertion(_)
        | Term::LookAroundAssertion(_)
        | Term::IndexedReference(_)
        | Term::NamedReference(_) => true,
        _ => false,
    }
}

/// Escapes of Annex B that the parser does not read as the standard says: `[\cA]`, and `\400`, which is `\40` and a `0`.
fn misread(source: &str) -> Result<(), String> {
    let mut in_class = false;
    let mut rest = source.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'[' => in_class = true,
            b']' => in_class = false,
            b'\\' => match rest.next() {
                Some(b'c') if in_class => return Err("a control character in a class".to_owned()),
                Some(b'4'..=b'7') if rest.clone().take(2).filter(|byte| (b'0'..=b'7').contains(byte)).count() == 2 => {
                    return Err("an octal escape above `\\377`".to_owned());
                }
                _ => {}
            },
            _ => {}
        }
    }
    Ok(())
}

/// An upper bound of the nesting of groups in an expression's source.
pub fn depth(source: &str) -> usize {
    let mut depth = 0_usize;
    let mut deepest = 0;
    for byte in source.bytes() {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

struct Writer<'c> {
    out: String,
    choice: &'c Choice,
    names: &'c BTreeMap<String, u32>,
    groups: u32,
    ignore_case: bool,
    dot_all: bool,
    multiline: bool,
}

impl Writer<'_> {
    fn disjunction(&mut self, body: &Disjunction<'_>) -> Result<(), String> {
        for (index, alternative) in body.body.iter().enumerate() {
            if index > 0 {
                self.out.push('|');
            }
            for term in &alternative.body {
                self.term(term)?;
            }
        }
        Ok(())
    }

    fn group(&mut self, body: &Disjunction<'_>) -> Result<(), String> {
        self.out.push_str("(?:");
        self.disjunction(body)?;
        self.out.push(')');
        Ok(())
    }

    fn term(&mut self, term: &Term<'_>) -> Result<(), String> {
        match term {
            Term::BoundaryAssertion(assertion) => match assertion.kind {
                BoundaryAssertionKind::Start if !self.multiline => self.out.push_str(r"\A"),
                BoundaryAssertionKind::End if !self.multiline => self.out.push_str(r"\z"),
                BoundaryAssertionKind::Start | BoundaryAssertionKind::End => {
                    return Err("`^` or `$` with the flag `m`".to_owned());
                }
                BoundaryAssertionKind::Boundary => self.out.push_str(r"(?-u:\b)"),
                BoundaryAssertionKind::NegativeBoundary => return Err(r"`\B`".to_owned()),
            },
            Term::LookAroundAssertion(_) => return Err("a lookahead or lookbehind".to_owned()),
            Term::Quantifier(quantifier) => self.quantifier(quantifier)?,
            Term::Character(character) => self.character(character.value)?,
            Term::Dot(_) if self.dot_all => self.out.push_str("(?s:.)"),
            Term::Dot(_) => self.set(&format!("^{LINE_END}")),
            Term::CharacterClassEscape(escape) => self.set(&class_escape(escape.kind)),
            Term::UnicodePropertyEscape(_) => return Err("a Unicode property".to_owned()),
            Term::CharacterClass(class) => self.class(class)?,
            Term::CapturingGroup(group) => {
                self.groups += 1;
                match self.choice.get(&self.groups) {
                    Some(text) => self.text(text)?,
                    None => self.group(&group.body)?,
                }
            }
            Term::IgnoreGroup(group) if group.modifiers.is_none() => self.group(&group.body)?,
            Term::IgnoreGroup(_) => return Err("a group with modifiers".to_owned()),
            Term::IndexedReference(reference) => self.chosen(reference.index)?,
            Term::NamedReference(reference) => {
                let group = self.names.get(reference.name.as_str()).ok_or("a backreference to no group")?;
                self.chosen(*group)?;
            }
        }
        Ok(())
    }

    fn chosen(&mut self, group: u32) -> Result<(), String> {
        let text = self.choice.get(&group).ok_or("a backreference to no group")?;
        self.text(text)
    }

    fn text(&mut self, text: &[u32]) -> Result<(), String> {
        self.out.push_str("(?:");
        for unit in text {
            self.character(*unit)?;
        }
        self.out.push(')');
        Ok(())
    }

    fn quantifier(&mut self, quantifier: &Quantifier<'_>) -> Result<(), String> {
        self.out.push_str("(?:");
        self.term(&quantifier.body)?;
        self.out.push(')');
        let _ = match (quantifier.min, quantifier.max) {
            (0, None) => write!(self.out, "*"),
            (1, None) => write!(self.out, "+"),
            (0, Some(1)) => write!(self.out, "?"),
            (min, None) => write!(self.out, "{{{min},}}"),
            (min, Some(max)) => write!(self.out, "{{{min},{max}}}"),
        };
        if !quantifier.greedy {
            self.out.push('?');
        }
        Ok(())
    }

    fn character(&mut self, unit: u32) -> Result<(), String> {
        let units = if self.ignore_case { equivalents(unit) } else { vec![unit] };
        let mut inside = String::new();
        for unit in &units {
            push_unit(&mut inside, *unit)?;
        }
        if units.len() == 1 {
            self.out.push_str(&inside);
        } else {
            self.set(&inside);
        }
        Ok(())
    }

    fn set(&mut self, inside: &str) {
        let _ = write!(self.out, "[{inside}]");
    }

    fn class(&mut self, class: &CharacterClass<'_>) -> Result<(), String> {
        if class.kind != CharacterClassContentsKind::Union {
            return Err("a character class with set operations".to_owned());
        }
        if class.body.is_empty() {
            self.out.push_str(if class.negative { "(?s:.)" } else { r"[^\x00-\x{10FFFF}]" });
            return Ok(());
        }
        let mut inside = String::new();
        for item in &class.body {
            match item {
                CharacterClassContents::Character(character) => {
                    self.range(&mut inside, character.value, character.value)?;
                }
                CharacterClassContents::CharacterClassRange(range) => {
                    self.range(&mut inside, range.min.value, range.max.value)?;
                }
                CharacterClassContents::CharacterClassEscape(escape) => {
                    let _ = write!(inside, "[{}]", class_escape(escape.kind));
                }
                _ => return Err("a character class of Unicode sets".to_owned()),
            }
        }
        let sign = if class.negative { "^" } else { "" };
        self.set(&format!("{sign}{inside}"));
        Ok(())
    }

    fn range(&self, out: &mut String, min: u32, max: u32) -> Result<(), String> {
        // The halves of surrogate pairs live elsewhere (`surrogate_form`), so a range is cut at their borders.
        for (low, high) in [(min, max.min(0xd7ff)), (min.max(0xd800), max.min(0xdfff)), (min.max(0xe000), max)] {
            if low > high {
                continue;
            }
            push_unit(out, low)?;
            if high > low {
                out.push('-');
                push_unit(out, high)?;
            }
        }
        if self.ignore_case {
            for unit in min..=max {
                for other in equivalents(unit).into_iter().filter(|other| !(min..=max).contains(other)) {
                    push_unit(out, other)?;
                }
            }
        }
        Ok(())
    }
}

fn class_escape(kind: CharacterClassEscapeKind) -> String {
    use CharacterClassEscapeKind::{D, NegativeD, NegativeS, NegativeW, S, W};
    match kind {
        D => DIGIT.to_owned(),
        NegativeD => format!("^{DIGIT}"),
        S => SPACE.to_owned(),
        NegativeS => format!("^{SPACE}"),
        W => WORD.to_owned(),
        NegativeW => format!("^{WORD}"),
    }
}

/// A code unit by number, which is safe inside and outside of classes.
fn push_unit(out: &mut String, unit: u32) -> Result<(), String> {
    let character = unit_to_char(unit).ok_or("a character that is none")?;
    if character.is_ascii_alphanumeric() {
        out.push(character);
    } else {
        let _ = write!(out, r"\x{{{:X}}}", u32::from(character));
    }
    Ok(())
}
