//! Front matter that is not there or never ends.

use super::reported::report;
use crate::challenge::ProblemKind;
use crate::lint::{Check, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L102",
    name: "front-matter-missing",
    group: Group::File,
    level: Level::Error,
    summary: "the file does not begin with front matter between two lines `---`",
    fixable: false,
    check: Check::File(|file, findings| {
        report(&[ProblemKind::FrontMatterMissing, ProblemKind::FrontMatterUnclosed], file, findings);
    }),
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{SECTIONS, silent, trips, with};

    #[test]
    fn trips_over() {
        trips(&RULE, &["# --hints--\n", "\n---\nid: a\n---\n", "---\nid: a\n\n# --hints--\n"]);
    }

    #[test]
    fn near_ones_do_not() {
        silent(&RULE, &[&with("", SECTIONS), &with("", SECTIONS).replace('\n', "\r\n"), "---\n---\n"]);
    }
}
