//! `grade status`: how far the project in this folder is.

use std::collections::BTreeSet;
use std::sync::Arc;

use anyhow::Result;

use super::Console;
use super::console::print;
use super::library::{find, index};
use super::memory::{Memory, id_of, local, utc};
use crate::cli::StatusArgs;
use crate::config::Settings;
use crate::curriculum::Entry;
use crate::exit::ExitStatus;
use crate::report::status::{Block, Row, Status, json, table};
use crate::state::{Graded, Mark, Record};

pub fn run(args: &StatusArgs, settings: &Settings, console: &Console) -> Result<ExitStatus> {
    let record = Memory::of(settings, console).record(console)?;
    let named = !args.challenges.is_empty();
    let (entries, incomplete) = if named {
        let found = find(&args.source, &args.challenges, console)?;
        (found.chosen.into_iter().map(|chosen| chosen.entry).collect(), found.incomplete)
    } else {
        // Whole blocks, as soon as one of their challenges was graded.
        let begun: BTreeSet<_> =
            record.challenges.iter().map(|graded| (&graded.id.language, &graded.id.block)).collect();
        let (index, incomplete) = index(&args.source, console)?;
        let entries =
            index.entries().iter().filter(|entry| begun.contains(&(&entry.place.language, &entry.place.block)));
        (entries.cloned().collect::<Vec<_>>(), incomplete)
    };
    let blocks = blocks(&entries, &record, named);
    let text = if args.json {
        json(&blocks)
    } else if blocks.is_empty() {
        "Nothing has been graded in this folder yet.\n".to_owned()
    } else {
        table(&blocks, console.styles(), console.width())
    };
    print(&text)?;
    Ok(if incomplete { ExitStatus::Unusable } else { ExitStatus::Passed })
}

/// The challenges by block, and unless some were `named`, also what was graded and is not among them: files that were
/// given by path.
fn blocks(entries: &[Arc<Entry>], record: &Record, named: bool) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut add = |language: &Option<String>, block: &Option<String>, row: Row| {
        let known = blocks.iter_mut().find(|known| known.language == *language && known.block == *block);
        match known {
            Some(known) => known.challenges.push(row),
            None => blocks.push(Block { language: language.clone(), block: block.clone(), challenges: vec![row] }),
        }
    };
    let gradable = || entries.iter().filter(|entry| entry.not_gradable().is_none());
    for entry in gradable() {
        let row = record.get(&id_of(entry)).map_or_else(|| not_graded(entry), row);
        add(&entry.place.language, &entry.place.block, row);
    }
    let shown: BTreeSet<_> = gradable().map(|entry| id_of(entry)).collect();
    for graded in record.challenges.iter().filter(|graded| !named && !shown.contains(&graded.id)) {
        add(&graded.id.language, &graded.id.block, row(graded));
    }
    blocks
}

fn row(graded: &Graded) -> Row {
    let count = |mark| graded.count(mark);
    let (failed, errored) = (count(Mark::Failed), count(Mark::Errored));
    Row {
        name: graded.name.clone(),
        id: graded.id.id.clone(),
        title: graded.title.clone(),
        status: match (failed, errored) {
            (1.., _) => Status::Failed,
            (0, 1..) => Status::Errored,
            (0, 0) if graded.is_passed() => Status::Passed,
            (0, 0) => Status::Incomplete,
        },
        hints: graded.hints.len() - count(Mark::Unchecked),
        passed: count(Mark::Passed),
        failed,
        errored,
        graded_at: Some(utc(graded.at)),
        local_time: Some(local(graded.at)),
    }
}

fn not_graded(entry: &Entry) -> Row {
    Row {
        name: entry.dashed_name().unwrap_or(&entry.place.stem).to_owned(),
        id: entry.id().unwrap_or_default().to_owned(),
        title: entry.title().unwrap_or_default().to_owned(),
        status: Status::NotGraded,
        hints: entry
            .challenge()
            .map_or(0, |challenge| challenge.hints.iter().filter(|hint| !hint.code.text.trim().is_empty()).count()),
        passed: 0,
        failed: 0,
        errored: 0,
        graded_at: None,
        local_time: None,
    }
}
