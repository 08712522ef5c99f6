//! A challenge in one of the forms of before the end of 2020.

use super::reported::report;
use crate::challenge::ProblemKind;
use crate::lint::{Check, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L106",
    name: "old-form",
    group: Group::File,
    level: Level::Error,
    summary: "the file has a form of before the end of 2020",
    fixable: false,
    check: Check::File(|file, findings| report(&[ProblemKind::OldDialect], file, findings)),
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
                "{\"name\": \"a\", \"challenges\": []}",
                "---\nid: a\n---\n\n## Tests\n<section id='tests'>\n",
                "<section id=\"tests\">\n",
            ],
        );
    }

    #[test]
    fn near_ones_do_not() {
        silent(&RULE, &[&with("", SECTIONS), "{\"name\": \"a\"}", &with("", "# --hints--\n\n<section id='tests'>\n")]);
    }
}
