//! An assertion of a value that it cannot be about.

use oxc_span::GetSpan;

use crate::lint::kind::Kind;
use crate::lint::survey::Assertion;
use crate::lint::words::shown;
use crate::lint::{Block, Check, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L312",
    name: "wrong-operand",
    group: Group::Wrong,
    level: Level::Error,
    summary: "an assertion is given a value of a kind that it cannot judge",
    fixable: false,
    check: Check::Block(check),
};

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    for assertion in &block.survey().assertions {
        let found =
            assertion.method.is_none() || promise(block, assertion, findings) || swapped(block, assertion, findings);
        if !found {
            kinds(block, assertion, findings);
        }
    }
}

/// Assertions that a promise may be meant for.
fn is_about_promises(name: &str) -> bool {
    matches!(
        name,
        "instanceOf" | "notInstanceOf" | "typeOf" | "notTypeOf" | "isFunction" | "property" | "isObject" | "isNotNull"
    )
}

/// A promise where its value was meant.
fn promise<'a>(block: &Block<'_, 'a>, assertion: &Assertion<'a>, findings: &mut Findings<'_>) -> bool {
    if is_about_promises(assertion.name) {
        return false;
    }
    let Some(value) = assertion.argument(0).filter(|value| block.kind(value) == Kind::Promise) else { return false };
    let code = shown(block.text(value.span()));
    let message = format!("`{}` is given a promise, not the value that it will have", assertion.written());
    findings.add(block.span(value.span()), message).help(format!("write `await {code}`"));
    true
}

/// `assert.match(/x/, text)`.
fn swapped<'a>(block: &Block<'_, 'a>, assertion: &Assertion<'a>, findings: &mut Findings<'_>) -> bool {
    let (Some(first), Some(second)) = (assertion.argument(0), assertion.argument(1)) else { return false };
    let (is_match, is_include) = match assertion.name {
        "match" | "notMatch" => (true, false),
        "include" | "notInclude" => (false, true),
        _ => return false,
    };
    let name = assertion.written();
    let text = |expression: &oxc_ast::ast::Expression<'a>| shown(block.text(expression.span()));
    match (block.kind(first), block.kind(second)) {
        (Kind::Regex, kind) if is_match && kind != Kind::Regex => {
            findings
                .add(
                    block.span(first.span()),
                    format!("`{name}` takes the text first and the regular expression second"),
                )
                .help(format!("write `{name}({}, {})`", text(second), text(first)));
        }
        (_, Kind::Text) if is_match => {
            findings
                .add(block.span(second.span()), format!("`{name}` needs a regular expression, and this is a text"))
                .help("to look for a text, write `assert.include`");
        }
        (Kind::Text, Kind::Regex) if is_include => {
            findings
                .add(block.span(second.span()), format!("`{name}` looks for a text, and this is a regular expression"))
                .help("to look for a regular expression, write `assert.match`");
        }
        _ => return false,
    }
    true
}

/// What each assertion refuses, whatever the value.
fn kinds<'a>(block: &Block<'_, 'a>, assertion: &Assertion<'a>, findings: &mut Findings<'_>) {
    use Kind::{Boolean, Date, Function, List, Nothing, Number, Object, Regex, Response, Text};
    // The argument, what it must be in words, and the kinds that it must not be.
    let table: &[(usize, &str, &[Kind])] = match assertion.name {
        "include" | "notInclude" | "deepInclude" => {
            &[(0, "a text, an array or an object", &[Number, Boolean, Nothing, Regex])]
        }
        "lengthOf" => &[
            (0, "a text or an array", &[Number, Boolean, Nothing, Response, Date, Regex]),
            (1, "a number", &[Text, Boolean, List, Object, Nothing]),
        ],
        "isAbove" | "isAtLeast" | "isBelow" | "isAtMost" => &[
            (0, "a number or a date", &[Text, Boolean, Nothing, List, Object, Function, Response]),
            (1, "a number or a date", &[Text, Boolean, Nothing, List, Object, Function]),
        ],
        "closeTo" | "approximately" => &[
            (0, "a number", &[Text, Boolean, Nothing, List, Object, Date]),
            (1, "a number", &[Text, Boolean, Nothing, List, Object, Date]),
            (2, "a number", &[Text, Boolean, Nothing, List, Object, Date]),
        ],
        "property" | "notProperty" | "propertyVal" => &[(0, "an object", &[Nothing])],
        "oneOf" => &[(1, "an array", &[Text, Number, Boolean, Object, Nothing, Regex])],
        "sameMembers" | "sameDeepMembers" | "sameOrderedMembers" | "includeMembers" | "includeDeepMembers" => {
            &[(0, "an array", &[Text, Number, Object, Nothing]), (1, "an array", &[Text, Number, Object, Nothing])]
        }
        "throws" | "doesNotThrow" => &[(0, "a function", &[Text, Number, Boolean, Object, List, Nothing])],
        "typeOf" | "notTypeOf" => &[(1, "the name of a type", &[Number, Boolean, List, Object, Function, Nothing])],
        _ => return,
    };
    for (index, needed, refused) in table {
        let Some(value) = assertion.argument(*index) else { continue };
        let kind = block.kind(value);
        if refused.contains(&kind) {
            let message = format!("`{}` needs {needed} here, and this is {}", assertion.written(), named(kind));
            findings.add(block.span(value.span()), message);
            return;
        }
    }
}

fn named(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "a text",
        Kind::Number => "a number",
        Kind::Boolean => "a boolean",
        Kind::Regex => "a regular expression",
        Kind::List => "an array",
        Kind::Object => "an object",
        Kind::Function => "a function",
        Kind::Nothing => "`undefined` or `null`",
        Kind::Date => "a date",
        Kind::Promise => "a promise",
        Kind::Response => "a response",
        Kind::Unknown => "something else",
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{nothing, places};

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, "assert.match(/a/, code);\nassert.match(code, 'a');"), [(1, 14), (2, 20)]);
        assert_eq!(places(&RULE, "const res = await fetch(code);\nassert.equal(res.text(), 'a');"), [(2, 14)]);
        assert_eq!(
            places(&RULE, "assert.include(undefined, 'a');\nassert.include(`${code}`, /a/);"),
            [(1, 16), (2, 27)]
        );
        assert_eq!(places(&RULE, "assert.isAbove(code.trim(), 1);\nassert.lengthOf(code, '3');"), [(1, 16), (2, 23)]);
        assert_eq!(places(&RULE, "assert.oneOf(1, 'abc');\nassert.throws('abc');"), [(1, 17), (2, 15)]);
    }

    #[test]
    fn near_ones_do_not() {
        nothing(
            &RULE,
            "assert.match(code, /a/);\nassert.match(code, new RegExp('a'));\nassert.match(code.length, /1/);",
        );
        nothing(
            &RULE,
            "const res = await fetch(code);\nassert.equal(await res.text(), 'a');\nassert.include(await res.json(), /a/);",
        );
        nothing(
            &RULE,
            "assert.isAbove(new Date(), new Date(0));\nassert.lengthOf([1], 1);\nassert.include([/a/], /a/);",
        );
        nothing(&RULE, "assert.instanceOf(fetch(code), Promise);\nassert.oneOf(1, [1]);");
    }
}
