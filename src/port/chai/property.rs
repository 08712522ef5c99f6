//! Properties: which a value has, and the assertions on them.

use super::check::{Checked, compared, index_value, no_target, told, unmet};
use crate::port::js::{deep_equal, inspect, number_to_string, strict_equal, units};
use crate::verdict::Value;

/// `property`, `propertyVal` and their kin; also what `include` does for each key of an object.
pub(super) fn property(actual: &Value, key: &Value, value: Option<&Value>, negated: bool, deep: bool) -> Checked {
    let name = match key {
        Value::String(name) => name.to_string(),
        Value::Number(number) => number_to_string(*number),
        _ => return unmet("the argument to property must be a string, number, or symbol".to_owned()),
    };
    if matches!(actual, Value::Undefined | Value::Null) {
        return no_target();
    }
    let found = match lookup(actual, &name) {
        Ok(found) => found,
        Err(what) => return Checked::Unknown(what),
    };
    let prefix = if deep { "deep " } else { "" };
    let shown_key = inspect(key);
    let Some(expected) = value else {
        let verb = if negated { "to not have" } else { "to have" };
        return told(found.is_some() != negated, actual, || {
            format!("expected {} {verb} {prefix}property {shown_key}", inspect(actual))
        });
    };
    let equal = |found: &Value| if deep { deep_equal(expected, found) } else { strict_equal(expected, found) };
    let holds = found.as_ref().is_some_and(equal);
    let got = found.clone().unwrap_or(Value::Undefined);
    if negated {
        return compared(!holds, &got, expected, || {
            let (shown, wanted) = (inspect(actual), inspect(expected));
            format!("expected {shown} to not have {prefix}property {shown_key} of {wanted}")
        });
    }
    if found.is_none() {
        return told(false, actual, || format!("expected {} to have {prefix}property {shown_key}", inspect(actual)));
    }
    compared(holds, &got, expected, || {
        let (shown, wanted, got) = (inspect(actual), inspect(expected), inspect(&got));
        format!("expected {shown} to have {prefix}property {shown_key} of {wanted}, but got {got}")
    })
}

/// The named property, inherited ones included as far as data values have them.
pub(super) fn lookup(object: &Value, key: &str) -> Result<Option<Value>, &'static str> {
    let own = match object {
        Value::Object(object) => object.get(key).cloned(),
        Value::Array(items) if key == "length" => Some(index_value(items.len())),
        Value::Array(items) => key.parse().ok().and_then(|index: usize| items.get(index).cloned()),
        Value::String(text) if key == "length" => Some(index_value(units(text))),
        Value::String(_) if key.bytes().all(|byte| byte.is_ascii_digit()) => {
            return Err("an index into a string");
        }
        Value::Other { .. } => return Err("a property of this value"),
        _ => None,
    };
    if own.is_none() && inherited(object, key) {
        return Err("an inherited property");
    }
    Ok(own)
}

/// Whether built-in prototypes of data values have a property of that name: those are left to the script engine.
pub fn inherited(object: &Value, key: &str) -> bool {
    const EVERY: &[&str] = &[
        "constructor",
        "hasOwnProperty",
        "isPrototypeOf",
        "propertyIsEnumerable",
        "toLocaleString",
        "toString",
        "valueOf",
        "__proto__",
        "__defineGetter__",
        "__defineSetter__",
        "__lookupGetter__",
        "__lookupSetter__",
    ];
    // Strings, arrays, numbers and dates have many; all of them are plain identifiers.
    EVERY.contains(&key)
        || (matches!(object, Value::String(_) | Value::Array(_) | Value::Number(_) | Value::Date(_))
            && BUILT_IN.contains(&key))
}

const BUILT_IN: &[&str] = &[
    "anchor",
    "at",
    "big",
    "blink",
    "bold",
    "charAt",
    "charCodeAt",
    "codePointAt",
    "concat",
    "copyWithin",
    "endsWith",
    "entries",
    "every",
    "fill",
    "filter",
    "find",
    "findIndex",
    "findLast",
    "findLastIndex",
    "fixed",
    "flat",
    "flatMap",
    "fontcolor",
    "fontsize",
    "forEach",
    "includes",
    "indexOf",
    "isWellFormed",
    "italics",
    "join",
    "keys",
    "lastIndexOf",
    "link",
    "localeCompare",
    "map",
    "match",
    "matchAll",
    "normalize",
    "padEnd",
    "padStart",
    "pop",
    "push",
    "reduce",
    "reduceRight",
    "repeat",
    "replace",
    "replaceAll",
    "reverse",
    "search",
    "shift",
    "slice",
    "small",
    "some",
    "sort",
    "splice",
    "split",
    "startsWith",
    "strike",
    "sub",
    "substr",
    "substring",
    "sup",
    "toExponential",
    "toFixed",
    "toLocaleLowerCase",
    "toLocaleUpperCase",
    "toLowerCase",
    "toPrecision",
    "toReversed",
    "toSorted",
    "toSpliced",
    "toUpperCase",
    "toWellFormed",
    "trim",
    "trimEnd",
    "trimLeft",
    "trimRight",
    "trimStart",
    "unshift",
    "values",
    "with",
    "getDate",
    "getDay",
    "getFullYear",
    "getHours",
    "getMilliseconds",
    "getMinutes",
    "getMonth",
    "getSeconds",
    "getTime",
    "getTimezoneOffset",
    "getUTCDate",
    "getUTCDay",
    "getUTCFullYear",
    "getUTCHours",
    "getUTCMilliseconds",
    "getUTCMinutes",
    "getUTCMonth",
    "getUTCSeconds",
    "getYear",
    "setDate",
    "setFullYear",
    "setHours",
    "setMilliseconds",
    "setMinutes",
    "setMonth",
    "setSeconds",
    "setTime",
    "setUTCDate",
    "setUTCFullYear",
    "setUTCHours",
    "setUTCMilliseconds",
    "setUTCMinutes",
    "setUTCMonth",
    "setUTCSeconds",
    "setYear",
    "toDateString",
    "toGMTString",
    "toISOString",
    "toJSON",
    "toLocaleDateString",
    "toLocaleTimeString",
    "toTimeString",
    "toUTCString",
];
