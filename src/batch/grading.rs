//! Grades one submission, within its time.

use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use url::Url;

use super::Render;
use super::cache::{Cache, Keeping, is_lasting, now};
use super::ports::{Port, Ports};
use super::row::{Project, Reason, ReasonKind, Row};
use super::selections::{Challenges, Selections};
use super::tally::Verdict;
use crate::fetch::{Client, FetchSettings};
use crate::grader::{Counts, GradeSettings, Grader, RunResult, Stop, Submission, merge};
use crate::sandbox::Sandbox;
use crate::submission::{
    ContentError, FolderSubmission, StartError, StartSettings, StartedProject, SubmittedUrl, WebSubmission, normalize,
};

/// How long a submission may take to come to its end after its time is up.
const GRACE: Duration = Duration::from_secs(2);
/// Limit for one request of those that find out whether a started project answers.
const READY_TIME: Duration = Duration::from_secs(5);

/// How submissions are graded.
#[derive(Debug)]
pub struct Grading {
    /// What the grader is told.
    pub settings: GradeSettings,
    /// What requests are told.
    pub fetch: FetchSettings,
    /// The challenges.
    pub selections: Selections,
    /// Limit for one submission.
    pub timeout: Duration,
    /// Limit for the start of a project.
    pub start_timeout: Duration,
    /// Whether the list may have projects started.
    pub may_start: bool,
    /// How often each submission is graded, at least once: what differs could not be checked.
    pub repeat: usize,
    /// Verdicts of earlier runs.
    pub cache: Option<Arc<Cache>>,
}

/// What became of a submission.
#[derive(Debug)]
pub struct Graded {
    /// Its address, if it has one.
    pub url: Option<SubmittedUrl>,
    /// The challenges that it was graded by.
    pub challenges: Option<Arc<Challenges>>,
    /// The outcomes; none when it did not come to any.
    pub run: Option<RunResult>,
    /// What was in the way.
    pub trouble: Option<Trouble>,
    /// Time taken.
    pub duration: Duration,
    /// What the cache has to do with it. A result from there has no [`run`](Self::run).
    pub keeping: Keeping,
}

/// What was in the way of a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// In words.
    pub reason: Reason,
    /// Whether trying again may change the verdict.
    pub may_pass: bool,
}

impl Trouble {
    fn lasting(reason: Reason) -> Self {
        Self { reason, may_pass: false }
    }

    fn passing(kind: ReasonKind, text: impl Into<String>) -> Self {
        Self { reason: Reason::new(kind, text), may_pass: true }
    }

    /// A submission that made `grade` stumble.
    pub(super) fn defect(text: &str) -> Self {
        Self::passing(ReasonKind::Internal, format!("a defect of grade: {text}"))
    }
}

impl Graded {
    /// A submission that came to nothing.
    pub(super) fn nothing(trouble: Trouble) -> Self {
        Self { trouble: Some(trouble), ..Self::unknown() }
    }

    /// A submission of which nothing is known yet.
    fn unknown() -> Self {
        let (duration, keeping) = (Duration::ZERO, Keeping::None);
        Self { url: None, challenges: None, run: None, trouble: None, duration, keeping }
    }

    /// Its hints by outcome.
    pub fn counts(&self) -> Counts {
        match &self.keeping {
            Keeping::Found(cached) => cached.counts,
            _ => self.run.as_ref().map(RunResult::counts).unwrap_or_default(),
        }
    }

    /// The verdict. What a run that was cut short did not come to could not be checked.
    pub fn verdict(&self) -> Verdict {
        if let Keeping::Found(cached) = &self.keeping {
            return cached.verdict;
        }
        let cut = self.trouble.as_ref().map(|trouble| trouble.may_pass);
        match (&self.run, cut) {
            (None, Some(false)) => Verdict::Ungraded,
            (None, _) => Verdict::Errored,
            (Some(run), Some(true)) if run.counts().failed == 0 => Verdict::Errored,
            (Some(run), _) => Verdict::of(run.counts()),
        }
    }

