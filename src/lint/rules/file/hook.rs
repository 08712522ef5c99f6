//! Hooks that are not exactly one JavaScript block.

use super::reported::report;
use crate::challenge::ProblemKind;
use crate::lint::{Check, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L111",
    name: "hook-form",
    group: Group::File,
    level: Level::Error,
    summary: "a hook is not exactly one JavaScript block",
    fixable: false,
    check: Check::File(|file, findings| report(&[ProblemKind::HookInvalid], file, findings)),
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
                &with("", "# --before-all--\n\nText.\n"),
                &with("", "# --after-each--\n\n```\na();\n```\n"),
                &with("", "# --before-each--\n\n```js\n```\n\n```js\n```\n"),
            ],
        );
    }

    #[test]
    fn near_ones_do_not() {
        silent(
            &RULE,
            &[
                &with("", "# --before-all--\n\n```js\na();\n```\n"),
                &with("", "# --after-all--\n\n```javascript\na();\n```\n"),
                &with("", SECTIONS),
            ],
        );
    }
}
