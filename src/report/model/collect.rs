//! Builds the model from what happens in a run.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::hint::console;
use super::types::{Challenge, Counts, Environment, Hint, Report, SCHEMA_VERSION, Summary};
use crate::exit::ExitStatus;
use crate::explain::Explanation;
use crate::grader::{self, Event, Prepared};

/// Whether a report tells times: when it began, how long things took, and headers that tell the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Times {
    /// It does.
    #[default]
    Shown,
    /// It does not (`--no-times`): the same run gives the same report.
    Hidden,
}

impl Times {
    /// A time in milliseconds, to a thousandth.
    pub fn milliseconds(self, duration: Duration) -> Option<f64> {
        (self == Self::Shown).then(|| (duration.as_secs_f64() * 1e6).round() / 1e3)
    }
}

/// What the model says about a run besides what happens in it.
#[derive(Debug, Clone, Default)]
pub struct Conditions {
    /// The address as it was given.
    pub url_given: Option<String>,
    /// The address as tests see it.
    pub url: String,
    /// `honest` or `browser`.
    pub rules: String,
    /// `auto`, `ported` or `script`.
    pub engine: String,
    /// Whether times are told.
    pub times: Times,
    /// The folder that paths are relative to, as far as they are below it.
    pub root: Option<PathBuf>,
}

