//! JSON lines: an event a line, written as it happens.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::json::write_line;
use super::model::{Challenge, Counts, Environment, Hint, Report, Step, Summary};

/// A line.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Line<'a> {
    /// The run begins.
    Started {
        /// Version of the schema of the lines; it is that of the report.
        schema_version: &'a str,
        /// What grades, and under which conditions.
        environment: &'a Environment,
        /// What will be graded, in order.
        challenges: Vec<Name<'a>>,
    },
    /// A hint has its outcome.
    Hint {
        /// Its challenge.
        challenge: Name<'a>,
        /// The hint, as the report has it.
        hint: &'a Hint,
    },
    /// A challenge is done.
    Challenge {
        /// Which.
        challenge: Name<'a>,
        /// Its hints by outcome.
        counts: Counts,
        /// Time taken in milliseconds; absent with `--no-times`.
        #[serde(skip_serializing_if = "Option::is_none")]
        duration_ms: Option<f64>,
    },
    /// The run is done; there is no such line when it was broken off.
    Finished {
        /// The verdict on the whole.
        summary: &'a Summary,
    },
}

/// Which challenge.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Name<'a> {
    /// Id of the challenge.
    pub id: &'a str,
    /// Title.
    pub title: &'a str,
    /// Folder of challenges that share a project.
    pub block: Option<&'a str>,
    /// Language folder.
    pub language: Option<&'a str>,
    /// Path of the challenge file.
    pub file: &'a str,
    /// How many hints it has.
    pub hints: usize,
}

impl<'a> Name<'a> {
    fn of(challenge: &'a Challenge) -> Self {
        Self {
            id: &challenge.id,
            title: &challenge.title,
            block: challenge.block.as_deref(),
            language: challenge.language.as_deref(),
            file: &challenge.file,
            hints: challenge.counts.total,
        }
    }
}

impl<'a> Line<'a> {
    fn of(step: &Step<'a>) -> Self {
        match *step {
            Step::Started(report) => Self::started(report),
            Step::Hint(challenge, hint) => Self::Hint { challenge: Name::of(challenge), hint },
            Step::Challenge(challenge) => Self::challenge(challenge),
            Step::Finished(report) => Self::Finished { summary: &report.summary },
        }
    }

    fn started(report: &'a Report) -> Self {
        Self::Started {
            schema_version: &report.schema_version,
            environment: &report.environment,
            challenges: report.challenges.iter().map(Name::of).collect(),
        }
    }

    fn challenge(challenge: &'a Challenge) -> Self {
        Self::Challenge { challenge: Name::of(challenge), counts: challenge.counts, duration_ms: challenge.duration_ms }
    }
}

/// Writes the line of a step, and sees to it that it arrives.
pub fn write_step(step: &Step<'_>, out: &mut dyn Write) -> io::Result<()> {
    // In one piece: a reader that follows the file never sees half a line for long.
    let mut line = Vec::new();
    write_line(&Line::of(step), &mut line)?;
    out.write_all(&line)?;
    out.flush()
}

/// Writes all lines of a run that is over.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    write_line(&Line::started(report), out)?;
    for challenge in &report.challenges {
        for hint in &challenge.hints {
            write_line(&Line::Hint { challenge: Name::of(challenge), hint }, out)?;
        }
        write_line(&Line::challenge(challenge), out)?;
    }
    write_line(&Line::Finished { summary: &report.summary }, out)
}
