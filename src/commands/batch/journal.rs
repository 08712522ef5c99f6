//! The journal of a run: begun, continued, or none.

use std::path::PathBuf;

use anyhow::{Result, bail};

use super::usual_journal;
use crate::batch::{Fingerprint, Journal, JournalError, List, Opened, Plan, Survey, Verdict};
use crate::cli::{BatchArgs, OnlyVerdict};
use crate::commands::Console;
use crate::commands::console::say;

/// What there is to do, and where it is kept.
pub struct Begun {
    /// The journal; a temporary one where none is kept and one is needed.
    pub journal: Option<Journal>,
    /// What there is to do.
    pub plan: Plan,
    /// The journal that is kept.
    pub path: Option<PathBuf>,
}

/// Begins or continues a journal, as the options say.
pub fn begin(
    args: &BatchArgs,
    list: &List,
    survey: Survey,
    fingerprint: &Fingerprint,
    needed: bool,
    console: &Console,
) -> Result<Begun> {
    let wanted = &args.journal;
    let path = if wanted.no_journal { None } else { wanted.journal.clone().or_else(|| usual_journal(args)) };
    let only: Vec<Verdict> = wanted.only.iter().map(|verdict| of_option(*verdict)).collect();
    let Some(path) = path else {
        if wanted.resume || !only.is_empty() {
            bail!("a list from standard input has no journal of its own to go on from: name one with --journal");
        }
        let journal = if needed { Some(Journal::temporary(fingerprint)?) } else { None };
        return Ok(Begun { journal, plan: Plan::all(survey), path: None });
    };
    if same_file(&path, list.path()) {
        bail!("`{}` is the list itself, and cannot be its journal", path.display());
    }
    if wanted.resume || !only.is_empty() {
        match Journal::resume(&path, fingerprint) {
            Ok(opened) => return continued(opened, survey, &only, path, console),
            Err(JournalError::Missing { .. }) if only.is_empty() => {}
            Err(error) => return Err(error.into()),
        }
    }
    let journal = Journal::create(&path, fingerprint, wanted.restart)?;
    Ok(Begun { journal: Some(journal), plan: Plan::all(survey), path: Some(path) })
}

fn continued(opened: Opened, survey: Survey, only: &[Verdict], path: PathBuf, console: &Console) -> Result<Begun> {
    let Opened { mut journal, kept, torn, damaged } = opened;
    if torn > 0 {
        console.warn(&format!(
            "the last line of the journal was not finished, and was cut off ({torn} bytes); its submission is graded again"
        ));
    }
    if damaged > 0 {
        console.warn(&format!(
            "{damaged} damaged lines of the journal are passed over; their submissions are graded again"
        ));
    }
    let found = kept.count();
    let plan = if only.is_empty() { Plan::rest(survey, kept) } else { Plan::again(survey, kept, only, &mut journal)? };
    let what = if only.is_empty() { "to grade" } else { "to grade again" };
    let count = if only.is_empty() { found } else { plan.kept() };
    say(&format!("kept {count} results of `{}`; {} {what}", path.display(), plan.left()));
    Ok(Begun { journal: Some(journal), plan, path: Some(path) })
}

fn of_option(verdict: OnlyVerdict) -> Verdict {
    match verdict {
        OnlyVerdict::Failed => Verdict::Failed,
        OnlyVerdict::Errored => Verdict::Errored,
        OnlyVerdict::Ungraded => Verdict::Ungraded,
    }
}

/// Whether two paths lead to one file.
pub fn same_file(one: &std::path::Path, other: &std::path::Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}
