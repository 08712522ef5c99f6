//! Texts on which a regular expression takes very long, found by trying.
//!
//! Candidates are made from the expression: what must stand before its repetitions, over and over. A machine of our own
//! counts the steps on a short text and on one of twice the length; how fast they grow shows how many a long one takes.

use std::cell::Cell;

use oxc_regular_expression::ast::Term;

use super::literal::Regex;
use super::machine::{Run, search};
use super::program::Program;
use super::terms::walk;
use super::witness::Witness;

/// A text that makes an expression slow, with the proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attack {
    /// The longer text as JavaScript: `'a'.repeat(16)`.
    pub text: String,
    /// Length of the shorter text and the steps that it takes.
    pub short: (usize, usize),
    /// The same of the longer one, which is about twice as long.
    pub long: (usize, usize),
    /// Whether the longer one takes even more: nobody waited for its end.
    pub cut: bool,
}

/// How often the parts of the texts are repeated.
const SIZES: [usize; 4] = [2, 4, 8, 16];
/// What a long answer has, in characters.
const LONG: f64 = 10_000.0;
/// More steps than that on a long answer take longer than a hint may.
const TOO_MANY: f64 = 5e9;
/// Steps for one search; the texts are so short that more of them are proof enough.
const STEPS: usize = 30_000;
/// A proof with that many steps needs no longer text.
const ENOUGH: usize = 1_000;
/// Repetitions and alternatives of each that are tried.
const REPETITIONS: usize = 6;
const CHOICES: usize = 3;

/// A text with parts that are repeated: each part, and whether it is.
type Parts = Vec<(Vec<u32>, bool)>;

/// Looks for a text on which the expression takes very long. Takes `budget` steps at most, and what it took off it.
pub fn attack(regex: &Regex<'_>, budget: &Cell<usize>) -> Option<Attack> {
    if !is_suspicious(regex) {
        return None;
    }
    let program = Program::of(regex)?;
    candidates(regex).iter().find_map(|parts| measure(&program, parts, budget))
}

/// Two repetitions without an end are needed for a search to go back and forth.
fn is_suspicious(regex: &Regex<'_>) -> bool {
    let mut endless = 0;
    let mut branching = false;
    walk(&regex.pattern.body, &mut |terms| {
        for term in terms {
            if let Term::Quantifier(quantifier) = term
                && quantifier.max.is_none()
            {
                endless += 1;
                branching |= matches!(&quantifier.body, Term::CapturingGroup(_) | Term::IgnoreGroup(_));
            }
        }
    });
    endless > 1 || branching
}

fn candidates(regex: &Regex<'_>) -> Vec<Parts> {
    let mut all = Vec::new();
    for alternative in regex.pattern.body.body.iter().take(CHOICES) {
        let mut terms = Vec::new();
        flatten(&alternative.body, &mut terms);
        all.extend(gaps(regex, &terms));
        loops(regex, &terms, &mut all);
    }
    all
}

/// The terms of an alternative with those of its plain groups, of which the first alternative is taken.
fn flatten<'p, 'a>(terms: &'p [Term<'a>], flat: &mut Vec<&'p Term<'a>>) {
    for term in terms {
        match term {
            // Groups that are referred to keep their text in one piece.
            Term::IgnoreGroup(group) if group.body.body.len() == 1 => {
                if let Some(only) = group.body.body.first() {
                    flatten(&only.body, flat);
                }
            }
            _ => flat.push(term),
        }
    }
}

fn endless<'p, 'a>(term: &'p Term<'a>) -> Option<&'p Term<'a>> {
    match term {
        Term::Quantifier(quantifier) if quantifier.max.is_none() => Some(&quantifier.body),
        _ => None,
    }
}

/// What stands before each repetition, many times over; the end is missing.
fn gaps(regex: &Regex<'_>, terms: &[&Term<'_>]) -> Option<Parts> {
    let last = terms.iter().rposition(|term| endless(term).is_none())?;
    let terms = terms.get(..=last)?;
    let mut witness = Witness::new(regex);
    let (mut parts, mut piece) = (Parts::new(), Vec::new());
    for term in terms {
        let text = witness.term(term, 0)?;
        match endless(term) {
            Some(body) => {
                if piece.is_empty() {
                    piece = witness.term(body, 0)?;
                }
                parts.push((std::mem::take(&mut piece), true));
            }
            None => piece.extend(text),
        }
    }
    (!parts.is_empty()).then_some(parts)
}

/// What one repetition repeats, many times over, and something that spoils it.
fn loops(regex: &Regex<'_>, terms: &[&Term<'_>], all: &mut Vec<Parts>) {
    let mut witness = Witness::new(regex);
    let mut before = Vec::new();
    let mut left = REPETITIONS;
    for term in terms {
        if let Some(body) = endless(term).filter(|_| left > 0) {
            left -= 1;
            let mut tried = Vec::new();
            for choice in 0..CHOICES {
                let Some(round) = witness.term(body, choice).filter(|round| !round.is_empty()) else { continue };
                if tried.contains(&round) {
                    continue;
                }
                all.push(vec![(before.clone(), false), (round.clone(), true), (vec![u32::from('!')], false)]);
                tried.push(round);
            }
        }
        match witness.term(term, 0) {
            Some(text) if before.len() + text.len() < 1_000 => before.extend(text),
            _ => return,
        }
    }
}

fn written(parts: &Parts, times: usize) -> Vec<u32> {
    parts.iter().flat_map(|(part, repeated)| part.repeat(if *repeated { times } else { 1 })).collect()
}

fn measure(program: &Program, parts: &Parts, budget: &Cell<usize>) -> Option<Attack> {
    // What is not repeated does not grow.
    let fixed: usize = parts.iter().filter(|(_, repeated)| !repeated).map(|(part, _)| part.len()).sum();
    let mut before: Option<(usize, usize)> = None;
    let mut found = None;
    for times in SIZES {
        let text = written(parts, times);
        let Run { steps, finished, found: hit } = search(program, &text, STEPS.min(budget.get()));
        budget.set(budget.get().saturating_sub(steps));
        if hit {
            return None;
        }
        if let Some(short) = before {
            let long = (text.len(), steps.min(STEPS));
            if (finished || steps > STEPS)
                && steps_on_a_long_answer((short.0 - fixed, short.1), (long.0 - fixed, long.1)) > TOO_MANY
            {
                found = Some(Attack { text: javascript(parts, times), short, long, cut: !finished });
            } else if finished {
                // The more is measured, the better the estimate.
                found = None;
            }
        }
        if !finished || (found.is_some() && steps > ENOUGH) {
            break;
        }
        before = Some((text.len(), steps));
    }
    found
}

#[expect(clippy::cast_precision_loss, reason = "the numbers are small")]
fn steps_on_a_long_answer(short: (usize, usize), long: (usize, usize)) -> f64 {
    let growth = (long.1 as f64 / short.1 as f64).ln() / (long.0 as f64 / short.0 as f64).ln();
    long.1 as f64 * (LONG / long.0 as f64).powf(growth)
}

fn javascript(parts: &Parts, times: usize) -> String {
    let part = |(part, repeated): &(Vec<u32>, bool)| {
        let mut text = String::from("'");
        for character in part.iter().filter_map(|unit| char::from_u32(*unit)) {
            match character {
                '\'' => text.push_str("\\'"),
                '"' => text.push(character),
                _ => text.extend(character.escape_default()),
            }
        }
        text.push('\'');
        if *repeated { format!("{text}.repeat({times})") } else { text }
    };
    parts.iter().filter(|(part, _)| !part.is_empty()).map(part).collect::<Vec<_>>().join(" + ")
}