    /// Why there is no verdict, or not a whole one.
    pub fn reason(&self) -> Option<Reason> {
        let nothing = || {
            let text = "none of its hints has a test that could be looked at";
            (self.verdict() == Verdict::Ungraded).then(|| Reason::new(ReasonKind::NothingChecked, text))
        };
        self.trouble.as_ref().map(|trouble| trouble.reason.clone()).or_else(nothing)
    }
}

/// One runtime's means of grading: connections belong to the runtime on which they were made.
#[derive(Clone)]
pub(super) struct Means {
    grading: Arc<Grading>,
    render: Arc<dyn Render>,
    client: Client,
    ready: Client,
    sandbox: Sandbox,
    ports: Ports,
}

/// A project that was started, and the port that is its own.
struct Started {
    project: StartedProject,
    _port: Option<Port>,
}

impl Means {
    /// For a runtime that grades so many submissions side by side.
    pub fn new(
        grading: Arc<Grading>,
        render: Arc<dyn Render>,
        jobs: usize,
        ports: Ports,
    ) -> Result<Self, crate::fetch::SettingsError> {
        let ready = FetchSettings { max_time: Some(READY_TIME), retry: 0, ..grading.fetch.clone() };
        Ok(Self {
            client: Client::new(grading.fetch.clone())?,
            ready: Client::new(ready)?,
            sandbox: Sandbox::for_many(jobs),
            grading,
            render,
            ports,
        })
    }

    /// Grades the submission of a row.
    pub async fn grade(&self, row: &Row) -> Graded {
        let (begun, at) = (Instant::now(), now());
        let mut graded = Graded::unknown();
        let key = self.key(row).await;
        if let Some((cache, Ok(key))) = &key
            && self.find(cache, key, row, &mut graded).await
        {
            return graded;
        }
        if let Err(trouble) = self.attempt(row, &mut graded).await {
            graded.trouble = Some(trouble);
        }
        graded.duration = begun.elapsed();
        graded.keeping = match key {
            Some((_, Err(why))) => Keeping::Refused(why),
            Some((cache, Ok(key))) if graded.trouble.is_none() && is_lasting(graded.verdict(), graded.counts()) => {
                // A folder that has changed meanwhile: nobody knows what the verdict is about.
                let same = matches!(self.key(row).await, Some((_, Ok(again))) if again == key);
                if same { Keeping::Under(cache.ticket(key, at)) } else { Keeping::None }
            }
            _ => Keeping::None,
        };
        graded
    }

    /// What the verdict on a row is kept by, or why it cannot be; nothing for rows whose verdicts are not kept.
    async fn key(&self, row: &Row) -> Option<(Arc<Cache>, Result<String, String>)> {
        let cache = Arc::clone(self.grading.cache.as_ref()?);
        let project = row.project.as_ref().ok()?.clone();
        let challenges = self.grading.selections.of(&project.challenges).ok()?;
        let url = address(&project, None).ok()?;
        let (asked, grading) = (Arc::clone(&cache), Arc::clone(&self.grading));
        let key = move || asked.key(&project, url.as_ref(), &challenges, &grading);
        match tokio::task::spawn_blocking(key).await.ok()? {
            Ok(key) => key.map(|key| (cache, Ok(key))),
            // Grading says it better.
            Err(ContentError::Folder(_)) => None,
            Err(error) => Some((cache, Err(error.to_string()))),
        }
    }

    /// Takes the verdict from the cache; whether it is there.
    async fn find(&self, cache: &Arc<Cache>, key: &str, row: &Row, graded: &mut Graded) -> bool {
        let Ok(project) = &row.project else { return false };
        let by_url = project.url.is_some();
        let (asked, key, render, row_of) = (Arc::clone(cache), key.to_owned(), Arc::clone(&self.render), row.clone());
        let find = move || asked.find(&key, by_url, |lasting| render.is_fit(&row_of, lasting));
        let Ok(Some(cached)) = tokio::task::spawn_blocking(find).await else { return false };
        graded.url = address(project, None).ok().flatten();
        graded.challenges = self.grading.selections.of(&project.challenges).ok();
        graded.keeping = Keeping::Found(cached);
        true
    }

