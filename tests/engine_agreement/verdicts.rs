//! What each engine makes of a hint in a row of worlds.

use grade::grader::{EngineChoice, GradeSettings, Grader, Prepared};
use grade::verdict::{Cause, FailureKind, HintResult, Note, Outcome, Rules};

use super::world::{Asked, Project, World, without_times};

pub enum Seen {
    Verdict(Box<Verdict>),
    /// The ported engine leaves it to the other.
    Left,
}

#[derive(Debug, PartialEq)]
pub struct Verdict {
    pub outcome: &'static str,
    pub kind: String,
    pub message: String,
    pub refusal: Option<String>,
    pub line: Option<usize>,
    pub notes: Vec<Note>,
    pub asked: Vec<Asked>,
}

impl Verdict {
    /// The names of the parts that differ.
    pub fn differs_in(&self, other: &Self) -> String {
        let parts = [
            ("outcome", self.outcome == other.outcome),
            ("kind", self.kind == other.kind),
            ("message", self.message == other.message || worded_otherwise(&self.message, &other.message)),
            ("refusal", self.refusal == other.refusal),
            ("line", self.line == other.line || !self.line_counts() || other.line.is_none()),
            ("notes", self.notes == other.notes),
            ("requests", self.asked == other.asked),
        ];
        parts.iter().filter(|(_, same)| !same).map(|(name, _)| *name).collect::<Vec<_>>().join(" ")
    }
}

impl Verdict {
    /// The ported engine knows no place of a `TypeError`, and a better one of an error that the hint caught and threw anew.
    fn line_counts(&self) -> bool {
        self.line.is_some() && self.kind != "Error"
    }
}

/// The engines word two things differently: taking a pattern (`const { a } = null`) apart, and walking over what cannot be
/// walked over, where the script engine does not say what. The errors' names are the same.
fn worded_otherwise(ported: &str, script: &str) -> bool {
    (script.ends_with("Cannot convert undefined or null to object") && ported.contains("Cannot read properties of "))
        || (script.ends_with(" is not iterable") && ported.ends_with(" is not iterable"))
}

/// The verdicts of the ported engine and of the script engine, one for each world.
pub fn both(prepared: &[Prepared], rules: Rules, worlds: &[World]) -> (Vec<Seen>, Vec<Seen>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let grade = |engine| {
        let project = Project::new(worlds.to_vec());
        let settings = GradeSettings { rules, engine, ..GradeSettings::default() };
        let run = runtime.block_on(Grader::new(&project, settings).run(prepared, &mut |_| {}));
        let asked = std::mem::take(&mut *project.asked.lock().unwrap());
        run.challenges[0].hints.iter().zip(asked).map(|(result, asked)| seen(result, asked)).collect()
    };
    (grade(EngineChoice::Ported), grade(EngineChoice::Script))
}

fn seen(result: &HintResult, asked: Vec<Asked>) -> Seen {
    let mut verdict = Verdict {
        outcome: "passed",
        kind: String::new(),
        message: String::new(),
        refusal: None,
        line: None,
        notes: result.notes.clone(),
        asked,
    };
    match &result.outcome {
        Outcome::Passed => {}
        Outcome::Failed(failure) => {
            verdict.outcome = "failed";
            verdict.kind = match &failure.kind {
                FailureKind::Assertion => "AssertionError".to_owned(),
                FailureKind::Thrown { name } => name.clone(),
            };
            verdict.message = without_times(&failure.message);
            verdict.refusal = failure.refusal.as_ref().map(|refusal| format!("{:?} {}", refusal.kind, refusal.url));
            // Hints are repeated in one file: the place within the block is what counts.
            verdict.line = failure.position.map(|position| position.line - result.line);
        }
        Outcome::Errored(Cause::NeedsScript { .. }) => return Seen::Left,
        Outcome::Errored(cause) => {
            verdict.outcome = "errored";
            verdict.kind = match cause {
                Cause::Transport(error) => format!("{:?} {}", error.kind, error.url),
                other => format!("{other:?}"),
            };
        }
        Outcome::Unchecked | Outcome::Skipped(_) => unreachable!("the hint has code and is run"),
    }
    Seen::Verdict(Box::new(verdict))
}
