//! What the page offers, as far as an ordinary test can rely on it: names, and methods that do not throw.

use super::value::{Kind, Value};

/// Whether a page declares the name, so that reading it is no error.
pub(super) fn is_known(name: &str) -> bool {
    matches!(
        name,
        "$" | "AbortController"
            | "Array"
            | "ArrayBuffer"
            | "BigInt"
            | "Blob"
            | "Boolean"
            | "DOMParser"
            | "DataView"
            | "Date"
            | "DeepEqual"
            | "DeepFreeze"
            | "Error"
            | "Event"
            | "EventSource"
            | "EventTarget"
            | "File"
            | "FileReader"
            | "FormData"
            | "Headers"
            | "Intl"
            | "JSON"
            | "Map"
            | "Math"
            | "Number"
            | "Object"
            | "Promise"
            | "Proxy"
            | "RangeError"
            | "Reflect"
            | "RegExp"
            | "Request"
            | "Response"
            | "Set"
            | "String"
            | "Symbol"
            | "TextDecoder"
            | "TextEncoder"
            | "TypeError"
            | "URL"
            | "URLSearchParams"
            | "Uint8Array"
            | "WeakMap"
            | "WeakSet"
            | "WebSocket"
            | "XMLHttpRequest"
            | "__FakeTimers"
            | "__helpers"
            | "__testEditable"
            | "alert"
            | "arguments"
            | "atob"
            | "btoa"
            | "chai"
            | "clearInterval"
            | "clearTimeout"
            | "console"
            | "crypto"
            | "decodeURI"
            | "decodeURIComponent"
            | "document"
            | "editableContents"
            | "encodeURI"
            | "encodeURIComponent"
            | "eval"
            | "fetch"
            | "globalThis"
            | "isFinite"
            | "isNaN"
            | "jQuery"
            | "localStorage"
            | "location"
            | "navigator"
            | "parseFloat"
            | "parseInt"
            | "performance"
            | "queueMicrotask"
            | "requestAnimationFrame"
            | "self"
            | "sessionStorage"
            | "setInterval"
            | "setTimeout"
            | "structuredClone"
            | "window"
    )
}

/// The value of a call of a global function that throws for no ordinary argument.
pub(super) fn call<'a>(name: &str) -> Option<Value<'a>> {
    Some(match name {
        "String" | "getUserInput" | "encodeURI" | "encodeURIComponent" | "Date" => Value::TEXT,
        "Number" | "parseInt" | "parseFloat" => Value::Solid(Kind::Number),
        "Boolean" | "isNaN" | "isFinite" => Value::Solid(Kind::Bool),
        "alert" | "clearTimeout" | "clearInterval" => Value::UNDEFINED,
        "Error" | "TypeError" | "RangeError" => Value::Solid(Kind::Error),
        "Array" => Value::Solid(Kind::List),
        _ => return None,
    })
}

/// The value of a method of a global object; whether it throws for arguments that are not there.
pub(super) fn method<'a>(object: &str, name: &str) -> Option<(Value<'a>, bool)> {
    let value = match (object, name) {
        ("console", _) => return Some((Value::UNDEFINED, false)),
        ("Math" | "performance", _) | ("Date", "now" | "parse" | "UTC") => {
            return Some((Value::Solid(Kind::Number), false));
        }
        ("Number", "parseInt" | "parseFloat") => return Some((Value::Solid(Kind::Number), false)),
        ("Array" | "Number" | "Object", "isArray" | "isInteger" | "isFinite" | "isNaN" | "is") => {
            return Some((Value::Solid(Kind::Bool), false));
        }
        ("JSON", "stringify") => return Some((Value::TEXT, false)),
        ("Array", "of") => return Some((Value::Solid(Kind::List), false)),
        ("Object", "keys" | "values" | "entries" | "getOwnPropertyNames") | ("Array", "from") => Kind::List,
        ("Object", "assign" | "fromEntries" | "freeze") => Kind::Object,
        _ => return None,
    };
    Some((Value::Solid(value), true))
}

/// The object that `new` makes of a class of the page; whether it throws for arguments of another kind.
pub(super) fn class(name: &str) -> Option<(Kind, bool)> {
    let host = |name| Some((Kind::Host(name), false));
    Some(match name {
        "Date" => (Kind::Date, false),
        "Error" | "TypeError" | "RangeError" => (Kind::Error, false),
        "Array" => (Kind::List, true),
        "Object" => (Kind::Object, false),
        "XMLHttpRequest" => return host("XMLHttpRequest"),
        "FormData" => return host("FormData"),
        "DOMParser" => return host("DOMParser"),
        "AbortController" => return host("AbortController"),
        "TextEncoder" => return host("TextEncoder"),
        "URLSearchParams" => (Kind::Host("URLSearchParams"), true),
        "Headers" => (Kind::Host("Headers"), true),
        "Blob" => (Kind::Host("Blob"), true),
        "Map" | "Set" => (Kind::Host("Map"), true),
        "URL" => (Kind::Host("URL"), true),
        "RegExp" => (Kind::Host("RegExp"), true),
        "Request" => (Kind::Host("Request"), true),
        "Response" => (Kind::Response, true),
        _ => return None,
    })
}

/// What a method of a value gives where it throws for no ordinary argument; requests, promises and callbacks are others'.
pub(super) fn of_kind<'a>(kind: Kind, name: &str) -> Option<Value<'a>> {
    let solid = |kind| Some(Value::Solid(kind));
    match (kind, name) {
        (_, "toString" | "toLocaleString") | (Kind::Number, "toFixed" | "toPrecision") => solid(Kind::Text),
        (_, "hasOwnProperty") => solid(Kind::Bool),
        (Kind::Text, _) => of_text(name),
        (Kind::Date, _) => of_date(name),
        (Kind::List | Kind::Items, _) => of_list(name),
        (Kind::Response, "clone") => solid(Kind::Response),
        (Kind::Host(class), _) => of_host(class, name),
        _ => None,
    }
}

