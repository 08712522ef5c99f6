//! Something else where the message of an assertion belongs.

use oxc_span::GetSpan;

use crate::lint::kind::Kind;
use crate::lint::words::shown;
use crate::lint::{Block, Check, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L307",
    name: "message-is-no-text",
    group: Group::Wrong,
    level: Level::Warning,
    summary: "an assertion's last argument should be a message, and is something else",
    fixable: false,
    check: Check::Block(check),
};

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    for assertion in &block.survey().assertions {
        let Some(place) = assertion.method.and_then(crate::scope::Method::message) else { continue };
        let Some(message) = assertion.argument(place) else { continue };
        let kind = match block.kind(message) {
            Kind::Number => "a number",
            Kind::Boolean => "a boolean",
            Kind::Regex => "a regular expression",
            Kind::List => "an array",
            Kind::Object => "an object",
            Kind::Function => "a function",
            Kind::Date => "a date",
            Kind::Promise => "a promise",
            Kind::Response => "a response",
            Kind::Text | Kind::Nothing | Kind::Unknown => continue,
        };
        let name = assertion.written();
        let finding =
            findings.add(block.span(message.span()), format!("`{name}` takes this for its message, and it is {kind}"));
        let value = shown(block.text(message.span()));
        if let (1, Some(actual)) = (place, assertion.argument(0)) {
            let actual = shown(block.text(actual.span()));
            finding.help(format!("to compare the two, write `assert.equal({actual}, {value})`"));
        } else {
            finding.help(format!("`{name}` compares only what comes before it"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{in_code, nothing, places};

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, "assert.isNumber(code.length, 28);"), [(1, 30)]);
        assert_eq!(places(&RULE, "assert.match(code, /a/, /b/);\nassert(code, true);"), [(1, 25), (2, 14)]);
        assert_eq!(places(&RULE, "assert.property({}, 'a', { a: 1 });"), [(1, 26)]);
        let found = in_code(&RULE, "assert.isNumber(data.age, 28);");
        assert_eq!(found[0].help.as_deref(), Some("to compare the two, write `assert.equal(data.age, 28)`"));
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, "assert.isNumber(code.length, `not ${code}`);\nassert.isOk(code, code.name);");
        nothing(&RULE, "assert.propertyVal({ a: 1 }, 'a', 1);\nassert.throws(() => {}, TypeError);");
        nothing(&RULE, "assert.isOk(code, undefined);\nassert.isOk(code, 'a' + 1);");
    }
}
