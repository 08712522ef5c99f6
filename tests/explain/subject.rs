//! A hint's result, made by the ported engine from a test block and an answer.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use grade::explain::{Evidence, Excerpt, Explanation, Subject, explain};
use grade::fetch::{Exchange, ExchangeEnd, Hop, Request};
use grade::port::{Check, Ending, Run, Wanted, compile};
use grade::verdict::{AssertionFacts, CodePosition, Engine, Failure, FailureKind, HintResult, Outcome, TextFacts};
use jiff::tz::TimeZone;

use crate::support::recorded::answer;

pub const URL: &str = "http://localhost:3000";

/// An answer of a project.
pub struct Answer<'a> {
    pub path: &'a str,
    pub kind: &'a str,
    pub body: &'a str,
}

impl Answer<'_> {
    fn exchange(&self) -> Exchange {
        let url = url::Url::parse(URL).unwrap().join(self.path).unwrap();
        Exchange {
            method: "GET".to_owned(),
            url: url.clone(),
            hops: [Hop {
                method: "GET".to_owned(),
                url,
                preflight: false,
                request_headers: [].into(),
                status: Some(200),
                response_headers: vec![("content-type".into(), self.kind.into())],
            }]
            .into(),
            end: ExchangeEnd::Answered,
            body: Bytes::copy_from_slice(self.body.as_bytes()),
            duration: Duration::from_millis(1),
            from_memo: false,
            file: self.path.strip_prefix("/_api/").map(Arc::from),
        }
    }
}

/// The block that searches the answer.
pub fn block(path: &str, assertion: &str) -> String {
    format!("const res = await fetch(code + '{path}');\nconst data = await res.text();\n{assertion};")
}

fn result(outcome: Outcome, answer: &Answer<'_>) -> HintResult {
    HintResult {
        index: 0,
        text: String::new(),
        outcome,
        notes: Vec::new(),
        engine: Some(Engine::Ported),
        exchanges: vec![answer.exchange()],
        console: Vec::new(),
        line: 1,
        duration: Duration::from_millis(1),
    }
}

/// Runs a block natively; `None` when it passes.
fn run(code: &str, given: &Answer<'_>) -> Option<Failure> {
    let Check::Ported(plan) = compile(code) else { panic!("does not port: {code}\n{:?}", compile(code)) };
    let world = grade::port::World::new(URL, TimeZone::UTC);
    let mut machine = Run::new(&plan, &world);
    let mut next = None;
    loop {
        match machine.step(next.take(), 0.0) {
            Wanted::Nothing(Ending::Passed) => return None,
            Wanted::Nothing(Ending::Threw(facts)) => {
                return Some(Failure {
                    kind: FailureKind::Assertion,
                    message: facts.message,
                    assertion: facts.assertion,
                    refusal: None,
                    position: None,
                });
            }
            Wanted::Nothing(Ending::Undecided(why)) => panic!("undecided: {why}"),
            Wanted::Detached => {}
            Wanted::Answer(request) => {
                let request: &Request = &request;
                let response = answer(request, 200, Some(given.kind), given.body.as_bytes().to_vec());
                next = Some(Ok(std::sync::Arc::new(response)));
            }
        }
    }
}

/// The outcome of an assertion on an answer, and its explanation.
pub fn explained(assertion: &str, given: &Answer<'_>) -> (bool, Option<Explanation>) {
    let code = block(given.path, assertion);
    let outcome = match run(&code, given) {
        Some(failure) => Outcome::Failed(Box::new(failure)),
        None => Outcome::Passed,
    };
    let passed = matches!(outcome, Outcome::Passed);
    let result = result(outcome, given);
    (passed, explain(&Subject { result: &result, test: &code, url: URL }))
}

/// The explanation of a search that is said to have missed.
pub fn explained_search(pattern: &str, flags: Option<&str>, negated: bool, given: &Answer<'_>) -> Option<Explanation> {
    let facts =
        TextFacts { pattern: pattern.to_owned(), flags: flags.map(str::to_owned), text: given.body.into(), negated };
    let assertion = AssertionFacts {
        name: if flags.is_some() { "match" } else { "include" }.to_owned(),
        text: Some(facts),
        request: Some(0),
        ..AssertionFacts::default()
    };
    let failure = Failure {
        kind: FailureKind::Assertion,
        message: String::new(),
        assertion: Some(assertion),
        refusal: None,
        position: None,
    };
    let result = result(Outcome::Failed(Box::new(failure)), given);
    explain(&Subject { result: &result, test: "", url: URL })
}

/// The explanation of a condition that failed in the script engine, which knows no text; the call stands on that line.
pub fn explained_condition(code: &str, line: usize, given: &Answer<'_>) -> Option<Explanation> {
    let failure = Failure {
        kind: FailureKind::Assertion,
        message: "expected false to be truthy".to_owned(),
        assertion: Some(AssertionFacts { name: "assert".to_owned(), ..AssertionFacts::default() }),
        refusal: None,
        position: Some(CodePosition { line: 40 + line, column: 1 }),
    };
    let result = HintResult { line: 41, ..result(Outcome::Failed(Box::new(failure)), given) };
    explain(&Subject { result: &result, test: code, url: URL })
}

/// Every mark lies in its line, and every line in the text.
pub fn check_places(explanation: &Explanation, text: &str) {
    let lines: Vec<&str> = lines(text);
    for evidence in &explanation.evidence {
        let Evidence::Excerpt(Excerpt { lines: shown, marks, .. }) = evidence else { continue };
        assert!(shown.len() <= 5, "{explanation:?}");
        for line in shown {
            let own: String = lines[line.number - 1].chars().skip(line.skipped).collect();
            // A test that reads an answer as text sees it without its byte order mark.
            let (own, shown) = (own.trim_start_matches('\u{feff}'), line.text.trim_start_matches('\u{feff}'));
            assert!(own.starts_with(shown), "{line:?} is not in {own:?}");
            assert_eq!(line.cut, own.len() > shown.len(), "{line:?} of {own:?}");
        }
        for mark in marks {
            let line = shown.iter().find(|line| line.number == mark.line).unwrap();
            let end = line.skipped + line.text.chars().count();
            assert!(mark.column > line.skipped && mark.column - 1 + mark.length <= end, "{mark:?} in {line:?}");
        }
    }
}

/// Lines as editors count them.
fn lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['\n', '\r']) {
        lines.push(&rest[..at]);
        rest = rest[at..].strip_prefix("\r\n").unwrap_or(&rest[at + 1..]);
    }
    lines.push(rest);
    lines
}
