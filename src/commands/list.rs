//! `grade list`

use std::collections::BTreeSet;

use anyhow::Result;

use super::Console;
use super::console::print;
use super::library::find;
use crate::cli::ListArgs;
use crate::curriculum::Chosen;
use crate::exit::ExitStatus;
use crate::report::listing::{Row, json, table};

pub fn run(args: &ListArgs, console: &Console) -> Result<ExitStatus> {
    let found = find(&args.source, &args.challenges, console)?;
    let status = if found.incomplete { ExitStatus::Unusable } else { ExitStatus::Passed };
    if args.names {
        print(&names(&found.chosen))?;
        return Ok(status);
    }
    let rows: Vec<Row> = found
        .chosen
        .iter()
        .map(|chosen| {
            let entry = &chosen.entry;
            Row {
                language: entry.place.language.clone(),
                block: entry.place.block.clone(),
                name: entry.dashed_name().unwrap_or(&entry.place.stem).to_owned(),
                id: entry.id().map(str::to_owned),
                title: entry.title().map(str::to_owned),
                hints: entry.challenge().map(|challenge| challenge.hints.len()),
                file: entry.path.display().to_string(),
                not_graded: match &entry.parsed {
                    Ok(_) => entry.not_gradable().map(|reason| reason.to_string()),
                    Err(errors) => Some(format!("the file has errors ({})", errors.problems.len())),
                },
            }
        })
        .collect();
    let text = if args.json { json(&rows) } else { table(&rows, console.styles(), console.width()) };
    print(&text)?;
    Ok(status)
}

/// The names by which challenges and their blocks can be asked for, each once: what shells complete.
fn names(chosen: &[Chosen]) -> String {
    let graded = chosen.iter().filter(|chosen| chosen.entry.not_gradable().is_none());
    let names: BTreeSet<&str> = graded
        .flat_map(|Chosen { entry, .. }| {
            [Some(entry.dashed_name().unwrap_or(&entry.place.stem)), entry.place.block.as_deref()]
        })
        .flatten()
        // What a shell would have to be told to leave alone is no name to complete.
        .filter(|name| {
            name.chars().all(|character| character.is_alphanumeric() || matches!(character, '-' | '_' | '.'))
        })
        .collect();
    names.into_iter().flat_map(|name| [name, "\n"]).collect()
}
