//! `/(/` and `new RegExp('(')`, which are no regular expressions.

use crate::lint::regex::Written;
use crate::lint::{Block, Check, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L412",
    name: "invalid-regex",
    group: Group::Pattern,
    level: Level::Error,
    summary: "what should be a regular expression is none, so the test fails in every project",
    fixable: false,
    check: Check::Block(check),
};

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    for broken in &block.survey().broken_regexes {
        let words = broken.message.trim_start_matches("Invalid regular expression: ");
        let message = format!("this is no regular expression: {words}");
        findings.add(block.span(broken.span), message).help(match broken.written {
            Written::Literal => {
                "until it is mended, the whole block is no JavaScript, and the hint fails in every project"
            }
            Written::Text(_) => r"a backslash that the expression needs is written `\\` in a text",
        });
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{nothing, places};

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, "assert.match(code, /a(/);"), [(1, 22)]);
        assert_eq!(places(&RULE, "new RegExp('a(');").len(), 1);
        assert_eq!(places(&RULE, r"assert.match(code, RegExp('\(a'));").len(), 1);
        assert_eq!(places(&RULE, "new RegExp('a', 'gz');\nnew RegExp('[b-a]');").len(), 2);
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, r"new RegExp('a\\(');\nnew RegExp('a', 'gi');\nnew RegExp('');\nnew RegExp(code);");
        nothing(&RULE, "new RegExp('{');\nnew RegExp(']');\n/{]/;");
        nothing(&RULE, "const RegExp = String;\nnew RegExp('(');");
    }
}
