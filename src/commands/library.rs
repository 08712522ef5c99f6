//! The challenges that a command works on.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;

use super::Console;
use crate::challenge::Problem;
use crate::cli::SourceArgs;
use crate::curriculum::{Chosen, Entry, Index, SelectError, builtin, choose, load};
use crate::sources::{Reference, Store, pick};

/// The language of challenges when nothing else is said.
const DEFAULT_LANGUAGE: &str = "english";

/// What was found for the arguments.
#[derive(Debug)]
pub struct Found {
    /// The challenges that were chosen.
    pub chosen: Vec<Chosen>,
    /// Whether something that was asked for could not be read.
    pub incomplete: bool,
}

/// All challenges of a source, and whether something in it could not be read, which is said on stderr.
pub fn index(source: &SourceArgs, console: &Console) -> Result<(Index, bool)> {
    if source.paths.is_empty() {
        return Ok((builtin(), false));
    }
    let library = load(&places(&source.paths)?)?;
    for error in &library.unreadable {
        console.warn(&error.to_string());
    }
    Ok((library.index, !library.unreadable.is_empty()))
}

/// Finds challenges: those that `names` mean, or all. What cannot be read on the way is said on stderr.
pub fn find(source: &SourceArgs, names: &[String], console: &Console) -> Result<Found> {
    let (index, incomplete) = index(source, console)?;
    let found = find_in(&index, source, names, console)?;
    Ok(Found { incomplete: incomplete || found.incomplete, ..found })
}

/// The same among challenges that have been read.
pub fn find_in(index: &Index, source: &SourceArgs, names: &[String], console: &Console) -> Result<Found> {
    let mut incomplete = false;
    let language = source.lang.as_deref();
    // Without a wish, a name that is there in several languages means the English one.
    let selection = choose(index, names, language.or(Some(DEFAULT_LANGUAGE)))?;
    for error in &selection.unreadable {
        console.warn(&error.to_string());
        incomplete = true;
    }
    let mut chosen = selection.chosen;
    if names.is_empty() {
        chosen = one_language_each(chosen, language);
    }
    Ok(Found { chosen, incomplete })
}

/// What a name of the index means. Unlike what a user types, it is never a path.
pub fn named(index: &Index, source: &SourceArgs, name: &str) -> Result<Vec<Arc<Entry>>, SelectError> {
    index.select(name, source.lang.as_deref().or(Some(DEFAULT_LANGUAGE)))
}

/// The paths that are meant: a curriculum that was added, or a part of it, stands for its folders.
pub fn places(given: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for path in given {
        match Reference::parse(path) {
            Some(reference) => paths.extend(pick(&Store::open()?, &reference)?),
            None => paths.push(path.clone()),
        }
    }
    Ok(paths)
}

/// Of a challenge that is there in several languages, the wanted one, else English, else the first.
fn one_language_each(chosen: Vec<Chosen>, wanted: Option<&str>) -> Vec<Chosen> {
    let rank = |entry: &Entry| match entry.place.language.as_deref() {
        language if wanted.is_some() && language == wanted => 0,
        Some(DEFAULT_LANGUAGE) | None => 1,
        Some(_) => 2,
    };
    let key = |entry: &Entry| {
        let place = &entry.place;
        (place.block.clone(), entry.id().map_or_else(|| place.stem.clone(), str::to_owned))
    };
    let mut best: HashMap<_, usize> = HashMap::new();
    for chosen in &chosen {
        let least = best.entry(key(&chosen.entry)).or_insert(usize::MAX);
        *least = (*least).min(rank(&chosen.entry));
    }
    let mut kept: HashMap<_, String> = HashMap::new();
    chosen
        .into_iter()
        .filter(|chosen| {
            let key = key(&chosen.entry);
            let language = chosen.entry.place.language.clone().unwrap_or_default();
            best.get(&key) == Some(&rank(&chosen.entry))
                && *kept.entry(key).or_insert_with(|| language.clone()) == language
        })
        .collect()
}

/// Writes the problems of a file to stderr; true when it is no challenge because of them.
pub fn report_problems(entry: &Arc<Entry>, console: &Console) -> bool {
    let problems: &[Problem] = match &entry.parsed {
        Ok(challenge) => &challenge.warnings,
        Err(errors) => &errors.problems,
    };
    let styles = console.error_styles();
    let mut text = String::new();
    for problem in problems {
        let place = format!("{}:{}:{}:", entry.path.display(), problem.line, problem.column);
        let severity = problem.severity.to_string();
        let painted = match problem.severity {
            crate::challenge::Severity::Warning => styles.error(&severity),
            crate::challenge::Severity::Error => styles.fail(&severity),
        };
        let _ = writeln!(text, "{place} {painted}: {}", problem.message);
        if !problem.help.is_empty() {
            let _ = writeln!(text, "  {} {}", styles.help("help:"), problem.help);
        }
    }
    console.diagnose(&text);
    entry.parsed.is_err()
}
