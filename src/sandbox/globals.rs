//! The prelude's modules and the globals that they provide.

use std::collections::HashMap;
use std::sync::OnceLock;

use include_dir::{Dir, include_dir};

static PRELUDE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/sandbox/prelude");

/// The source of a module, by its path.
pub(super) fn source(path: &str) -> Option<&'static str> {
    PRELUDE.get_file(path)?.contents_utf8()
}

/// Globals by the module that exports them; loaded at first use.
pub(super) const GLOBALS: &[(&str, &[&str])] = &[
    ("assert/front.js", &["assert"]),
    ("assert/assertion-error.js", &["AssertionError"]),
    ("console.js", &["console"]),
    ("fetch.js", &["fetch", "Response"]),
    ("jquery/index.js", &["$", "jQuery"]),
    ("request.js", &["Request"]),
    ("timers.js", &["setTimeout", "clearTimeout", "setInterval", "clearInterval", "queueMicrotask"]),
    ("web/abort.js", &["AbortController", "AbortSignal"]),
    ("web/base64.js", &["atob", "btoa"]),
    ("web/blob.js", &["Blob", "File"]),
    ("web/clone.js", &["structuredClone"]),
    ("web/crypto.js", &["Crypto", "crypto"]),
    ("web/dom-exception.js", &["DOMException"]),
    (
        "web/dom.js",
        &[
            "Attr",
            "CDATASection",
            "CharacterData",
            "Comment",
            "DOMParser",
            "DOMStringMap",
            "DOMTokenList",
            "Document",
            "DocumentFragment",
            "DocumentType",
            "Element",
            "HTMLCollection",
            "NamedNodeMap",
            "Node",
            "NodeList",
            "ProcessingInstruction",
            "Text",
            "XMLDocument",
            "XMLSerializer",
        ],
    ),
    ("web/event.js", &["CustomEvent", "Event", "EventTarget", "ProgressEvent"]),
    ("web/form-data.js", &["FormData"]),
    ("web/headers.js", &["Headers"]),
    ("web/intl.js", &["Intl"]),
    ("web/performance.js", &["Performance", "performance"]),
    ("web/storage.js", &["Storage", "localStorage", "sessionStorage"]),
    ("web/text.js", &["TextDecoder", "TextEncoder"]),
    ("web/url.js", &["URL", "URLSearchParams"]),
    ("xhr.js", &["XMLHttpRequest", "XMLHttpRequestEventTarget", "XMLHttpRequestUpload"]),
];

/// Modules that keep nothing of what goes through them from one hint to the next: everything a test can reach of them it
/// could only change by ways that the scan of a block takes for meddling. (`console.js` counts and indents, see there.)
const KEEP_NOTHING: &[&str] = &[
    "assert/front.js",
    "assert/assertion-error.js",
    "console.js",
    "fetch.js",
    "jquery/index.js",
    "request.js",
    "web/base64.js",
    "web/blob.js",
    "web/crypto.js",
    "web/dom-exception.js",
    "web/form-data.js",
    "web/headers.js",
    "web/text.js",
    "web/url.js",
    "xhr.js",
];

/// Modules that change an intrinsic (they export `patch`), with the words in a block that make one load before it runs.
pub(super) const PATCHES: &[(&str, &[&str])] = &[
    // Also for what looks at the clock by way of `Date`.
    ("clock.js", &["Date", "$.", "jQuery", "Blob", "File", "Intl", "toLocale"]),
    ("json-error.js", &["JSON"]),
    ("web/intl.js", &["Intl", "toLocale"]),
];

/// Modules that change an intrinsic which a text mentions, as bits by their place in [`PATCHES`].
pub(super) fn patches_of(text: &str) -> u8 {
    let wanted = PATCHES.iter().enumerate().filter(|(_, (_, words))| words.iter().any(|word| text.contains(word)));
    wanted.fold(0, |bits, (at, _)| bits | 1 << at)
}

/// Modules whose globals code names, as bits by their place in [`GLOBALS`].
pub(super) fn modules_of<'n>(names: impl Iterator<Item = &'n String>) -> u64 {
    names.fold(0, |modules, name| modules | places().get(name.as_str()).copied().unwrap_or_default())
}

/// Whether none of these modules (bits as from [`modules_of`]) keeps anything from one hint to the next.
pub(super) fn keep_nothing(modules: u64) -> bool {
    static HARMLESS: OnceLock<u64> = OnceLock::new();
    let harmless = HARMLESS.get_or_init(|| {
        let places = GLOBALS.iter().enumerate().filter(|(_, (path, _))| KEEP_NOTHING.contains(path));
        places.fold(0, |bits, (at, _)| bits | 1 << at)
    });
    modules & !harmless == 0
}

/// Whether a module of ours provides a global of this name.
pub(super) fn is_provided(name: &str) -> bool {
    places().contains_key(name)
}

/// The bit of the module that a global is from.
fn places() -> &'static HashMap<&'static str, u64> {
    static PLACES: OnceLock<HashMap<&'static str, u64>> = OnceLock::new();
    PLACES.get_or_init(|| {
        let named =
            |(at, (_, names)): (usize, &(_, &'static [&'static str]))| names.iter().map(move |name| (*name, 1 << at));
        GLOBALS.iter().enumerate().flat_map(named).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_that_keep_something_are_known() {
        for path in KEEP_NOTHING {
            assert!(GLOBALS.iter().any(|(known, _)| known == path), "{path}");
        }
        let modules =
            |names: &[&str]| modules_of(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>().iter());
        assert!(keep_nothing(modules(&["fetch", "assert", "$", "Request"])));
        for name in ["localStorage", "setInterval", "performance", "EventTarget", "AbortController"] {
            assert!(!keep_nothing(modules(&["fetch", name])), "{name}");
        }
    }

    #[test]
    fn whoever_looks_at_names_knows_all_that_are_provided() {
        for (_, names) in GLOBALS {
            for name in *names {
                assert!(crate::scope::is_global(name), "{name}");
            }
        }
    }
}
