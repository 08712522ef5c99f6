//! `--rules browser` against the real thing: every block of `tests/browser/cases/` is graded here, by both engines, and
//! evaluated in Chromium; the verdicts must be the same, and so must the names of errors and the messages of assertions.
//!
//! `GRADE_REQUIRE_BROWSER` makes it a failure that Chromium or node is not there; `GRADE_BROWSER_CASES=cors` looks only at
//! the groups whose file or description contains that.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by panicking")]

#[path = "browser/answers.rs"]
mod answers;
#[path = "browser/chromium.rs"]
mod chromium;
#[path = "browser/table.rs"]
mod table;

use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Instant;

use chromium::{Chromium, Verdict};
use grade::challenge::{Source, parse};
use grade::fetch::{Client, FetchSettings};
use grade::grader::{EngineChoice, GradeSettings, Grader, Prepared};
use grade::submission::{WebSubmission, normalize};
use grade::testbed::{EmptyMessages, Faults, Project, Running, Testbed};
use grade::verdict::{Cause, FailureKind, HintResult, Outcome, Rules};
use table::{Asked, Challenge};
use tokio::sync::Semaphore;
use tokio::task::LocalSet;

/// Challenges that are looked at at the same time.
const AT_ONCE: usize = 4;

/// The least that the tables must hold.
const LEAST: usize = 400;

/// A project that runs, and the blocks as they are for it.
struct World {
    url: String,
    blocks: Vec<String>,
    /// Run until they are dropped.
    _servers: Vec<Running>,
}

async fn world(challenge: &Challenge) -> World {
    let start = |(project, faults): (Project, Faults)| async { Testbed::start(project, faults).await.unwrap() };
    let plain_url = |server: &Running| server.url().as_str().trim_end_matches('/').to_owned();
    let other = start(answers::other()).await;
    let dead = {
        let server = start(answers::other()).await;
        let url = plain_url(&server);
        server.stop().await;
        url
    };
    let asked = match challenge.project {
        Asked::Plain => Some(answers::plain(&plain_url(&other))),
        Asked::Broken => Some(answers::broken()),
        Asked::Stateful => {
            let state = Project {
                sessions: true,
                messages: Some(EmptyMessages::Refused),
                ..Project::of_files([("index.html", "<h1>Home</h1>")])
            };
            Some((state, Faults::default()))
        }
        Asked::Dead => None,
    };
    let mut servers = Vec::new();
    let url = match asked {
        Some(asked) => {
            let server = start(asked).await;
            let url = plain_url(&server);
            servers.push(server);
            url
        }
        None => dead.clone(),
    };
    let other_url = plain_url(&other);
    servers.push(other);
    let port = url.rsplit(':').next().unwrap_or_default().to_owned();
    let blocks = challenge.blocks.iter();
    let blocks = blocks.map(|block| block.replace("OTHER", &other_url).replace("DEAD", &dead).replace("PORT", &port));
    World { url, blocks: blocks.collect(), _servers: servers }
}

/// The blocks as a challenge file.
fn prepare(blocks: &[String]) -> Prepared {
    let mut text = String::from(
        "---\nid: 0123456789abcdef01234567\ntitle: Agreement\nchallengeType: 2\ndashedName: agreement\n---\n\n# --description--\n\nText.\n\n# --hints--\n",
    );
    for block in blocks {
        text.extend(["\nA hint.\n\n~~~~~js\n", block, "\n~~~~~\n"]);
    }
    let challenge = parse(&Source::new("agreement.md", text)).unwrap();
    assert_eq!(challenge.hints.len(), blocks.len());
    Prepared::new(Arc::new(challenge), "agreement.md", None, None)
}

async fn graded(challenge: &Challenge, engine: EngineChoice) -> Vec<HintResult> {
    let world = world(challenge).await;
    let settings = FetchSettings { keep_xhr_cookies: false, ..FetchSettings::default() };
    let client = Client::new(settings).unwrap();
    let submission = WebSubmission::new(normalize(&world.url).unwrap(), client);
    let settings = GradeSettings { rules: Rules::Browser, engine, ..GradeSettings::default() };
    let prepared = [prepare(&world.blocks)];
    let mut run = Grader::new(&submission, settings).run(&prepared, &mut |_| {}).await;
    run.challenges.remove(0).hints
}

/// Why grade's outcome is not Chromium's, if it is not.
fn difference(ours: &HintResult, theirs: &Verdict) -> Option<&'static str> {
    match (&ours.outcome, theirs.pass) {
        (Outcome::Passed, true) => None,
        (Outcome::Passed, false) | (_, true) => Some("verdict"),
        (Outcome::Failed(failure), false) => {
            let name = match &failure.kind {
                FailureKind::Assertion => "AssertionError",
                FailureKind::Thrown { name } => name,
            };
            let asserted = theirs.name.as_deref() == Some("AssertionError");
            if theirs.name.as_deref().is_some_and(|theirs| theirs != name) {
                Some("name of the error")
            } else if (asserted || (failure.refusal.is_some() && theirs.name.is_some()))
                && without_ports(&failure.message) != without_ports(&theirs.message)
            {
                Some("message")
            } else {
                None
            }
        }
        (_, false) => None,
    }
}

