//! Too few or too many arguments for an assertion.

use oxc_span::GetSpan;

use crate::lint::survey::Assertion;
use crate::lint::words::shown;
use crate::lint::{Block, Check, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L305",
    name: "argument-count",
    group: Group::Wrong,
    level: Level::Warning,
    summary: "an assertion has too few or too many arguments",
    fixable: false,
    check: Check::Block(check),
};

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    for assertion in &block.survey().assertions {
        let (Some(method), Some(count)) = (assertion.method, assertion.count()) else { continue };
        let name = assertion.written();
        if count < method.least {
            let wants = plural(method.least);
            let message = match count {
                0 => format!("`{name}` has no argument, and needs {wants}"),
                _ => format!("`{name}` has only {}, and needs {wants}", plural(count)),
            };
            let finding = findings.add(block.span(assertion.call.span), message);
            if count > 0 {
                finding.help("what is missing counts as `undefined`");
            }
        } else if count > method.most {
            too_many(block, assertion, method.most, findings);
        }
    }
}

fn too_many<'a>(block: &Block<'_, 'a>, assertion: &Assertion<'a>, most: usize, findings: &mut Findings<'_>) {
    let Some(extra) = assertion.call.arguments.get(most) else { return };
    let message = format!("`{}` looks at {} only", assertion.written(), plural(most));
    let ignored = shown(block.text(extra.span()));
    let finding = findings.add(block.span(extra.span()), message);
    let text = |index: usize| assertion.argument(index).map(|argument| shown(block.text(argument.span())));
    // `isNumber(x, '28', 'message')`: the expected value stands where the message should be.
    if let (2, Some(actual), Some(expected)) = (most, text(0), text(1)) {
        finding.label(
            block.span(assertion.call.arguments.get(1).map_or(extra.span(), GetSpan::span)),
            "this is taken for the message",
        );
        finding.help(format!("to compare the two, write `assert.equal({actual}, {expected}, {ignored})`"));
    } else {
        finding.help(format!("take `{ignored}` out, or use an assertion that looks at it"));
    }
}

fn plural(count: usize) -> String {
    if count == 1 { "1 argument".to_owned() } else { format!("{count} arguments") }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{in_code, nothing, places};

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, "assert.isNumber(1, '28', 'message');"), [(1, 26)]);
        assert_eq!(places(&RULE, "assert.equal(1);\nassert();"), [(1, 1), (2, 1)]);
        assert_eq!(places(&RULE, "assert.include('ab', 'a', 'message', true);"), [(1, 38)]);
        let found = in_code(&RULE, "assert.isNumber(data.age, '28', 'No age');");
        assert_eq!(found[0].message, "`assert.isNumber` looks at 2 arguments only");
        let help = "to compare the two, write `assert.equal(data.age, '28', 'No age')`";
        assert_eq!(found[0].help.as_deref(), Some(help));
    }

    #[test]
    fn both_lists_of_methods_agree() {
        for method in crate::scope::assertions() {
            if let Some(ported) = crate::port::chai::Method::of(method.name) {
                assert_eq!(ported.operands(), method.least, "{}", method.name);
            }
        }
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, "assert.isNumber(1, 'message');\nassert.equal(1, 1);\nassert.equal(1, 1, 'message');");
        nothing(&RULE, "assert.equal(...[1, 1]);\nassert.isOk(1, ...['a', 'b']);");
        nothing(
            &RULE,
            "assert.throws(() => {}, TypeError, /x/, 'message');\nassert.fail();\nassert.closeTo(1, 2, 3, 'm');",
        );
        nothing(&RULE, "const equal = (a) => a;\nequal(1);\nconst assert = equal;\nassert.equal(1);");
    }
}
