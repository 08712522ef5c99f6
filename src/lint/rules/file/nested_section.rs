//! A section that begins inside something else.

use super::reported::report;
use crate::challenge::ProblemKind;
use crate::lint::{Check, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L107",
    name: "nested-section",
    group: Group::File,
    level: Level::Error,
    summary: "a section begins inside a list, a quote or a directive",
    fixable: false,
    check: Check::File(|file, findings| report(&[ProblemKind::SectionNested], file, findings)),
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{SECTIONS, silent, trips, with};

    #[test]
    fn trips_over() {
        trips(&RULE, &[&with("", "- # --hints--\n"), &with("", "> # --description--\n"), &with("", "1. # --seed--\n")]);
    }

    #[test]
    fn near_ones_do_not() {
        silent(
            &RULE,
            &[&with("", SECTIONS), &with("", "- --hints--\n"), &with("", "# --description--\n\n- # A heading\n")],
        );
    }
}
