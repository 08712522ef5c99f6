//! The methods of `assert`, by name. A hint is given those that its code names; they are cheap to add and costly to add all.

use std::collections::HashSet;
use std::sync::OnceLock;

const NAMES: &str = "\
isOk ok isNotOk notOk isTrue isNotTrue isFalse isNotFalse isNull isNotNull isUndefined isDefined isNaN \
isNotNaN exists notExists isFinite isFunction isNotFunction isObject isNotObject isArray isNotArray isString \
isNotString isNumber isNotNumber isBoolean isNotBoolean typeOf notTypeOf instanceOf notInstanceOf isExtensible \
extensible isNotExtensible notExtensible isSealed sealed isNotSealed notSealed isFrozen frozen isNotFrozen \
notFrozen isEmpty empty isNotEmpty notEmpty equal notEqual strictEqual notStrictEqual deepEqual \
deepStrictEqual notDeepEqual isAbove isAtLeast isBelow isAtMost closeTo approximately oneOf include notInclude \
deepInclude notDeepInclude nestedInclude notNestedInclude deepNestedInclude notDeepNestedInclude ownInclude \
notOwnInclude deepOwnInclude notDeepOwnInclude property notProperty propertyVal notPropertyVal deepPropertyVal \
notDeepPropertyVal ownProperty notOwnProperty ownPropertyVal notOwnPropertyVal deepOwnPropertyVal \
notDeepOwnPropertyVal nestedProperty notNestedProperty nestedPropertyVal notNestedPropertyVal \
deepNestedPropertyVal notDeepNestedPropertyVal lengthOf hasAnyKeys hasAllKeys containsAllKeys \
doesNotHaveAnyKeys doesNotHaveAllKeys hasAnyDeepKeys hasAllDeepKeys containsAllDeepKeys doesNotHaveAnyDeepKeys \
doesNotHaveAllDeepKeys sameMembers notSameMembers sameDeepMembers notSameDeepMembers sameOrderedMembers \
notSameOrderedMembers sameDeepOrderedMembers notSameDeepOrderedMembers includeMembers notIncludeMembers \
includeDeepMembers notIncludeDeepMembers includeOrderedMembers notIncludeOrderedMembers \
includeDeepOrderedMembers notIncludeDeepOrderedMembers throws throw Throw doesNotThrow changes changesBy \
doesNotChange changesButNotBy increases increasesBy doesNotIncrease increasesButNotBy decreases decreasesBy \
doesNotDecrease doesNotDecreaseBy decreasesButNotBy fail match notMatch operator ifError";

/// All methods.
pub(super) fn all() -> Vec<&'static str> {
    NAMES.split(' ').collect()
}

/// Those among `names`.
pub(super) fn among<'n>(names: impl Iterator<Item = &'n String>) -> Vec<&'static str> {
    static KNOWN: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| all().into_iter().collect());
    let mut found: Vec<_> = names.filter_map(|name| known.get(name.as_str()).copied()).collect();
    found.sort_unstable();
    found
}
