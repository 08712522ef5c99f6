//! Hints that are not one text and one test block each.

use super::reported::report;
use crate::challenge::ProblemKind;
use crate::lint::{Check, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L108",
    name: "hint-pairs",
    group: Group::File,
    level: Level::Error,
    summary: "hint texts and test blocks do not alternate",
    fixable: false,
    check: Check::File(|file, findings| {
        report(
            &[ProblemKind::HintsNotInPairs, ProblemKind::HintTextMissing, ProblemKind::HintCodeMissing],
            file,
            findings,
        );
    }),
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
                &with("", "# --hints--\n\nOne.\n\nTwo.\n\n```js\n```\n"),
                &with("", "# --hints--\n\n```js\n```\n"),
                &with("", "# --hints--\n\nOne.\n\nTwo.\n"),
                &with("", "# --hints--\n\n[a]: http://b.c\n\n```js\n```\n"),
            ],
        );
    }

    #[test]
    fn near_ones_do_not() {
        silent(
            &RULE,
            &[
                &with("", SECTIONS),
                &with("", "# --hints--\n\n- One.\n- Two.\n\n```js\n```\n"),
                &with("", "# --hints--\n\nOne\nstill one.\n\n~~~js\n~~~\n"),
            ],
        );
    }
}
