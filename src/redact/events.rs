//! The events of a run, masked.

use std::sync::Arc;

use super::facts::Facts;
use super::secrets::Secrets;
use crate::grader::{ChallengeResult, Event, Prepared, PreparedHint, RunResult};
use crate::port::Check;
use crate::verdict::HintResult;

/// Stands between the grader and everything that shows something.
#[derive(Debug, Default)]
pub struct Redactor {
    facts: Facts,
    /// What will be graded; its hints are not compiled, which nobody who shows something needs.
    challenges: Vec<Prepared>,
    /// How many challenges have begun.
    begun: usize,
    /// The finished hints of the challenge that is being graded.
    hints: Vec<HintResult>,
    done: Vec<ChallengeResult>,
}

impl Redactor {
    /// Masks these secrets, and credentials in addresses and headers.
    pub fn new(secrets: Secrets) -> Self {
        Self { facts: Facts::new(secrets), ..Self::default() }
    }

    /// The result of a hint by itself, masked.
    pub fn hint(&mut self, result: &HintResult) -> HintResult {
        self.facts.hint(result)
    }

    /// Takes an event of the grader, and hands it on masked.
    pub fn event(&mut self, event: &Event<'_>, then: &mut dyn FnMut(&Event<'_>)) {
        match event {
            Event::Started { challenges } => {
                // Challenges that are graded several times begin anew.
                (self.begun, self.hints, self.done) = (0, Vec::new(), Vec::new());
                self.challenges = challenges.iter().map(|prepared| self.prepared(prepared)).collect();
                then(&Event::Started { challenges: &self.challenges });
            }
            Event::ChallengeStarted { .. } => {
                self.begun += 1;
                self.hints.clear();
                if let Some(challenge) = self.challenge() {
                    then(&Event::ChallengeStarted { challenge });
                }
            }
            Event::HintStarted { index, .. } => {
                if let Some(challenge) = self.challenge() {
                    then(&Event::HintStarted { challenge, index: *index });
                }
            }
            Event::HintFinished { result, .. } => {
                let result = self.facts.hint(result);
                if let Some(challenge) = self.challenge() {
                    then(&Event::HintFinished { challenge, result: &result });
                }
                self.hints.push(result);
            }
            Event::ChallengeFinished { result, .. } => {
                let mut hints = std::mem::take(&mut self.hints);
                // The last hook of a challenge may have said something since.
                if let (Some(hint), Some(last)) = (hints.last_mut(), result.hints.last())
                    && hint.console.len() < last.console.len()
                {
                    hint.console = self.facts.texts(&last.console);
                }
                let result = self.result(result, hints);
                if let Some(challenge) = self.challenge() {
                    then(&Event::ChallengeFinished { challenge, result: &result });
                }
                self.done.push(result);
            }
            Event::Finished { run } => {
                let run = RunResult {
                    code: self.facts.text(&run.code),
                    rules: run.rules,
                    started: run.started,
                    duration: run.duration,
                    challenges: std::mem::take(&mut self.done),
                };
                then(&Event::Finished { run: &run });
            }
        }
    }

    fn challenge(&self) -> Option<&Prepared> {
        self.challenges.get(self.begun.checked_sub(1)?)
    }

    fn optional(&self, text: Option<&String>) -> Option<String> {
        text.map(|text| self.facts.text(text))
    }

    fn prepared(&self, prepared: &Prepared) -> Prepared {
        let mut challenge = (*prepared.challenge).clone();
        challenge.id = self.facts.text(&challenge.id);
        challenge.title = self.facts.text(&challenge.title);
        challenge.dashed_name = self.optional(challenge.dashed_name.as_ref());
        for hint in &mut challenge.hints {
            hint.text = self.facts.text(&hint.text);
            hint.code.text = self.facts.text(&hint.code.text);
        }
        Prepared {
            challenge: Arc::new(challenge),
            file: self.facts.text(&prepared.file),
            block: self.optional(prepared.block.as_ref()),
            language: self.optional(prepared.language.as_ref()),
            hints: prepared.hints.iter().map(|_| PreparedHint::from(Check::Empty)).collect(),
        }
    }

    fn result(&self, result: &ChallengeResult, hints: Vec<HintResult>) -> ChallengeResult {
        ChallengeResult {
            id: self.facts.text(&result.id),
            title: self.facts.text(&result.title),
            dashed_name: self.optional(result.dashed_name.as_ref()),
            block: self.optional(result.block.as_ref()),
            language: self.optional(result.language.as_ref()),
            file: self.facts.text(&result.file),
            hints,
            duration: result.duration,
        }
    }
}
