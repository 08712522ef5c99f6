//! Text from other files.

use super::reported::report;
use crate::challenge::ProblemKind;
use crate::lint::{Check, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L117",
    name: "import",
    group: Group::File,
    level: Level::Warning,
    summary: "`::import` takes text from another file, which `grade` does not read",
    fixable: false,
    check: Check::File(|file, findings| report(&[ProblemKind::Import], file, findings)),
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
                &with("", "::import{component=\"A\" from=\"./a.md\"}\n"),
                &with("", "# --description--\n\n::import{from=\"./a.md\"}\n"),
                &with("", "::import{component=\"A\"}\n"),
            ],
        );
    }

    #[test]
    fn near_ones_do_not() {
        silent(
            &RULE,
            &[
                &with("", SECTIONS),
                &with("", "::import\n"),
                &with("", "# --description--\n\nWrite `::import{from=\"./a.md\"}`.\n"),
            ],
        );
    }
}
