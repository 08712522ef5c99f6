//! Calls of chai's assert, for all rules that look at them.

use oxc_ast::ast::{CallExpression, Expression};

use crate::port::chai::Method;

/// Methods that do not port, by how many arguments come before the message.
const OTHERS: &[(usize, &[&str])] = &[
    (1, &["isExtensible", "isNotExtensible", "isSealed", "isNotSealed", "isFrozen", "isNotFrozen", "ifError"]),
    (
        2,
        &[
            "containsAllDeepKeys",
            "deepNestedInclude",
            "deepOwnInclude",
            "doesNotHaveAllDeepKeys",
            "doesNotHaveAnyDeepKeys",
            "hasAllDeepKeys",
            "hasAnyDeepKeys",
            "includeDeepOrderedMembers",
            "includeOrderedMembers",
            "instanceOf",
            "nestedInclude",
            "nestedProperty",
            "notDeepNestedInclude",
            "notDeepOwnInclude",
            "notIncludeDeepMembers",
            "notIncludeDeepOrderedMembers",
            "notIncludeMembers",
            "notIncludeOrderedMembers",
            "notInstanceOf",
            "notNestedInclude",
            "notNestedProperty",
            "notOwnInclude",
            "notOwnProperty",
            "notSameDeepMembers",
            "notSameDeepOrderedMembers",
            "notSameMembers",
            "notSameOrderedMembers",
            "ownInclude",
            "ownProperty",
            "sameDeepOrderedMembers",
            "sameOrderedMembers",
        ],
    ),
    (
        3,
        &[
            "Throw",
            "deepNestedPropertyVal",
            "deepOwnPropertyVal",
            "doesNotThrow",
            "nestedPropertyVal",
            "notDeepNestedPropertyVal",
            "notDeepOwnPropertyVal",
            "notNestedPropertyVal",
            "notOwnPropertyVal",
            "operator",
            "ownPropertyVal",
            "throw",
            "throws",
        ],
    ),
];

/// The method of an assertion; `assert` for `assert(...)` itself.
pub(super) fn method<'a>(call: &CallExpression<'a>) -> Option<&'a str> {
    match &call.callee {
        Expression::Identifier(name) if name.name == "assert" => Some("assert"),
        Expression::StaticMemberExpression(member) => match &member.object {
            Expression::Identifier(object) if object.name == "assert" => Some(member.property.name.as_str()),
            _ => None,
        },
        _ => None,
    }
}

/// The index of the argument that is an assertion's message, whether or not it is there.
pub(super) fn message(call: &CallExpression<'_>) -> Option<usize> {
    let name = method(call)?;
    if name == "fail" {
        return Some(if call.arguments.len() > 1 { 2 } else { 0 });
    }
    let other = || OTHERS.iter().find(|(_, names)| names.contains(&name)).map(|(operands, _)| *operands);
    Method::of(name).map(Method::operands).or_else(other)
}
