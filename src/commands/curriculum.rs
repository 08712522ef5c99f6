//! `grade curriculum`: collections of challenges from git repositories.

use std::time::Duration;

use anyhow::{Context, Result};

use super::Console;
use super::console::print;
use crate::cli::{CurriculumAdd, CurriculumCommand, CurriculumList, CurriculumRemove, CurriculumUpdate};
use crate::exit::ExitStatus;
use crate::report::sources::{Row, json, table};
use crate::sources::{self, Address, Git, Kind, Name, Record, SourceError, Store, Updated, Want};

pub fn run(command: &CurriculumCommand, console: &Console) -> Result<ExitStatus> {
    let store = Store::open()?;
    match command {
        CurriculumCommand::Add(args) => add(&store, args, console),
        CurriculumCommand::Update(args) => update(&store, args, console),
        CurriculumCommand::List(args) => list(&store, args, console),
        CurriculumCommand::Remove(args) => remove(&store, args),
    }
}

fn git(limit: Duration, console: &Console) -> Git {
    Git::new(limit, console.progress())
}

fn add(store: &Store, args: &CurriculumAdd, console: &Console) -> Result<ExitStatus> {
    let address = Address::parse(&args.from)?;
    let name = match &args.name {
        Some(name) => Name::new(name)?,
        None => Name::of_address(&address.shown()).context("its address suggests no name; give one with --name")?,
    };
    let tidy = |all: &[String]| {
        all.iter().map(|path| path.trim_start_matches("./").trim_end_matches('/').to_owned()).collect()
    };
    let want = Want { paths: tidy(&args.path), blocks: tidy(&args.block) };
    let added =
        sources::add(store, &mut git(args.max_time, console), &address, &name, args.reference.as_deref(), &want)?;
    print(&format!(
        "added `{name}`: {}\n\n  grade list --challenges {name}:\n  grade --url <URL> --challenges {name}:<block>\n",
        contents(&added.record)
    ))?;
    Ok(ExitStatus::Passed)
}

/// What a collection has, and from when.
fn contents(record: &Record) -> String {
    let count = |number: usize, noun: &str| format!("{number} {noun}{}", if number == 1 { "" } else { "s" });
    let size = format!("{} in {}", count(record.files, "challenge file"), count(record.folders.len(), "folder"));
    match record.short_commit() {
        Some(commit) => format!("{size}, commit {commit}, fetched {}", day(&record.fetched)),
        None => format!("{size}, read where they are"),
    }
}

/// The date of a time.
fn day(time: &str) -> &str {
    time.split('T').next().unwrap_or(time)
}

fn update(store: &Store, args: &CurriculumUpdate, console: &Console) -> Result<ExitStatus> {
    let names = match &args.name {
        Some(name) => vec![Name::new(name)?],
        None => store.names(),
    };
    if names.is_empty() {
        console.warn("there is no curriculum to update; `grade curriculum add` gets one");
    }
    let mut failed = None;
    for name in names {
        match sources::update(store, &mut git(args.max_time, console), &name) {
            Ok(updated) => print(&told(&name, &updated))?,
            Err(error) => {
                let error = stays(store, &name, error);
                // One that fails does not keep the others from being updated.
                if let Some(earlier) = failed.replace(error) {
                    console.warn(&format!("{earlier:#}"));
                }
            }
        }
    }
    match failed {
        None => Ok(ExitStatus::Passed),
        Some(error) => Err(error),
    }
}

/// An update that failed leaves things as they were, and says so.
fn stays(store: &Store, name: &Name, error: SourceError) -> anyhow::Error {
    let kept = match (&error, store.load(name)) {
        (
            SourceError::Git { .. } | SourceError::Slow { .. } | SourceError::Missing { .. } | SourceError::NoGit,
            Ok(record),
        ) => Some(contents(&record)),
        _ => None,
    };
    match kept {
        Some(kept) => {
            anyhow::Error::new(error).context(format!("`{name}` could not be updated and stays as it is: {kept}"))
        }
        None => error.into(),
    }
}

fn told(name: &Name, updated: &Updated) -> String {
    let record = &updated.record;
    let mut text = match (&updated.before, record.kind) {
        (Some(before), _) => {
            format!("updated `{name}` from commit {}: {}\n", before.get(..10).unwrap_or(before), contents(record))
        }
        (None, Kind::Git) => format!("`{name}` is up to date: {}\n", contents(record)),
        (None, Kind::Folder) => format!("looked at `{name}`: {}\n", contents(record)),
    };
    for (block, nearest) in &updated.gone {
        text.push_str(&format!("  gone  {block}"));
        if !nearest.is_empty() {
            text.push_str(&format!("  (perhaps now {})", nearest.join(" or ")));
        }
        text.push('\n');
    }
    for block in &updated.came {
        text.push_str(&format!("  new   {block}\n"));
    }
    text
}

fn list(store: &Store, args: &CurriculumList, console: &Console) -> Result<ExitStatus> {
    let mut damaged = false;
    let mut rows = Vec::new();
    for kept in sources::list(store) {
        match kept.record {
            Ok(record) => rows.push(Row {
                commit: record.short_commit().map(str::to_owned),
                folder: store.tree(&record).display().to_string(),
                name: record.name,
                from: record.from,
                fetched: record.fetched,
                checked: record.checked,
                blocks: record.folders.len(),
                files: record.files,
            }),
            Err(error) => {
                damaged = true;
                console.warn(&format!("`{}`: {error}", kept.name));
            }
        }
    }
    print(&if args.json { json(&rows) } else { table(&rows, console.styles()) })?;
    Ok(if damaged { ExitStatus::Unusable } else { ExitStatus::Passed })
}

fn remove(store: &Store, args: &CurriculumRemove) -> Result<ExitStatus> {
    let name = Name::new(&args.name)?;
    let text = match sources::remove(store, &name) {
        Ok(record) if record.kind == Kind::Folder => {
            format!("forgot `{name}`; the folder {} stays as it is\n", record.from)
        }
        Ok(record) => format!("removed `{name}` (from {})\n", record.from),
        // It is gone, which is what was wanted.
        Err(SourceError::Record { .. }) => format!("removed `{name}`, whose record was damaged\n"),
        Err(error) => return Err(error.into()),
    };
    print(&text)?;
    Ok(ExitStatus::Passed)
}
