//! An expected value where only a message can stand.

use oxc_ast::ast::Expression;
use oxc_span::GetSpan;

use crate::lint::kind::Kind;
use crate::lint::words::shown;
use crate::lint::{Block, Check, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L309",
    name: "expected-as-message",
    group: Group::Wrong,
    level: Level::Warning,
    summary: "an assertion of one value is given a second one, which it takes for its message",
    fixable: false,
    check: Check::Block(check),
};

/// Assertions of one value that any value of an answer might be meant for.
const OF_ONE: [&str; 10] =
    ["assert", "isOk", "ok", "exists", "isDefined", "isString", "isNumber", "isArray", "isObject", "isBoolean"];
/// What is longer is a message.
const LONGEST: usize = 24;

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    for assertion in &block.survey().assertions {
        if !OF_ONE.contains(&assertion.name) || assertion.count() != Some(2) {
            continue;
        }
        let (Some(actual), Some(Expression::StringLiteral(second))) = (assertion.argument(0), assertion.argument(1))
        else {
            continue;
        };
        if !is_a_value(actual) || block.kind(actual) == Kind::Boolean || !looks_expected(&second.value) {
            continue;
        }
        let (written, name) = (shown(block.text(second.span)), assertion.written());
        let actual = shown(block.text(actual.span()));
        findings
            .add(
                block.span(second.span),
                format!("`{name}` takes {written} for its message, and compares nothing with it"),
            )
            .help(format!("to compare the two, write `assert.equal({actual}, {written})`"));
    }
}

/// A name or a part of an answer; what decides something by itself is meant as it stands.
fn is_a_value(expression: &Expression<'_>) -> bool {
    match expression {
        Expression::Identifier(_) | Expression::StaticMemberExpression(_) | Expression::ComputedMemberExpression(_) => {
            true
        }
        Expression::ChainExpression(chain) => chain.expression.as_member_expression().is_some(),
        Expression::AwaitExpression(wait) => !matches!(wait.argument, Expression::Identifier(_)),
        _ => false,
    }
}

/// One word, number or path, and no sentence.
fn looks_expected(text: &str) -> bool {
    let is_one = text.len() <= LONGEST && !text.is_empty() && !text.contains(char::is_whitespace);
    is_one && !text.ends_with(['.', '!', ':']) && !text.to_lowercase().contains("error") && !text.contains("fail")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{in_code, nothing, places};

    const DATA: &str = "const data = await (await fetch(code)).json();\n";

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, &format!("{DATA}assert(data.status, 'ok');")), [(2, 21)]);
        assert_eq!(places(&RULE, &format!("{DATA}assert.isNumber(data.age, '28');")), [(2, 27)]);
        assert_eq!(places(&RULE, &format!("{DATA}assert.isOk(data?.url, '/api/1');")), [(2, 24)]);
        let found = in_code(&RULE, &format!("{DATA}assert(data.status, 'ok');"));
        assert_eq!(found[0].help.as_deref(), Some("to compare the two, write `assert.equal(data.status, 'ok')`"));
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, &format!("{DATA}assert(data.status, 'no status');\nassert(data.status === 'ok', 'ok');"));
        nothing(
            &RULE,
            &format!("{DATA}assert(data.status, 'failed');\nassert(data.a, 'StatusError');\nassert(data.a, '');"),
        );
        nothing(
            &RULE,
            &format!("{DATA}assert.isTrue(data.ok, 'ok');\nassert(/a/.test(code), 'a');\nassert.equal(data.a, 'b');"),
        );
        nothing(&RULE, "const res = await fetch(code);\nassert(res.ok, 'status');");
    }
}
