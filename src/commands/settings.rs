//! The settings of a run, from wherever they were said.

use std::path::PathBuf;

use anyhow::Result;

use super::Console;
use crate::cli::{Cli, Line, check, describe};
use crate::config::{CONFIG_VARIABLE, Key, Kind, Settings, find, parse, read, resolve};
use crate::report::Wanted;

/// What is wrong with a value of a setting, as whoever uses it sees it.
fn refused(key: &Key, value: &str) -> Result<(), String> {
    if key.kind == Kind::Reports {
        return value.parse::<Wanted>().map(|_| ()).map_err(|error| error.to_string());
    }
    check(key, value)
}

/// Finds the settings file, and brings it together with the environment and the command line.
pub fn load(line: &Line, cli: &Cli, console: &Console) -> Result<Settings> {
    let given = line.given();
    let named = cli
        .file
        .config
        .clone()
        .or_else(|| std::env::var_os(CONFIG_VARIABLE).filter(|path| !path.is_empty()).map(PathBuf::from));
    let (path, found) = match named {
        _ if cli.file.no_config => (None, false),
        Some(path) => (Some(path), false),
        None => {
            let folder = given.iter().find(|(key, _)| key.name == "dir").and_then(|(_, values)| values.first());
            let folder = folder.map(PathBuf::from).or_else(|| std::env::var_os("GRADE_DIR").map(PathBuf::from));
            let found = find(folder.as_deref());
            if let Some((path, reason)) = found.passed_over {
                let path = path.display();
                console.warn(&format!(
                    "`{path}` is not used: {reason}; --config {path} uses it, --no-config says nothing"
                ));
            }
            (found.path, true)
        }
    };
    let file = match path {
        None => None,
        Some(path) => {
            let text = read(&path, found)?;
            let values = parse(&path, &text, &refused)?;
            Some((path, values))
        }
    };
    Ok(resolve(&given, &|name| std::env::var_os(name), file, &describe, &refused)?)
}
