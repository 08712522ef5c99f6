//! `grade watch` without a screen: one run after the other, and between them what has changed.

use std::collections::HashMap;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::super::Console;
use super::super::observe::Observer;
use super::super::run::Told;
use super::course::Course;
use crate::grader::{Event, GradeSettings, RunResult};
use crate::report::model::{Conditions, Times};
use crate::report::{Reports, TerminalSettings, live};
use crate::watch::{Mark, Phase, Watching, changes};

/// Names that are told one by one.
const NAMES: usize = 5;

/// Text that goes on and on.
pub struct Plain {
    settings: TerminalSettings,
    console: Console,
    /// What each challenge came to last, by its file.
    before: HashMap<String, Vec<(String, Mark)>>,
    /// The project that is waited for: its address, since when, how long at most, and whether it was said that this is long.
    waiting: Option<(String, Instant, Duration, bool)>,
    note: Option<String>,
}

/// Tells a run as it goes on.
pub struct PlainRun {
    observer: Option<Observer>,
    conditions: Conditions,
    settings: TerminalSettings,
    console: Console,
}

impl Plain {
    /// Text that looks so.
    pub fn new(settings: TerminalSettings, console: &Console) -> Self {
        Self { settings, console: console.clone(), before: HashMap::new(), waiting: None, note: None }
    }

    /// Files changed.
    pub fn changed(&mut self, names: &[String]) -> io::Result<()> {
        let shown = names.iter().take(NAMES).cloned().collect::<Vec<_>>().join(", ");
        let more = names.len().saturating_sub(NAMES);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        self.separator(&format!("{shown}{more} changed"))
    }

    /// The project came up again.
    pub fn restarted(&mut self) -> io::Result<()> {
        self.separator("the project came up again")
    }

    fn separator(&self, text: &str) -> io::Result<()> {
        let text = live::one_line(text);
        write(&format!("\n{}\n\n", self.settings.styles.title(&format!("--- {text} ---"))))
    }

    /// Something has to be said.
    pub fn notice(&self, text: &str) {
        self.console.diagnose(&format!("{}\n", text.trim_end()));
    }

    /// How files are watched; only what is not as it should be is said.
    pub fn watching(&mut self, watching: &Watching) {
        if watching.note != self.note
            && let Some(note) = &watching.note
        {
            self.console.warn(note);
        }
        self.note.clone_from(&watching.note);
    }

    /// Something begins.
    pub fn phase(&mut self, phase: Phase) {
        self.waiting = None;
        if let Phase::Waiting { url, since, limit } = phase {
            self.notice(&format!("waiting for the project to answer at {url} ..."));
            self.waiting = Some((url, since, limit, false));
        }
    }

    /// Some time has gone by.
    pub fn tick(&mut self) {
        if let Some((url, since, limit, told @ false)) = &mut self.waiting
            && since.elapsed() > *limit
        {
            *told = true;
            let text = format!(
                "nothing has answered at {url} for {} s: start the project, and it is graded",
                limit.as_secs_f64()
            );
            self.console.warn(&text);
        }
    }

    /// It could not be graded.
    pub fn trouble(&self, text: &str) {
        self.console.diagnose(text);
    }

    /// A run begins.
    pub fn begin(&self, given: Option<&str>, grading: &GradeSettings) -> PlainRun {
        let conditions = Conditions {
            url_given: given.map(str::to_owned),
            url: String::new(),
            rules: grading.rules.name().to_owned(),
            engine: grading.engine.name().to_owned(),
            times: if grading.times { Times::Shown } else { Times::Hidden },
            root: std::env::current_dir().ok(),
        };
        PlainRun { observer: None, conditions, settings: self.settings, console: self.console.clone() }
    }

    /// A run is over: what is different from the one before is said.
    pub fn finished(&mut self, taken: PlainRun, run: &RunResult, course: &Course) -> Result<()> {
        taken.finish()?;
        let mut lines = Vec::new();
        let mut compared = false;
        for result in &run.challenges {
            let Some(challenge) = course.challenges.iter().find(|challenge| challenge.file == result.file) else {
                continue;
            };
            let texts = challenge.challenge.hints.iter().map(|hint| hint.text.clone());
            let now: Vec<_> = texts.zip(result.hints.iter().map(|hint| Mark::from(&hint.outcome))).collect();
            if let Some(before) = self.before.get(&result.file) {
                compared = true;
                let name = result.dashed_name.as_deref().unwrap_or(&result.title);
                let name = if run.challenges.len() > 1 { format!("{name}: ") } else { String::new() };
                lines.extend(changes(before, &now).iter().map(|change| live::one_line(&format!("{name}{change}"))));
            }
            self.before.insert(result.file.clone(), now);
        }
        if compared {
            let text = match lines.len() {
                0 => "Since the last run: no verdict changed\n".to_owned(),
                1 => format!("Since the last run: {}\n", lines.concat()),
                _ => format!("Since the last run:\n  {}\n", lines.join("\n  ")),
            };
            write(&text)?;
        }
        Ok(())
    }
}

impl PlainRun {
    /// Takes an event.
    pub fn event(&mut self, event: &Event<'_>, code: &str) {
        let observer = self.observer.get_or_insert_with(|| {
            let conditions = Conditions { url: code.to_owned(), ..std::mem::take(&mut self.conditions) };
            Observer::new(self.settings, conditions, Reports::default(), &self.console)
        });
        observer.event(event, Told::Report);
    }

    /// Says what is left to be said.
    pub fn finish(self) -> Result<()> {
        if let Some(observer) = self.observer {
            observer.finish(&self.console)?;
        }
        // Whoever has stopped reading is told so by the next write.
        io::stdout().flush().context("the report cannot be written")
    }
}

fn write(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush())
}
