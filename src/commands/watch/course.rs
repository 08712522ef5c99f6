//! The challenges that are worked on, one after the other.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, bail};

use super::super::Console;
use super::super::grade::prepare;
use super::super::library::{find, index, report_problems};
use crate::cli::WatchArgs;
use crate::curriculum::{Chosen, Entry, Origin, gradable_only};
use crate::grader::Prepared;

/// The challenges, and where they come from.
#[derive(Debug)]
pub struct Course {
    /// Those that can be graded, in order.
    pub challenges: Vec<Prepared>,
    /// Place of the one to begin with.
    pub first: usize,
    /// The folders that their files are in.
    pub folders: Vec<PathBuf>,
    /// Files that are no challenges, or no more, because of mistakes in them.
    pub broken: Vec<String>,
    /// Whether anything that was asked for could not be read.
    pub incomplete: bool,
}

impl Course {
    /// Reads the challenges. What is wrong with their files is said on the console. With `whole_block`, a single challenge that was
    /// named stands for its block, as far as that is known.
    pub fn read(args: &WatchArgs, whole_block: bool, console: &Console) -> Result<Self> {
        let found = find(&args.source, &args.challenges, console)?;
        let mut chosen = found.chosen;
        let mut named = None;
        if let ([one], true) = (chosen.as_slice(), whole_block)
            && one.by_name
        {
            let entry = Arc::clone(&one.entry);
            let block = block_of(&entry, args, console)?;
            if !block.is_empty() {
                chosen = block.into_iter().map(|entry| Chosen { entry, by_name: false }).collect();
            }
            named = Some(entry);
        }
        let (entries, listed) = gradable_only(&chosen)?;
        let mut course = Self {
            challenges: Vec::new(),
            first: 0,
            folders: folders(&entries),
            broken: Vec::new(),
            incomplete: found.incomplete,
        };
        for entry in &entries {
            if report_problems(entry, console) {
                course.broken.push(entry.path.display().to_string());
            }
            if named.as_ref().is_some_and(|named| named.path == entry.path) {
                course.first = course.challenges.len();
            }
            course.challenges.extend(prepare(entry));
        }
        if course.challenges.is_empty() {
            match (listed.first(), course.broken.first()) {
                (_, Some(file)) => bail!("there is nothing to grade: `{file}` has mistakes"),
                (Some((entry, reason)), None) => {
                    bail!("there is nothing to grade: `{}`: {reason}", entry.place.full_name())
                }
                (None, None) => bail!("there is nothing to grade"),
            }
        }
        Ok(course)
    }
}

/// The block of a challenge, if it is known where that came from.
fn block_of(entry: &Entry, args: &WatchArgs, console: &Console) -> Result<Vec<Arc<Entry>>> {
    if entry.place.block.is_none() {
        return Ok(Vec::new());
    }
    let (index, _) = index(&args.source, &console.keeping())?;
    let is_of_block = |other: &Arc<Entry>| {
        (&other.place.language, &other.place.block) == (&entry.place.language, &entry.place.block)
            && other.origin == entry.origin
    };
    let block: Vec<Arc<Entry>> = index.entries().iter().filter(|other| is_of_block(other)).cloned().collect();
    let is_there = block.iter().any(|other| other.path == entry.path);
    Ok(if is_there { block } else { Vec::new() })
}

fn folders(entries: &[Arc<Entry>]) -> Vec<PathBuf> {
    let files = entries.iter().filter(|entry| entry.origin == Origin::File);
    let folders: BTreeSet<PathBuf> = files.filter_map(|entry| entry.path.parent()).map(here_or).collect();
    folders.into_iter().collect()
}

fn here_or(folder: &Path) -> PathBuf {
    if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() }
}
