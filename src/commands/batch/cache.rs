//! The cache of a run, as the options say.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};

use crate::batch::{Cache, Selections};
use crate::cache::{Store, of_user};
use crate::cli::BatchArgs;
use crate::commands::Console;

/// Bytes that all verdicts together may have: about a million of those that passed.
const LIMIT: u64 = 1024 * 1024 * 1024;

/// Opens the cache, if one is wanted.
pub fn open(args: &BatchArgs, selections: &Selections) -> Result<Option<Arc<Cache>>> {
    let Some(folder) = &args.again.cache else { return Ok(None) };
    let usual = || {
        of_user(|name| std::env::var_os(name))
            .context("the system names no folder for caches; name one with --cache=DIR, or set XDG_CACHE_HOME to one")
    };
    let folder = folder.clone().map_or_else(usual, Ok)?;
    let store = Store::new(folder, LIMIT);
    Ok(Some(Arc::new(Cache::new(store, args.again.cache_ttl, context(selections)))))
}

/// What lines depend on besides: paths of challenges are shown relative to the folder in which grade runs.
fn context(selections: &Selections) -> Vec<String> {
    let mut prepared = selections.all().flat_map(|challenges| &challenges.prepared);
    let folder = prepared.any(|one| Path::new(&one.file).is_absolute()).then(|| std::env::current_dir().ok()).flatten();
    vec![folder.map_or_else(String::new, |folder| folder.display().to_string())]
}

/// Ends its use; what the summary says about it.
pub fn finish(cache: Option<&Cache>, console: &Console) -> String {
    let Some(cache) = cache else { return String::new() };
    if let Some(trouble) = cache.finish() {
        console.warn(&format!("verdicts cannot be kept for the next run: {trouble}"));
    }
    format!("; {} from the cache", cache.hits())
}
