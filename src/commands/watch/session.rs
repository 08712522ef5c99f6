//! From change to run to change, until somebody leaves.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Result;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::super::Console;
use super::super::interrupt::Interrupt;
use super::super::memory::Memory;
use super::course::Course;
use super::engine::{Engine, Round};
use super::front::{Front, Recorder};
use crate::cli::WatchArgs;
use crate::diagnose;
use crate::exit::ExitStatus;
use crate::grader::{Event, RunResult, Stop};
use crate::report::Styles;
use crate::submission::{Presence, StartError};
use crate::watch::{Changed, Files, Heard as OfFiles, Input, Next, OwnFiles, Wish};

/// How often the screen is looked after when nothing happens.
const TICK: Duration = Duration::from_millis(500);
/// What is written so soon after a run, the project has probably written.
const AFTERMATH: Duration = Duration::from_millis(300);
/// How long after a change the project may go away because of it: what watches its files has a pace of its own.
const RELOAD: Duration = Duration::from_secs(30);
/// How often it may go away after one change: some crash whenever they are graded.
const RELOADS: u32 = 3;

/// What is heard from outside.
#[derive(Debug)]
pub enum Heard {
    /// From the terminal.
    Input(Input),
    /// Of files.
    Files(OfFiles),
    /// The project went away that had answered after the change with this number.
    Gone(u64),
}

/// Where it is heard.
pub struct Ears {
    /// From threads and tasks.
    pub heard: UnboundedReceiver<Heard>,
    /// Where they say it.
    pub teller: UnboundedSender<Heard>,
    /// Signals.
    pub interrupt: Interrupt,
}

/// What is to be done next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Rest,
    Work(Order),
    Leave { by_key: bool },
}

/// A run that is to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Order {
    /// A project that was started is started anew.
    restart: bool,
    /// The challenges are read again.
    reload: bool,
    /// The project may go away soon, because somebody else restarts it.
    may_go: bool,
}

impl Turn {
    /// Both.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (leave @ Self::Leave { .. }, _) | (_, leave @ Self::Leave { .. }) => leave,
            (Self::Work(one), Self::Work(other)) => Self::Work(Order {
                restart: one.restart || other.restart,
                reload: one.reload || other.reload,
                may_go: one.may_go || other.may_go,
            }),
            (work @ Self::Work(_), _) | (_, work @ Self::Work(_)) => work,
            (Self::Rest, Self::Rest) => Self::Rest,
        }
    }
}

/// Everything that answers what is heard.
pub struct Desk {
    front: Front,
    files: Files,
    /// The project's folder, without links.
    project: PathBuf,
    settings_file: Option<PathBuf>,
    own: OwnFiles,
    /// Whether there is a project that can write files.
    runs: bool,
    /// Until when a change may have been made by a run.
    busy_until: Option<Instant>,
    /// Number of the last change after which the project may go away, and how often it did.
    change: u64,
    reloads: u32,
}

/// All of it.
pub struct Session<'a> {
    /// What grades.
    pub engine: Engine,
    /// What hears.
    pub ears: Ears,
    /// What answers.
    pub desk: Desk,
    /// The challenges.
    pub course: Course,
    /// What is remembered between runs.
    pub memory: Memory,
    /// The options.
    pub args: &'a WatchArgs,
    /// Where diagnostics go.
    pub console: &'a Console,
}