/// What an event added to the model.
#[derive(Debug)]
pub enum Step<'a> {
    /// The run begins: the report has its environment, and a challenge without hints for each that will be graded.
    Started(&'a Report),
    /// A hint of a challenge has its outcome.
    Hint(&'a Challenge, &'a Hint),
    /// A challenge is done.
    Challenge(&'a Challenge),
    /// The run is done.
    Finished(&'a Report),
}

/// Builds the model event by event.
#[derive(Debug)]
pub struct Collector {
    times: Times,
    root: Option<PathBuf>,
    report: Report,
    /// How many challenges have begun.
    begun: usize,
}

impl Collector {
    /// For a run under these conditions.
    pub fn new(conditions: Conditions) -> Self {
        let Conditions { url_given, url, rules, engine, times, root } = conditions;
        let environment = Environment {
            tool: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            rules,
            engine,
            url_given,
            url,
            platform: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            started: None,
        };
        let report = Report {
            schema_version: SCHEMA_VERSION.to_owned(),
            environment,
            summary: summary(grader::Counts::default()),
            challenges: Vec::new(),
        };
        Self { times, root, report, begun: 0 }
    }

    /// Takes note of an event, and says what it added.
    pub fn event(&mut self, event: &Event<'_>, explanation: Option<&Explanation>) -> Option<Step<'_>> {
        match event {
            Event::Started { challenges } => {
                if self.times == Times::Shown {
                    self.report.environment.started = timestamp(SystemTime::now());
                }
                self.report.challenges = challenges.iter().map(|prepared| self.challenge(prepared)).collect();
                Some(Step::Started(&self.report))
            }
            Event::ChallengeStarted { .. } => {
                self.begun += 1;
                None
            }
            Event::HintStarted { .. } => None,
            Event::HintFinished { challenge: prepared, result } => {
                let times = self.times;
                let challenge = self.report.challenges.get_mut(self.begun.checked_sub(1)?)?;
                let hint = Hint::of(prepared, result, explanation, &challenge.file, times);
                challenge.hints.push(hint);
                Some(Step::Hint(challenge, challenge.hints.last()?))
            }
            Event::ChallengeFinished { result, .. } => {
                let duration_ms = self.times.milliseconds(result.duration);
                let challenge = self.report.challenges.get_mut(self.begun.checked_sub(1)?)?;
                challenge.counts = result.counts().into();
                challenge.duration_ms = duration_ms;
                // What a challenge's last hook prints belongs to its last hint, which was finished before.
                if let (Some(hint), Some(result)) = (challenge.hints.last_mut(), result.hints.last())
                    && hint.console.len() < result.console.len()
                {
                    hint.console = console(&result.console);
                }
                Some(Step::Challenge(challenge))
            }
            Event::Finished { run } => {
                let passed = |counts: &Counts| counts.failed == 0 && counts.errored == 0 && counts.passed > 0;
                self.report.summary = Summary {
                    challenges: self.report.challenges.len(),
                    challenges_passed: self.report.challenges.iter().filter(|done| passed(&done.counts)).count(),
                    duration_ms: self.times.milliseconds(run.duration),
                    ..summary(run.counts())
                };
                Some(Step::Finished(&self.report))
            }
        }
    }

    /// The report as far as the run has come.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The report as far as the run has come.
    pub fn into_report(self) -> Report {
        self.report
    }

    fn challenge(&self, prepared: &Prepared) -> Challenge {
        let challenge = &prepared.challenge;
        Challenge {
            id: challenge.id.clone(),
            title: challenge.title.clone(),
            dashed_name: challenge.dashed_name.clone(),
            block: prepared.block.clone(),
            language: prepared.language.clone(),
            file: relative(&prepared.file, self.root.as_deref()),
            counts: Counts { total: prepared.hints.len(), ..Counts::default() },
            duration_ms: None,
            hints: Vec::with_capacity(prepared.hints.len()),
        }
    }
}

impl From<grader::Counts> for Counts {
    fn from(counts: grader::Counts) -> Self {
        Self {
            total: counts.total(),
            passed: counts.passed,
            failed: counts.failed,
            errored: counts.errored,
            unchecked: counts.unchecked,
            skipped: counts.skipped,
        }
    }
}

fn summary(counts: grader::Counts) -> Summary {
    let status = ExitStatus::of(counts);
    let verdict = match status {
        ExitStatus::Passed => "passed",
        ExitStatus::Failed => "failed",
        ExitStatus::CouldNotCheck => "could_not_check",
        ExitStatus::Unusable => "nothing_checked",
    };
    Summary {
        verdict: verdict.to_owned(),
        exit_code: status as u8,
        hints: counts.into(),
        challenges: 0,
        challenges_passed: 0,
        duration_ms: None,
    }
}

/// RFC 3339 in UTC, to the millisecond.
fn timestamp(time: SystemTime) -> Option<String> {
    let time = jiff::Timestamp::try_from(time).ok()?;
    Some(format!("{time:.3}"))
}

/// The path relative to `root` where it is below it, with `/` between its parts.
pub(in crate::report) fn relative(path: &str, root: Option<&Path>) -> String {
    let inner = root.and_then(|root| Path::new(path).strip_prefix(root).ok()).unwrap_or(Path::new(path));
    let text = inner.display().to_string();
    if cfg!(windows) { text.replace('\\', "/") } else { text }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::types::NoteKind;
    use super::*;
    use crate::challenge::{Source, parse};
    use crate::explain::{Code, Fault};
    use crate::grader::{ChallengeResult, RunResult};
    use crate::verdict::{HintResult, Outcome, Rules};

    fn prepared() -> Prepared {
        let text = "---\nid: 5f0c1e2d3a4b5c6d7e8f9a0b\ntitle: A\nchallengeType: 2\n---\n\n# --hints--\n\nHint.\n\n```js\nassert(1);\n```\n";
        Prepared::new(Arc::new(parse(&Source::new("a.md", text)).unwrap()), "/root/a.md", None, None)
    }

    fn passed() -> HintResult {
        HintResult {
            index: 0,
            text: "Hint.".to_owned(),
            outcome: Outcome::Passed,
            notes: Vec::new(),
            engine: None,
            exchanges: Vec::new(),
            console: vec!["one".to_owned()],
            line: 12,
            duration: Duration::from_millis(2),
        }
    }

    fn result(hint: HintResult) -> ChallengeResult {
        ChallengeResult {
            id: String::new(),
            title: String::new(),
            dashed_name: None,
            block: None,
            language: None,
            file: String::new(),
            hints: vec![hint],
            duration: Duration::from_millis(3),
        }
    }

    #[test]
    fn a_run_becomes_a_report_step_by_step() {
        let conditions = Conditions { root: Some("/root".into()), ..Conditions::default() };
        let mut collector = Collector::new(conditions);
        let challenges = [prepared()];
        let challenge = &challenges[0];
        let explanation = Explanation {
            code: Code::CommentedOut,
            headline: "Only a comment has it.".to_owned(),
            evidence: Vec::new(),
            help: None,
            fault: Fault::Project,
        };
        assert!(matches!(
            collector.event(&Event::Started { challenges: &challenges }, None),
            Some(Step::Started(report)) if report.challenges.len() == 1 && report.challenges[0].counts.total == 1
        ));
        assert!(collector.event(&Event::ChallengeStarted { challenge }, None).is_none());
        let hint = passed();
        let step = collector.event(&Event::HintFinished { challenge, result: &hint }, Some(&explanation));
        assert!(matches!(step, Some(Step::Hint(_, hint)) if hint.console == ["one"]));
        // The last hook of the challenge has said something more.
        let mut later = passed();
        later.console.push("two".to_owned());
        let result = result(later);
        collector.event(&Event::ChallengeFinished { challenge, result: &result }, None);
        let run = RunResult {
            code: String::new(),
            rules: Rules::Honest,
            started: SystemTime::now(),
            duration: Duration::from_millis(4),
            challenges: vec![result],
        };
        collector.event(&Event::Finished { run: &run }, None);

        let report = collector.into_report();
        assert_eq!((report.summary.verdict.as_str(), report.summary.challenges_passed), ("passed", 1));
        assert_eq!(report.summary.duration_ms, Some(4.0));
        let challenge = &report.challenges[0];
        assert_eq!((challenge.file.as_str(), challenge.duration_ms), ("a.md", Some(3.0)));
        let hint = &challenge.hints[0];
        assert_eq!(hint.id, "5f0c1e2d3a4b5c6d7e8f9a0b/0");
        assert_eq!((hint.place.line, hint.place.column), (12, 1));
        assert_eq!(hint.console, ["one", "two"]);
        assert_eq!(
            (hint.notes[0].kind, hint.notes[0].text.as_str()),
            (NoteKind::OnlyInComment, "Only a comment has it.")
        );
    }

    #[test]
    fn paths_below_the_folder_are_relative() {
        let root = Some(Path::new("/a/b"));
        assert_eq!(relative("/a/b/c/d.md", root), "c/d.md");
        assert_eq!(relative("/a/x.md", root), "/a/x.md");
        assert_eq!(relative("c/d.md", root), "c/d.md");
    }

    #[test]
    fn times_are_to_the_thousandth_of_a_millisecond() {
        let epoch = SystemTime::UNIX_EPOCH + Duration::from_millis(1_700_000_000_005);
        assert_eq!(timestamp(epoch).as_deref(), Some("2023-11-14T22:13:20.005Z"));
        assert_eq!(Times::Shown.milliseconds(Duration::from_nanos(1_234_567)), Some(1.235));
        assert_eq!(Times::Hidden.milliseconds(Duration::from_secs(1)), None);
    }
}
