//! The challenges of a run, and those that rows name.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::{Result, bail};

use crate::batch::{Challenges, Reason, ReasonKind, Selections, Survey};
use crate::cli::BatchArgs;
use crate::commands::Console;
use crate::commands::grade::prepare;
use crate::commands::library::{Found, find_in, index, named, report_problems};
use crate::curriculum::{Entry, Index, gradable_only};

/// All challenges, compiled once; nothing when a file of the run has errors, which have been told then.
pub fn selections(args: &BatchArgs, survey: &Survey, console: &Console) -> Result<Option<Selections>> {
    let (index, unreadable) = index(&args.source, console)?;
    let Found { chosen, incomplete } = find_in(&index, &args.source, &args.challenges, console)?;
    let (entries, _) = gradable_only(&chosen)?;
    let mut broken = unreadable || incomplete;
    for entry in &entries {
        broken |= report_problems(entry, console);
    }
    if broken {
        return Ok(None);
    }
    let prepared: Vec<_> = entries.iter().filter_map(prepare).collect();
    if prepared.is_empty() {
        bail!("there is nothing to grade: none of the challenges is graded by URL");
    }
    let default = Ok(Arc::new(Challenges::new(prepared)));
    let mut lists = HashMap::new();
    for names in &survey.selections {
        lists.insert(names.clone(), of_names(names, args, &index));
    }
    Ok(Some(Selections { default, named: lists }))
}

/// The challenges that a row names. What a list says is no path: it may be from strangers.
fn of_names(names: &[String], args: &BatchArgs, index: &Index) -> Result<Arc<Challenges>, Reason> {
    let wrong = |text: String| Reason::new(ReasonKind::UnknownChallenges, text);
    let mut entries: Vec<Arc<Entry>> = Vec::new();
    for name in names {
        let found = named(index, &args.source, name).map_err(|error| wrong(error.to_string()))?;
        let gradable = found.iter().filter(|entry| entry.not_gradable().is_none()).count();
        if gradable == 0 {
            return Err(wrong(format!("`{name}` is not graded by URL")));
        }
        entries.extend(found.into_iter().filter(|entry| entry.not_gradable().is_none()));
    }
    let mut prepared = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for entry in entries.iter().filter(|entry| seen.insert(entry.path.clone())) {
        let Some(challenge) = prepare(entry) else {
            return Err(wrong(format!("the file of `{}` has errors", entry.place.full_name())));
        };
        prepared.push(challenge);
    }
    Ok(Arc::new(Challenges::new(prepared)))
}
