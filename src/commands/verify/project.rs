//! One project: made something that can be asked, graded, and what became of each hint.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result};

use super::super::Console;
use super::super::grade::{prepare, runtime};
use super::super::observe::explanation;
use super::super::run::{Plan, Ran};
use super::super::target::{Target, ready_client};
use super::subjects::Subjects;
use super::work::Work;
use crate::cli::TargetArgs;
use crate::fetch::{Client, FetchSettings};
use crate::grader::{Event, GradeSettings, Prepared, Submission};
use crate::redact::Redactor;
use crate::report::model::{Challenge, Collector, Conditions, Times};
use crate::report::{TerminalSettings, hint_text};
use crate::submission::{FolderSubmission, StartError, StartSettings, WebSubmission, normalize};
use crate::testbed::{Sample, Testbed};
use crate::verify::Answers;

/// How projects are graded.
pub struct Grading<'a> {
    /// What the grader is told.
    pub settings: GradeSettings,
    /// How requests are made.
    pub fetch: FetchSettings,
    /// How long a started project may take until it answers.
    pub start_timeout: Duration,
    /// How hints are shown.
    pub terminal: TerminalSettings,
    /// Where warnings go, and what must not be shown.
    pub console: &'a Console,
    /// Set when nothing more is to begin.
    pub stopped: AtomicBool,
    /// Held by a project that answers at an address of its own choice: another one may want the same.
    pub address: Mutex<()>,
}

/// How the grading of a project ended.
#[derive(Debug)]
pub enum End {
    /// It was graded.
    Graded {
        /// The challenges with their hints, in the order of the work.
        challenges: Vec<Seen>,
        /// How the project ended, if it did not last.
        trouble: Option<String>,
    },
    /// It could not be graded.
    Broken {
        /// Why.
        why: String,
        /// Whether trying again may change that.
        passing: bool,
    },
    /// The user interrupted it.
    Interrupted,
}

/// A graded challenge.
#[derive(Debug)]
pub struct Seen {
    /// As reports have it.
    pub challenge: Challenge,
    /// Each hint as people read it.
    pub shown: Vec<String>,
}

/// Grades the challenges of a piece of work against its project.
pub fn grade(work: &Work, subjects: &Subjects, grading: &Grading<'_>) -> End {
    if grading.stopped.load(Ordering::Relaxed) {
        return End::Interrupted;
    }
    let prepared: Vec<Prepared> = work
        .challenges
        .iter()
        .filter_map(|(index, _)| subjects.subjects.get(*index))
        .filter_map(|subject| prepare(&subject.entry))
        .collect();
    match graded(work, &prepared, grading) {
        Ok(end) => {
            if matches!(end, End::Interrupted) {
                grading.stopped.store(true, Ordering::Relaxed);
            }
            end
        }
        Err(error) => {
            let passing = matches!(
                error.downcast_ref(),
                Some(StartError::Died { .. } | StartError::Silent { .. } | StartError::PortTaken { .. })
            );
            End::Broken { why: grading.console.secrets().mask(&format!("{error:#}")).into_owned(), passing }
        }
    }
}

fn graded(work: &Work, prepared: &[Prepared], grading: &Grading<'_>) -> Result<End> {
    let Some(project) = work.found.manifest.projects.get(work.project) else { return Ok(End::Interrupted) };
    let runtime = runtime()?;
    let end = match &project.answers {
        Answers::Recorded { sample, .. } => {
            let sample = sample.as_deref().context("the recorded project was not read")?;
            runtime.block_on(recorded(sample, prepared, grading))
        }
        // What a folder lacks of a starter project is what its author left out.
        Answers::Folder(folder) => {
            let submission = FolderSubmission::open(folder, &grading.fetch)?;
            runtime.block_on(run(&submission, None, prepared, grading))
        }
        other => {
            let (args, fixed) = target(other, grading)?;
            let target = Target::of(&args, grading.console)?;
            let start = match target.start(prepared) {
                None => None,
                Some(start) => Some((start, ready_client(&grading.fetch)?)),
            };
            let submission = target.submission(grading.fetch.clone(), grading.console)?;
            let _alone = fixed.then(|| grading.address.lock().unwrap_or_else(PoisonError::into_inner));
            runtime.block_on(run(&*submission, start, prepared, grading))
        }
    };
    // A name that is still being looked up is not waited for.
    runtime.shutdown_background();
    end
}

