//! A method that `assert` lacks.

use oxc_ast::ast::Expression;

use crate::lint::nearest::nearest;
use crate::lint::{Block, Check, Findings, Group, Level, Rule};
use crate::scope::{self, Method};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L304",
    name: "no-such-assertion",
    group: Group::Wrong,
    level: Level::Error,
    summary: "a test calls a method that `assert` does not have",
    fixable: false,
    check: Check::Block(check),
};

/// What functions have, and properties of chai's `assert` that are no assertions.
const OTHERS: [&str; 7] = ["apply", "bind", "call", "name", "length", "prototype", "toString"];

/// Names of other libraries, and what they are called here.
const ELSEWHERE: &[(&str, &str)] = &[
    ("equals", "equal"),
    ("eq", "equal"),
    ("eql", "deepEqual"),
    ("isEqual", "equal"),
    ("toBe", "strictEqual"),
    ("toEqual", "deepEqual"),
    ("isDeepEqual", "deepEqual"),
    ("deepEquals", "deepEqual"),
    ("notDeepStrictEqual", "notDeepEqual"),
    ("contains", "include"),
    ("contain", "include"),
    ("includes", "include"),
    ("doesNotInclude", "notInclude"),
    ("doesNotContain", "notInclude"),
    ("doesNotMatch", "notMatch"),
    ("matches", "match"),
    ("isMatch", "match"),
    ("hasProperty", "property"),
    ("has", "property"),
    ("hasLength", "lengthOf"),
    ("isGreaterThan", "isAbove"),
    ("greaterThan", "isAbove"),
    ("isLessThan", "isBelow"),
    ("lessThan", "isBelow"),
    ("isInstanceOf", "instanceOf"),
    ("isTypeOf", "typeOf"),
    ("true", "isTrue"),
    ("false", "isFalse"),
    ("null", "isNull"),
    ("undefined", "isUndefined"),
    ("isTruthy", "isOk"),
    ("isFalsy", "isNotOk"),
];
/// How many names of a block are compared with those that there are.
const COMPARED: usize = 50;

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    let mut left = COMPARED;
    for (_, member) in &block.survey().members {
        let Expression::Identifier(object) = &member.object else { continue };
        let name = member.property.name.as_str();
        if object.name != "assert" || Method::of(name).is_some() || OTHERS.contains(&name) || !block.is_global(object) {
            continue;
        }
        let finding = findings.add(block.span(member.property.span), format!("`assert` has no method `{name}`"));
        let known = ELSEWHERE.iter().find(|(elsewhere, _)| *elsewhere == name).map(|(_, here)| *here);
        let like = || nearest(name, scope::assertions().filter(|_| left > 0).map(|method| method.name));
        if let Some(meant) = known.or_else(like) {
            finding.help(format!("did you mean `assert.{meant}`?"));
        } else if matches!(name, "rejects" | "doesNotReject") {
            finding.help("await the promise within `try`, and assert in `catch`");
        } else {
            finding.help("chai's documentation of its `assert` interface lists all methods");
        }
        left = left.saturating_sub(1);
    }
}

#[cfg(test)]
mod tests {
    use super::{ELSEWHERE, RULE};
    use crate::lint::rules::testing::{in_code, nothing, places};
    use crate::scope::Method;

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, "assert.isEqual(1, 1);"), [(1, 8)]);
        assert_eq!(places(&RULE, "assert.lenghtOf([], 0);\n  assert.ture(1);"), [(1, 8), (2, 10)]);
        assert_eq!(places(&RULE, "[1].forEach(assert.rejects);"), [(1, 20)]);
        let help = |code: &str| in_code(&RULE, code)[0].help.clone().unwrap();
        assert_eq!(help("assert.contains('a', 'a');"), "did you mean `assert.include`?");
        assert_eq!(help("assert.isNubmer(1);"), "did you mean `assert.isNumber`?");
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, "assert.deepStrictEqual([], []);\nassert.Throw(() => {});\nassert.call(null, 1);");
        nothing(&RULE, "const assert = { isEqual() {} };\nassert.isEqual();");
        nothing(&RULE, "const name = 'equal';\nassert[name](1, 1);");
    }

    #[test]
    fn what_is_suggested_exists() {
        for (elsewhere, here) in ELSEWHERE {
            assert!(Method::of(elsewhere).is_none() && Method::of(here).is_some(), "{elsewhere}: {here}");
        }
    }
}
