//! A code block without its end.

use super::reported::report;
use crate::challenge::ProblemKind;
use crate::lint::{Check, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L115",
    name: "unclosed-fence",
    group: Group::File,
    level: Level::Warning,
    summary: "a code block is never closed",
    fixable: false,
    check: Check::File(|file, findings| report(&[ProblemKind::FenceUnclosed], file, findings)),
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
                &with("", "# --hints--\n\nOne.\n\n```js\nassert(true);\n"),
                &with("", "# --hints--\n\nOne.\n\n````js\na\n```\n"),
                &with("", "# --hints--\n\nOne.\n\n```js\na\n``` js\n"),
            ],
        );
    }

    #[test]
    fn near_ones_do_not() {
        silent(
            &RULE,
            &[
                &with("", SECTIONS),
                &with("", "# --hints--\n\nOne.\n\n```js\na\n```"),
                &with("", "# --hints--\n\nOne.\n\n```js\na\n`````\n"),
            ],
        );
    }
}
