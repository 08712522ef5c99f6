//! An id that is not one.

use super::reported::report;
use crate::challenge::ProblemKind;
use crate::lint::{Check, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L120",
    name: "id-form",
    group: Group::File,
    level: Level::Error,
    summary: "the id is not of 24 hexadecimal digits",
    fixable: false,
    check: Check::File(|file, findings| report(&[ProblemKind::UnusualId], file, findings)),
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
                "---\nid: 1\ntitle: A\nchallengeType: 2\n---\n",
                "---\nid: 589fc831f9fc0f352b528e7\ntitle: A\nchallengeType: 2\n---\n",
                "---\nid: 589fc831f9fc0f352b528e7O\ntitle: A\nchallengeType: 2\n---\n",
            ],
        );
    }

    #[test]
    fn near_ones_do_not() {
        silent(
            &RULE,
            &[
                &with("", SECTIONS),
                "---\nid: \"589fc831f9fc0f352b528e77\"\ntitle: A\nchallengeType: 2\n---\n",
                "---\nid: 589FC831F9FC0F352B528E77\ntitle: A\nchallengeType: 2\n---\n",
            ],
        );
    }
}
