//! The run itself: the model of what happened.

use grade::report::model::{Outcome, ReasonKind, Report};

use crate::support::mixed_run::{LONG, MixedRun};
use crate::support::synthetic::synthetic;

fn outcomes(report: &Report) -> Vec<Outcome> {
    report.challenges.iter().flat_map(|challenge| &challenge.hints).map(|hint| hint.outcome).collect()
}

#[test]
fn every_outcome_is_there() {
    use Outcome::{Errored, Failed, Passed, Skipped, Unchecked};
    let run = MixedRun::start();
    let report = run.report(false);
    let steady = [Passed, Unchecked, Errored, Errored, Errored];
    let expected = [steady.as_slice(), &[Failed; 5], &[Failed, Failed, Errored, Passed]].concat();
    assert_eq!(outcomes(&report), expected);
    assert_eq!((report.summary.verdict.as_str(), report.summary.exit_code), ("failed", 1));
    assert_eq!(report.challenges[1].hints[1].message.as_ref().unwrap().len(), LONG);
    let kinds: Vec<_> = report.challenges[0].hints.iter().filter_map(|hint| Some(hint.reason.as_ref()?.kind)).collect();
    assert_eq!(kinds, [ReasonKind::Transport, ReasonKind::Unsupported, ReasonKind::Syntax]);
    let age = &report.challenges[1].hints[2];
    assert_eq!(age.actual.as_ref().unwrap().value, Some(0.into()));
    assert_eq!(age.failed_at.unwrap().line, age.place.line + 1);

    let stopped = run.report(true);
    let expected = [steady.as_slice(), &[Failed], &[Skipped; 8]].concat();
    assert_eq!(outcomes(&stopped), expected);
}

#[test]
fn large_reports_can_be_made() {
    let report = synthetic(50, 10);
    assert_eq!(report.summary.hints.total, 500);
    for outcome in [Outcome::Passed, Outcome::Failed, Outcome::Errored, Outcome::Unchecked, Outcome::Skipped] {
        assert!(outcomes(&report).contains(&outcome), "{outcome:?}");
    }
}
