//! `grade --url URL [CHALLENGE]...`

use std::io::{self, Write};
use std::sync::Arc;

use anyhow::{Context, Result, bail};

use super::Console;
use super::console::broken_pipe_is_fine;
use super::doctor;
use super::library::{find, report_problems};
use crate::cli::{Engine, GradeArgs, LimitArgs, Rules};
use crate::curriculum::{Entry, gradable_only};
use crate::exit::ExitStatus;
use crate::explain::{Explanation, Subject, explain};
use crate::fetch::{Client, FetchSettings};
use crate::grader::{EngineChoice, Event, GradeSettings, Grader, Prepared, RunResult, Submission, never_reached};
use crate::report::{Progress, Reporter, Terminal, TerminalSettings};
use crate::submission::{WebSubmission, normalize};
use crate::verdict;

pub fn run(args: &GradeArgs, console: &Console) -> Result<ExitStatus> {
    let Some(url) = args.url.as_deref() else {
        bail!(NoProject);
    };
    let url = normalize(url).with_context(|| format!("`{url}` is no address of a project"))?;
    for advice in url.advice() {
        console.warn(&advice.to_string());
    }
    let found = find(&args.source, &args.challenges, console)?;
    let (entries, listed) = gradable_only(&found.chosen)?;
    let mut invalid = found.incomplete;
    let mut prepared = Vec::new();
    for entry in &entries {
        invalid |= report_problems(entry, console);
        prepared.extend(prepare(entry));
    }
    if prepared.is_empty() {
        if invalid {
            return Ok(ExitStatus::Unusable);
        }
        match listed.first() {
            Some((entry, reason)) => bail!("there is nothing to grade: `{}`: {reason}", entry.place.full_name()),
            None => bail!("there is nothing to grade"),
        }
    }
    let rules = match args.rules {
        Rules::Honest => verdict::Rules::Honest,
        Rules::Browser => verdict::Rules::Browser,
    };
    let fetching = fetch_settings(&args.limits, rules)?;
    let client = Client::new(fetching.clone()).context("the connection options cannot be used")?;
    let submission = WebSubmission::new(url.clone(), client);
    let settings = GradeSettings {
        rules,
        engine: match args.engine {
            Engine::Auto => EngineChoice::Auto,
            Engine::Ported => EngineChoice::Ported,
            Engine::Script => EngineChoice::Script,
        },
        hint_timeout: args.limits.hint_timeout,
    };
    let terminal = TerminalSettings {
        styles: console.styles(),
        width: console.width(),
        verbose: args.verbose,
        show_test: args.show_test,
        compact: false,
    };
    let runtime = runtime()?;
    let run = runtime.block_on(grade(&submission, settings, &prepared, terminal, console))?;
    if never_reached(&run) {
        runtime.block_on(doctor::after_run(&url, &fetching, console));
    }
    // A name that is still being looked up is not waited for.
    runtime.shutdown_background();
    Ok(if invalid { ExitStatus::Unusable } else { ExitStatus::of(run.counts()) })
}

/// `grade` was asked to grade, and not what.
#[derive(Debug, thiserror::Error)]
#[error("no project to grade: give its address with --url, such as --url http://localhost:3000 (or try `grade demo`)")]
pub struct NoProject;

/// A challenge of the curriculum, compiled; nothing when its file has errors.
pub fn prepare(entry: &Arc<Entry>) -> Option<Prepared> {
    let challenge = Arc::new(entry.challenge()?.clone());
    let file = entry.path.display().to_string();
    Some(Prepared::new(challenge, file, entry.place.block.clone(), entry.place.language.clone()))
}

/// One thread is enough: a run waits for the network most of its time.
pub fn runtime() -> Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().context("the asynchronous runtime cannot start")
}

/// Grades, and writes the terminal report to stdout on the way.
pub async fn grade(
    submission: &dyn Submission,
    settings: GradeSettings,
    challenges: &[Prepared],
    terminal: TerminalSettings,
    console: &Console,
) -> Result<RunResult> {
    let mut report = Terminal::new(terminal);
    let mut progress = Progress::new(console.progress());
    let mut written = Ok(());
    let run = Grader::new(submission, settings)
        .run(challenges, &mut |event| {
            progress.event(event);
            if written.is_ok() {
                let explanation = explanation(event, submission.code());
                let mut out = io::stdout().lock();
                written = report.event(event, explanation.as_ref(), &mut out).and_then(|()| out.flush());
            }
        })
        .await;
    // A reader that has gone away changes nothing about the verdict.
    broken_pipe_is_fine(written).context("the report cannot be written to standard output")?;
    Ok(run)
}

/// Why a hint that has just finished has its outcome.
fn explanation(event: &Event<'_>, url: &str) -> Option<Explanation> {
    let Event::HintFinished { challenge, result } = event else { return None };
    let test = &challenge.challenge.hints.get(result.index)?.code.text;
    explain(&Subject { result, test, url })
}

/// The settings of requests that the options ask for.
pub fn fetch_settings(limits: &LimitArgs, rules: verdict::Rules) -> Result<FetchSettings> {
    let ca_certificates = match &limits.cacert {
        None => None,
        Some(path) => Some(std::fs::read(path).with_context(|| format!("cannot read `{}`", path.display()))?),
    };
    Ok(FetchSettings {
        connect_timeout: limits.connect_timeout,
        max_time: limits.max_time,
        max_body: limits.max_body,
        retry: limits.retry,
        cors: !limits.no_cors,
        keep_xhr_cookies: rules == verdict::Rules::Honest,
        proxy: limits.proxy.clone(),
        ca_certificates,
        insecure: limits.insecure,
        resolve: limits.resolve.iter().map(|text| text.parse()).collect::<Result<_, _>>()?,
        ..FetchSettings::default()
    })
}
