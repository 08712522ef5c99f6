//! Markers of the editable region in a wrong place or number.

use super::reported::report;
use crate::challenge::ProblemKind;
use crate::lint::{Check, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L110",
    name: "editable-region",
    group: Group::File,
    level: Level::Error,
    summary: "`--fcc-editable-region--` is not where it may be",
    fixable: false,
    check: Check::File(|file, findings| {
        report(&[ProblemKind::EditableRegion, ProblemKind::MarkerNoHeading], file, findings);
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
                &with("", "# --seed--\n\n## --seed-contents--\n\n```js\n--fcc-editable-region--\n```\n"),
                &with("", "# --solutions--\n\n```js\n--fcc-editable-region--\n```\n"),
                &with("", "# --fcc-editable-region--\n"),
            ],
        );
    }

    #[test]
    fn near_ones_do_not() {
        silent(
            &RULE,
            &[
                &with(
                    "",
                    "# --seed--\n\n## --seed-contents--\n\n```js\n--fcc-editable-region--\na\n--fcc-editable-region--\n```\n",
                ),
                &with("", SECTIONS),
                &with("", "# --description--\n\nThe marker `--fcc-editable-region--`.\n"),
            ],
        );
    }
}
