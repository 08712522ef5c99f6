//! A section that is there twice.

use super::reported::report;
use crate::challenge::ProblemKind;
use crate::lint::{Check, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L114",
    name: "repeated-section",
    group: Group::File,
    level: Level::Warning,
    summary: "a section is there twice, and only the first one counts",
    fixable: false,
    check: Check::File(|file, findings| report(&[ProblemKind::SectionRepeated], file, findings)),
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
                &with("", "# --notes--\n\n# --notes--\n"),
                &with("", &format!("{SECTIONS}\n# --hints--\n\nMore.\n\n```js\n```\n")),
                &with("", "# --description--\n\n# --hints--\n\n# --description--\n"),
            ],
        );
    }

    #[test]
    fn near_ones_do_not() {
        silent(
            &RULE,
            &[
                &with("", SECTIONS),
                &with("", "# --quizzes--\n\n## --quiz--\n\n## --quiz--\n"),
                &with("", "# --description--\n\n# Notes\n\n# Notes\n"),
            ],
        );
    }
}
