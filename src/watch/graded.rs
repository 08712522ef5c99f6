//! What a run of one challenge came to, with all that is needed to show it again in another width.

use std::sync::Arc;
use std::time::Duration;

use super::change::Mark;
use crate::explain::Explanation;
use crate::grader::{Counts, Event, Prepared};
use crate::verdict::HintResult;

/// A graded challenge.
#[derive(Debug)]
pub struct Graded {
    /// The challenge; its hints are not compiled, which showing does not need.
    pub challenge: Prepared,
    /// The hints, with why they have their outcomes.
    pub hints: Vec<(HintResult, Option<Explanation>)>,
    /// Outcomes counted.
    pub counts: Counts,
    /// Time taken.
    pub duration: Duration,
}

impl Graded {
    /// Whether there is nothing left to do: what was checked passed, and something was.
    pub fn is_passed(&self) -> bool {
        self.counts.failed == 0 && self.counts.errored == 0 && self.counts.passed > 0
    }

    /// The hints as the challenge has them, and what became of each.
    pub fn marks(&self) -> Vec<(String, Mark)> {
        let texts = self.challenge.challenge.hints.iter().map(|hint| hint.text.clone());
        texts.zip(self.hints.iter().map(|(result, _)| Mark::from(&result.outcome))).collect()
    }
}

/// Gathers what the events of a run say.
#[derive(Debug, Default)]
pub struct Gatherer {
    hints: Vec<(HintResult, Option<Explanation>)>,
    graded: Vec<Graded>,
}

impl Gatherer {
    /// Takes note of an event. A finished hint comes with its explanation, where there is something to explain.
    pub fn event(&mut self, event: &Event<'_>, explanation: Option<Explanation>) {
        match event {
            Event::ChallengeStarted { .. } => self.hints.clear(),
            Event::HintFinished { result, .. } => self.hints.push(((*result).clone(), explanation)),
            Event::ChallengeFinished { challenge, result } => self.graded.push(Graded {
                challenge: Prepared {
                    challenge: Arc::clone(&challenge.challenge),
                    file: challenge.file.clone(),
                    block: challenge.block.clone(),
                    language: challenge.language.clone(),
                    hints: Vec::new(),
                },
                hints: std::mem::take(&mut self.hints),
                counts: result.counts(),
                duration: result.duration,
            }),
            Event::Started { .. } | Event::HintStarted { .. } | Event::Finished { .. } => {}
        }
    }

    /// The challenges that were graded, in order.
    pub fn finish(self) -> Vec<Graded> {
        self.graded
    }
}
