//! The run itself: starts the project if it has to be, grades it once or several times, stops it, also when it is interrupted.

use anyhow::Result;

use super::interrupt::Interrupt;
use crate::fetch::{Client, TransportKind};
use crate::grader::{Event, GradeSettings, Grader, Prepared, RunResult, Stop, Submission, merge, replay};
use crate::submission::{StartError, StartSettings, StartedProject};
use crate::verdict::{Cause, Outcome};

/// How challenges are graded.
pub struct Plan<'a> {
    /// The project.
    pub submission: &'a dyn Submission,
    /// How it is started before each time, and the client that asks whether it answers.
    pub start: Option<(StartSettings, Client)>,
    /// How often it is graded.
    pub times: usize,
    /// What the grader is told.
    pub settings: GradeSettings,
    /// The challenges.
    pub challenges: &'a [Prepared],
}

/// What a run came to.
pub enum Ran {
    /// All of it, or as much as there was until it was interrupted.
    Graded {
        /// The outcomes.
        run: RunResult,
        /// Whether it was interrupted.
        interrupted: bool,
        /// How the project ended that was started, if it did not last until the end.
        ended: Option<StartError>,
    },
    /// It was interrupted before anything was.
    Nothing,
}

/// What becomes of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// It belongs into reports.
    Report,
    /// It only shows that something happens: the challenges are graded several times, and reported afterwards.
    Progress,
}

impl Plan<'_> {
    /// Grades: once, telling events as they happen, or several times, telling what it came to at the end.
    pub async fn run(&self, tell: &mut dyn FnMut(&Event<'_>, Told)) -> Result<Ran> {
        let mut interrupt = Interrupt::listen()?;
        let told = if self.times == 1 { Told::Report } else { Told::Progress };
        let mut runs = Vec::new();
        let mut interrupted = false;
        let mut ended = None;
        while runs.len() < self.times && !interrupted {
            let project = match &self.start {
                None => None,
                Some((settings, client)) => match start(settings, client, &mut interrupt).await? {
                    None => {
                        interrupted = true;
                        break;
                    }
                    project => project,
                },
            };
            let (run, stopped) = self.grade(&mut interrupt, &mut |event| tell(event, told)).await;
            if let Some(mut project) = project {
                ended = ended.or(project.ended(was_cut(&run)).await);
                // A second signal means that there is no time to be polite.
                project.stop(interrupt.next()).await;
            }
            interrupted = stopped;
            runs.push(run);
        }
        let Some(run) = merge(runs) else { return Ok(Ran::Nothing) };
        if self.times > 1 {
            replay(&run, self.challenges, &mut |event| tell(event, Told::Report));
        }
        Ok(Ran::Graded { run, interrupted, ended })
    }

    /// Grades once; true when it was interrupted.
    async fn grade(&self, interrupt: &mut Interrupt, observe: &mut dyn FnMut(&Event<'_>)) -> (RunResult, bool) {
        let stop = Stop::default();
        let mut grader = Grader::new(self.submission, self.settings.clone()).stopped_by(stop.clone());
        let run = grader.run(self.challenges, observe);
        tokio::pin!(run);
        tokio::select! {
            run = &mut run => (run, false),
            () = interrupt.next() => {
                stop.stop();
                (run.await, true)
            }
        }
    }
}

/// Whether a connection to the project was cut.
pub fn was_cut(run: &RunResult) -> bool {
    run.challenges.iter().flat_map(|challenge| &challenge.hints).any(
        |hint| matches!(&hint.outcome, Outcome::Errored(Cause::Transport(error)) if error.kind == TransportKind::Cut),
    )
}

/// A project that answers; nothing when it was interrupted before it did.
pub async fn start(
    settings: &StartSettings,
    client: &Client,
    interrupt: &mut Interrupt,
) -> Result<Option<StartedProject>, StartError> {
    let mut project = StartedProject::start(settings.clone())?;
    let ready = tokio::select! {
        ready = project.ready(client) => Some(ready),
        () = interrupt.next() => None,
    };
    if let Some(Ok(())) = ready {
        return Ok(Some(project));
    }
    project.stop(interrupt.next()).await;
    ready.transpose().map(|_| None)
}
