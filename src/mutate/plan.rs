//! Which mutants of a hint are tried, and in which order.

use std::collections::{HashSet, VecDeque};

use super::focus::Focus;
use super::mutation::Mutation;
use super::random::Random;
use super::record::{Answer, Recording};
use super::{json, text, whole};

/// So many answers of a hint are changed at most.
const MOST_ANSWERS: usize = 24;
/// So many bodies of other answers are known at most.
const MOST_OTHERS: usize = 64;
/// So many changes of a whole answer come before all others, for each answer.
const FIRST: usize = 3;
/// So many changes within an answer come for each one of a whole one.
const WITHIN: usize = 4;

/// At most `most` mutants of one hint, in the order in which they are to be tried. `name` is the challenge's.
pub fn mutants(recording: &Recording, hint: usize, code: &str, seed: u64, name: &str, most: usize) -> Vec<Mutation> {
    let Some(record) = recording.hints.get(hint) else { return Vec::new() };
    let focus = Focus::of(code);
    let labels = others(recording);
    let others: Vec<whole::Other<'_>> =
        labels.iter().map(|(label, answer)| (label.as_str(), &answer.fetched.exchange.body)).collect();
    let mut queues: Vec<(VecDeque<Mutation>, VecDeque<Mutation>)> = Vec::new();
    for (index, answer) in record.answers.iter().enumerate().take(MOST_ANSWERS) {
        let mut random = Random::new(seed, &[name, &hint.to_string(), &index.to_string()]);
        let wholes = whole::mutants(&answer.fetched, index, &others, &mut random);
        queues.push((wholes.into(), within(answer, index, &focus, most, &mut random).into()));
    }
    let mut chosen = Chosen { recording, hint, most, known: HashSet::new(), out: Vec::new() };
    for (wholes, _) in &mut queues {
        chosen.take(wholes, FIRST);
    }
    while queues.iter().any(|(wholes, within)| !wholes.is_empty() || !within.is_empty()) && !chosen.is_full() {
        for (wholes, within) in &mut queues {
            chosen.take(within, WITHIN);
            chosen.take(wholes, 1);
        }
    }
    chosen.out
}

/// Answers of the challenge with bodies of their own, and what they answer.
fn others(recording: &Recording) -> Vec<(String, &Answer)> {
    let mut out: Vec<(String, &Answer)> = Vec::new();
    for answer in recording.hints.iter().flat_map(|record| &record.answers) {
        let body = &answer.fetched.exchange.body;
        let new = !body.is_empty() && out.iter().all(|(_, known)| known.fetched.exchange.body != *body);
        if new && answer.fetched.is_readable() {
            out.push((answer.label(), answer));
        }
        if out.len() == MOST_OTHERS {
            break;
        }
    }
    out
}

/// Changes within a body.
fn within(answer: &Answer, index: usize, focus: &Focus, most: usize, random: &mut Random) -> Vec<Mutation> {
    if !answer.fetched.is_readable() {
        return Vec::new();
    }
    let Ok(body) = std::str::from_utf8(&answer.fetched.exchange.body) else { return Vec::new() };
    let typed = answer.fetched.sent_header("content-type").is_some_and(|kind| kind.contains("json"));
    if (typed || body.trim_start().starts_with(['{', '[']))
        && let Some(mutants) = json::mutants(body, index, focus, most, random)
    {
        return mutants;
    }
    text::mutants(body, index, focus, most, random)
}

struct Chosen<'r> {
    recording: &'r Recording,
    hint: usize,
    most: usize,
    known: HashSet<(usize, u64)>,
    out: Vec<Mutation>,
}

impl Chosen<'_> {
    fn is_full(&self) -> bool {
        self.out.len() >= self.most
    }

    /// Takes `count` mutants that change something, and are not there yet.
    fn take(&mut self, from: &mut VecDeque<Mutation>, count: usize) {
        let mut taken = 0;
        while taken < count && !self.is_full() {
            let Some(mutant) = from.pop_front() else { return };
            let record = self.recording.hints.get(self.hint);
            let Some(answer) = record.and_then(|record| record.answers.get(mutant.answer)) else { continue };
            let fetched = &answer.fetched;
            if mutant.change.is_none(fetched) && fetched.is_readable() {
                continue;
            }
            if self.known.insert((mutant.answer, mutant.change.digest(&fetched.exchange.body))) {
                self.out.push(mutant);
                taken += 1;
            }
        }
    }
}
