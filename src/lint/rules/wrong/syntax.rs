//! A test block that is no JavaScript.

use std::ops::Range;

use crate::challenge::Code;
use crate::lint::{Check, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L301",
    name: "syntax-error",
    group: Group::Wrong,
    level: Level::Error,
    summary: "a test block is no JavaScript",
    fixable: false,
    // The linter itself finds it when it parses a block.
    check: Check::Block(|_, _| {}),
};

/// Reports what the parser said about the bytes `range` of the code.
pub(in crate::lint) fn broken(code: &Code, message: &str, range: Range<usize>, findings: &mut Findings<'_>) {
    let end = range.end.max((range.start + 1).min(code.text.len()));
    findings
        .add(code.span(range.start..end), format!("this test is no JavaScript: {message}"))
        .help("until it is mended, the hint fails in every project");
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{nothing, places};

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, "assert.equal(1, 1;"), [(1, 18)]);
        assert_eq!(places(&RULE, "const a = 1;\nconst a = 2;").len(), 1);
        assert_eq!(places(&RULE, "}\n{").len(), 1);
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, "const r = await fetch(code); return;");
        nothing(&RULE, "async (getUserInput) => {};");
        nothing(&RULE, "with (code) { length; }");
    }
}
