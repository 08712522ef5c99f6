//! The methods of chai 4.5's assert interface, and how many arguments each takes.

use std::collections::HashMap;
use std::sync::OnceLock;

/// The names by the fewest and the most arguments; the last argument is the message.
const METHODS: &[(usize, usize, &str)] = &[
    (
        1,
        2,
        "isOk ok isNotOk notOk isTrue isNotTrue isFalse isNotFalse isNull isNotNull isUndefined isDefined isNaN \
         isNotNaN exists notExists isFinite isFunction isNotFunction isObject isNotObject isArray isNotArray \
         isString isNotString isNumber isNotNumber isBoolean isNotBoolean isExtensible extensible isNotExtensible \
         notExtensible isSealed sealed isNotSealed notSealed isFrozen frozen isNotFrozen notFrozen isEmpty empty \
         isNotEmpty notEmpty",
    ),
    (
        2,
        3,
        "typeOf notTypeOf instanceOf notInstanceOf equal notEqual strictEqual notStrictEqual deepEqual \
         deepStrictEqual notDeepEqual isAbove isAtLeast isBelow isAtMost oneOf include notInclude deepInclude \
         notDeepInclude nestedInclude notNestedInclude deepNestedInclude notDeepNestedInclude ownInclude \
         notOwnInclude deepOwnInclude notDeepOwnInclude property notProperty ownProperty notOwnProperty \
         nestedProperty notNestedProperty lengthOf hasAnyKeys hasAllKeys containsAllKeys doesNotHaveAnyKeys \
         doesNotHaveAllKeys hasAnyDeepKeys hasAllDeepKeys containsAllDeepKeys doesNotHaveAnyDeepKeys \
         doesNotHaveAllDeepKeys sameMembers notSameMembers sameDeepMembers notSameDeepMembers sameOrderedMembers \
         notSameOrderedMembers sameDeepOrderedMembers notSameDeepOrderedMembers includeMembers notIncludeMembers \
         includeDeepMembers notIncludeDeepMembers includeOrderedMembers notIncludeOrderedMembers \
         includeDeepOrderedMembers notIncludeDeepOrderedMembers match notMatch",
    ),
    (
        3,
        4,
        "closeTo approximately operator propertyVal notPropertyVal deepPropertyVal notDeepPropertyVal \
         ownPropertyVal notOwnPropertyVal deepOwnPropertyVal notDeepOwnPropertyVal nestedPropertyVal \
         notNestedPropertyVal deepNestedPropertyVal notDeepNestedPropertyVal",
    ),
    (0, 4, "fail"),
    (1, 4, "throws throw Throw doesNotThrow"),
    (2, 4, "changes doesNotChange increases doesNotIncrease decreases doesNotDecrease"),
    (3, 5, "changesBy changesButNotBy increasesBy increasesButNotBy decreasesBy doesNotDecreaseBy decreasesButNotBy"),
    (1, 1, "ifError"),
];

/// A method of `assert`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Method {
    /// Its name.
    pub name: &'static str,
    /// How many arguments it needs, without a message.
    pub least: usize,
    /// How many it looks at, the message included.
    pub most: usize,
}

impl Method {
    /// `assert(...)` itself.
    pub const ASSERT: Self = Self { name: "assert", least: 1, most: 2 };

    /// The method of that name.
    pub fn of(name: &str) -> Option<Self> {
        static KNOWN: OnceLock<HashMap<&'static str, Method>> = OnceLock::new();
        KNOWN.get_or_init(|| all().map(|method| (method.name, method)).collect()).get(name).copied()
    }

    /// Where the message stands: the number of arguments before it. `None` where arguments may be left out before it, or
    /// where there is no message.
    pub fn message(self) -> Option<usize> {
        (self.most == self.least + 1).then_some(self.least)
    }
}

/// All methods.
pub fn all() -> impl Iterator<Item = Method> {
    METHODS.iter().flat_map(|(least, most, names)| {
        names.split_whitespace().map(|name| Method { name, least: *least, most: *most })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_counted() {
        let counts = |name| Method::of(name).map(|method| (method.least, method.most, method.message()));
        assert_eq!(counts("equal"), Some((2, 3, Some(2))));
        assert_eq!(counts("isNumber"), Some((1, 2, Some(1))));
        assert_eq!(counts("throws"), Some((1, 4, None)));
        assert_eq!(counts("ifError"), Some((1, 1, None)));
        assert_eq!(counts("assert"), None);
        assert_eq!(counts("isEqual"), None);
    }

    #[test]
    fn every_name_stands_once() {
        let mut names: Vec<&str> = all().map(|method| method.name).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
