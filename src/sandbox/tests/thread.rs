//! One thread of the engine, with the other side of its channels.

use std::rc::Rc;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, mpsc};

use bytes::Bytes;
use tokio::sync::mpsc::unbounded_channel;

use super::super::blocks::Blocks;
use super::super::message::{Command, Event, Opening, Report};
use super::super::program::{Code, PageSettings, Program};
use super::super::shelf::Shelf;
use super::super::worker::serve;
use crate::fetch::{Exchange, ExchangeEnd, Fetched, Request, Response, ResponseKind};
use crate::verdict::Rules;

/// Enough for the engine, also where nothing is optimised.
const STACK: usize = 32 << 20;

/// A thread's state between pages.
pub(super) struct Thread {
    pub(super) shelf: Rc<Shelf>,
    pub(super) blocks: Arc<Blocks>,
}

impl Default for Thread {
    fn default() -> Self {
        Self { shelf: Rc::new(Shelf::for_one()), blocks: Arc::default() }
    }
}

impl Thread {
    /// Serves a page with these blocks, one after the other: what was reported of each.
    pub(super) fn page(&mut self, settings: &PageSettings, blocks: &[&str]) -> Vec<Report> {
        let (commands, receiver) = mpsc::channel();
        let (sender, mut events) = unbounded_channel();
        let opening = Opening {
            settings: settings.clone(),
            commands: receiver,
            events: sender,
            abandoned: Arc::new(AtomicBool::new(false)),
            lost: Vec::new(),
            blocks: Arc::clone(&self.blocks),
        };
        std::thread::scope(|scope| {
            let caller = scope.spawn(move || {
                let mut reports = Vec::new();
                for block in blocks {
                    let program = Program { code: Code::at_line(*block, 10), not_before: 0.0 };
                    commands.send(Command::Run(program)).unwrap();
                    loop {
                        match events.blocking_recv().unwrap() {
                            Event::Done(report) => break reports.push(*report),
                            Event::Fetch { id, request, .. } => {
                                let result = Box::new(Ok(Arc::new(answer(&request))));
                                commands.send(Command::Answer { id, result }).unwrap();
                            }
                            Event::Cancel { .. } => {}
                        }
                    }
                }
                reports
            });
            assert!(serve(opening, &self.shelf));
            caller.join().unwrap()
        })
    }

    /// The same for usual settings, told as text.
    pub(super) fn told(&mut self, rules: Rules, blocks: &[&str]) -> Vec<String> {
        self.page(&settings(rules), blocks).iter().map(told).collect()
    }

    /// Pages that the realm on the shelf has served, 0 when there is none.
    pub(super) fn pages(&self) -> u32 {
        self.shelf.with_last(|realm| realm.history.pages()).unwrap_or(0)
    }
}

/// Everything that a report says.
pub(super) fn told(report: &Report) -> String {
    let Report { outcome, notes, console, user_globals } = report;
    format!("{outcome:?} {notes:?} {console:?} {user_globals:?}")
}

pub(super) fn settings(rules: Rules) -> PageSettings {
    PageSettings {
        url: "http://localhost:3000".to_owned(),
        rules,
        still: Some(1_700_000_000_000.0),
        ..PageSettings::default()
    }
}

/// Runs a test where there is stack enough for the engine.
pub(super) fn with_stack(test: impl FnOnce() + Send) {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, test).unwrap();
        if let Err(panic) = thread.join() {
            std::panic::resume_unwind(panic);
        }
    });
}

fn answer(request: &Request) -> Response {
    let body: &'static str = match request.url.path() {
        "/broken" => "{\"n\": }",
        "/html" => "<h1>hello</h1>",
        "/xml" => "<a><b>text</b></a>",
        _ => r#"{"n":3,"list":[1,2],"text":"hello"}"#,
    };
    let kind = if request.url.path() == "/xml" { "application/xml" } else { "application/json" };
    Response {
        status: if request.url.path() == "/404" { 404 } else { 200 },
        status_text: "OK".to_owned(),
        url: request.url.clone(),
        redirected: false,
        kind: ResponseKind::Cors,
        headers: vec![("content-type".into(), kind.into()), ("x-b".into(), "1".into())],
        body: Ok(Bytes::from_static(body.as_bytes())),
    }
}

/// The same, with the exchange.
pub(super) fn answered(request: &Request) -> Fetched {
    let response = answer(request);
    let exchange = Exchange {
        method: request.method.clone(),
        url: request.url.clone(),
        hops: [].into(),
        end: ExchangeEnd::Answered,
        body: response.body.clone().unwrap_or_default(),
        duration: std::time::Duration::ZERO,
        from_memo: false,
        file: None,
    };
    Fetched { result: Ok(Arc::new(response)), exchange }
}
