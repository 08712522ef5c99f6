//! A hint: a line when it passed, what a person needs to know when it did not.

use super::code::{Listing, listing};
use super::evidence::{Pair, Proof, Value};
use super::request::Asked;
use super::text::{Long, Number, Span, Text};
use crate::explain::{Explanation, Fault};
use crate::report::model::{Hint, Outcome};

/// Requests of a hint that are shown.
const REQUESTS: usize = 50;
/// Requests of a passed hint that are shown.
const REQUESTS_OF_PASSED: usize = 10;
/// Lines of the console that are shown.
const CONSOLE: usize = 100;

/// An outcome in words, and the letter that stands for it in class names.
pub fn verdict(outcome: Outcome) -> (&'static str, char) {
    match outcome {
        Outcome::Passed => ("Passed", 'p'),
        Outcome::Failed => ("Failed", 'f'),
        Outcome::Errored => ("Could not check", 'e'),
        Outcome::Unchecked => ("No test", 'n'),
        Outcome::Skipped => ("Skipped", 's'),
    }
}

/// A hint.
#[derive(Debug)]
pub struct View<'a> {
    pub verdict: &'static str,
    pub class: char,
    pub number: usize,
    pub text: Long<'a>,
    pub time: Option<Span>,
    /// Why there is no verdict, or why it was skipped.
    pub reason: Option<Long<'a>>,
    pub why: Option<Why<'a>>,
    /// The message of the test, where it says something new.
    pub message: Option<Long<'a>>,
    /// Values that the explanation does not tell.
    pub values: Option<Pair<'a>>,
    pub expected: Option<Value<'a>>,
    pub actual: Option<Value<'a>>,
    pub notes: Vec<Text<'a>>,
    pub requests: Vec<Asked<'a>>,
    /// All of them.
    pub asked: Number,
    pub more_requests: Option<Number>,
    /// Whether headers and bodies are left out, which a reader would look for.
    pub brief: bool,
    pub console: Vec<Text<'a>>,
    pub more_console: Option<Number>,
    pub test: Test<'a>,
    /// Where its test stands, or which line of it failed.
    pub line: usize,
    pub column: usize,
    pub engine: Option<Text<'a>>,
}

/// The test block: with numbers and marks where it matters.
#[derive(Debug)]
pub enum Test<'a> {
    None,
    Plain(Long<'a>),
    Listing(Listing<'a>),
}

/// An explanation.
#[derive(Debug)]
pub struct Why<'a> {
    pub code: &'static str,
    pub title: &'static str,
    pub headline: Long<'a>,
    pub proofs: Vec<Proof<'a>>,
    pub help: Option<Long<'a>>,
    pub look_at: &'static str,
}

impl<'a> Why<'a> {
    fn new(explanation: &'a Explanation, hint: &'a Hint) -> Self {
        Self {
            code: explanation.code.id(),
            title: explanation.code.title(),
            headline: Long::prose(&explanation.headline),
            proofs: explanation.evidence.iter().map(|evidence| Proof::new(evidence, &hint.requests)).collect(),
            help: explanation.help.as_deref().map(Long::prose),
            look_at: match explanation.fault {
                Fault::Project => "the project",
                Fault::Test => "the test: the project seems right, and the test is stricter than its hint, or wrong",
                Fault::Environment => "the address, the network or the machine, not the code of the project",
                Fault::Tool => "nothing of yours: grade cannot do what this test needs",
            },
        }
    }
}

impl<'a> View<'a> {
    /// `room` is how many hints may still be shown with all that belongs to their requests.
    pub fn new(hint: &'a Hint, room: &mut usize) -> Self {
        let (verdict, class) = verdict(hint.outcome);
        let loud = matches!(hint.outcome, Outcome::Failed | Outcome::Errored);
        let full = loud && *room > 0;
        *room -= usize::from(full);
        let why = hint.explanation.as_ref().map(|explanation| Why::new(explanation, hint));
        let told = why.as_ref().is_some_and(|why| why.proofs.iter().any(Proof::compares));
        let shown = |value: &'a crate::report::model::Value| value.text.as_str();
        let (expected, actual) = (hint.expected.as_ref().map(shown), hint.actual.as_ref().map(shown));
        let (values, expected, actual) = match (expected, actual) {
            _ if told => (None, None, None),
            (Some(expected), Some(actual)) => (Some(Pair::new(expected, actual)), None, None),
            (expected, actual) => (None, expected.map(Value::whole), actual.map(Value::whole)),
        };
        let repeats = |message: &&str| {
            let said = hint.explanation.as_ref().map(|explanation| explanation.headline.as_str());
            let reason = hint.reason.as_ref().map(|reason| reason.text.as_str());
            message.is_empty() || said == Some(message) || reason == Some(message)
        };
        let most = if loud { REQUESTS } else { REQUESTS_OF_PASSED };
        let place = hint.failed_at.unwrap_or(hint.place);
        let test = if hint.test_code.trim().is_empty() {
            Test::None
        } else if full {
            Test::Listing(listing(&hint.test_code, hint.place.line, hint.failed_at.map(|place| place.line)))
        } else {
            Test::Plain(Long::exact(hint.test_code.trim_end()))
        };
        Self {
            verdict,
            class,
            number: hint.index + 1,
            text: Long::prose(hint.text.trim()),
            time: hint.duration_ms.map(Span),
            reason: hint.reason.as_ref().map(|reason| Long::prose(&reason.text)),
            why,
            message: hint.message.as_deref().filter(|message| !repeats(message)).map(Long::exact),
            values,
            expected,
            actual,
            notes: hint.notes.iter().map(|note| Text::prose(&note.text)).collect(),
            requests: hint.requests.iter().take(most).map(|request| Asked::new(request, full)).collect(),
            asked: Number(hint.requests.len()),
            brief: loud && !full && !hint.requests.is_empty(),
            more_requests: more(hint.requests.len(), most),
            console: hint.console.iter().take(CONSOLE).map(|line| Text::exact(line)).collect(),
            more_console: more(hint.console.len(), CONSOLE),
            test,
            line: place.line,
            column: place.column,
            engine: hint.engine.as_deref().map(Text::prose),
        }
    }

    /// Whether there is more to show than its line.
    pub fn has_body(&self) -> bool {
        self.reason.is_some()
            || self.why.is_some()
            || self.message.is_some()
            || self.has_values()
            || !self.notes.is_empty()
    }

    pub fn has_values(&self) -> bool {
        self.values.is_some() || self.expected.is_some() || self.actual.is_some()
    }

    /// Whether it failed, or could not be checked.
    pub fn is_loud(&self) -> bool {
        matches!(self.class, 'f' | 'e')
    }

    /// Whether something is to be unfolded.
    pub fn has_test_or_requests(&self) -> bool {
        !self.requests.is_empty() || !self.console.is_empty() || !matches!(self.test, Test::None)
    }
}

fn more(there: usize, shown: usize) -> Option<Number> {
    there.checked_sub(shown).filter(|&more| more > 0).map(Number)
}
