//! What mutation testing says of a hint.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::mutation::{Kind, Mutation};
use super::record::{Answer, Recording};
use crate::grader::ChallengeResult;

/// A challenge whose hints were tried.
#[derive(Debug)]
pub struct Mutated {
    /// What became of it without any change.
    pub recording: Arc<Recording>,
    /// The hints, as in the result.
    pub hints: Vec<MutatedHint>,
}

impl Mutated {
    /// What became of it without any change.
    pub fn result(&self) -> &ChallengeResult {
        &self.recording.result
    }
}

/// A hint that was tried.
#[derive(Debug, Default)]
pub struct MutatedHint {
    /// What it came to.
    pub verdict: Verdict,
    /// How many requests it makes.
    pub requests: usize,
    /// All mutants.
    pub counts: Counts,
    /// The same by what was changed.
    pub by_kind: BTreeMap<Kind, Counts>,
    /// The mutants that it passed, the most telling ones first.
    pub survivors: Vec<Survivor>,
}

impl MutatedHint {
    /// Whether it can fail, but no change of a body fails it: it looks at the head of the answer only.
    pub fn ignores_bodies(&self) -> bool {
        let mut bodies = Counts::default();
        self.by_kind.iter().filter(|(kind, _)| kind.is_of_body()).for_each(|(_, counts)| bodies.add(*counts));
        self.verdict == Verdict::CanFail && bodies.all_survived()
    }
}

/// What it came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Verdict {
    /// At least one wrong answer fails it.
    CanFail,
    /// None does.
    CannotFail(WhyNot),
    /// That is not known.
    CouldNotCheck(WhyUnknown),
    /// It was not looked at, as its outcome without changes says.
    #[default]
    Skipped,
}

/// Why no mutant can fail a hint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyNot {
    /// It has no test.
    NoTest,
    /// It asks for nothing.
    NoRequest,
    /// It passes with all of them.
    AllSurvived,
    /// It fails only when it may not read the answer at all.
    OnlyUnreadable,
}

/// Why it is not known whether a hint can fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyUnknown {
    /// It does not pass without changes.
    NotPassing,
    /// With the same answers it does not pass again, or asks something else.
    NotRepeatable,
    /// Its answers are too large to be kept.
    TooLarge,
    /// Time was up before a mutant failed it.
    OutOfTime,
    /// No mutant came to a verdict.
    NoVerdicts,
}

/// Mutants, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// All that were made.
    pub made: usize,
    /// The hint failed, as it should.
    pub killed: usize,
    /// The hint passed all the same.
    pub survived: usize,
    /// There was no verdict.
    pub not_checked: usize,
    /// There was no time.
    pub not_tried: usize,
}

impl Counts {
    /// Those that were tried.
    pub fn tried(&self) -> usize {
        self.killed + self.survived + self.not_checked
    }

    /// How many of those with a verdict were killed, from 0 to 1; nothing where there are none.
    pub fn score(&self) -> Option<f64> {
        let decided = self.killed + self.survived;
        let share = |count: usize| u32::try_from(count).map_or(f64::from(u32::MAX), f64::from);
        (decided > 0).then(|| share(self.killed) / share(decided))
    }

    /// Whether mutants came to a verdict, and none of them was killed.
    pub fn all_survived(&self) -> bool {
        self.killed == 0 && self.survived > 0
    }

    /// Adds others.
    pub fn add(&mut self, other: Self) {
        self.made += other.made;
        self.killed += other.killed;
        self.survived += other.survived;
        self.not_checked += other.not_checked;
        self.not_tried += other.not_tried;
    }

    /// Counts one mutant.
    pub fn count(&mut self, fate: Option<Fate>) {
        self.made += 1;
        *match fate {
            Some(Fate::Killed) => &mut self.killed,
            Some(Fate::Survived) => &mut self.survived,
            Some(Fate::NotChecked) => &mut self.not_checked,
            None => &mut self.not_tried,
        } += 1;
    }
}

/// What became of a mutant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// The hint failed.
    Killed,
    /// It passed.
    Survived,
    /// There was no verdict.
    NotChecked,
}

/// A mutant that a hint passed.
#[derive(Debug, Clone)]
pub struct Survivor {
    /// The mutant.
    pub mutant: Mutation,
    /// The answer that it changes.
    pub answer: Arc<Answer>,
}

/// What is known of a hint after all its mutants had their turn.
pub fn judge(requests: usize, answers: &[Arc<Answer>], mutants: &[Mutation], fates: &[Option<Fate>]) -> MutatedHint {
    let mut hint = MutatedHint { requests, ..MutatedHint::default() };
    let mut killed_unread = 0;
    let mut survivors = Vec::new();
    for (mutant, fate) in mutants.iter().zip(fates) {
        hint.counts.count(*fate);
        hint.by_kind.entry(mutant.kind).or_default().count(*fate);
        match fate {
            Some(Fate::Killed) if mutant.kind == Kind::Unreadable => killed_unread += 1,
            Some(Fate::Survived) => survivors.push(mutant),
            _ => {}
        }
    }
    let counts = hint.counts;
    hint.verdict = if counts.killed > killed_unread {
        Verdict::CanFail
    } else if counts.not_tried > 0 {
        Verdict::CouldNotCheck(WhyUnknown::OutOfTime)
    } else if answers.is_empty() {
        Verdict::CannotFail(WhyNot::NoRequest)
    } else if counts.survived == 0 {
        Verdict::CouldNotCheck(WhyUnknown::NoVerdicts)
    } else if killed_unread > 0 {
        Verdict::CannotFail(WhyNot::OnlyUnreadable)
    } else {
        Verdict::CannotFail(WhyNot::AllSurvived)
    };
    hint.survivors = ranked(survivors)
        .into_iter()
        .filter_map(|mutant| Some(Survivor { mutant: mutant.clone(), answer: Arc::clone(answers.get(mutant.answer)?) }))
        .collect();
    hint
}

