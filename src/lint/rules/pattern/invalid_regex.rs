//! `new RegExp('(')`, which throws.

use crate::lint::{Block, Check, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L412",
    name: "invalid-regex",
    group: Group::Pattern,
    level: Level::Error,
    summary: "the text of `new RegExp(..)` is no regular expression, so the test throws",
    fixable: false,
    check: Check::Block(check),
};

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    for broken in &block.survey().broken_regexes {
        let words = broken.message.trim_start_matches("Invalid regular expression: ");
        findings
            .add(block.span(broken.span), format!("this is no regular expression: {words}"))
            .help(r"a backslash that the expression needs is written `\\` in a text");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{nothing, places};

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, "new RegExp('a(');").len(), 1);
        assert_eq!(places(&RULE, r"assert.match(code, RegExp('\(a'));").len(), 1);
        assert_eq!(places(&RULE, "new RegExp('a', 'gz');\nnew RegExp('[b-a]');").len(), 2);
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, r"new RegExp('a\\(');\nnew RegExp('a', 'gi');\nnew RegExp('');\nnew RegExp(code);");
        nothing(&RULE, "new RegExp('{');\nnew RegExp(']');");
        nothing(&RULE, "const RegExp = String;\nnew RegExp('(');");
    }
}
