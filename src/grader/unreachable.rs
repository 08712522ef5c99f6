//! Knows when it is no use to ask a project again.

use url::Url;

use super::result::RunResult;
use crate::fetch::{ExchangeEnd, FetchError, TransportError, TransportKind};
use crate::verdict::{Cause, Outcome};

/// After so many hints in a row that did not reach the project, the rest of the run does not try again: each try may
/// take as long as a hint may.
const ENOUGH: usize = 2;

/// Counts hints that did not reach the project.
#[derive(Debug)]
pub struct Unreachable {
    /// The project's URL: other hosts that a test asks say nothing about it.
    project: String,
    in_a_row: usize,
    last: Option<TransportError>,
}

impl Unreachable {
    /// For the project at `url`.
    pub fn new(url: &str) -> Self {
        Self { project: url.to_owned(), in_a_row: 0, last: None }
    }

    /// Takes note of an outcome.
    pub fn note(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Errored(Cause::Transport(error))
                if never_connected(error) && authority(&error.url) == self.authority() =>
            {
                self.in_a_row += 1;
                self.last = Some((**error).clone());
            }
            Outcome::Unchecked | Outcome::Skipped(_) => {}
            _ => self.in_a_row = 0,
        }
    }

    /// Host and port of the project; looked for only when something went wrong.
    fn authority(&self) -> Option<(String, Option<u16>)> {
        Url::parse(&self.project).ok().and_then(|url| authority(&url))
    }

    /// The failure to report instead of asking again.
    pub fn given_up(&self) -> Option<&TransportError> {
        self.last.as_ref().filter(|_| self.in_a_row >= ENOUGH)
    }
}

/// Whether a run asked its project and never got to anybody who speaks HTTP, whatever became of the hints.
pub fn never_reached(run: &RunResult) -> bool {
    let Some(project) = Url::parse(&run.code).ok().and_then(|url| authority(&url)) else { return false };
    let hints = run.challenges.iter().flat_map(|challenge| &challenge.hints);
    let mut asked =
        hints.flat_map(|hint| &hint.exchanges).filter(|asked| authority(&asked.url).as_ref() == Some(&project));
    let mut any = false;
    let all = asked.all(|exchange| {
        any = true;
        let ExchangeEnd::Failed(FetchError::Transport(error)) = &exchange.end else { return false };
        let answered = exchange.hops.iter().any(|hop| hop.status.is_some());
        !answered && (never_connected(error) || error.kind == TransportKind::NotHttp)
    });
    any && all
}

fn authority(url: &Url) -> Option<(String, Option<u16>)> {
    Some((url.host_str()?.to_owned(), url.port_or_known_default()))
}

fn never_connected(error: &TransportError) -> bool {
    matches!(
        error.kind,
        TransportKind::ConnectionRefused { .. }
            | TransportKind::NameNotResolved { .. }
            | TransportKind::NotPublic { .. }
            | TransportKind::ConnectTimeout { .. }
            | TransportKind::Tls { .. }
    )
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::fetch::Phase;

    fn refused(url: &str) -> Outcome {
        let kind = TransportKind::ConnectionRefused { authority: String::new() };
        let url = Url::parse(url).unwrap();
        let error =
            TransportError { kind, url, phase: Phase::Connecting, elapsed: Duration::ZERO, detail: String::new() };
        Outcome::Errored(Cause::Transport(Box::new(error)))
    }

    #[test]
    fn only_the_project_itself_counts() {
        let mut unreachable = Unreachable::new("http://localhost:3000");
        for _ in 0..3 {
            unreachable.note(&refused("https://cdn.example/x.png"));
        }
        assert!(unreachable.given_up().is_none());
        unreachable.note(&refused("http://localhost:3000/a"));
        assert!(unreachable.given_up().is_none());
        unreachable.note(&Outcome::Unchecked);
        unreachable.note(&refused("http://localhost:3000/b"));
        assert!(unreachable.given_up().is_some());
    }
}
