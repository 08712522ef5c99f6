//! The methods of `assert`, by name. A hint is given those that its code names; they are cheap to add and costly to add all.

use std::collections::HashSet;
use std::sync::OnceLock;

use crate::scope::assertions;

/// All methods.
pub(super) fn all() -> Vec<&'static str> {
    assertions().map(|method| method.name).collect()
}

/// Those among `names`.
pub(super) fn among<'n>(names: impl Iterator<Item = &'n String>) -> Vec<&'static str> {
    static KNOWN: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| all().into_iter().collect());
    let mut found: Vec<_> = names.filter_map(|name| known.get(name.as_str()).copied()).collect();
    found.sort_unstable();
    found
}
