//! The report that people read.

mod details;
mod excerpt;
mod explanation;
mod full;
mod hint;
mod layout;
mod seen;
mod summary;

use std::io::{self, Write};

pub(super) use excerpt::draw;
pub(super) use layout::{fit, plain, width, wrap};
pub(super) use summary::words as counts;

use super::Reporter;
use super::style::Styles;
use crate::explain::Explanation;
use crate::grader::{Event, Prepared};
use crate::verdict::{HintResult, Outcome};
use seen::Seen;

/// How much is said about a hint that did not pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Explain {
    /// The facts, and no explanation.
    None,
    /// The cause, what shows it, and what to do.
    #[default]
    Short,
    /// Also the requests with their headers, the answers and the test.
    Full,
}

/// How the terminal report looks.
#[derive(Debug, Clone, Copy)]
pub struct TerminalSettings {
    /// Colour or not.
    pub styles: Styles,
    /// Width in columns.
    pub width: usize,
    /// Show the test's console output, and requests of hints that passed.
    pub verbose: bool,
    /// Show the test block of hints that did not pass.
    pub show_test: bool,
    /// What is shown at all.
    pub detail: Detail,
    /// Show how long things took.
    pub times: bool,
    /// How much is said about a hint that did not pass.
    pub explain: Explain,
}

/// What is shown at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Detail {
    /// Every hint.
    #[default]
    Hints,
    /// Every hint, but a challenge whose hints all passed on one line.
    Compact,
    /// Hints that did not pass, and the totals.
    NotPassed,
    /// The line with the totals.
    Totals,
}

/// Writes what happened as it happens.
#[derive(Debug)]
pub struct Terminal {
    settings: TerminalSettings,
    challenges: usize,
    seen: usize,
    /// In the compact form: what will be written when the challenge turns out not to be complete.
    held: Vec<u8>,
    gap: bool,
    explained: Seen,
    /// Where only hints that did not pass are shown: whether the challenge's title still has to be.
    untitled: bool,
}

impl Terminal {
    /// A report with these settings.
    pub fn new(settings: TerminalSettings) -> Self {
        Self {
            settings,
            challenges: 0,
            seen: 0,
            held: Vec::new(),
            gap: false,
            explained: Seen::default(),
            untitled: false,
        }
    }

    fn heading(&self, challenge: &Prepared, out: &mut dyn Write) -> io::Result<()> {
        let styles = self.settings.styles;
        let title = layout::plain(&challenge.challenge.title);
        let name = challenge.challenge.dashed_name.as_deref().unwrap_or(&challenge.challenge.id);
        let place = match &challenge.block {
            Some(block) => format!("{block}/{name}"),
            None => name.to_owned(),
        };
        let place = layout::plain(&place);
        let fits = layout::width(&title) + layout::width(&place) + 4 <= self.settings.width;
        if fits {
            writeln!(out, "{}  {}", styles.title(&title), styles.dim(&format!("({place})")))
        } else {
            writeln!(out, "{}\n  {}", styles.title(&title), styles.dim(&place))
        }
    }
}

impl Terminal {
    fn full(&mut self, event: &Event<'_>, explanation: Option<&Explanation>, out: &mut dyn Write) -> io::Result<()> {
        match event {
            Event::Started { challenges } => {
                self.challenges = challenges.len();
                Ok(())
            }
            Event::ChallengeStarted { challenge } => {
                if self.seen > 0 {
                    writeln!(out)?;
                }
                self.seen += 1;
                self.heading(challenge, out)
            }
            Event::HintFinished { challenge, result } => {
                hint::write(&self.settings, challenge, result, explanation, &mut self.explained, out)
            }
            Event::ChallengeFinished { result, .. } if self.challenges > 1 => {
                summary::challenge(&self.settings, result, out)
            }
            Event::ChallengeFinished { .. } | Event::HintStarted { .. } => Ok(()),
            Event::Finished { run } => {
                if self.seen > 0 || self.settings.detail == Detail::Compact {
                    writeln!(out)?;
                }
                summary::run(&self.settings, run, out)
            }
        }
    }

    fn compact(&mut self, event: &Event<'_>, explanation: Option<&Explanation>, out: &mut dyn Write) -> io::Result<()> {
        match event {
            Event::ChallengeStarted { .. } | Event::HintFinished { .. } => {
                let mut held = std::mem::take(&mut self.held);
                self.seen = 0;
                self.full(event, explanation, &mut held)?;
                self.held = held;
                Ok(())
            }
            Event::ChallengeFinished { result, .. } => {
                let held = std::mem::take(&mut self.held);
                if summary::complete(result.counts()) {
                    if std::mem::take(&mut self.gap) {
                        writeln!(out)?;
                    }
                    return summary::one_line(&self.settings, result, out);
                }
                self.gap = true;
                writeln!(out)?;
                out.write_all(&held)
            }
            other => self.full(other, explanation, out),
        }
    }
}

impl Terminal {
    fn not_passed(
        &mut self,
        event: &Event<'_>,
        explanation: Option<&Explanation>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        match event {
            Event::ChallengeStarted { .. } => self.untitled = true,
            Event::HintFinished { result, .. } if matches!(result.outcome, Outcome::Passed) => {}
            Event::HintFinished { challenge, .. } => {
                if std::mem::take(&mut self.untitled) {
                    self.full(&Event::ChallengeStarted { challenge }, None, out)?;
                }
                self.full(event, explanation, out)?;
            }
            Event::ChallengeFinished { .. } if self.untitled => {}
            other => self.full(other, explanation, out)?,
        }
        Ok(())
    }
}

/// One hint as it stands in the report, by itself.
pub fn hint_text(
    settings: &TerminalSettings,
    challenge: &Prepared,
    result: &HintResult,
    explanation: Option<&Explanation>,
) -> String {
    let mut text = Vec::new();
    // Writing to memory does not fail.
    let _ = hint::write(settings, challenge, result, explanation, &mut Seen::default(), &mut text);
    String::from_utf8_lossy(&text).into_owned()
}

impl Reporter for Terminal {
    fn event(&mut self, event: &Event<'_>, explanation: Option<&Explanation>, out: &mut dyn Write) -> io::Result<()> {
        match (self.settings.detail, event) {
            (Detail::Hints, _) | (Detail::Totals, Event::Finished { .. }) => self.full(event, explanation, out),
            (Detail::Compact, _) => self.compact(event, explanation, out),
            (Detail::NotPassed, _) => self.not_passed(event, explanation, out),
            (Detail::Totals, _) => Ok(()),
        }
    }
}
