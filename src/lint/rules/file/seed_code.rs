//! Seeds and solutions that are not code alone.

use super::reported::report;
use crate::challenge::ProblemKind;
use crate::lint::{Check, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L109",
    name: "seed-code",
    group: Group::File,
    level: Level::Error,
    summary: "a seed or solution holds something that freeCodeCamp does not take there",
    fixable: false,
    check: Check::File(|file, findings| {
        report(
            &[ProblemKind::SeedContentsMissing, ProblemKind::CodeOnly, ProblemKind::LanguageUnknown],
            file,
            findings,
        );
    }),
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{silent, trips, with};

    #[test]
    fn trips_over() {
        trips(
            &RULE,
            &[
                &with("", "# --seed--\n\nText.\n"),
                &with("", "# --solutions--\n\nText.\n"),
                &with("", "# --solutions--\n\n```sh\nls\n```\n"),
            ],
        );
    }

    #[test]
    fn near_ones_do_not() {
        silent(
            &RULE,
            &[
                &with("", "# --seed--\n\n# --solutions--\n"),
                &with("", "# --solutions--\n\n```js\n// none\n```\n\n---\n\n```js\n// another\n```\n"),
                &with("", "# --seed--\n\n## --seed-contents--\n\n```js\n```\n"),
            ],
        );
    }
}