    async fn attempt(&self, row: &Row, graded: &mut Graded) -> Result<(), Trouble> {
        let deadline = tokio::time::Instant::now() + self.grading.timeout;
        let project = row.project.as_ref().map_err(|reason| Trouble::lasting(reason.clone()))?;
        let challenges = self.grading.selections.of(&project.challenges).map_err(Trouble::lasting)?;
        graded.challenges = Some(Arc::clone(&challenges));
        let mut runs = Vec::new();
        let mut ended = Ok(());
        for _ in 0..self.grading.repeat.max(1) {
            ended = self.once(project, &challenges, deadline, graded).await;
            runs.extend(graded.run.take());
            if ended.is_err() {
                break;
            }
        }
        graded.run = merge(runs);
        ended
    }

    /// Grades a project one time, against a fresh start where it is started.
    async fn once(
        &self,
        project: &Project,
        challenges: &Challenges,
        deadline: tokio::time::Instant,
        graded: &mut Graded,
    ) -> Result<(), Trouble> {
        let port = self.port(project)?;
        graded.url = address(project, port.as_ref())?;
        let submission = self.submission(project, graded.url.as_ref()).await?;
        let started = match (&project.start, &project.dir, &graded.url) {
            (Some(command), Some(dir), Some(url)) => {
                let settings = self.start_settings(command, dir, url.url(), challenges);
                // In a box, as few submissions need it, and all have to carry it about.
                Some(Box::pin(self.start(settings, port, deadline)).await?)
            }
            _ => None,
        };
        let cut = self.run(&*submission, challenges, deadline, graded).await;
        let ended = match started {
            None => None,
            Some(Started { mut project, _port }) => {
                let ending = async {
                    let ended = project.ended(false).await;
                    project.stop(tokio::time::sleep(GRACE)).await;
                    ended
                };
                Box::pin(ending).await
            }
        };
        match (cut, ended) {
            (Some(trouble), _) => Err(trouble),
            // What it did not answer any more could not be checked, which its hints say.
            (None, Some(ended)) => Err(Trouble::passing(ReasonKind::Ended, ended.to_string())),
            (None, None) => Ok(()),
        }
    }

    /// A port for a project that is started and names no address.
    fn port(&self, project: &Project) -> Result<Option<Port>, Trouble> {
        match (&project.url, &project.dir, &project.start) {
            (None, None, None) => {
                Err(Trouble::lasting(Reason::new(ReasonKind::NoProject, "it has neither `url` nor `dir`")))
            }
            (_, _, Some(_)) if !self.grading.may_start => {
                let text = "it has a command in `start`, which is run with --allow-start only";
                Err(Trouble::lasting(Reason::new(ReasonKind::StartNotAllowed, text)))
            }
            (_, None, Some(_)) => {
                let text = "it has a command in `start`, and no folder in `dir` to run it in";
                Err(Trouble::lasting(Reason::new(ReasonKind::BadFolder, text)))
            }
            (None, Some(_), Some(_)) => {
                let port = self.ports.take();
                port.map(Some).map_err(|error| Trouble::passing(ReasonKind::NotStarted, error.to_string()))
            }
            _ => Ok(None),
        }
    }

    /// What is asked. Folders are read on another thread: disks may be slow.
    async fn submission(&self, project: &Project, url: Option<&SubmittedUrl>) -> Result<Box<dyn Submission>, Trouble> {
        let web = url.map(|url| WebSubmission::new(url.clone(), self.client.clone()));
        let Some(dir) = project.dir.clone() else {
            let nothing = || Trouble::lasting(Reason::new(ReasonKind::NoProject, "it has neither `url` nor `dir`"));
            return web.map(|web| Box::new(web) as Box<dyn Submission>).ok_or_else(nothing);
        };
        let settings = self.grading.fetch.clone();
        let open = move || -> Result<Box<dyn Submission>, crate::submission::FolderError> {
            Ok(match web {
                Some(web) => Box::new(web.with_files(&dir)?),
                None => Box::new(FolderSubmission::open(&dir, &settings)?),
            })
        };
        match tokio::task::spawn_blocking(open).await {
            Ok(Ok(submission)) => Ok(submission),
            Ok(Err(error)) => Err(Trouble::lasting(Reason::new(ReasonKind::BadFolder, error.to_string()))),
            Err(error) => Err(Trouble::defect(&error.to_string())),
        }
    }

