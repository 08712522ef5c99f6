//! What must not be shown, from the command line, the environment and the settings file.

use std::collections::BTreeSet;

use anyhow::Result;

use crate::cli::{Cli, Line};
use crate::config::{Settings, key};
use crate::redact::Secrets;

/// Variables of the environment whose name begins so hold a secret each.
const PREFIX: &str = "GRADE_SECRET_";
/// Settings that are addresses, and so may have credentials in them.
const ADDRESSES: [&str; 2] = ["url", "connection.proxy"];

/// The secrets of a run: given as such, or part of an address, wherever that was said. Before the settings file has been
/// read there are no `settings`.
pub fn secrets(cli: &Cli, line: &Line, settings: &Settings) -> Result<Secrets> {
    let mut environment: Vec<(String, String)> = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.to_str()?.strip_prefix(PREFIX)?.to_owned(), value)))
        .filter(|(name, _)| !name.is_empty())
        .map(|(name, value)| (name, value.to_string_lossy().into_owned()))
        .collect();
    environment.sort();
    let addresses = addresses(line, settings);
    let given = cli.secrets().iter().map(String::as_str);
    Ok(Secrets::new(given, environment, addresses.iter().map(String::as_str))?)
}

/// All addresses that were said, those too that others came before: an error may name any of them.
fn addresses(line: &Line, settings: &Settings) -> BTreeSet<String> {
    let mut addresses = BTreeSet::new();
    let given = line.given();
    for key in ADDRESSES.into_iter().filter_map(key) {
        addresses.extend(given.iter().filter(|(other, _)| *other == key).flat_map(|(_, values)| values.clone()));
        addresses.extend(std::env::var_os(key.variable()).map(|value| value.to_string_lossy().into_owned()));
        addresses.extend(settings.get(key.name).into_iter().flat_map(|setting| setting.values.clone()));
    }
    addresses
}