fn of_text<'a>(name: &str) -> Option<Value<'a>> {
    Some(match name {
        "at" | "match" | "codePointAt" => Value::Unknown,
        "charAt" | "concat" | "normalize" | "padEnd" | "padStart" | "repeat" | "replace" | "replaceAll" | "slice"
        | "substr" | "substring" | "toLowerCase" | "toUpperCase" | "trim" | "trimEnd" | "trimStart" | "valueOf" => {
            Value::TEXT
        }
        "split" => Value::Solid(Kind::List),
        "endsWith" | "includes" | "startsWith" => Value::Solid(Kind::Bool),
        "charCodeAt" | "indexOf" | "lastIndexOf" | "localeCompare" | "search" => Value::Solid(Kind::Number),
        _ => return None,
    })
}

fn of_date<'a>(name: &str) -> Option<Value<'a>> {
    if name.starts_with("get") || name.starts_with("set") || name == "valueOf" {
        return Some(Value::Solid(Kind::Number));
    }
    name.starts_with("to").then_some(Value::TEXT)
}

fn of_list<'a>(name: &str) -> Option<Value<'a>> {
    Some(match name {
        "at" | "pop" | "shift" => Value::Unknown,
        "concat" | "fill" | "flat" | "reverse" | "slice" | "splice" | "toReversed" | "toSorted" | "sort" => {
            Value::Solid(Kind::List)
        }
        "includes" => Value::Solid(Kind::Bool),
        "indexOf" | "lastIndexOf" | "push" | "unshift" => Value::Solid(Kind::Number),
        "join" => Value::TEXT,
        _ => return None,
    })
}

fn of_host<'a>(class: &str, name: &str) -> Option<Value<'a>> {
    Some(match (class, name) {
        ("XMLHttpRequest", "open" | "setRequestHeader" | "overrideMimeType" | "abort")
        | ("FormData" | "URLSearchParams" | "Headers", "append" | "set" | "delete")
        | ("AbortController", "abort") => Value::UNDEFINED,
        ("RegExp" | "FormData" | "URLSearchParams" | "Headers" | "Map", "test" | "has" | "add" | "delete") => {
            Value::Solid(Kind::Bool)
        }
        ("URLSearchParams" | "Headers" | "FormData" | "Map", "get" | "getAll" | "set")
        | ("XMLHttpRequest", "getAllResponseHeaders" | "getResponseHeader")
        | ("RegExp", "exec")
        | ("Document", "querySelector" | "getElementById") => Value::Unknown,
        ("DOMParser", "parseFromString") => Value::Solid(Kind::Host("Document")),
        ("Document", "querySelectorAll" | "getElementsByTagName" | "getElementsByClassName") => {
            Value::Solid(Kind::List)
        }
        _ => return None,
    })
}

/// What a property of a value is, where more than its being there is known.
pub(super) fn property<'a>(kind: Kind, name: &str) -> Value<'a> {
    match (kind, name) {
        (Kind::Text | Kind::List | Kind::Items, "length")
        | (Kind::Response | Kind::Host("XMLHttpRequest"), "status") => Value::Solid(Kind::Number),
        (Kind::Response, "ok" | "redirected") => Value::Solid(Kind::Bool),
        (Kind::Response, "statusText" | "url")
        | (Kind::Host("XMLHttpRequest"), "statusText" | "responseText")
        | (Kind::Host("URL"), "href" | "pathname" | "search" | "hash" | "host" | "hostname" | "origin")
        | (Kind::Error, "message" | "stack" | "name") => Value::TEXT,
        (Kind::Response, "headers") => Value::Solid(Kind::Host("Headers")),
        (Kind::Host("URL"), "searchParams") => Value::Solid(Kind::Host("URLSearchParams")),
        _ => Value::Unknown,
    }
}

/// Methods of a response that give a promise of its body, with what it is fulfilled with.
pub(super) fn body<'a>(name: &str) -> Option<Value<'a>> {
    match name {
        "text" => Some(Value::TEXT),
        "json" => Some(Value::Unknown),
        "blob" => Some(Value::Solid(Kind::Host("Blob"))),
        "arrayBuffer" | "formData" | "bytes" => Some(Value::Solid(Kind::Object)),
        _ => None,
    }
}

/// Methods that call a function at once, for each element; what the call of the method gives.
pub(super) fn each<'a>(name: &str) -> Option<(&'static str, Value<'a>)> {
    Some(match name {
        "forEach" => ("forEach", Value::UNDEFINED),
        "map" => ("map", Value::Solid(Kind::List)),
        "flatMap" => ("flatMap", Value::Solid(Kind::List)),
        "filter" => ("filter", Value::Solid(Kind::List)),
        "some" => ("some", Value::Solid(Kind::Bool)),
        "every" => ("every", Value::Solid(Kind::Bool)),
        "find" => ("find", Value::Unknown),
        "findLast" => ("findLast", Value::Unknown),
        "findIndex" => ("findIndex", Value::Solid(Kind::Number)),
        "findLastIndex" => ("findLastIndex", Value::Solid(Kind::Number)),
        "reduce" => ("reduce", Value::Unknown),
        "reduceRight" => ("reduceRight", Value::Unknown),
        "sort" => ("sort", Value::Solid(Kind::List)),
        _ => return None,
    })
}