/// What the options of grading would be, and whether the project chooses its address itself.
fn target(answers: &Answers, grading: &Grading<'_>) -> Result<(TargetArgs, bool)> {
    let bare =
        |url, dir| TargetArgs { url, dir, start: None, start_timeout: grading.start_timeout, start_env: Vec::new() };
    Ok(match answers {
        Answers::Running { url, folder } => (bare(Some(url.clone()), folder.clone()), false),
        Answers::Started { command, folder, url, environment } => {
            let address = match url {
                Some(url) => url.clone(),
                None => format!("http://localhost:{}", free_port()?),
            };
            let args = TargetArgs {
                start: Some(command.clone()),
                start_env: environment.clone(),
                ..bare(Some(address), Some(folder.clone()))
            };
            (args, url.is_some())
        }
        Answers::Folder(folder) => (bare(None, Some(folder.clone())), false),
        Answers::Recorded { .. } => (bare(None, None), false),
    })
}

/// A port that nobody listens on. It may be taken in the meantime; then the project says so.
fn free_port() -> Result<u16> {
    let found = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
    Ok(found.context("there is no free port for the project")?.port())
}

async fn recorded(sample: &Sample, prepared: &[Prepared], grading: &Grading<'_>) -> Result<End> {
    let serving = Testbed::start(sample.project.clone(), sample.faults.clone()).await;
    let serving = serving.context("the recorded project cannot be served")?;
    let client = Client::new(grading.fetch.clone()).context("the connection options cannot be used")?;
    let submission = WebSubmission::new(normalize(serving.url().as_str())?, client);
    let end = run(&submission, None, prepared, grading).await;
    serving.stop().await;
    end
}

async fn run(
    submission: &dyn Submission,
    start: Option<(StartSettings, Client)>,
    challenges: &[Prepared],
    grading: &Grading<'_>,
) -> Result<End> {
    let secrets = grading.console.secrets();
    let url = secrets.mask_address(submission.code());
    let mut collector = Collector::new(Conditions {
        url_given: None,
        url: url.clone(),
        rules: grading.settings.rules.name().to_owned(),
        engine: grading.settings.engine.name().to_owned(),
        times: Times::Hidden,
        root: std::env::current_dir().ok(),
    });
    let mut redactor = Redactor::new(secrets.clone());
    let mut shown: Vec<Vec<String>> = Vec::new();
    let plan = Plan { submission, start, times: 1, settings: grading.settings.clone(), challenges };
    let ran = plan
        .run(&mut |event, _| {
            redactor.event(event, &mut |event| {
                let explanation = explanation(event, &url);
                match event {
                    Event::ChallengeStarted { .. } => shown.push(Vec::new()),
                    Event::HintFinished { challenge, result } => {
                        let text = hint_text(&grading.terminal, challenge, result, explanation.as_ref());
                        if let Some(hints) = shown.last_mut() {
                            hints.push(text);
                        }
                    }
                    _ => {}
                }
                collector.event(event, explanation.as_ref());
            });
        })
        .await?;
    match ran {
        Ran::Graded { interrupted: false, ended, .. } => {
            let challenges = collector.report().challenges.iter().cloned().zip(shown);
            Ok(End::Graded {
                challenges: challenges.map(|(challenge, shown)| Seen { challenge, shown }).collect(),
                trouble: ended.map(|ended| secrets.mask(&ended.to_string()).into_owned()),
            })
        }
        Ran::Graded { .. } | Ran::Nothing => Ok(End::Interrupted),
    }
}
