//! `grade doctor`: what keeps a project from being graded.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::Console;
use super::console::print;
use super::grade::{fetch_settings, prepare, runtime};
use super::library::{find, report_problems};
use super::target::NoProject;
use crate::cli::DoctorArgs;
use crate::doctor::{Diagnosis, State, Subject, USUAL_PORTS, Wanted, examine, reach};
use crate::exit::ExitStatus;
use crate::fetch::FetchSettings;
use crate::grader::Prepared;
use crate::port::{Check, OutlineItem};
use crate::report::doctor;
use crate::submission::{SubmittedUrl, normalize};
use crate::verdict::Rules;

/// The longest that a look after a run may take.
const AFTER_RUN: Duration = Duration::from_millis(1800);

pub fn run(args: &DoctorArgs, console: &Console) -> Result<ExitStatus> {
    let Some(typed) = args.url.as_deref() else {
        bail!(NoProject);
    };
    let url = normalize(typed).with_context(|| format!("`{typed}` is no address of a project"))?;
    let wanted = if args.challenges.is_empty() { Wanted::default() } else { wanted(args, console)? };
    let settings = fetch_settings(&args.limits, Rules::Browser)?;
    let subject = Subject {
        typed,
        url: &url,
        settings: &settings,
        limit: args.limits.max_time.unwrap_or(args.limits.hint_timeout),
        wanted: &wanted,
        ports: &USUAL_PORTS,
    };
    let runtime = runtime()?;
    let diagnosis = runtime.block_on(examine(&subject)).context("the connection options cannot be used")?;
    // A name that is still being looked up is not waited for.
    runtime.shutdown_background();
    let text =
        if args.json { doctor::json(&diagnosis) } else { doctor::lines(&diagnosis, console.styles(), console.width()) };
    print(&console.secrets().mask(&text))?;
    Ok(status(&diagnosis))
}

fn status(diagnosis: &Diagnosis) -> ExitStatus {
    match diagnosis.state {
        State::Ready => ExitStatus::Passed,
        State::Problem => ExitStatus::Failed,
        State::Unreachable => ExitStatus::CouldNotCheck,
    }
}

/// Says on stderr why a run did not reach its project, in three lines at most. Whatever happens here, the run is over
/// and its verdict stands.
pub async fn after_run(url: &SubmittedUrl, settings: &FetchSettings, console: &Console) {
    let limit = AFTER_RUN / 2;
    let typed = url.code();
    let wanted = Wanted::default();
    // It was tried often enough.
    let settings = &FetchSettings { retry: 0, ..settings.clone() };
    let subject = Subject { typed, url, settings, limit, wanted: &wanted, ports: &USUAL_PORTS };
    let Ok(Ok(diagnosis)) = tokio::time::timeout(AFTER_RUN, reach(&subject)).await else { return };
    if diagnosis.state != State::Unreachable {
        return;
    }
    let styles = console.error_styles();
    let Some(text) = doctor::short(&diagnosis, styles) else { return };
    let more = styles.title(&format!("grade doctor --url {}", url.code()));
    console.diagnose(&format!("{text}`{more}` looks closer\n"));
}

/// What the chosen challenges need of a project.
fn wanted(args: &DoctorArgs, console: &Console) -> Result<Wanted> {
    let found = find(&args.source, &args.challenges, console)?;
    let mut paths = Vec::new();
    let (mut known, mut methods) = (BTreeSet::new(), BTreeSet::new());
    let mut wanted = Wanted::default();
    for chosen in &found.chosen {
        report_problems(&chosen.entry, console);
        let Some(prepared) = prepare(&chosen.entry) else { continue };
        for (path, method) in needs(&prepared) {
            paths.extend(path.filter(|path| known.insert(path.clone())));
            methods.extend(method);
        }
        wanted.json |= prepared.challenge.hints.iter().any(|hint| hint.code.text.contains("application/json"));
    }
    wanted.paths = paths;
    wanted.methods = methods.into_iter().collect();
    Ok(wanted)
}

/// For each request or path of a challenge: a path to look for, and a method that a browser asks about first.
fn needs(prepared: &Prepared) -> Vec<(Option<String>, Option<String>)> {
    let mut needs = Vec::new();
    for (hint, ready) in prepared.challenge.hints.iter().zip(&prepared.hints) {
        match &ready.check {
            Check::Ported(plan) => needs.extend(plan.outline().into_iter().filter_map(|item| match item {
                OutlineItem::Request { method, url } => {
                    let asked_first = matches!(method.as_str(), "PUT" | "DELETE" | "PATCH");
                    Some(((method == "GET").then_some(url).and_then(|url| file(&url)), asked_first.then_some(method)))
                }
                OutlineItem::Assertion { .. } => None,
            })),
            // What a program asks for is only known when it runs; the paths that it names are likely.
            Check::Script(_) => needs.extend(named(&hint.code.text).map(|path| (Some(path), None))),
            Check::Empty | Check::Broken(_) => {}
        }
    }
    needs
}

/// A path that is known in full, and is that of a file.
fn file(path: &str) -> Option<String> {
    let is_file = path.starts_with("/_api/") || path.starts_with("/public/");
    (is_file && !path.contains(['…', '?', '#'])).then(|| path.to_owned())
}

/// Paths of files in a text.
fn named(text: &str) -> impl Iterator<Item = String> + '_ {
    ["/_api/", "/public/"].into_iter().flat_map(move |start| {
        text.match_indices(start).filter_map(move |(at, _)| {
            // A path begins where its text does, or after the project's address.
            let begins = text.get(..at)?.ends_with(['\'', '"', '`', '}']);
            let rest = text.get(at..)?;
            let end = rest.find(|character: char| {
                !(character.is_ascii_alphanumeric() || matches!(character, '/' | '_' | '-' | '.'))
            });
            let path = rest.get(..end.unwrap_or(rest.len()))?;
            (begins && path.len() > start.len()).then(|| path.to_owned())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_files_are_found_in_code() {
        let code = "fetch(code + '/_api/server.js'); $.get(`${code}/public/style.css`); /* see /_api/x.js */ get(\"/_api/\" + x)";
        assert_eq!(named(code).collect::<Vec<_>>(), ["/_api/server.js", "/public/style.css"]);
        assert_eq!(file("/public/client.js").as_deref(), Some("/public/client.js"));
        assert_eq!(file("/api/users"), None);
        assert_eq!(file("/public/…"), None);
    }
}
