//! One round: has the project run and answer, and grades it.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::super::Console;
use super::super::run::was_cut;
use super::super::target::Target;
use crate::fetch::{Client, FetchSettings};
use crate::grader::{Event, GradeSettings, Grader, Prepared, RunResult, Stop, Submission};
use crate::submission::{Presence, StartError, StartedProject, answers};
use crate::watch::Phase;

/// How long a project that is to be started anew may take to stop by itself.
const FAREWELL: Duration = Duration::from_secs(1);
/// How often it is asked whether the project answers, at first, and after the time in which it should have.
const ASK: Duration = Duration::from_millis(75);
const ASK_LATER: Duration = Duration::from_secs(1);

/// What grades, and the project that it has started.
pub struct Engine {
    target: Target,
    grading: GradeSettings,
    fetch: FetchSettings,
    ready: Client,
    /// How long a project may take until it answers.
    patience: Duration,
    console: Console,
    /// Keeps what is said about the project, so that it is said once and not in every round.
    quiet: Console,
    said: HashSet<String>,
    project: Option<StartedProject>,
}

/// A round: what is graded, and who is told of it.
pub struct Round<'a> {
    /// The challenges that are graded.
    pub challenges: &'a [Prepared],
    /// All challenges: what they need of a project decides how it is started.
    pub all: &'a [Prepared],
    /// Whether a project that runs is started anew.
    pub restart: bool,
    /// Ends the round early.
    pub stop: Stop,
    /// Hears what is being done.
    pub phase: &'a dyn Fn(Phase),
    /// Is given a connection that shows when the project goes away. It may do so at once: what watches its files is often slower.
    pub presence: &'a dyn Fn(Presence),
    /// Hears the events of the grader.
    pub observe: &'a mut dyn FnMut(&Event<'_>, &str),
}

impl Engine {
    /// For one project.
    pub fn new(
        target: Target,
        grading: GradeSettings,
        fetch: FetchSettings,
        ready: Client,
        patience: Duration,
        console: &Console,
    ) -> Self {
        Self {
            target,
            grading,
            fetch,
            ready,
            patience,
            console: console.clone(),
            quiet: console.keeping(),
            said: HashSet::new(),
            project: None,
        }
    }

    /// The address of the project as it was given.
    pub fn given(&self) -> Option<&str> {
        self.target.given()
    }

    /// How it grades.
    pub fn grading(&self) -> &GradeSettings {
        &self.grading
    }

    /// Grades once; nothing when it was stopped before that began.
    pub async fn round(&mut self, round: Round<'_>) -> Result<Option<RunResult>> {
        let is_up = match self.target.start(round.all) {
            Some(start) => {
                let up = self.up(start, &round).await;
                if up.is_err() {
                    self.stop(std::future::ready(())).await;
                }
                up?
            }
            None => self.answers(&round).await,
        };
        if !is_up {
            return Ok(None);
        }
        let submission = self.target.submission(self.fetch.clone(), &self.quiet);
        for text in self.quiet.take_kept() {
            if self.said.insert(text.clone()) {
                self.console.diagnose(&text);
            }
        }
        let submission = submission?;
        let run = self.grade(&*submission, round).await;
        // Connections that are kept would keep a polite project from stopping.
        drop(submission);
        if let Some(ended) = self.ended(was_cut(&run)).await {
            self.console.warn(&ended.to_string());
        }
        Ok(Some(run))
    }

    /// Has a project run that is started here; false when it was stopped before it did.
    async fn up(&mut self, start: crate::submission::StartSettings, round: &Round<'_>) -> Result<bool, StartError> {
        if round.restart && self.project.is_some() {
            (round.phase)(Phase::Stopping);
            self.stop(tokio::time::sleep(FAREWELL)).await;
        }
        let mut project = if let Some(project) = self.project.take() {
            project
        } else {
            let command = self.console.secrets().mask(&start.command).into_owned();
            (round.phase)(Phase::Starting(command));
            StartedProject::start(start)?
        };
        let ready = tokio::select! {
            biased;
            () = round.stop.wanted() => None,
            ready = project.ready(&self.ready) => Some(ready),
        };
        self.project = Some(project);
        ready.transpose().map(|ready| ready.is_some())
    }

    /// Waits until a project answers that somebody else runs; false when it was stopped before that.
    async fn answers(&self, round: &Round<'_>) -> bool {
        let Some(url) = self.target.url() else { return true };
        let since = Instant::now();
        let told = self.console.secrets().mask_address(url.url().as_str());
        let mut asked = 0_u32;
        loop {
            let answers = tokio::select! {
                biased;
                () = round.stop.wanted() => return false,
                answers = answers(&self.ready, url.url()) => answers,
            };
            if answers {
                if let Some(presence) = Presence::of(url.url()).await {
                    (round.presence)(presence);
                }
                return true;
            }
            if asked == 0 {
                (round.phase)(Phase::Waiting { url: told.clone(), since, limit: self.patience });
            }
            asked = asked.saturating_add(1);
            let pause = if since.elapsed() > self.patience { ASK_LATER } else { ASK };
            tokio::select! {
                () = round.stop.wanted() => return false,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    async fn grade(&self, submission: &dyn Submission, round: Round<'_>) -> RunResult {
        let Round { challenges, stop, phase, observe, .. } = round;
        let of = challenges.iter().map(|challenge| challenge.hints.len()).sum();
        let mut hint = 0;
        let mut grader = Grader::new(submission, self.grading.clone()).stopped_by(stop);
        let code = submission.code();
        grader
            .run(challenges, &mut |event| {
                if let Event::HintStarted { .. } = event {
                    hint += 1;
                    phase(Phase::Grading { hint, of });
                }
                observe(event, code);
            })
            .await
    }

    /// Whether the project that was started has ended by itself, and how; told once.
    pub async fn ended(&mut self, connections_were_cut: bool) -> Option<StartError> {
        let ended = self.project.as_mut()?.ended(connections_were_cut).await;
        if ended.is_some() {
            self.project = None;
        }
        ended
    }

    /// Stops the project that was started: politely, and once `hurry` is ready by force.
    pub async fn stop(&mut self, hurry: impl Future<Output = ()>) {
        if let Some(project) = self.project.take() {
            project.stop(hurry).await;
        }
    }
}
