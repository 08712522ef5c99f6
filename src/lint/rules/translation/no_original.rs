//! A translated file without its original.

use crate::lint::{Check, File, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L690",
    name: "no-original",
    group: Group::Translation,
    level: Level::Warning,
    summary: "a translated file has no original, by its path or by its id",
    fixable: false,
    // Whoever pairs the files finds it; see `Linter::partners`.
    check: Check::File(|_, _| {}),
};

/// Reports a translated file that has no original.
pub(in crate::lint) fn report(translated: &File<'_>, findings: &mut Findings<'_>) {
    findings
        .add(translated.first_line(), "this file has no original, neither at the same path nor with the same id")
        .help("the original may have been removed or renamed; do the same here");
}
