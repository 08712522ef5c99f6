//! Verdicts and sorts of mutants in words.

use crate::mutate::{Counts, Kind, MutatedHint, Verdict, WhyNot, WhyUnknown};
use crate::report::text::{count, line};
use crate::report::words;
use crate::verdict::{HintResult, Note, Outcome, Rules};

/// Longest message of a test that is told, in bytes.
const LONGEST_MESSAGE: usize = 200;

/// Of a hint that can fail.
pub const IGNORES_BODIES: &str = "No change of a body fails it: it looks at no more than the head of the answer.";

/// The name of a sort of mutants.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::LineDropped => "line_dropped",
        Kind::LinesSwapped => "lines_swapped",
        Kind::NameChanged => "name_changed",
        Kind::StringChanged => "string_changed",
        Kind::NumberChanged => "number_changed",
        Kind::QuoteChanged => "quote_changed",
        Kind::KeyRenamed => "key_renamed",
        Kind::KeyRemoved => "key_removed",
        Kind::TypeChanged => "type_changed",
        Kind::ValueChanged => "value_changed",
        Kind::ArrayEmptied => "array_emptied",
        Kind::ElementDropped => "element_dropped",
        Kind::ObjectEmptied => "object_emptied",
        Kind::StatusChanged => "status_changed",
        Kind::HeaderChanged => "header_changed",
        Kind::Unreadable => "unreadable",
        Kind::BodyEmptied => "body_emptied",
        Kind::BodyReplaced => "body_replaced",
        Kind::PageInstead => "page_instead",
        Kind::AnswerGiven => "answer_given",
    }
}

/// Why a hint has not the verdict that one wants.
pub fn reason(hint: &MutatedHint, result: &HintResult, file: &str, rules: Rules) -> Option<String> {
    Some(match hint.verdict {
        Verdict::CanFail => return None,
        Verdict::CannotFail(why) => cannot_fail(why, hint, result, rules),
        Verdict::CouldNotCheck(why) => could_not_check(why, hint, result, file),
        Verdict::Skipped => match &result.outcome {
            Outcome::Skipped(reason) => words::skipped(reason, &result.exchanges),
            _ => "It was not looked at.".to_owned(),
        },
    })
}

fn cannot_fail(why: WhyNot, hint: &MutatedHint, result: &HintResult, rules: Rules) -> String {
    let under = match rules {
        Rules::Honest => "",
        Rules::Browser => " under the browser's rules",
    };
    let because = match why {
        WhyNot::NoTest => "it has no test.".to_owned(),
        WhyNot::NoRequest if hint.requests > 0 => "its test waits for no answer.".to_owned(),
        WhyNot::NoRequest => "its test asks the project for nothing.".to_owned(),
        WhyNot::AllSurvived if result.notes.contains(&Note::NotAwaitedThere) => {
            format!("its test does not wait for the answer. It passes with {}.", all(hint.counts))
        }
        WhyNot::AllSurvived => format!("it passes with {}.", all(hint.counts)),
        WhyNot::OnlyUnreadable => {
            return format!(
                "No answer that a page can read fails this hint{under}: it passes with {}, and fails only where the browser keeps \
                 the answer from the test.",
                all(Counts { killed: 0, ..hint.counts })
            );
        }
    };
    format!("No mutant can fail this hint{under}: {because}")
}

/// `all 84 wrong answers`
fn all(counts: Counts) -> String {
    let survived = match counts.survived {
        1 => "the only wrong answer".to_owned(),
        2 => "both wrong answers".to_owned(),
        more => format!("all {more} wrong answers"),
    };
    match counts.not_checked {
        0 => survived,
        more => format!("{survived} that came to a verdict; {more} more could not be checked"),
    }
}

fn could_not_check(why: WhyUnknown, hint: &MutatedHint, result: &HintResult, file: &str) -> String {
    match why {
        WhyUnknown::NotPassing => {
            let how = match &result.outcome {
                Outcome::Failed(failure) => format!("It fails as it is: {}", line(&failure.message, LONGEST_MESSAGE)),
                Outcome::Errored(cause) => format!("It could not be checked as it is: {}", words::cause(cause, file)),
                _ => "It does not pass as it is".to_owned(),
            };
            format!("{}. Grade it first: only a hint that passes can be tried.", how.trim_end_matches('.'))
        }
        WhyUnknown::NotRepeatable => {
            "With the same answers it does not pass again: its test depends on something else than what it is answered."
                .to_owned()
        }
        WhyUnknown::TooLarge => "Its answers are too large to be kept.".to_owned(),
        WhyUnknown::OutOfTime if hint.counts.made == 0 => "It was not tried: time was up.".to_owned(),
        WhyUnknown::OutOfTime => format!(
            "Time was up before a mutant failed it: {} of {} were not tried. --budget gives more.",
            hint.counts.not_tried, hint.counts.made
        ),
        WhyUnknown::NoVerdicts => {
            format!("None of its {} came to a verdict.", count(hint.counts.made, "mutant"))
        }
    }
}
