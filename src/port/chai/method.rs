//! Names of the methods that port, and how many arguments come before the message.

/// A method of chai's assert interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Method {
    name: &'static str,
    operands: usize,
}

/// Every method that ports, by the number of its operands. Aliases are their own entries.
const METHODS: &[(usize, &[&str])] = &[
    (
        1,
        &[
            "assert",
            "isOk",
            "ok",
            "isNotOk",
            "notOk",
            "isTrue",
            "isNotTrue",
            "isFalse",
            "isNotFalse",
            "isNull",
            "isNotNull",
            "isNaN",
            "isNotNaN",
            "exists",
            "notExists",
            "isUndefined",
            "isDefined",
            "isObject",
            "isNotObject",
            "isArray",
            "isNotArray",
            "isString",
            "isNotString",
            "isNumber",
            "isNotNumber",
            "isFinite",
            "isBoolean",
            "isNotBoolean",
            "isFunction",
            "isNotFunction",
            "isEmpty",
            "isNotEmpty",
        ],
    ),
    (
        2,
        &[
            "equal",
            "notEqual",
            "strictEqual",
            "notStrictEqual",
            "deepEqual",
            "deepStrictEqual",
            "notDeepEqual",
            "typeOf",
            "notTypeOf",
            "include",
            "notInclude",
            "deepInclude",
            "notDeepInclude",
            "match",
            "notMatch",
            "property",
            "notProperty",
            "lengthOf",
            "isAbove",
            "isAtLeast",
            "isBelow",
            "isAtMost",
            "oneOf",
            "hasAllKeys",
            "hasAnyKeys",
            "containsAllKeys",
            "doesNotHaveAnyKeys",
            "doesNotHaveAllKeys",
            "sameMembers",
            "sameDeepMembers",
            "includeMembers",
            "includeDeepMembers",
        ],
    ),
    (3, &["propertyVal", "notPropertyVal", "deepPropertyVal", "notDeepPropertyVal", "approximately", "closeTo"]),
];

impl Method {
    /// The method of that name, if it ports; `assert` is `assert(...)` itself.
    pub fn of(name: &str) -> Option<Self> {
        METHODS.iter().find_map(|(operands, names)| {
            names.iter().find(|known| **known == name).map(|name| Self { name, operands: *operands })
        })
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.name
    }

    /// How many arguments come before the message.
    pub fn operands(self) -> usize {
        self.operands
    }
}
