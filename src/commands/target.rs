//! What is graded: a URL, a folder, or a project that is started.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::Console;
use crate::cli::TargetArgs;
use crate::fetch::{Client, FetchSettings};
use crate::grader::Submission;
use crate::submission::{FolderSubmission, SubmittedUrl, WebSubmission, normalize};

/// The environment's `--url`.
const URL_VARIABLE: &str = "GRADE_URL";

/// What the options name.
#[derive(Debug)]
pub enum Target {
    /// A running project, and the folder where its files may be.
    Running { url: SubmittedUrl, files: Option<PathBuf> },
    /// Files without a server.
    Folder(PathBuf),
}

impl Target {
    /// Reads the options. What looks like a slip is said on stderr.
    pub fn of(args: &TargetArgs, console: &Console) -> Result<Self> {
        let from_environment = || std::env::var(URL_VARIABLE).ok().filter(|url| !url.trim().is_empty());
        let url = match (&args.url, &args.dir) {
            (Some(url), _) => Some(url.clone()),
            // A folder that was named means more than an address that stands in the environment.
            (None, Some(_)) => None,
            (None, None) => from_environment(),
        };
        match (url, &args.dir) {
            (Some(url), dir) => {
                let url = normalize(&url).with_context(|| format!("`{url}` is no address of a project"))?;
                for advice in url.advice() {
                    console.warn(&advice.to_string());
                }
                Ok(Self::Running { url, files: dir.clone() })
            }
            (None, Some(dir)) => Ok(Self::Folder(dir.clone())),
            (None, None) => bail!(NoProject),
        }
    }

    /// Makes it something that can be asked.
    pub fn submission(&self, settings: FetchSettings, console: &Console) -> Result<Box<dyn Submission>> {
        match self {
            Self::Folder(folder) => {
                let submission = FolderSubmission::open(folder, &settings)?;
                if submission.lacks_api() {
                    console.warn(
                        "nothing in this project answers /_api/ requests, as freeCodeCamp's projects do; it is graded as if that part \
                         were there",
                    );
                }
                Ok(Box::new(submission))
            }
            Self::Running { url, files } => {
                let client = Client::new(settings).context("the connection options cannot be used")?;
                let submission = WebSubmission::new(url.clone(), client);
                Ok(Box::new(match files {
                    Some(folder) => submission.with_files(folder)?,
                    // Where `grade` runs from may be a folder that is gone; then nothing has a name.
                    None if Path::new(".").canonicalize().is_ok() => submission.with_files(Path::new("."))?,
                    None => submission,
                }))
            }
        }
    }
}

/// `grade` was asked to grade, and not what.
#[derive(Debug, thiserror::Error)]
#[error(
    "no project to grade: give its address with --url, such as --url http://localhost:3000, its folder with --dir, or the command that \
     starts it with --start (or try `grade demo`)"
)]
struct NoProject;
