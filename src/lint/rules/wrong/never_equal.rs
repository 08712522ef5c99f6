//! A comparison whose outcome is known beforehand.

use oxc_ast::ast::{BinaryOperator, Expression, UnaryOperator};
use oxc_span::{GetSpan, Span};

use crate::lint::kind::Kind;
use crate::lint::words::shown;
use crate::lint::{Block, Check, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L308",
    name: "never-equal",
    group: Group::Wrong,
    level: Level::Error,
    summary: "a test compares values that are never equal",
    fixable: false,
    check: Check::Block(check),
};

/// What `typeof` may give.
const TYPES: [&str; 8] = ["undefined", "object", "boolean", "number", "string", "function", "symbol", "bigint"];

/// Two values that are compared.
struct Pair<'e, 'a> {
    left: &'e Expression<'a>,
    right: &'e Expression<'a>,
    span: Span,
    strict: bool,
    /// Whether the test wants them to differ.
    negative: bool,
    /// Whether arrays and objects are compared by what they hold.
    deep: bool,
}

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    for assertion in &block.survey().assertions {
        let (strict, negative, deep) = match assertion.name {
            "equal" => (false, false, false),
            "notEqual" => (false, true, false),
            "strictEqual" => (true, false, false),
            "notStrictEqual" => (true, true, false),
            "deepEqual" | "deepStrictEqual" => (true, false, true),
            "notDeepEqual" => (true, true, true),
            _ => continue,
        };
        if let (Some(left), Some(right)) = (assertion.argument(0), assertion.argument(1)) {
            look(block, &Pair { left, right, span: assertion.call.span, strict, negative, deep }, findings);
        }
    }
    for binary in &block.survey().comparisons {
        let (strict, negative) = match binary.operator {
            BinaryOperator::Equality => (false, false),
            BinaryOperator::Inequality => (false, true),
            BinaryOperator::StrictInequality => (true, true),
            _ => (true, false),
        };
        let (left, right) = (&binary.left, &binary.right);
        look(block, &Pair { left, right, span: binary.span, strict, negative, deep: false }, findings);
    }
}

fn look<'a>(block: &Block<'_, 'a>, pair: &Pair<'_, 'a>, findings: &mut Findings<'_>) {
    let outcome = if pair.negative { "always differs" } else { "never holds" };
    let both = [(pair.left, pair.right), (pair.right, pair.left)];
    for (one, other) in both {
        let text = |expression: &Expression<'a>| shown(block.text(expression.span()));
        if !pair.deep && block.is_the_global(one, "NaN") {
            findings
                .add(block.span(pair.span), format!("`NaN` equals nothing, not even itself, so this {outcome}"))
                .help(format!("write `Number.isNaN({})`, or `assert.isNaN`", text(other)));
            return;
        }
        if !pair.deep
            && let Some(what) = new_object(block, one)
        {
            // An array or object turns into a text when it is compared with one.
            if !pair.strict && matches!(block.kind(other), Kind::Text | Kind::Number | Kind::Boolean) {
                continue;
            }
            findings
                .add(block.span(pair.span), format!("a new {what} equals nothing but itself, so this {outcome}"))
                .help("compare what they hold: `assert.deepEqual`");
            return;
        }
        if let (Expression::UnaryExpression(unary), Expression::StringLiteral(name)) = (one, other)
            && unary.operator == UnaryOperator::Typeof
            && !TYPES.contains(&name.value.as_str())
        {
            let message = format!("`typeof` never gives `{}`, so this {outcome}", shown(&name.value));
            let finding = findings.add(block.span(pair.span), message);
            if name.value.eq_ignore_ascii_case("array") {
                finding.help(format!("write `Array.isArray({})`, or `assert.isArray`", text(&unary.argument)));
            } else {
                finding.help(format!("it gives one of {}", TYPES.join(", ")));
            }
            return;
        }
    }
    if pair.strict
        && let (Some(left), Some(right)) = (named(block.kind(pair.left)), named(block.kind(pair.right)))
        && left != right
    {
        let finding = findings.add(
            block.span(pair.span),
            format!("{left} is compared with {right}, without changing either into the other, so this {outcome}"),
        );
        finding.label(block.span(pair.left.span()), format!("this is {left}"));
        finding.label(block.span(pair.right.span()), format!("this is {right}"));
    }
}

/// An object that the expression makes, which is therefore no other.
fn new_object<'a>(block: &Block<'_, 'a>, expression: &Expression<'a>) -> Option<&'static str> {
    match expression {
        Expression::ArrayExpression(_) => Some("array"),
        Expression::ObjectExpression(_) => Some("object"),
        Expression::RegExpLiteral(_) => Some("regular expression"),
        Expression::ArrowFunctionExpression(_) | Expression::FunctionExpression(_) => Some("function"),
        Expression::NewExpression(_) if block.kind(expression) == Kind::Date => Some("date"),
        _ => None,
    }
}

fn named(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Text => Some("a text"),
        Kind::Number => Some("a number"),
        Kind::Boolean => Some("a boolean"),
        Kind::List => Some("an array"),
        Kind::Object => Some("an object"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{nothing, places};

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, "const data = await (await fetch(code)).json();\nassert.equal(data, []);"), [(2, 1)]);
        assert_eq!(places(&RULE, "assert(Number(code) === NaN);\nassert.equal(+code, NaN);"), [(1, 8), (2, 1)]);
        assert_eq!(
            places(&RULE, "assert.equal(typeof code, 'array');\nassert(typeof code == 'sting');"),
            [(1, 1), (2, 8)]
        );
        assert_eq!(places(&RULE, "const res = await fetch(code);\nassert.strictEqual(res.status, '200');"), [(2, 1)]);
        assert_eq!(places(&RULE, "assert.notStrictEqual(code, { a: 1 });\nassert(code !== /a/);"), [(1, 1), (2, 8)]);
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, "const data = await (await fetch(code)).json();\nassert.deepEqual(data, []);");
        nothing(&RULE, "const a = [];\nconst b = a;\nassert.equal(a, b);\nassert.equal(typeof a, 'object');");
        nothing(&RULE, "const res = await fetch(code);\nassert.equal(res.status, '200');\nassert.equal(code, ['x']);");
        nothing(&RULE, "assert.deepEqual(+code, NaN);\nassert.strictEqual(undefined, null);\nassert(code === 'x');");
    }
}
