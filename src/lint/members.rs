//! The properties of JavaScript's own values.

use super::kind::Kind;

const OBJECT: &str = "constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf __proto__ \
__defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__";
const TEXT: &str = "length anchor at big blink bold charAt charCodeAt codePointAt concat endsWith fixed fontcolor fontsize includes \
indexOf isWellFormed italics lastIndexOf link localeCompare match matchAll normalize padEnd padStart repeat replace replaceAll \
search slice small split startsWith strike sub substr substring sup toLocaleLowerCase toLocaleUpperCase toLowerCase toUpperCase \
toWellFormed trim trimEnd trimLeft trimRight trimStart";
const NUMBER: &str = "toExponential toFixed toPrecision";
const LIST: &str = "length at concat copyWithin entries every fill filter find findIndex findLast findLastIndex flat flatMap forEach \
includes indexOf join keys lastIndexOf map pop push reduce reduceRight reverse shift slice some sort splice toReversed toSorted \
toSpliced unshift values with";
const REGEX: &str =
    "compile dotAll exec flags global hasIndices ignoreCase lastIndex multiline source sticky test unicode unicodeSets";
const PROMISE: &str = "then catch finally";
const RESPONSE: &str = "arrayBuffer blob body bodyUsed bytes clone formData headers json ok redirected status statusText text textStream \
type url";
const JSON: &str = "isRawJSON parse rawJSON stringify";
const MATH: &str = "E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2 abs acos acosh asin asinh atan atan2 atanh cbrt ceil clz32 cos cosh exp \
expm1 f16round floor fround hypot imul log log10 log1p log2 max min pow random round sign sin sinh sqrt sumPrecise tan tanh trunc";
const FUNCTION: &str = "apply arguments bind call caller length name prototype";
const OBJECT_STATIC: &str = "assign create defineProperties defineProperty entries freeze fromEntries getOwnPropertyDescriptor \
getOwnPropertyDescriptors getOwnPropertyNames getOwnPropertySymbols getPrototypeOf groupBy hasOwn is isExtensible isFrozen isSealed keys \
preventExtensions seal setPrototypeOf values";
const ARRAY_STATIC: &str = "from fromAsync isArray of";
const NUMBER_STATIC: &str = "EPSILON MAX_SAFE_INTEGER MAX_VALUE MIN_SAFE_INTEGER MIN_VALUE NEGATIVE_INFINITY NaN POSITIVE_INFINITY isFinite \
isInteger isNaN isSafeInteger parseFloat parseInt";
const STRING_STATIC: &str = "fromCharCode fromCodePoint raw";
const PROMISE_STATIC: &str = "all allSettled any race reject resolve try withResolvers";
const DATE_STATIC: &str = "UTC now parse";

/// What values of a kind are called, and the lists of their properties. `None` for kinds that may have others.
pub fn members(kind: Kind) -> Option<(&'static str, [&'static str; 2])> {
    Some(match kind {
        Kind::Text => ("a text", [TEXT, OBJECT]),
        Kind::Number => ("a number", [NUMBER, OBJECT]),
        Kind::Boolean => ("a boolean", ["", OBJECT]),
        Kind::List => ("an array", [LIST, OBJECT]),
        Kind::Regex => ("a regular expression", [REGEX, OBJECT]),
        Kind::Promise => ("a promise", [PROMISE, OBJECT]),
        Kind::Response => ("a response", [RESPONSE, OBJECT]),
        _ => return None,
    })
}

/// The same for objects of the language that are known by their name.
pub fn statics(name: &str) -> Option<[&'static str; 3]> {
    let own = match name {
        "JSON" => return Some([JSON, OBJECT, ""]),
        "Math" => return Some([MATH, OBJECT, ""]),
        "Object" => OBJECT_STATIC,
        "Array" => ARRAY_STATIC,
        "Number" => NUMBER_STATIC,
        "String" => STRING_STATIC,
        "Promise" => PROMISE_STATIC,
        "Date" => DATE_STATIC,
        _ => return None,
    };
    Some([own, FUNCTION, OBJECT])
}

/// Whether one of the lists has that name.
pub fn has(lists: &[&str], name: &str) -> bool {
    lists.iter().any(|list| list.split_ascii_whitespace().any(|known| known == name))
}
