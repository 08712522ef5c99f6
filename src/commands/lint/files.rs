//! Looks at files and folders, on all cores.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::against::Partners;
use super::mend::{MendError, Mended};
use super::shown;
use super::tally::Tally;
use crate::challenge::Source;
use crate::cli::LintArgs;
use crate::curriculum::{LoadError, Opened, source, visit_sources};
use crate::lint::{Entry, File, Finding, Linted, Linter, Partner};

/// What came of a file.
struct Looked {
    path: PathBuf,
    /// Its name, and its text if something was found in it.
    source: Source,
    linted: Linted,
    fixed: usize,
    problem: Option<MendError>,
}

pub(super) fn look(args: &LintArgs, linter: &Linter, paths: &[PathBuf], tally: &mut Tally<'_>) -> Result<()> {
    let partners = match &args.against {
        Some(folder) => Partners::find(folder, paths)?,
        None => Partners::default(),
    };
    let mut entries: Vec<Entry> = Vec::new();
    let mut places: Vec<PathBuf> = Vec::new();
    let mut seen: HashSet<String> = HashSet::new();
    visit_sources(
        paths,
        |opened| one(opened, linter, &partners, args.fix),
        |looked| {
            match looked {
                // Named twice, or named and in a folder that was named.
                Ok(looked) if !seen.insert(looked.source.name.clone()) => {}
                Ok(looked) => take(looked, tally, &mut entries, &mut places),
                Err(error) => tally.unreadable(&error),
            }
            ControlFlow::Continue(())
        },
    )?;
    if let (Some(path), true) = (paths.first(), tally.totals.files + tally.totals.unreadable == 0) {
        return Err(LoadError::NoChallenges { path: path.clone() }.into());
    }
    for (index, findings) in by_file(linter.tree(&entries)) {
        if let (Some(entry), Some(path)) = (entries.get(index), places.get(index)) {
            tally.take(&entry.name, &text(path), &findings);
        }
    }
    for path in &partners.not_translated {
        let original = named(source(path), path)?;
        let findings = linter.partners(&File::new(&original), Partner::Translation);
        tally.take(&original.name, &original.text, &findings);
    }
    Ok(())
}

fn named(read: Result<Source, LoadError>, path: &Path) -> Result<Source, LoadError> {
    Ok(Source { name: shown(path), ..read? })
}

/// Reads again what was not kept. A file that has gone away since is shown without its lines.
fn text(path: &Path) -> String {
    source(path).map(|source| source.text).unwrap_or_default()
}

fn one(opened: Opened, linter: &Linter, partners: &Partners, fix: bool) -> Result<Looked, LoadError> {
    let Opened { path, read } = opened;
    let mut source = named(read, &path)?;
    let original = partners.original(&path);
    let original = original.map(|path| named(crate::curriculum::source(path), path)).transpose()?;
    let original = original.as_ref().map(File::new);
    let mut linted = linter.compare(&source, original.as_ref());
    let mut fixed = 0;
    let mut problem = None;
    if fix && linted.findings.iter().any(|finding| finding.fix.is_some()) {
        match mend(&path, &source.name, linter, original.as_ref()) {
            Ok(mended) => {
                fixed = mended.repaired.fixed;
                linted = mended.repaired.linted;
                source = mended.repaired.source;
            }
            Err(error) => problem = Some(error),
        }
    }
    if partners.lacks_original(&path) {
        linted.findings.splice(0..0, linter.partners(&File::new(&source), Partner::Original));
    }
    if linted.findings.is_empty() {
        source.text = String::new();
    }
    Ok(Looked { path, source, linted, fixed, problem })
}

fn mend(path: &Path, name: &str, linter: &Linter, original: Option<&File<'_>>) -> Result<Mended, MendError> {
    let bytes = std::fs::read(path).map_err(|source| MendError::Write { file: name.to_owned(), source })?;
    let mended = Mended::of(name, bytes, linter, original)?;
    if mended.repaired.fixed > 0 {
        mended.write(path)?;
    }
    Ok(mended)
}

fn take(looked: Looked, tally: &mut Tally<'_>, entries: &mut Vec<Entry>, places: &mut Vec<PathBuf>) {
    let Looked { path, source, linted, fixed, problem } = looked;
    match problem {
        // The findings are still told; the file is as it was.
        Some(error @ MendError::NotUtf8 { .. }) => tally.warn(&error.to_string()),
        Some(error) => tally.not_written(&error),
        None => {}
    }
    tally.totals.files += 1;
    tally.totals.fixed += fixed;
    tally.totals.suppressed += linted.suppressed;
    tally.take(&source.name, &source.text, &linted.findings);
    entries.push(linted.entry);
    places.push(path);
}

/// Findings about several files, those of a file together.
fn by_file(findings: Vec<Finding>) -> Vec<(usize, Vec<Finding>)> {
    let mut groups: Vec<(usize, Vec<Finding>)> = Vec::new();
    for finding in findings {
        match groups.last_mut() {
            Some((file, group)) if *file == finding.file => group.push(finding),
            _ => groups.push((finding.file, vec![finding])),
        }
    }
    groups
}