impl Session<'_> {
    /// Goes on until somebody leaves; the project is stopped then.
    pub async fn run(mut self) -> Result<ExitStatus> {
        let state = self.desk.files.state().clone();
        self.desk.front.watching(&state)?;
        let mut last = ExitStatus::CouldNotCheck;
        let mut turn = Turn::Work(Order { restart: true, ..Order::default() });
        let by_key = loop {
            let next = match turn {
                Turn::Leave { by_key } => break Ok(by_key),
                Turn::Work(order) => self.work(order, &mut last).await,
                Turn::Rest => self.rest().await,
            };
            match next {
                Ok(next) => turn = next,
                Err(error) => break Err(error),
            }
        };
        // The screen goes first: a project may take its time to stop.
        self.desk.front.leave();
        self.engine.stop(self.ears.interrupt.next()).await;
        match by_key {
            Ok(true) => Ok(ExitStatus::Passed),
            Ok(false) => Ok(last),
            // Whoever has read enough has seen the verdicts.
            Err(error) if is_broken_pipe(&error) => Ok(last),
            Err(error) => Err(error),
        }
    }

    /// Waits for something to happen.
    async fn rest(&mut self) -> Result<Turn> {
        loop {
            tokio::select! {
                heard = self.ears.heard.recv() => {
                    let turn = heard.map_or(Ok(Turn::Leave { by_key: false }), |heard| self.desk.hear(heard, false))?;
                    if turn != Turn::Rest {
                        return Ok(turn);
                    }
                }
                () = self.ears.interrupt.next() => return Ok(Turn::Leave { by_key: false }),
                () = tokio::time::sleep(TICK) => {
                    if let Some(ended) = self.engine.ended(false).await {
                        self.desk.front.trouble(while_waiting(&ended))?;
                    }
                    self.desk.front.tick()?;
                }
            }
        }
    }

    /// Grades.
    async fn work(&mut self, order: Order, last: &mut ExitStatus) -> Result<Turn> {
        if order.reload && !self.reload()? {
            *last = ExitStatus::Unusable;
            return Ok(Turn::Rest);
        }
        let mut recorder = self.desk.front.recorder(self.engine.given(), self.engine.grading());
        let (done, turn) = self.round(order, &mut recorder).await?;
        match done {
            // Something else has begun; what there is, is about files that are no more.
            _ if turn != Turn::Rest => {
                recorder.cancelled()?;
                Ok(turn)
            }
            Ok(None) => Ok(Turn::Rest),
            Ok(Some(run)) => {
                self.memory.note(&run, self.console);
                *last = ExitStatus::of(run.counts());
                if self.course.incomplete || !self.course.broken.is_empty() {
                    *last = ExitStatus::Unusable;
                }
                Ok(match self.desk.front.finished(recorder, &run, &self.course)? {
                    Next::Grade => Turn::Work(Order::default()),
                    Next::Wait => Turn::Rest,
                })
            }
            Err(error) => {
                *last = diagnose::status(&error);
                let styles = if matches!(self.desk.front, Front::Screen(_)) {
                    Styles::new(false)
                } else {
                    self.console.error_styles()
                };
                self.desk.front.trouble(self.console.secrets().mask(&diagnose::text(&error, styles)).into_owned())?;
                Ok(Turn::Rest)
            }
        }
    }

    /// One round, and what was heard meanwhile: anything that asks for another one ends it.
    async fn round(&mut self, order: Order, recorder: &mut Recorder) -> Result<(Result<Option<RunResult>>, Turn)> {
        let Self { engine, ears, desk, course, .. } = self;
        if order.may_go {
            desk.change += 1;
        }
        let change = desk.change;
        let teller = ears.teller.clone();
        let (say, mut said) = unbounded_channel();
        let stop = Stop::default();
        let places = desk.front.to_grade(course);
        let phase = |phase| {
            // The receiver lives as long as the round.
            let _ = say.send(phase);
        };
        let presence = |presence: Presence| {
            if order.may_go {
                let teller = teller.clone();
                tokio::spawn(async move {
                    if tokio::time::timeout(RELOAD, presence.gone()).await.is_ok() {
                        let _ = teller.send(Heard::Gone(change));
                    }
                });
            }
        };
        let mut observe = |event: &Event<'_>, code: &str| recorder.event(event, code);
        let round = engine.round(Round {
            challenges: course.challenges.get(places).unwrap_or_default(),
            all: &course.challenges,
            restart: order.restart,
            stop: stop.clone(),
            phase: &phase,
            presence: &presence,
            observe: &mut observe,
        });
        tokio::pin!(round);
        let mut turn = Turn::Rest;
        let done = loop {
            tokio::select! {
                biased;
                Some(phase) = said.recv() => desk.front.phase(phase)?,
                done = &mut round => break done,
                Some(heard) = ears.heard.recv() => turn = turn.and(desk.hear(heard, true)?),
                () = ears.interrupt.next() => turn = Turn::Leave { by_key: false },
                () = tokio::time::sleep(TICK) => desk.front.tick()?,
            }
            if turn != Turn::Rest {
                stop.stop();
            }
        };
        desk.busy_until = Some(Instant::now() + AFTERMATH);
        Ok((done, turn))
    }

    /// Reads the challenges again; false when there is nothing to grade because of that.
    fn reload(&mut self) -> Result<bool> {
        let on_screen = matches!(self.desk.front, Front::Screen(_));
        let course = match Course::read(self.args, on_screen, self.console) {
            Ok(course) => course,
            Err(error) => {
                let mut text = self.console.take_kept().concat();
                text.push_str(&diagnose::text(&error, Styles::new(false)));
                self.desk.front.trouble(self.console.secrets().mask(&text).into_owned())?;
                return Ok(false);
            }
        };
        // A challenge that is worked on and cannot be read is not passed over.
        let current = self.desk.front.to_grade(&self.course);
        let current = self.course.challenges.get(current).unwrap_or_default();
        if on_screen && current.iter().any(|challenge| course.broken.contains(&challenge.file)) {
            let text = self.console.take_kept().concat();
            self.desk.front.trouble(text)?;
            return Ok(false);
        }
        self.desk.files.challenges(course.folders.clone());
        self.desk.front.reloaded(&course);
        self.course = course;
        Ok(true)
    }
}

