//! A project in memory whose answers are like those of the wire: with hops, headers and redirects.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use grade::challenge::{Challenge, Source, parse};
use grade::explain::{Explanation, Subject, explain};
use grade::fetch::{
    Exchange, ExchangeEnd, FetchError, FetchFuture, Fetched, Fetcher, Hop, InFlight, Refusal, RefusalKind, Request,
    Response, ResponseKind, View,
};
use grade::grader::{EngineChoice, GradeSettings, Grader, Prepared, Submission};
use grade::verdict::HintResult;
use serde::Deserialize;

pub const CODE: &str = "http://localhost:3000";

/// An answer as a case writes it: a body, or all of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Written {
    Body(String),
    Whole(Answer),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    #[serde(default = "ok")]
    pub status: u16,
    #[serde(default = "json")]
    pub r#type: String,
    #[serde(default)]
    pub body: String,
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// The path that it was redirected to.
    pub to: Option<String>,
    /// Whether a browser keeps it from the test.
    #[serde(default)]
    pub refused: bool,
}

fn ok() -> u16 {
    200
}

fn json() -> String {
    "application/json; charset=utf-8".to_owned()
}

impl Answer {
    pub fn new(status: u16, kind: &str, body: impl Into<String>) -> Self {
        Self { status, r#type: kind.to_owned(), body: body.into(), headers: BTreeMap::new(), to: None, refused: false }
    }
}

impl From<Written> for Answer {
    fn from(written: Written) -> Self {
        match written {
            Written::Body(body) => Self::new(200, &json(), body),
            Written::Whole(answer) => answer,
        }
    }
}

/// Answers by path, and one for all other paths.
#[derive(Debug, Clone)]
pub struct World {
    pub url: String,
    pub answers: BTreeMap<String, Answer>,
    pub otherwise: Answer,
}

impl World {
    pub fn new(answers: BTreeMap<String, Answer>) -> Self {
        let page =
            "<!DOCTYPE html>\n<html><head><title>Error</title></head><body><pre>Cannot GET /x</pre></body></html>";
        Self { url: CODE.to_owned(), answers, otherwise: Answer::new(404, "text/html; charset=utf-8", page) }
    }

    fn answer(&self, request: &Request) -> Fetched {
        let mut url = request.url.clone();
        url.set_fragment(None);
        let answer = self.answers.get(url.path()).unwrap_or(&self.otherwise);
        let hop = |url: &url::Url, status: u16, headers: Vec<grade::fetch::Header>| Hop {
            method: request.method.to_ascii_uppercase(),
            url: url.clone(),
            preflight: false,
            request_headers: [("origin".into(), "https://www.freecodecamp.org".into())].into(),
            status: Some(status),
            response_headers: headers,
        };
        let mut hops = Vec::new();
        if let Some(to) = &answer.to {
            hops.push(hop(&url, 302, vec![("location".into(), to.into())]));
            url = url.join(to).unwrap();
        }
        let mut headers: Vec<grade::fetch::Header> = vec![("content-type".into(), answer.r#type.as_str().into())];
        headers.retain(|(_, value)| !value.is_empty());
        headers.extend(answer.headers.iter().map(|(name, value)| (name.into(), value.into())));
        hops.push(hop(&url, answer.status, headers.clone()));
        let body = Bytes::from(answer.body.clone());
        let refusal = Refusal {
            kind: RefusalKind::MissingAllowOrigin { origin: "https://www.freecodecamp.org".to_owned() },
            url: url.clone(),
            hop: hops.len() - 1,
            preflight: false,
        };
        let result = if answer.refused {
            Err(FetchError::Refused(refusal))
        } else {
            Ok(Response {
                status: answer.status,
                status_text: crate::support::recorded::phrase(answer.status).to_owned(),
                url: url.clone(),
                redirected: answer.to.is_some(),
                kind: ResponseKind::Cors,
                headers: headers.into_iter().filter(|(name, _)| name == "content-type").collect(),
                body: Ok(body.clone()),
            })
        };
        let end = match &result {
            Ok(_) => ExchangeEnd::Answered,
            Err(error) => ExchangeEnd::Failed(error.clone()),
        };
        let exchange = Exchange {
            method: request.method.to_ascii_uppercase(),
            url: request.url.clone(),
            hops: hops.into(),
            end,
            body,
            duration: Duration::ZERO,
            from_memo: false,
            file: None,
        };
        Fetched { result: result.map(Arc::new), exchange }
    }
}

#[derive(Clone)]
struct Project(Arc<World>);

impl Fetcher for Project {
    fn fetch(&self, request: Request) -> FetchFuture<'_> {
        let fetched = self.0.answer(&request);
        Box::pin(async move { fetched })
    }
}

impl View for Project {
    fn next_hint(&self, _memo: bool) {}

    fn cookies_used(&self) -> bool {
        false
    }

    fn in_flight(&self) -> Option<InFlight> {
        None
    }
}

impl Submission for Project {
    fn code(&self) -> &str {
        &self.0.url
    }

    fn open(&self) -> Box<dyn View> {
        Box::new(self.clone())
    }
}

/// A challenge with this test block.
pub fn challenge(code: &str) -> Arc<Challenge> {
    let mut text = "---\nid: 5895f70df9fc0f352b528e6a\ntitle: Causes\nchallengeType: 4\ndashedName: causes\n---\n\n\
                    # --description--\n\nA.\n\n# --hints--\n\n"
        .to_owned();
    let _ = write!(text, "Hint.\n\n``````js\n{code}\n``````\n\n");
    Arc::new(parse(&Source::from_bytes("causes.md".to_owned(), text.into_bytes())).unwrap())
}

/// Grades a test block; each finished hint is explained on the way if `explaining`.
pub fn grade(code: &str, world: &World, engine: EngineChoice, explaining: bool) -> (HintResult, Option<Explanation>) {
    let prepared = [Prepared::new(challenge(code), "causes.md", None, None)];
    let project = Project(Arc::new(world.clone()));
    let settings = GradeSettings { engine, ..GradeSettings::default() };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut explanation = None;
    let mut run = runtime.block_on(Grader::new(&project, settings).run(&prepared, &mut |event| {
        if let grade::grader::Event::HintFinished { challenge, result } = event
            && explaining
        {
            let test = &challenge.challenge.hints[result.index].code.text;
            explanation = explain(&Subject { result, test, url: &world.url });
        }
    }));
    (run.challenges.remove(0).hints.remove(0), explanation)
}
