//! A hint without a test.

use crate::lint::{Check, File, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L201",
    name: "empty-block",
    group: Group::Vacuous,
    level: Level::Warning,
    summary: "a hint has no test code, so every project passes it",
    fixable: false,
    check: Check::File(check),
};

fn check(file: &File<'_>, findings: &mut Findings<'_>) {
    for hint in file.hints() {
        if hint.code.is_empty() {
            findings
                .add(hint.markdown.span, "this hint has an empty test, so every project passes it")
                .help("write the test, or take the hint out until there is one");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{nothing, places};

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, "\n").len(), 1);
        assert_eq!(places(&RULE, "  \n\t\n").len(), 1);
        assert_eq!(places(&RULE, "").len(), 1);
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, "// to be written");
        nothing(&RULE, ";");
        nothing(&RULE, "assert(true);");
    }
}
