//! Our `$` against what npm jquery@3.7.1 gave for the same code (tests/jquery/generate.mjs).

// Helpers of a test may fail loudly, as tests do.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use std::time::Duration;

use bytes::Bytes;
use grade::fetch::{FetchFuture, Fetcher, Request, Response, ResponseKind};
use grade::sandbox::{Code, PageSettings, Program, Rules, Sandbox};
use serde_json::json;
use support::script::fetched;

/// The answers of tests/jquery/server.mjs.
struct Server;

fn answer(request: &Request) -> (u16, &'static str, &'static str, String) {
    let header = |name: &str| {
        request.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone())
    };
    let body = String::from_utf8_lossy(request.body.as_deref().unwrap_or_default()).into_owned();
    let query = request.url.query().map(|query| format!("?{query}")).unwrap_or_default();
    let ok = |kind, body: &str| (200, "OK", kind, body.to_owned());
    match request.url.path() {
        "/json" => ok("application/json; charset=utf-8", r#"{"n":1}"#),
        "/jsontext" => ok("text/plain", r#"{"n":1}"#),
        "/json404" => (404, "Not Found", "application/json", r#"{"e":1}"#.to_owned()),
        "/badjson" => ok("application/json", "<p>"),
        "/emptyjson" => ok("application/json", ""),
        "/none" => (204, "No Content", "", String::new()),
        "/html" => ok("text/html", "<h1>x</h1>"),
        "/script" => ok("application/javascript", "throw 1"),
        "/echo" => {
            let kind = header("content-type").or_else(|| request.implied_content_type.clone());
            ok("text/plain", &json!([request.method, kind, body]).to_string())
        }
        "/query" => ok("text/plain", &format!("{}{query}", request.url.path())),
        "/headers" => {
            let seen = json!([header("x-a"), header("accept"), header("x-requested-with")]);
            ok("application/json", &seen.to_string())
        }
        "/slow" => ok("text/plain", "late"),
        "/head" => ok("text/plain", ""),
        _ => (404, "Not Found", "text/plain", "Not Found".to_owned()),
    }
}

impl Fetcher for Server {
    fn fetch(&self, request: Request) -> FetchFuture<'_> {
        Box::pin(async move {
            if request.url.path() == "/slow" {
                tokio::time::sleep(Duration::from_millis(400)).await;
            }
            let (status, status_text, kind, body) = answer(&request);
            let body = Bytes::from(body);
            let response = Response {
                status,
                status_text: status_text.to_owned(),
                url: request.url.clone(),
                redirected: false,
                kind: ResponseKind::Cors,
                headers: if kind.is_empty() { vec![] } else { vec![("content-type".into(), kind.into())] },
                body: Ok(body),
            };
            fetched(request, Ok(response))
        })
    }
}

#[test]
fn our_jquery_agrees_with_npm_jquery() {
    let cases: Vec<serde_json::Value> = serde_json::from_str(include_str!("jquery/cases.json")).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let sandbox = Sandbox::new();
    for case in &cases {
        let code = case["code"].as_str().unwrap();
        let block = format!(
            "const U = code; const W = () => new Promise(done => setTimeout(done, 120)); let out;
            try {{ out = JSON.stringify(await (async () => {{ {code} }})()) ?? 'undefined'; }}
            catch (error) {{ out = 'THROW ' + (error?.message ?? JSON.stringify(error)); }}
            console.log(out);"
        );
        let settings =
            PageSettings { url: "http://localhost:38123".to_owned(), rules: Rules::Browser, ..PageSettings::default() };
        let program = Program { code: Code::at_line(block, 1), not_before: 0.0 };
        let verdict = runtime.block_on(sandbox.page(settings).run(&program, &Server));
        let shown = verdict.console.first().cloned().unwrap_or_else(|| format!("{:?}", verdict.outcome));
        assert_eq!(shown, case["result"].as_str().unwrap(), "{code}");
    }
}
