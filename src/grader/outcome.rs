//! From what the ported engine says to an outcome.

use crate::fetch::{Exchange, ExchangeEnd, FetchError, Refusal, TransportError};
use crate::port::{Ending, ThrownFacts};
use crate::verdict::{Cause, CodePosition, Failure, FailureKind, Outcome, Rules};

/// The outcome of a hint that ended after it met `transport`, or the reason why another engine has to decide.
pub fn of_ending(
    ending: Ending,
    transport: Option<&TransportError>,
    exchanges: &[Exchange],
    rules: Rules,
    locate: impl Fn(usize) -> Option<CodePosition>,
) -> Result<Outcome, String> {
    match ending {
        Ending::Undecided(reason) => Err(reason),
        Ending::Passed => Ok(match (rules, transport) {
            // Nothing passes because nothing answered.
            (Rules::Honest, Some(error)) => Outcome::Errored(Cause::Transport(Box::new(error.clone()))),
            _ => Outcome::Passed,
        }),
        Ending::Threw(facts) => Ok(of_thrown(*facts, transport, exchanges, locate)),
    }
}

fn of_thrown(
    facts: ThrownFacts,
    transport: Option<&TransportError>,
    exchanges: &[Exchange],
    locate: impl Fn(usize) -> Option<CodePosition>,
) -> Outcome {
    if let Some(error) = facts.transport.as_ref().or(transport) {
        return Outcome::Errored(Cause::Transport(Box::new(error.clone())));
    }
    let kind =
        if facts.name == "AssertionError" { FailureKind::Assertion } else { FailureKind::Thrown { name: facts.name } };
    Outcome::Failed(Box::new(Failure {
        kind,
        message: facts.message,
        assertion: facts.assertion,
        refusal: facts.refusal.or_else(|| refusal(exchanges).cloned()),
        position: facts.place.and_then(|place| locate(place.start)),
    }))
}

/// The last refused answer of a hint's requests.
fn refusal(exchanges: &[Exchange]) -> Option<&Refusal> {
    exchanges.iter().rev().find_map(|exchange| match &exchange.end {
        ExchangeEnd::Failed(FetchError::Refused(refusal)) => Some(refusal),
        _ => None,
    })
}
