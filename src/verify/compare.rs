//! What was expected of a project, against what became of each hint.

use std::collections::BTreeSet;

/// What is expected of a project for one challenge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expectation {
    /// Every hint passes, and at least one is checked.
    AllPass,
    /// At least one hint fails.
    SomeFail,
    /// The hints with these indices fail, and all others pass.
    Exactly(BTreeSet<usize>),
}

/// What became of a hint, as far as that is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Got {
    /// It passed.
    Passed,
    /// It failed.
    Failed,
    /// It could not be checked.
    Errored,
    /// It has no test.
    Unchecked,
    /// It was not looked at.
    Skipped,
}

/// What is expected of one hint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// That it passes.
    Pass,
    /// That it fails.
    Fail,
}

/// An expectation that was not met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mismatch {
    /// A hint came out otherwise.
    Hint {
        /// Its index, from 0.
        index: usize,
        /// What was expected.
        want: Want,
    },
    /// Some hint was to fail, and none did.
    NothingFails,
    /// All hints were to pass, and none has a test.
    NothingChecked,
}

/// What a comparison came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// What was not as expected.
    pub mismatches: Vec<Mismatch>,
    /// Hints, by index, on whose outcome the comparison waits: they could not be checked.
    pub open: Vec<usize>,
}

impl Comparison {
    /// Whether all is as expected.
    pub fn is_met(&self) -> bool {
        self.mismatches.is_empty() && self.open.is_empty()
    }
}

/// Compares. `got` is what became of each hint, in order.
pub fn compare(expected: &Expectation, got: &[Got]) -> Comparison {
    match expected {
        Expectation::AllPass => all_pass(got),
        Expectation::SomeFail => some_fail(got),
        Expectation::Exactly(fails) => exactly(fails, got),
    }
}

fn indices(got: &[Got], wanted: &[Got]) -> Vec<usize> {
    got.iter().enumerate().filter(|(_, got)| wanted.contains(got)).map(|(index, _)| index).collect()
}

fn open(got: &[Got]) -> Vec<usize> {
    indices(got, &[Got::Errored, Got::Skipped])
}

fn all_pass(got: &[Got]) -> Comparison {
    let failed = indices(got, &[Got::Failed]);
    let mut mismatches: Vec<Mismatch> =
        failed.into_iter().map(|index| Mismatch::Hint { index, want: Want::Pass }).collect();
    let open = open(got);
    // Nothing passes because nothing ran.
    if mismatches.is_empty() && open.is_empty() && !got.contains(&Got::Passed) {
        mismatches.push(Mismatch::NothingChecked);
    }
    Comparison { mismatches, open }
}

fn some_fail(got: &[Got]) -> Comparison {
    if got.contains(&Got::Failed) {
        return Comparison::default();
    }
    match open(got) {
        open if open.is_empty() => Comparison { mismatches: vec![Mismatch::NothingFails], open },
        open => Comparison { mismatches: Vec::new(), open },
    }
}

fn exactly(fails: &BTreeSet<usize>, got: &[Got]) -> Comparison {
    let mut comparison = Comparison::default();
    for (index, got) in got.iter().enumerate() {
        let want = if fails.contains(&index) { Want::Fail } else { Want::Pass };
        match (want, got) {
            (Want::Pass, Got::Passed | Got::Unchecked) | (Want::Fail, Got::Failed) => {}
            (_, Got::Errored | Got::Skipped) => comparison.open.push(index),
            (Want::Pass, Got::Failed) | (Want::Fail, Got::Passed | Got::Unchecked) => {
                comparison.mismatches.push(Mismatch::Hint { index, want });
            }
        }
    }
    comparison
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `p` passed, `f` failed, `e` errored, `u` unchecked, `s` skipped; the result as `! index`, `? index`.
    fn told(expected: &Expectation, got: &str) -> String {
        let got: Vec<Got> = got
            .chars()
            .map(|letter| match letter {
                'p' => Got::Passed,
                'f' => Got::Failed,
                'e' => Got::Errored,
                'u' => Got::Unchecked,
                _ => Got::Skipped,
            })
            .collect();
        let Comparison { mismatches, open } = compare(expected, &got);
        let mismatches = mismatches.into_iter().map(|mismatch| match mismatch {
            Mismatch::Hint { index, want: Want::Pass } => format!("{index} should pass"),
            Mismatch::Hint { index, want: Want::Fail } => format!("{index} should fail"),
            other => format!("{other:?}"),
        });
        mismatches.chain(open.into_iter().map(|index| format!("{index}?"))).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn every_expectation_against_every_outcome() {
        let exactly = |fails: &[usize]| Expectation::Exactly(fails.iter().copied().collect());
        let table = [
            (Expectation::AllPass, "ppp", ""),
            (Expectation::AllPass, "pup", ""),
            (Expectation::AllPass, "pfp", "1 should pass"),
            (Expectation::AllPass, "pes", "1?, 2?"),
            (Expectation::AllPass, "pef", "2 should pass, 1?"),
            (Expectation::AllPass, "uu", "NothingChecked"),
            (Expectation::AllPass, "", "NothingChecked"),
            (Expectation::AllPass, "us", "1?"),
            (Expectation::SomeFail, "pfp", ""),
            (Expectation::SomeFail, "fee", ""),
            (Expectation::SomeFail, "ppp", "NothingFails"),
            (Expectation::SomeFail, "puu", "NothingFails"),
            (Expectation::SomeFail, "", "NothingFails"),
            (Expectation::SomeFail, "pe", "1?"),
            (exactly(&[1]), "pfp", ""),
            (exactly(&[1]), "ppp", "1 should fail"),
            (exactly(&[1]), "ffp", "0 should pass"),
            (exactly(&[1]), "fpp", "0 should pass, 1 should fail"),
            (exactly(&[1]), "pup", "1 should fail"),
            (exactly(&[1]), "efs", "0?, 2?"),
            (exactly(&[]), "pup", ""),
        ];
        for (expected, got, result) in table {
            assert_eq!(told(&expected, got), result, "{expected:?} against {got}");
        }
    }
}
