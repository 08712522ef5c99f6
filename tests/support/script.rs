//! A scripted server and shorthands for tests of the script engine.

#![allow(clippy::result_large_err, clippy::expect_used, reason = "helpers of tests may fail loudly, as tests do")]

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use grade::fetch::{
    Exchange, ExchangeEnd, FetchError, FetchFuture, Fetched, Fetcher, Phase, Refusal, RefusalKind, Request, Response,
    ResponseKind, TransportError, TransportKind,
};
use grade::sandbox::{Code, PageSettings, Program, Rules, Sandbox, ScriptPage, ScriptVerdict};
use grade::verdict::Outcome;

pub const URL: &str = "http://localhost:3000";

/// Answers by path; everything else is 404. `/refused`, `/dead`, `/cut` and `/slow` behave as they are called.
#[derive(Default)]
pub struct Server {
    answers: HashMap<&'static str, (u16, &'static str, &'static str)>,
    seen: Mutex<Vec<Request>>,
}

impl Server {
    pub fn new(answers: &[(&'static str, u16, &'static str, &'static str)]) -> Self {
        let answers = answers.iter().map(|&(path, status, kind, body)| (path, (status, kind, body))).collect();
        Self { answers, seen: Mutex::default() }
    }

    pub fn seen(&self) -> Vec<Request> {
        self.seen.lock().unwrap().clone()
    }

    fn transport(request: &Request, kind: TransportKind) -> TransportError {
        TransportError {
            kind,
            url: request.url.clone(),
            phase: Phase::Connecting,
            elapsed: Duration::ZERO,
            detail: String::new(),
        }
    }

    fn result(&self, request: &Request) -> Result<Response, FetchError> {
        let path = request.url.path();
        let refused = || TransportKind::ConnectionRefused { authority: "localhost:3000".to_owned() };
        match path {
            "/refused" => {
                return Err(FetchError::Refused(Refusal {
                    kind: RefusalKind::MissingAllowOrigin { origin: "https://www.freecodecamp.org".to_owned() },
                    url: request.url.clone(),
                    hop: 0,
                    preflight: false,
                }));
            }
            "/dead" | "/weather-icons/01d.png" => {
                return Err(FetchError::Transport(Self::transport(request, refused())));
            }
            _ => {}
        }
        let &(status, kind, body) = self.answers.get(path).unwrap_or(&(404, "text/plain", "Not Found"));
        let body = match path {
            "/cut" => Err(Self::transport(request, TransportKind::Cut)),
            "/echo" => Ok(request.body.clone().unwrap_or_default()),
            _ => Ok(Bytes::from_static(body.as_bytes())),
        };
        Ok(Response {
            status,
            status_text: if status == 200 { "OK" } else { "" }.to_owned(),
            url: request.url.clone(),
            redirected: false,
            kind: ResponseKind::Cors,
            headers: if kind.is_empty() { vec![] } else { vec![("content-type".into(), kind.into())] },
            body,
        })
    }
}

impl Fetcher for Server {
    fn fetch(&self, request: Request) -> FetchFuture<'_> {
        self.seen.lock().unwrap().push(request.clone());
        Box::pin(async move {
            if request.url.path() == "/slow" {
                tokio::time::sleep(Duration::from_secs(30)).await;
            }
            tokio::task::yield_now().await;
            let result = self.result(&request);
            fetched(request, result)
        })
    }
}

/// What came of a request, with an exchange that tells the same.
pub fn fetched(request: Request, result: Result<Response, FetchError>) -> Fetched {
    let exchange = Exchange {
        method: request.method,
        url: request.url,
        hops: [].into(),
        end: match &result {
            Ok(_) => ExchangeEnd::Answered,
            Err(error) => ExchangeEnd::Failed(error.clone()),
        },
        body: result.as_ref().ok().and_then(|it| it.body.clone().ok()).unwrap_or_default(),
        duration: Duration::ZERO,
        from_memo: false,
        file: None,
    };
    Fetched { result: result.map(Arc::new), exchange }
}

pub fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

pub fn settings(rules: Rules) -> PageSettings {
    PageSettings { url: URL.to_owned(), rules, ..PageSettings::default() }
}

pub fn program(code: &str) -> Program {
    Program { code: Code::at_line(code, 10), not_before: 0.0 }
}

/// Runs blocks one after the other in one page.
pub fn run_all(settings: PageSettings, server: &Server, blocks: &[&str]) -> Vec<ScriptVerdict> {
    block_on(async {
        let mut page: ScriptPage = Sandbox::new().page(settings);
        let mut verdicts = Vec::new();
        for block in blocks {
            verdicts.push(page.run(&program(block), server).await);
        }
        verdicts
    })
}

pub fn run(rules: Rules, server: &Server, block: &str) -> ScriptVerdict {
    run_all(settings(rules), server, &[block]).remove(0)
}

pub fn honest(block: &str) -> ScriptVerdict {
    run(Rules::Honest, &usual(), block)
}

pub fn usual() -> Server {
    Server::new(&[
        ("/json", 200, "application/json; charset=utf-8", r#"{"greeting":"hello","n":3}"#),
        ("/html", 200, "text/html", "<h1>hello</h1>"),
        ("/empty", 204, "", ""),
        ("/echo", 200, "text/plain", ""),
        ("/cut", 200, "text/plain", ""),
    ])
}

pub fn passed(verdict: &ScriptVerdict) -> bool {
    matches!(verdict.outcome, Outcome::Passed)
}

pub fn message(verdict: &ScriptVerdict) -> String {
    match &verdict.outcome {
        Outcome::Failed(failure) => failure.message.clone(),
        other => panic!("not failed: {other:?}"),
    }
}
