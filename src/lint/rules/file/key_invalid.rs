//! A key that every challenge needs, with a value of the wrong kind.

use super::reported::report;
use crate::challenge::ProblemKind;
use crate::lint::{Check, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L105",
    name: "key-invalid",
    group: Group::File,
    level: Level::Error,
    summary: "`id`, `title` or `challengeType` has a value of the wrong kind",
    fixable: false,
    check: Check::File(|file, findings| report(&[ProblemKind::KeyInvalid], file, findings)),
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{SECTIONS, silent, trips, with};

    #[test]
    fn trips_over() {
        trips(
            &RULE,
            &[
                "---\nid: 589fc831f9fc0f352b528e77\ntitle:\nchallengeType: 2\n---\n",
                "---\nid: 589fc831f9fc0f352b528e77\ntitle: A\nchallengeType: two\n---\n",
                "---\nid: [a]\ntitle: A\nchallengeType: 2\n---\n",
            ],
        );
    }

    #[test]
    fn near_ones_do_not() {
        silent(
            &RULE,
            &[
                &with("", SECTIONS),
                "---\nid: 589fc831f9fc0f352b528e77\ntitle: 1984\nchallengeType: 2\n---\n",
                "---\nid: 589fc831f9fc0f352b528e77\ntitle: A\nchallengeType: 25 \n---\n",
            ],
        );
    }
}