impl Desk {
    /// Answers on `front`, about files of `project`, a folder without links in its path; `runs` where there is a project that can
    /// write files.
    pub fn new(front: Front, files: Files, project: PathBuf, settings_file: Option<&Path>, runs: bool) -> Self {
        Self {
            front,
            files,
            project,
            settings_file: settings_file.and_then(|file| file.canonicalize().ok()),
            own: OwnFiles::default(),
            runs,
            busy_until: None,
            change: 0,
            reloads: 0,
        }
    }

    /// Answers what was heard.
    fn hear(&mut self, heard: Heard, while_running: bool) -> Result<Turn> {
        match heard {
            Heard::Input(input) => Ok(match self.front.input(input)? {
                Wish::Quit => Turn::Leave { by_key: input != Input::Gone },
                Wish::Grade => Turn::Work(Order::default()),
                Wish::GradeAgain => Turn::Work(Order { restart: true, ..Order::default() }),
                Wish::Draw | Wish::DrawAll => Turn::Rest,
            }),
            Heard::Files(OfFiles::Watching(watching)) => {
                self.front.watching(&watching)?;
                Ok(Turn::Rest)
            }
            Heard::Files(OfFiles::Changed(changed)) => self.changed(changed, while_running),
            Heard::Gone(change) if change == self.change && self.reloads < RELOADS => {
                self.reloads += 1;
                self.front.restarted()?;
                Ok(Turn::Work(Order { may_go: true, ..Order::default() }))
            }
            Heard::Gone(_) => Ok(Turn::Rest),
        }
    }

    fn changed(&mut self, changed: Vec<Changed>, while_running: bool) -> Result<Turn> {
        let busy = self.runs && (while_running || self.busy_until.is_some_and(|until| Instant::now() < until));
        let reload = changed.iter().any(|file| file.challenge);
        let (challenges, project): (Vec<_>, Vec<_>) = changed.into_iter().partition(|file| file.challenge);
        let paths: Vec<PathBuf> = project.into_iter().map(|file| file.path).collect();
        let known: Vec<PathBuf> = paths.iter().filter(|path| self.own.contains(path)).cloned().collect();
        let reasons = self.own.reasons(paths.clone(), busy);
        let new: Vec<&PathBuf> = paths.iter().filter(|path| self.own.contains(path) && !known.contains(path)).collect();
        let restart = !reasons.is_empty();
        let mut names: Vec<String> = challenges.iter().map(|file| self.name(&file.path)).collect();
        names.extend(reasons.iter().map(|path| self.name(path)));
        let of_settings = paths.iter().any(|path| Some(path) == self.settings_file.as_ref());
        let written: Vec<String> = new.iter().map(|path| self.name(path)).collect();
        if restart || reload {
            self.reloads = 0;
            self.front.changed(names)?;
        }
        if of_settings {
            self.front.notice("warning: the settings file changed; start `grade watch` again to have it used");
        }
        for name in written {
            self.front.notice(&format!(
                "warning: {name} changes with every run, so the project seems to write it; it is no reason to grade again any more"
            ));
        }
        let order = Order { restart, reload, may_go: restart };
        Ok(if restart || reload { Turn::Work(order) } else { Turn::Rest })
    }

    /// A path as the learner knows it.
    fn name(&self, path: &Path) -> String {
        let here = std::env::current_dir().ok();
        let within = path.strip_prefix(&self.project).ok();
        let within = within.or_else(|| here.as_deref().and_then(|here| path.strip_prefix(here).ok()));
        within.unwrap_or(path).display().to_string()
    }
}

/// A project that ended while nothing was graded.
fn while_waiting(error: &StartError) -> String {
    match error {
        StartError::Ended { command, how, output } => format!("error: `{command}` ended ({how}){output}"),
        other => format!("error: {other}"),
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}
