//! What is graded: a URL, a folder, or a project that is started first.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::Console;
use crate::cli::TargetArgs;
use crate::fetch::{Client, FetchSettings};
use crate::grader::{Prepared, Submission};
use crate::submission::{FolderSubmission, StartSettings, SubmittedUrl, WebSubmission, normalize};

/// Where starter projects run.
const USUAL_URL: &str = "http://localhost:3000";
/// Limit for one request of those that find out whether a started project answers.
const READY_TIME: Duration = Duration::from_secs(5);

/// What the options name.
#[derive(Debug)]
pub enum Target {
    /// A running project, or one that is started, and the folder where its files may be.
    Running {
        /// Its address as it was given.
        given: String,
        /// Where it answers.
        url: SubmittedUrl,
        /// The folder that was named.
        folder: Option<PathBuf>,
        /// How it is started; nothing when it runs already.
        start: Option<Box<StartSettings>>,
    },
    /// Files without a server.
    Folder(PathBuf),
}

impl Target {
    /// Reads the options. What looks like a slip is said on stderr.
    pub fn of(args: &TargetArgs, console: &Console) -> Result<Self> {
        let url = match (&args.url, &args.dir, &args.start) {
            (Some(url), ..) => url.clone(),
            (None, Some(folder), None) => return Ok(Self::Folder(folder.clone())),
            (None, _, Some(_)) => USUAL_URL.to_owned(),
            (None, None, None) => bail!(NoProject),
        };
        let given = url;
        let url = normalize(&given).with_context(|| format!("`{given}` is no address of a project"))?;
        for advice in url.advice() {
            console.warn(&advice.to_string());
        }
        let start = args.start.as_ref().map(|command| {
            Box::new(StartSettings {
                command: command.clone(),
                folder: args.dir.clone().unwrap_or_else(here),
                url: url.url().clone(),
                timeout: args.start_timeout,
                environment: args.start_env.clone(),
            })
        });
        Ok(Self::Running { given, url, folder: args.dir.clone(), start })
    }

    /// The address as it was given.
    pub fn given(&self) -> Option<&str> {
        match self {
            Self::Running { given, .. } => Some(given),
            Self::Folder(_) => None,
        }
    }

    /// Where the project answers.
    pub fn url(&self) -> Option<&SubmittedUrl> {
        match self {
            Self::Running { url, .. } => Some(url),
            Self::Folder(_) => None,
        }
    }

    /// How the project is started for these challenges, if it is: told its port, and put into the mode that their tests need. What
    /// the user sets wins.
    pub fn start(&self, challenges: &[Prepared]) -> Option<StartSettings> {
        let Self::Running { start: Some(start), .. } = self else { return None };
        let mut environment = Vec::new();
        if let Some(port) = start.url.port_or_known_default() {
            environment.push(("PORT".to_owned(), port.to_string()));
        }
        if challenges.iter().any(Prepared::needs_test_mode) {
            environment.push(("NODE_ENV".to_owned(), "test".to_owned()));
        }
        environment.extend(start.environment.iter().cloned());
        Some(StartSettings { environment, ..StartSettings::clone(start) })
    }

    /// Makes it something that can be asked.
    pub fn submission(&self, settings: FetchSettings, console: &Console) -> Result<Box<dyn Submission>> {
        match self {
            Self::Folder(folder) => {
                let submission = FolderSubmission::open(folder, &settings)?;
                if submission.lacks_api() {
                    console.warn(
                        "no file of this project answers /_api/ requests; it is graded as if the part of freeCodeCamp's projects \
                         that does were there",
                    );
                }
                Ok(Box::new(submission))
            }
            Self::Running { url, folder, .. } => {
                let client = Client::new(settings).context("the connection options cannot be used")?;
                let submission = WebSubmission::new(url.clone(), client);
                Ok(Box::new(match folder {
                    Some(folder) => submission.with_files(folder)?,
                    // Where `grade` runs from may be a folder that is gone; then nothing has a name.
                    None if here().canonicalize().is_ok() => submission.with_files(&here())?,
                    None => submission,
                }))
            }
        }
    }
}

/// A client that finds out whether a started project answers.
pub fn ready_client(settings: &FetchSettings) -> Result<Client> {
    let settings = FetchSettings { max_time: Some(READY_TIME), retry: 0, ..settings.clone() };
    Client::new(settings).context("the connection options cannot be used")
}

fn here() -> PathBuf {
    Path::new(".").to_owned()
}

/// `grade` was asked to grade, and not what.
#[derive(Debug, thiserror::Error)]
#[error(
    "no project to grade: give its address with --url, its folder with --dir, or the command that starts it with --start (or try \
     `grade demo`)"
)]
pub struct NoProject;