    fn start_settings(&self, command: &str, dir: &Path, url: &Url, challenges: &Challenges) -> StartSettings {
        let port = url.port_or_known_default().map(|port| ("PORT".to_owned(), port.to_string()));
        let test_mode = challenges.prepared.iter().any(crate::grader::Prepared::needs_test_mode);
        let mode = test_mode.then(|| ("NODE_ENV".to_owned(), "test".to_owned()));
        StartSettings {
            command: command.to_owned(),
            folder: dir.to_owned(),
            url: url.clone(),
            timeout: self.grading.start_timeout,
            environment: port.into_iter().chain(mode).collect(),
        }
    }

    /// Starts a project, and waits until it answers.
    async fn start(
        &self,
        settings: StartSettings,
        port: Option<Port>,
        deadline: tokio::time::Instant,
    ) -> Result<Started, Trouble> {
        // Whether the port is taken is found out without giving way.
        let started = tokio::task::spawn_blocking(move || StartedProject::start(settings)).await;
        let mut project = match started {
            Ok(started) => started.map_err(|error| not_started(&error))?,
            Err(error) => return Err(Trouble::defect(&error.to_string())),
        };
        match tokio::time::timeout_at(deadline, project.ready(&self.ready)).await {
            Ok(Ok(())) => Ok(Started { project, _port: port }),
            Ok(Err(error)) => {
                project.stop(tokio::time::sleep(GRACE)).await;
                Err(not_started(&error))
            }
            Err(_) => {
                project.stop(tokio::time::sleep(GRACE)).await;
                Err(self.timed_out())
            }
        }
    }

    /// Grades within the time that is left; what was in the way is the result.
    async fn run(
        &self,
        submission: &dyn Submission,
        challenges: &Challenges,
        deadline: tokio::time::Instant,
        graded: &mut Graded,
    ) -> Option<Trouble> {
        let stop = Stop::default();
        let judge = Grader::new(submission, self.grading.settings.clone());
        let mut judge = judge.with_sandbox(self.sandbox.clone()).stopped_by(stop.clone());
        let mut observe = |_: &crate::grader::Event<'_>| {};
        let run = judge.run(&challenges.prepared, &mut observe);
        tokio::pin!(run);
        tokio::select! {
            run = &mut run => {
                graded.run = Some(run);
                return None;
            }
            () = tokio::time::sleep_until(deadline) => stop.stop(),
        }
        graded.run = tokio::time::timeout(GRACE, run).await.ok();
        Some(self.timed_out())
    }

    fn timed_out(&self) -> Trouble {
        let limit = self.grading.timeout.as_secs_f64();
        Trouble::passing(
            ReasonKind::TimedOut,
            format!("the submission took longer than {limit} s (--submission-timeout)"),
        )
    }
}

/// The address of a project: as the row says, or that of its port.
fn address(project: &Project, port: Option<&Port>) -> Result<Option<SubmittedUrl>, Trouble> {
    let address = match (project.address(), port) {
        (Some(address), _) => address.clone(),
        (None, Some(port)) => normalize(&format!("http://{}:{}", Ipv4Addr::LOCALHOST, port.number)),
        (None, None) => return Ok(None),
    };
    let wrong = |error: crate::submission::UrlError| Reason::new(ReasonKind::BadAddress, error.to_string());
    address.map(Some).map_err(|error| Trouble::lasting(wrong(error)))
}

/// What trying again may change, and what it cannot.
fn not_started(error: &StartError) -> Trouble {
    let reason = Reason::new(ReasonKind::NotStarted, error.to_string());
    let may_pass = !matches!(error, StartError::NoFolder { .. } | StartError::NoCommand { .. });
    Trouble { reason, may_pass }
}