/// First what the test names, then whole answers, then the rest; the first of each sort before the second of any.
fn ranked(mut survivors: Vec<&Mutation>) -> Vec<&Mutation> {
    let whole = |mutant: &Mutation| {
        let kinds = [Kind::StatusChanged, Kind::BodyEmptied, Kind::BodyReplaced, Kind::PageInstead, Kind::AnswerGiven];
        kinds.contains(&mutant.kind)
    };
    let weight = |mutant: &Mutation| (std::cmp::Reverse(mutant.named), !whole(mutant));
    survivors.sort_by_key(|mutant| weight(mutant));
    let mut seen: BTreeMap<Kind, usize> = BTreeMap::new();
    let mut turns: Vec<(usize, &Mutation)> = survivors
        .into_iter()
        .map(|mutant| {
            let times = seen.entry(mutant.kind).or_default();
            *times += 1;
            (*times, mutant)
        })
        .collect();
    turns.sort_by_key(|(times, _)| *times);
    turns.into_iter().map(|(_, mutant)| mutant).collect()
}

#[cfg(test)]
mod tests {
    use super::super::mutation::Change;
    use super::*;

    fn mutant(kind: Kind, named: usize) -> Mutation {
        let change = Change::status(404);
        Mutation { answer: 0, kind, change, what: String::new(), line: None, path: None, named }
    }

    #[test]
    fn a_verdict_needs_all_mutants_or_one_that_was_killed() {
        let mutants = [mutant(Kind::LineDropped, 0), mutant(Kind::Unreadable, 0)];
        let verdict = |fates: [Option<Fate>; 2], answers: usize| {
            let answers: Vec<Arc<Answer>> = (0..answers).map(|_| answer()).collect();
            judge(1, &answers, &mutants, &fates).verdict
        };
        let (killed, survived, not_checked) = (Some(Fate::Killed), Some(Fate::Survived), Some(Fate::NotChecked));
        assert_eq!(verdict([killed, None], 1), Verdict::CanFail);
        assert_eq!(verdict([survived, survived], 1), Verdict::CannotFail(WhyNot::AllSurvived));
        assert_eq!(verdict([survived, killed], 1), Verdict::CannotFail(WhyNot::OnlyUnreadable));
        assert_eq!(verdict([survived, None], 1), Verdict::CouldNotCheck(WhyUnknown::OutOfTime));
        assert_eq!(verdict([not_checked, not_checked], 1), Verdict::CouldNotCheck(WhyUnknown::NoVerdicts));
        assert_eq!(judge(1, &[], &[], &[]).verdict, Verdict::CannotFail(WhyNot::NoRequest));
    }

    fn answer() -> Arc<Answer> {
        use crate::fetch::{Alteration, Exchange, ExchangeEnd, FetchError, Fetched, Refusal, RefusalKind, Request};
        let request = Request::get(::url::Url::parse("http://localhost/").unwrap());
        let refusal = Refusal { kind: RefusalKind::MixedContent, url: request.url.clone(), hop: 0, preflight: false };
        let exchange = Exchange {
            method: "GET".to_owned(),
            url: request.url.clone(),
            hops: [].into(),
            end: ExchangeEnd::Answered,
            body: bytes::Bytes::new(),
            duration: std::time::Duration::ZERO,
            from_memo: false,
            file: None,
        };
        let fetched = Fetched { result: Err(FetchError::Refused(refusal)), exchange };
        let fetched = fetched.altered(&request, &Alteration::default());
        Arc::new(Answer { request, fetched })
    }

    #[test]
    fn the_most_telling_survivors_come_first_and_in_turn() {
        let mutants = [
            mutant(Kind::LineDropped, 0),
            mutant(Kind::StatusChanged, 0),
            mutant(Kind::StatusChanged, 0),
            mutant(Kind::NameChanged, 1),
            mutant(Kind::NameChanged, 1),
        ];
        let order: Vec<Kind> = ranked(mutants.iter().collect()).iter().map(|mutant| mutant.kind).collect();
        let expected =
            [Kind::NameChanged, Kind::StatusChanged, Kind::LineDropped, Kind::NameChanged, Kind::StatusChanged];
        assert_eq!(order, expected);
    }

    #[test]
    fn the_score_is_of_those_with_a_verdict() {
        let counts = Counts { made: 10, killed: 3, survived: 1, not_checked: 4, not_tried: 2 };
        assert_eq!((counts.score(), counts.tried()), (Some(0.75), 8));
        assert_eq!(Counts::default().score(), None);
    }
}