/// Each of the servers has a port of its own.
fn without_ports(message: &str) -> String {
    let mut parts = message.split("127.0.0.1:");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text += "127.0.0.1:";
        text += part.trim_start_matches(|character: char| character.is_ascii_digit());
    }
    text
}

fn words(ours: &HintResult) -> String {
    match &ours.outcome {
        Outcome::Failed(failure) => format!("failed: {:?}: {}", failure.kind, failure.message),
        outcome => format!("{outcome:?}"),
    }
}

#[derive(Default)]
struct Tally {
    cases: usize,
    passes: usize,
    ported: usize,
    errored: usize,
    differences: Vec<String>,
}

async fn compare(id: u64, challenge: &Challenge, chromium: &Chromium) -> Tally {
    let there = async {
        let world = world(challenge).await;
        chromium.ask(id, &world.url, challenge.dialect.name(), &world.blocks).await
    };
    let (auto, script, theirs) =
        tokio::join!(graded(challenge, EngineChoice::Auto), graded(challenge, EngineChoice::Script), there);
    let theirs = theirs.unwrap_or_else(|error| panic!("{}: {error}", challenge.about));
    assert_eq!(theirs.len(), challenge.blocks.len(), "{}", challenge.about);
    let mut tally = Tally { cases: theirs.len(), ..Tally::default() };
    for (index, (block, theirs)) in challenge.blocks.iter().zip(&theirs).enumerate() {
        tally.passes += usize::from(theirs.pass);
        tally.ported += usize::from(auto[index].engine == Some(grade::verdict::Engine::Ported));
        tally.errored += usize::from(matches!(auto[index].outcome, Outcome::Errored(_)));
        for (engine, ours) in [("auto", &auto[index]), ("script", &script[index])] {
            let what = if challenge.unsupported {
                let says_so = matches!(ours.outcome, Outcome::Errored(Cause::Unsupported { .. }));
                (!says_so).then_some("not said to be unsupported")
            } else {
                difference(ours, theirs)
            };
            if let Some(what) = what {
                tally.differences.push(format!(
                    "{} ({what}, engine {engine})\n{block}\n  grade:    {}\n  Chromium: {theirs:?}",
                    challenge.about,
                    words(ours)
                ));
            }
        }
    }
    tally
}

#[test]
fn verdicts_are_those_of_chromium() {
    let required = std::env::var_os("GRADE_REQUIRE_BROWSER").is_some();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    if let Some(missing) = chromium::missing() {
        assert!(!required, "{missing}, and GRADE_REQUIRE_BROWSER is set");
        println!("skipped: {missing}");
        return;
    }
    let started = Instant::now();
    let chromium = match Chromium::start(&folder) {
        Ok(chromium) => Rc::new(chromium),
        Err(error) if required => panic!("{error}, and GRADE_REQUIRE_BROWSER is set"),
        Err(error) => {
            println!("skipped: {error}");
            return;
        }
    };
    let only = std::env::var("GRADE_BROWSER_CASES").unwrap_or_default();
    let mut challenges = table::read(&folder.join("cases"));
    challenges.retain(|challenge| challenge.about.contains(&only));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let total = LocalSet::new().block_on(&runtime, async {
        let turns = Arc::new(Semaphore::new(AT_ONCE));
        let mut tasks = Vec::new();
        for (id, challenge) in (1..).zip(challenges) {
            let (turns, chromium) = (Arc::clone(&turns), Rc::clone(&chromium));
            tasks.push(tokio::task::spawn_local(async move {
                let _turn = turns.acquire().await.unwrap();
                compare(id, &challenge, &chromium).await
            }));
        }
        let mut total = Tally::default();
        for task in tasks {
            let tally = task.await.unwrap();
            total.cases += tally.cases;
            total.passes += tally.passes;
            total.ported += tally.ported;
            total.errored += tally.errored;
            total.differences.extend(tally.differences);
        }
        total
    });
    let Tally { cases, passes, ported, errored, differences } = total;
    println!(
        "Chromium {}: {cases} cases, {passes} pass there, {} differences; {ported} ported, {errored} errored; {:.1} s",
        chromium.version,
        differences.len(),
        started.elapsed().as_secs_f64()
    );
    assert!(differences.is_empty(), "{} differences\n\n{}", differences.len(), differences.join("\n\n"));
    assert!(!only.is_empty() || cases >= LEAST, "only {cases} cases");
    // A table in which everything passes, or nothing, would compare nothing.
    assert!(!only.is_empty() || (passes > LEAST / 4 && cases - passes > LEAST / 4), "{passes} of {cases} pass");
}

/// Honest rules stop asking a project that is not there; the browser goes on, and passes what does not look.
#[test]
fn every_hint_has_its_turn_when_nobody_listens() {
    let look = "await fetch(code);".to_owned();
    let blocks = vec![look.clone(), look.clone(), look, "fetch(code);".to_owned()];
    let about = "nobody listens".to_owned();
    let dead = Challenge { about, dialect: table::Dialect::C, project: Asked::Dead, unsupported: false, blocks };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for engine in [EngineChoice::Auto, EngineChoice::Script] {
        let hints = runtime.block_on(graded(&dead, engine));
        let passed: Vec<bool> = hints.iter().map(|hint| matches!(hint.outcome, Outcome::Passed)).collect();
        assert_eq!(passed, [false, false, false, true]);
    }
}
