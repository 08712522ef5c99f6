//! Every hint of the development corpus in the script engine: none may need something that the engine lacks.

// Helpers of a test may fail loudly, as tests do; answers are passed by value as the trait wants them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::result_large_err)]

mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use grade::fetch::{FetchFuture, Fetcher, Request, Response, ResponseKind};
use grade::sandbox::{Code, PageSettings, Program, Rules, Sandbox};
use grade::verdict::{Cause, Outcome};
use support::script::fetched;

/// Answers everything with the same small JSON object.
struct Anything;

impl Fetcher for Anything {
    fn fetch(&self, request: Request) -> FetchFuture<'_> {
        Box::pin(async move {
            let body = Bytes::from_static(br#"{"username":"a","_id":"1","log":[],"count":1,"unix":1,"utc":"x"}"#);
            let response = Response {
                status: 200,
                status_text: "OK".to_owned(),
                url: request.url.clone(),
                redirected: false,
                kind: ResponseKind::Cors,
                headers: vec![("content-type".into(), "application/json; charset=utf-8".into())],
                body: Ok(body),
            };
            fetched(request, Ok(response))
        })
    }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|it| it == "json") {
            found.push(path);
        }
    }
}

#[test]
fn every_hint_of_the_corpus_gets_a_verdict() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/expected");
    let mut found = Vec::new();
    for dialect in ["A", "B", "BC", "C"] {
        files(&corpus.join(dialect), &mut found);
    }
    if found.is_empty() {
        eprintln!("skipped: there is no ../shared/corpus");
        return;
    }
    let sandbox = Sandbox::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for rules in [Rules::Honest, Rules::Browser] {
        for file in &found {
            let parsed: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
            let settings = PageSettings { url: "http://localhost:3000".to_owned(), rules, ..PageSettings::default() };
            let mut page = sandbox.page(settings);
            for hint in parsed["hints"].as_array().unwrap() {
                let code = hint["code"].as_str().unwrap_or_default();
                let line = usize::try_from(hint["codeLine"].as_u64().unwrap_or(1)).unwrap();
                let program = Program { code: Code::at_line(code, line), not_before: 0.0 };
                let verdict = runtime.block_on(page.run(&program, &Anything));
                let kind = match &verdict.outcome {
                    Outcome::Passed => "passed",
                    Outcome::Failed(failure) => {
                        if failure.position.is_none() && failure.message != "undefined" {
                            *counts.entry("failed without a position").or_default() += 1;
                        }
                        "failed"
                    }
                    Outcome::Unchecked => "unchecked",
                    Outcome::Errored(cause) => {
                        wrong.push(format!("{}: {cause:?}\n{code}", file.display()));
                        match cause {
                            Cause::Unsupported { .. } => "unsupported",
                            Cause::Syntax { .. } => "syntax",
                            Cause::Limit { .. } => "limit",
                            _ => "errored",
                        }
                    }
                    Outcome::Skipped(_) => "skipped",
                };
                *counts.entry(kind).or_default() += 1;
            }
        }
    }
    eprintln!("{} files: {counts:?}", found.len());
    assert!(wrong.is_empty(), "{} without a verdict, the first:\n{}", wrong.len(), wrong[0]);
}
