//! The expected value where the actual one belongs.

use oxc_ast::ast::{Expression, UnaryOperator};
use oxc_span::GetSpan;

use crate::lint::words::shown;
use crate::lint::{Block, Check, Edit, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L306",
    name: "swapped-operands",
    group: Group::Wrong,
    level: Level::Warning,
    summary: "the expected value stands where the actual one belongs, so the failure message says it the wrong way round",
    fixable: true,
    check: Check::Block(check),
};

/// Assertions that hold either way round.
const SYMMETRIC: [&str; 7] =
    ["equal", "notEqual", "strictEqual", "notStrictEqual", "deepEqual", "deepStrictEqual", "notDeepEqual"];
/// How deeply literals of arrays and objects are looked at.
const DEEPEST: usize = 4;

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    for assertion in &block.survey().assertions {
        if !SYMMETRIC.contains(&assertion.name) {
            continue;
        }
        let (Some(first), Some(second)) = (assertion.argument(0), assertion.argument(1)) else { continue };
        if !is_literal(first, DEEPEST) || is_literal(second, DEEPEST) {
            continue;
        }
        let (actual, expected) = (block.range(second.span()), block.range(first.span()));
        let text = |range: &std::ops::Range<usize>| block.code.text.get(range.clone()).unwrap_or("");
        let message =
            format!("`{}` is the expected value, and stands where the actual one belongs", shown(text(&expected)));
        let edits = vec![
            Edit { range: block.code.span(expected.clone()).range(), text: text(&actual).to_owned() },
            Edit { range: block.code.span(actual.clone()).range(), text: text(&expected).to_owned() },
        ];
        findings
            .add(block.span(first.span()), message)
            .help("put the actual value first: the failure message says `expected <first> to equal <second>`")
            .edits("put the actual value first", edits);
    }
}

fn is_literal(expression: &Expression<'_>, depth: usize) -> bool {
    match expression {
        Expression::UnaryExpression(unary) => {
            unary.operator == UnaryOperator::UnaryNegation && unary.argument.is_literal()
        }
        Expression::TemplateLiteral(text) => text.expressions.is_empty(),
        Expression::ArrayExpression(list) => {
            let known = |element: &oxc_ast::ast::ArrayExpressionElement<'_>| {
                element.as_expression().is_some_and(|element| is_literal(element, depth.saturating_sub(1)))
            };
            depth > 0 && list.elements.iter().all(known)
        }
        Expression::ObjectExpression(object) => {
            let known = |property: &oxc_ast::ast::ObjectPropertyKind<'_>| match property {
                oxc_ast::ast::ObjectPropertyKind::ObjectProperty(property) => {
                    !property.computed && is_literal(&property.value, depth.saturating_sub(1))
                }
                oxc_ast::ast::ObjectPropertyKind::SpreadProperty(_) => false,
            };
            depth > 0 && object.properties.iter().all(known)
        }
        other => other.is_literal(),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{challenge, fixed, nothing, places};

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, "const data = {};\nassert.equal('ok', data.status);"), [(2, 14)]);
        assert_eq!(places(&RULE, "assert.strictEqual(-1, code.length, 'message');"), [(1, 20)]);
        assert_eq!(places(&RULE, "assert.deepEqual({ a: [1] }, JSON.parse(code));"), [(1, 18)]);
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, "assert.equal(code.length, 1);\nassert.equal(1, 2);\nassert.equal(404 + '', '404');");
        nothing(&RULE, "assert.include('abc', code);\nassert.isAbove(1, code.length);");
        nothing(&RULE, "const one = 1;\nassert.equal(one, code.length);\nassert.deepEqual([one], code);");
    }

    #[test]
    fn is_put_right() {
        let file = challenge("assert.equal('ok', // the status\n  code.status, 'message');");
        let wanted = challenge("assert.equal(code.status, // the status\n  'ok', 'message');");
        assert_eq!(fixed(&RULE, &file), wanted);
        assert_eq!(fixed(&RULE, &file.replace('\n', "\r\n")), wanted.replace('\n', "\r\n"));
    }
}
