//! `grade show --json` and `--engine`: what the parser and the compiler make of any number of files, fast.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, BufWriter, Write as _};
use std::ops::ControlFlow;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::console::{broken_pipe_is_fine, print};
use crate::challenge::{FrontMatter, Hint, Problem, Section};
use crate::cli::ShowArgs;
use crate::curriculum::{Visited, gradable_type, visit_with};
use crate::exit::ExitStatus;
use crate::port::{Check, compile};

/// One JSON object a line for each file.
pub fn objects(args: &ShowArgs) -> Result<ExitStatus> {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut written = Ok(());
    let mut unreadable = false;
    visit_with(&paths(args), line, |(line, readable)| {
        unreadable |= !readable;
        written = out.write_all(line.as_bytes());
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    let flushed = written.and_then(|()| out.flush());
    broken_pipe_is_fine(flushed).context("the objects cannot be written to standard output")?;
    Ok(if unreadable { ExitStatus::Unusable } else { ExitStatus::Passed })
}

fn paths(args: &ShowArgs) -> Vec<PathBuf> {
    args.challenges.iter().map(PathBuf::from).collect()
}

#[expect(clippy::needless_pass_by_value, reason = "the visitor hands its files over")]
fn line(visited: Visited) -> (String, bool) {
    let file = visited.path.display().to_string();
    let (object, readable) = match &visited.read {
        Err(error) => {
            let error = json!({"stage": "read", "message": error.to_string(), "line": null, "column": null});
            (
                json!({"file": file, "frontMatter": {}, "hints": [], "sections": [], "errors": [error], "warnings": []}),
                false,
            )
        }
        Ok(Ok(challenge)) => (
            object(&file, Some(&challenge.front_matter), &challenge.hints, &challenge.sections, &challenge.warnings),
            true,
        ),
        Ok(Err(errors)) => {
            let outline = &errors.outline;
            (object(&file, outline.front_matter.as_ref(), &outline.hints, &outline.sections, &errors.problems), true)
        }
    };
    (object.to_string() + "\n", readable)
}

fn object(
    file: &str,
    front_matter: Option<&FrontMatter>,
    hints: &[Hint],
    sections: &[Section],
    problems: &[Problem],
) -> Value {
    let of = |severity| problems.iter().filter(move |problem| problem.severity == severity).map(problem);
    json!({
        "file": file,
        "frontMatter": front_matter.map_or_else(|| json!({}), FrontMatter::to_json),
        "hints": hints.iter().map(hint).collect::<Vec<_>>(),
        "sections": sections.iter().filter(|section| section.top_level).map(|section| &section.name).collect::<Vec<_>>(),
        "errors": of(crate::challenge::Severity::Error).collect::<Vec<_>>(),
        "warnings": of(crate::challenge::Severity::Warning).collect::<Vec<_>>(),
    })
}

fn problem(problem: &Problem) -> Value {
    json!({
        "stage": problem.stage.map(crate::challenge::Stage::name),
        "message": problem.message,
        "help": problem.help,
        "line": problem.line,
        "column": problem.column,
    })
}

fn hint(hint: &Hint) -> Value {
    let (engine, reason) = engine(&hint.code.text);
    let mut object = json!({
        "text": hint.text,
        "code": hint.code.text,
        "line": hint.line(),
        "codeLine": hint.code.line,
        "engine": engine,
    });
    if let (Some(reason), Some(object)) = (reason, object.as_object_mut()) {
        object.insert("reason".to_owned(), reason.into());
    }
    object
}

/// Which engine runs a block, and why it does not port.
fn engine(code: &str) -> (&'static str, Option<String>) {
    match compile(code) {
        Check::Ported(_) => ("ported", None),
        Check::Script(why) => ("script", Some(why.reason)),
        Check::Empty => ("none", None),
        Check::Broken(error) => ("broken", Some(format!("no valid JavaScript: {}", error.message))),
    }
}

/// Counts engines and reasons over the challenges that are graded by URL.
pub fn engines(args: &ShowArgs) -> Result<ExitStatus> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    let (mut files, mut unreadable) = (0, false);
    let look = |visited: Visited| match visited.read {
        Err(_) => None,
        Ok(Ok(challenge)) if gradable_type(challenge.challenge_type).is_ok() => {
            Some(challenge.hints.iter().map(|hint| engine(&hint.code.text)).collect::<Vec<_>>())
        }
        Ok(_) => Some(Vec::new()),
    };
    visit_with(&paths(args), look, |found| {
        match found {
            None => unreadable = true,
            Some(found) => {
                files += usize::from(!found.is_empty());
                for (engine, reason) in found {
                    *counts.entry(engine).or_default() += 1;
                    if let Some(reason) = reason {
                        *reasons.entry(reason).or_default() += 1;
                    }
                }
            }
        }
        ControlFlow::Continue(())
    })?;
    let get = |engine| counts.get(engine).copied().unwrap_or(0);
    let with_code = get("ported") + get("script");
    let percent = (get("ported") * 100).checked_div(with_code).unwrap_or(0);
    let mut text = format!(
        "challenges graded by URL: {files}; hints with a test: {with_code}, of which {} port ({percent} %) and {} need the \
         script engine; hints without a test: {}; tests that do not parse: {}\n",
        get("ported"),
        get("script"),
        get("none"),
        get("broken"),
    );
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
    for (reason, count) in reasons {
        let _ = writeln!(text, "{count:>6}  {reason}");
    }
    print(&text)?;
    Ok(if unreadable { ExitStatus::Unusable } else { ExitStatus::Passed })
}
