//! Everybody who looks at a run: the spinner, the readable report, and the reports that were asked for.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::Console;
use super::console::broken_pipe_is_fine;
use super::run::Told;
use crate::explain::{Explanation, Subject, explain};
use crate::grader::Event;
use crate::redact::Redactor;
use crate::report::model::{Collector, Conditions};
use crate::report::{Format, Progress, Reporter, Reports, Terminal, TerminalSettings, github};

/// Hands events on, masked, to all who look.
pub struct Observer {
    redactor: Redactor,
    show: Show,
}

/// Those who look, behind the mask.
struct Show {
    progress: Progress,
    terminal: Terminal,
    /// Where the readable report goes: standard output, if no other report does.
    to_stderr: bool,
    /// Whether lines that begin with `::` would be obeyed.
    in_github_log: bool,
    written: io::Result<()>,
    collector: Collector,
    reports: Reports,
    url: String,
}

impl Observer {
    /// For one run.
    pub fn new(terminal: TerminalSettings, conditions: Conditions, reports: Reports, console: &Console) -> Self {
        let mask = |address: &str| console.secrets().mask_address(address);
        let url = mask(&conditions.url);
        let url_given = conditions.url_given.as_deref().map(mask);
        let conditions = Conditions { url_given, url: url.clone(), ..conditions };
        Self {
            redactor: Redactor::new(console.secrets().clone()),
            show: Show {
                progress: Progress::new(console.progress()),
                terminal: Terminal::new(terminal),
                to_stderr: reports.on_stdout(),
                in_github_log: std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true"),
                written: Ok(()),
                collector: Collector::new(conditions),
                reports,
                url,
            },
        }
    }

    /// Takes an event of the grader.
    pub fn event(&mut self, event: &Event<'_>, told: Told) {
        let Self { redactor, show } = self;
        redactor.event(event, &mut |event| show.event(event, told));
    }

    /// Writes the reports; true when all of them, and the readable one, could be written.
    pub fn finish(self, console: &Console) -> Result<bool> {
        let Show { progress, written, collector, reports, .. } = self.show;
        drop(progress);
        let for_github = reports.has(Format::Github);
        let failed = reports.finish(collector.report());
        let mut all = failed.is_empty();
        let summary = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| for_github && !path.is_empty());
        if let Some(path) = summary
            && let Err(error) = github::append_summary(collector.report(), Path::new(&path))
        {
            all = false;
            console.error(&StepSummary { path: path.into(), source: error });
        }
        for error in failed {
            console.error(&error);
        }
        // A reader that has gone away changes nothing about the verdict.
        broken_pipe_is_fine(written).context("the readable report cannot be written")?;
        Ok(all)
    }
}

/// GitHub's file for the summary of a step cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("the summary of the step cannot be written to `{}`, which GITHUB_STEP_SUMMARY names", path.display())]
struct StepSummary {
    path: PathBuf,
    source: io::Error,
}

impl Show {
    fn event(&mut self, event: &Event<'_>, told: Told) {
        self.progress.event(event);
        if told == Told::Progress {
            return;
        }
        let explanation = explanation(event, &self.url);
        let explanation = explanation.as_ref();
        if self.written.is_ok() {
            self.written = self.show(event, explanation);
        }
        if let Some(step) = self.collector.event(event, explanation) {
            self.reports.step(&step);
        }
    }

    /// Writes what the readable report has to say.
    fn show(&mut self, event: &Event<'_>, explanation: Option<&Explanation>) -> io::Result<()> {
        let mut text = Vec::new();
        self.terminal.event(event, explanation, &mut text)?;
        if self.in_github_log {
            text = github::no_commands(&String::from_utf8_lossy(&text)).into_owned().into_bytes();
        }
        if self.to_stderr {
            return io::stderr().lock().write_all(&text);
        }
        let mut out = io::stdout().lock();
        out.write_all(&text).and_then(|()| out.flush())
    }
}

/// Why a hint that has just finished has its outcome; `url` is the project's address as tests see it.
pub fn explanation(event: &Event<'_>, url: &str) -> Option<Explanation> {
    let Event::HintFinished { challenge, result } = event else { return None };
    let test = &challenge.challenge.hints.get(result.index)?.code.text;
    explain(&Subject { result, test, url })
}
