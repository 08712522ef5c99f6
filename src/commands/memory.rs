//! What is remembered between runs: notes a run, and finds what is open.

use anyhow::Result;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Console;
use crate::config::{Origin, Settings};
use crate::curriculum::{Chosen, Entry};
use crate::grader::{ChallengeResult, RunResult};
use crate::redact::Secrets;
use crate::state::{Graded, Id, Loaded, Mark, Record, StateError, StateFolder, Store, project};
use crate::verdict::Outcome;

/// The memory of a project; none where nothing is to be remembered.
#[derive(Debug)]
pub struct Memory(Result<Store, Forgetful>);

/// Why nothing is remembered.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Forgetful {
    /// It is not wanted.
    #[error("nothing is remembered between runs, because {0} says so")]
    Unwanted(String),
    /// There is no place for it.
    #[error("what was graded before is not known: {0}")]
    NoPlace(String),
}

/// `--last-failed` has nothing to grade.
#[derive(Debug, thiserror::Error)]
pub enum NothingOpen {
    /// Nothing was graded.
    #[error("nothing has been graded in this folder yet, so nothing failed; grade without --last-failed first")]
    NothingGraded,
    /// All is well.
    #[error("nothing failed last time (graded {when}); grade without --last-failed to grade again")]
    NothingFailed {
        /// When something was last graded.
        when: String,
    },
    /// What failed is not among what was asked for.
    #[error("what failed last time is not among the challenges that were asked for: {names}")]
    Elsewhere {
        /// What failed.
        names: String,
    },
}

impl Memory {
    /// The memory of the project that the settings are about.
    pub fn of(settings: &Settings, console: &Console) -> Self {
        if settings.is_on("no_state") {
            let who = match settings.get("no_state").map(|setting| &setting.origin) {
                Some(Origin::Flag(name)) => name.clone(),
                Some(Origin::Variable(name)) => format!("the environment variable {name}"),
                _ => "grade.toml".to_owned(),
            };
            return Self(Err(Forgetful::Unwanted(who)));
        }
        let store = open(settings).map_err(|error| Forgetful::NoPlace(error.to_string()));
        if let Err(error) = &store {
            console.warn(&error.to_string());
        }
        Self(store)
    }

    /// What is remembered.
    pub fn record(&self, console: &Console) -> Result<Record> {
        let store = self.0.as_ref().map_err(Clone::clone)?;
        let Loaded { record, set_aside } = store.load()?;
        warn_of_damage(set_aside, console);
        Ok(record)
    }

    /// Takes note of a run. What goes wrong here changes no verdict.
    pub fn note(&self, run: &RunResult, console: &Console) {
        let Ok(store) = &self.0 else { return };
        let at = Timestamp::try_from(run.started).map_or(0, Timestamp::as_second);
        let secrets = console.secrets();
        match store.note(run.challenges.iter().map(|challenge| graded(challenge, at, secrets)).filter(looked_at)) {
            Ok(set_aside) => warn_of_damage(set_aside, console),
            Err(error) => {
                console.warn(&format!("this run is not remembered: {error} (--no-state does not try to)"));
            }
        }
    }

    /// Of the challenges that were chosen, those of which a hint failed or could not be checked last time.
    pub fn last_failed(&self, chosen: Vec<Chosen>, console: &Console) -> Result<Vec<Chosen>> {
        let record = self.record(console)?;
        let is_open = |id: &Id| record.get(id).is_some_and(Graded::is_open);
        let (open, rest): (Vec<Chosen>, Vec<Chosen>) =
            chosen.into_iter().partition(|chosen| is_open(&id_of(&chosen.entry)));
        if !open.is_empty() {
            return Ok(open);
        }
        let Some(last) = record.challenges.iter().map(|graded| graded.at).max() else {
            return Err(NothingOpen::NothingGraded.into());
        };
        let elsewhere: Vec<&str> = record
            .challenges
            .iter()
            .filter(|graded| graded.is_open() && !rest.iter().any(|chosen| id_of(&chosen.entry) == graded.id))
            .map(|graded| graded.name.as_str())
            .take(5)
            .collect();
        if elsewhere.is_empty() {
            return Err(NothingOpen::NothingFailed { when: local(last) }.into());
        }
        Err(NothingOpen::Elsewhere { names: elsewhere.join(", ") }.into())
    }
}

fn open(settings: &Settings) -> Result<Store, StateError> {
    let folder = StateFolder::of_user(|name| std::env::var_os(name))?;
    // A settings file that is a pipe stands in no project.
    let file = settings.file.as_deref().filter(|file| file.is_file());
    let graded = settings.get("dir").and_then(|setting| setting.values.first()).map(std::path::Path::new);
    // A folder that is not there is told by whoever wants to read it.
    let graded = graded.filter(|folder| folder.is_dir());
    let project = project(file, graded).map_err(|source| StateError::Io { path: ".".into(), source })?;
    Ok(Store::new(folder, &project))
}

fn warn_of_damage(set_aside: Option<std::path::PathBuf>, console: &Console) {
    if let Some(path) = set_aside {
        console.warn(&format!(
            "what was remembered of earlier runs is damaged, and begins anew; the old file is `{}`",
            path.display()
        ));
    }
}

/// What tells a challenge of the curriculum apart.
pub fn id_of(entry: &Entry) -> Id {
    Id {
        language: entry.place.language.clone(),
        block: entry.place.block.clone(),
        id: entry.id().unwrap_or_default().to_owned(),
    }
}

/// Whether a run came to any hint of a challenge before it was stopped.
fn looked_at(graded: &Graded) -> bool {
    graded.hints.iter().any(|mark| !matches!(mark, Mark::Skipped | Mark::Unchecked)) || graded.count(Mark::Skipped) == 0
}

/// What is remembered of a challenge: nothing that must not be shown.
fn graded(challenge: &ChallengeResult, at: i64, secrets: &Secrets) -> Graded {
    let id = Id { language: challenge.language.clone(), block: challenge.block.clone(), id: challenge.id.clone() };
    let stem = || std::path::Path::new(&challenge.file).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    Graded {
        id,
        name: secrets.mask(&challenge.dashed_name.clone().or_else(stem).unwrap_or_default()).into_owned(),
        title: secrets.mask(&challenge.title).into_owned(),
        at,
        hints: challenge.hints.iter().map(|hint| mark(&hint.outcome)).collect(),
    }
}

fn mark(outcome: &Outcome) -> Mark {
    match outcome {
        Outcome::Passed => Mark::Passed,
        Outcome::Failed(_) => Mark::Failed,
        Outcome::Errored(_) => Mark::Errored,
        Outcome::Unchecked => Mark::Unchecked,
        Outcome::Skipped(_) => Mark::Skipped,
    }
}

/// A time for people: `2026-11-27 07:10`, where they are.
pub fn local(seconds: i64) -> String {
    let time = Timestamp::from_second(seconds).unwrap_or_default();
    time.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// A time for programs: RFC 3339, UTC.
pub fn utc(seconds: i64) -> String {
    Timestamp::from_second(seconds).unwrap_or_default().to_string()
}
