//! The ported engine says what a page says: a table made with npm chai and jQuery under Node (tests/port/oracle.mjs).
#![allow(clippy::unwrap_used, reason = "a test")]
#![allow(clippy::indexing_slicing, clippy::result_large_err, reason = "a test may fail loudly")]

mod support;

use std::collections::BTreeMap;

use grade::fetch::{FetchError, Refusal, RefusalKind, Request, Response};
use grade::port::{Check, Ending, Plan, Run, Wanted, compile};
use jiff::tz::TimeZone;
use serde::Deserialize;
use support::recorded;

#[derive(Deserialize)]
struct Table {
    code: String,
    now: f64,
    answers: Vec<Answer>,
    requests: Vec<Asked>,
    blocks: Vec<Block>,
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    refused: bool,
    #[serde(default)]
    status: u16,
    r#type: Option<String>,
    #[serde(default)]
    body: String,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Asked {
    method: String,
    url: String,
    #[serde(default)]
    headers: Vec<(String, String)>,
    #[serde(default)]
    body: String,
}

#[derive(Deserialize)]
struct Block {
    code: String,
    runs: Vec<Recorded>,
}

#[derive(Deserialize)]
struct Recorded {
    answers: Vec<usize>,
    requests: Vec<usize>,
    end: Option<End>,
}

#[derive(Debug, Deserialize)]
struct End {
    name: String,
    message: String,
    /// Nobody waited for it there.
    #[serde(default)]
    late: bool,
}

/// What the engine made of a block.
struct Ran {
    ending: Ending,
    requests: Vec<Asked>,
    detached: bool,
}

fn table() -> Table {
    serde_json::from_str(include_str!("data/port_cases.json")).unwrap()
}

/// The request: the headers as they would be sent, apart from what the browser adds to every request.
fn asked(request: &Request) -> Asked {
    let mut headers: BTreeMap<String, String> =
        request.headers.iter().map(|(name, value)| (name.to_lowercase(), value.clone())).collect();
    if let Some(kind) = &request.implied_content_type {
        headers.entry("content-type".to_owned()).or_insert_with(|| kind.clone());
    }
    let upper = request.method.to_uppercase();
    let known = ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"].contains(&upper.as_str());
    Asked {
        method: if known { upper } else { request.method.clone() },
        url: request.url.to_string(),
        headers: headers.into_iter().filter(|(name, value)| !(name == "accept" && value == "*/*")).collect(),
        body: String::from_utf8(request.body.clone().unwrap_or_default().to_vec()).unwrap(),
    }
}

fn answered(answer: &Answer, request: &Request) -> Result<Response, FetchError> {
    if answer.refused {
        let kind = RefusalKind::MissingAllowOrigin { origin: "https://www.freecodecamp.org".to_owned() };
        return Err(FetchError::Refused(Refusal { kind, url: request.url.clone(), hop: 0, preflight: false }));
    }
    let body = if answer.status == 204 { String::new() } else { answer.body.clone() };
    Ok(recorded::answer(request, answer.status, answer.r#type.as_deref(), body))
}

fn run(plan: &Plan, table: &Table, answers: &[usize]) -> Ran {
    let world = grade::port::World::new(&table.code, TimeZone::UTC);
    let mut machine = Run::new(plan, &world);
    let mut requests = Vec::new();
    let mut detached = false;
    let mut answer = None;
    loop {
        match machine.step(answer.take(), table.now) {
            Wanted::Nothing(ending) => return Ran { ending, requests, detached },
            Wanted::Detached => detached = true,
            Wanted::Answer(request) => {
                let number = answers[requests.len().min(answers.len() - 1)];
                requests.push(asked(&request));
                answer = Some(answered(&table.answers[number], &request).map(std::sync::Arc::new));
            }
        }
    }
}

/// Whether both ends are the same one. Engines word their own errors as they like; where the port gives V8's words,
/// they have to be V8's.
fn same_end(ending: &Ending, end: Option<&End>) -> Result<(), String> {
    let (Ending::Threw(facts), Some(end)) = (ending, end) else {
        return match (ending, end) {
            (Ending::Passed, None) => Ok(()),
            (Ending::Passed, Some(end)) => Err(format!("passed, and {}: {} there", end.name, end.message)),
            _ => Err(format!("{ending:?}, and passed there")),
        };
    };
    // Node's words that are not the browser's, and what V8 says about JSON by its position.
    let loosely = ["Failed to parse URL", "Body is unusable", " in JSON at position ", "Cannot destructure "];
    let loose = end.name.is_empty()
        || end.name == "SyntaxError" && !end.message.starts_with("Unexpected token")
        || end.name == "TypeError" && facts.message.ends_with(" is not iterable")
        || loosely.iter().any(|words| end.message.contains(words));
    // A jqXHR has neither name nor message; both engines give it the same of each (tests/engine_agreement).
    let name = if facts.name == "jqXHR" { "" } else { facts.name.as_str() };
    if name == end.name && (loose || facts.message == end.message) {
        return Ok(());
    }
    Err(format!("{}: {}\n        there {}: {}", facts.name, facts.message, end.name, end.message))
}

#[test]
fn plans_do_what_pages_do() {
    let table = table();
    let (mut ported, mut same, mut undecided) = (0, 0, 0);
    let (mut declined, mut left, mut differences) = (Vec::new(), BTreeMap::<String, usize>::new(), Vec::new());
    for block in &table.blocks {
        let plan = match compile(&block.code) {
            Check::Ported(plan) => plan,
            Check::Script(why) => {
                declined.push(format!("{why}: {:?}", block.code));
                continue;
            }
            other => panic!("{other:?}: {}", block.code),
        };
        ported += 1;
        for recorded in &block.runs {
            let ran = run(&plan, &table, &recorded.answers);
            if let Ending::Undecided(reason) = &ran.ending {
                undecided += 1;
                *left.entry(reason.clone()).or_default() += 1;
                continue;
            }
            let bodies: Vec<_> = recorded.answers.iter().map(|&at| table.answers[at].body.as_str()).collect();
            let told = |what: String| format!("{}\n    on {bodies:?}\n        {what}", block.code);
            if let Err(what) = same_end(&ran.ending, recorded.end.as_ref()) {
                differences.push(told(what));
                continue;
            }
            let wanted: Vec<&Asked> = recorded.requests.iter().map(|&at| &table.requests[at]).collect();
            if !ran.requests.iter().eq(wanted.iter().copied()) {
                differences.push(told(format!("asked {:?}\n        there {wanted:?}", ran.requests)));
                continue;
            }
            if recorded.end.as_ref().is_some_and(|end| end.late) && !ran.detached {
                differences.push(told("waited for, and not there".to_owned()));
                continue;
            }
            same += 1;
        }
    }
    println!("{} blocks, {ported} port; {same} runs agree, {undecided} are left to scripts", table.blocks.len());
    println!("declined: {declined:#?}\nleft to scripts: {left:#?}");
    let shown = differences.iter().take(60).map(String::as_str).collect::<Vec<_>>().join("\n");
    assert!(differences.is_empty(), "{} runs differ:\n{shown}", differences.len());
    assert!(ported >= 150 && ported * 100 >= table.blocks.len() * 90, "{ported} of {} blocks port", table.blocks.len());
    assert!(same >= 1500 && undecided * 10 <= same, "{same} runs agree, {undecided} are left to scripts");
}
