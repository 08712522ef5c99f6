//! An original without a translation.

use crate::lint::{Check, File, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L691",
    name: "not-translated",
    group: Group::Translation,
    level: Level::Warning,
    summary: "an original has no translation, by its path or by its id",
    fixable: false,
    // Whoever pairs the files finds it; see `Linter::partners`.
    check: Check::File(|_, _| {}),
};

/// Reports an original that nobody translated.
pub(in crate::lint) fn report(original: &File<'_>, findings: &mut Findings<'_>) {
    findings
        .add(original.first_line(), "this file has no translation, neither at the same path nor with the same id")
        .help("translate it, or leave it to readers in the original language");
}
