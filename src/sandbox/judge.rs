//! From how a block ended to its outcome.

use super::compile::{Compiled, SyntaxError};
use super::evaluate::{Course, Ending};
use super::facts::{engine_limit, failure_of, syntax_of};
use super::program::Code;
use super::realm::Realm;
use super::visit::Trip;
use crate::verdict::Rules;
use crate::verdict::{Cause, Failure, FailureKind, Outcome};

/// The outcome of a block that has run.
pub(super) fn judge(realm: &Realm, block: &Compiled, code: &Code, course: &Course, rules: Rules) -> Outcome {
    let (state, visit) = (&realm.state, realm.state.visit());
    visit.grant_more_time();
    let trip = state.take_trip();
    if let Some(cause) = trip.and_then(|trip| cause_of(trip, realm, course)) {
        return Outcome::Errored(cause);
    }
    match &course.ending {
        Ending::Fulfilled => {
            let transport = visit.transport.take();
            match transport {
                Some(error) if rules == Rules::Honest => Outcome::Errored(Cause::Transport(Box::new(error))),
                _ => Outcome::Passed,
            }
        }
        Ending::Syntax(error) => {
            let (message, place) = realm.with(|ctx| {
                error.clone().restore(&ctx).map_or_else(|_| (String::new(), None), |error| syntax_of(&ctx, &error))
            });
            if message.contains("call stack") {
                return Outcome::Errored(Cause::Limit { name: "depth of the test code".to_owned() });
            }
            let position = place.and_then(|(line, column)| block.generated.position(line, column));
            let position = position.unwrap_or_else(|| code.position(0));
            Outcome::Errored(syntax(SyntaxError { message, position }))
        }
        Ending::Thrown(error) => thrown(realm, block, error),
        Ending::Stalled => Outcome::Errored(Cause::TimedOut {
            limit: state.limits.time,
            waiting_for: Some("a promise that nothing is left to settle".to_owned()),
        }),
        Ending::Stopped { waiting_for } => {
            Outcome::Errored(Cause::TimedOut { limit: state.limits.time, waiting_for: waiting_for.clone() })
        }
    }
}

/// The cause for code that does not parse.
pub(super) fn syntax(error: SyntaxError) -> Cause {
    Cause::Syntax { message: error.message, line: error.position.line, column: error.position.column }
}

fn cause_of(trip: Trip, realm: &Realm, course: &Course) -> Option<Cause> {
    match trip {
        // Only if the time ran out before what counts was done.
        Trip::Time => match &course.ending {
            Ending::Stopped { waiting_for } => {
                Some(Cause::TimedOut { limit: realm.state.limits.time, waiting_for: waiting_for.clone() })
            }
            _ => None,
        },
        Trip::Limit(name) => Some(Cause::Limit { name: name.to_owned() }),
        Trip::Unsupported(what) => Some(Cause::Unsupported { what }),
    }
}

fn thrown(realm: &Realm, block: &Compiled, error: &rquickjs::Persistent<rquickjs::Value<'static>>) -> Outcome {
    let (state, visit) = (&realm.state, realm.state.visit());
    if let Some(error) = visit.transport.take() {
        return Outcome::Errored(Cause::Transport(Box::new(error)));
    }
    let mut failure = realm.with(|ctx| {
        let Ok(error) = error.clone().restore(&ctx) else {
            return Ok(nameless());
        };
        match engine_limit(&ctx, &error) {
            Some(name) => Err(Cause::Limit { name: name.to_owned() }),
            None => Ok(failure_of(&ctx, &error, &block.generated)),
        }
    });
    if state.usage.was_refused() {
        failure = Err(Cause::Limit { name: "memory".to_owned() });
    }
    match failure {
        Ok(mut failure) => {
            failure.refusal = visit.refusal.take();
            Outcome::Failed(Box::new(failure))
        }
        Err(cause) => Outcome::Errored(cause),
    }
}

fn nameless() -> Failure {
    Failure {
        kind: FailureKind::Thrown { name: "Error".to_owned() },
        message: String::new(),
        assertion: None,
        refusal: None,
        position: None,
    }
}
