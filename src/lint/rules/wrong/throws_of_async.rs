//! `assert.throws` of a function that rejects instead.

use oxc_ast::ast::Expression;
use oxc_span::GetSpan;

use crate::lint::{Block, Check, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L310",
    name: "throws-of-async",
    group: Group::Wrong,
    level: Level::Error,
    summary: "`assert.throws` is given an async function, which never throws but rejects",
    fixable: false,
    check: Check::Block(check),
};

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    for assertion in &block.survey().assertions {
        let outcome = match assertion.name {
            "throws" | "throw" | "Throw" => "fails",
            "doesNotThrow" => "passes",
            _ => continue,
        };
        let Some(function) = assertion.argument(0) else { continue };
        let named = match function {
            Expression::Identifier(name) => block.value_of(name),
            _ => None,
        };
        let is_async = match named.unwrap_or(function) {
            Expression::ArrowFunctionExpression(arrow) => arrow.r#async,
            Expression::FunctionExpression(function) => function.r#async,
            _ => false,
        };
        if is_async {
            let message =
                format!("an async function never throws, it rejects, so `{}` always {outcome}", assertion.written());
            findings.add(block.span(function.span()), message).help("await it within `try`, and assert in `catch`");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{nothing, places};

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, "assert.throws(async () => { await fetch(code); });"), [(1, 15)]);
        assert_eq!(places(&RULE, "assert.doesNotThrow(async function () {}, TypeError);"), [(1, 21)]);
        assert_eq!(places(&RULE, "const ask = async () => fetch(code);\nassert.Throw(ask);"), [(2, 14)]);
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, "assert.throws(() => JSON.parse(code));");
        nothing(&RULE, "assert.throws(() => { const later = async () => {}; later(); });");
        nothing(&RULE, "let ask = async () => {};\nask = () => { throw 1; };\nassert.throws(ask);");
    }
}
