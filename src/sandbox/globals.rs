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

/// Modules that change an intrinsic (they export `patch`), with the words in a block that make one load before it runs.
pub(super) const PATCHES: &[(&str, &[&str])] = &[
    // Also for what looks at the clock by way of `Date`.
    ("clock.js", &["Date", "$.", "jQuery", "Blob", "File", "Intl", "toLocale"]),
    ("json-error.js", &["JSON"]),
    ("web/intl.js", &["Intl", "toLocale"]),
];

/// Modules whose globals code names, as bits by their place in [`GLOBALS`].
pub(super) fn modules_of<'n>(names: impl Iterator<Item = &'n String>) -> u64 {
    names.fold(0, |modules, name| modules | places().get(name.as_str()).copied().unwrap_or_default())
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
    fn whoever_looks_at_names_knows_all_that_are_provided() {
        for (_, names) in GLOBALS {
            for name in *names {
                assert!(crate::scope::is_global(name), "{name}");
            }
        }
    }
}
