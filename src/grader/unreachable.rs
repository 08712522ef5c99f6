//! Knows when it is no use to ask a project again.

use crate::fetch::{TransportError, TransportKind};
use crate::verdict::{Cause, Outcome};

/// After so many hints in a row that did not reach the project, the rest of the run does not try again: each try may
/// take as long as a hint may.
const ENOUGH: usize = 2;

/// Counts hints that did not reach the project.
#[derive(Debug, Default)]
pub struct Unreachable {
    in_a_row: usize,
    last: Option<TransportError>,
}

impl Unreachable {
    /// Takes note of an outcome.
    pub fn note(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Errored(Cause::Transport(error)) if never_connected(error) => {
                self.in_a_row += 1;
                self.last = Some((**error).clone());
            }
            Outcome::Unchecked | Outcome::Skipped(_) => {}
            _ => self.in_a_row = 0,
        }
    }

    /// The failure to report instead of asking again.
    pub fn given_up(&self) -> Option<&TransportError> {
        self.last.as_ref().filter(|_| self.in_a_row >= ENOUGH)
    }
}

fn never_connected(error: &TransportError) -> bool {
    matches!(
        error.kind,
        TransportKind::ConnectionRefused { .. }
            | TransportKind::NameNotResolved { .. }
            | TransportKind::ConnectTimeout { .. }
            | TransportKind::Tls { .. }
    )
}
