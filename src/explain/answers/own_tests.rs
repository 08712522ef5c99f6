//! `/_api/get-tests`: the project runs its own tests and tells how they went.

use crate::explain::answer::Answer;
use crate::explain::code::Code;
use crate::explain::json_text::child;
use crate::explain::model::Explanation;
use crate::explain::show;
use crate::explain::subject::Subject;
use crate::verdict::{Failure, Value};

pub fn explain(subject: &Subject<'_>, failure: &Failure, answer: &Answer<'_>) -> Option<Explanation> {
    if !answer.exchange.url.path().trim_end_matches('/').ends_with("/_api/get-tests") {
        return None;
    }
    let json = answer.json()?;
    if matches!(child(json, "status"), Some(Value::String(status)) if &**status == "unavailable") {
        return Some(
            Explanation::new(Code::TestsUnavailable, "The project does not run its own tests, so there is no result to look at")
                .excerpt(answer.marked(&["status".to_owned()], "it runs them only when NODE_ENV is test"))
                .help("put NODE_ENV=test into .env, or start the project with NODE_ENV=test, and wait until its tests have run"),
        );
    }
    let tests: &[Value] = match json {
        Value::Array(tests) => tests,
        Value::Object(_) => std::slice::from_ref(json),
        _ => return None,
    };
    let failed = tests.iter().enumerate().filter(|(_, test)| is_failed(test));
    let (index, test) = failed.clone().next()?;
    let title = text(test, "title").unwrap_or("a test");
    let path = match json {
        Value::Array(_) => vec![index.to_string(), "state".to_owned()],
        _ => vec!["state".to_owned()],
    };
    let count = failed.count();
    let more = if count > 1 { format!(", and {} more", count - 1) } else { String::new() };
    // A test that is wanted in another form is looked at in its assertions: that is a difference of values.
    let about_assertions = subject.statement(failure).is_some_and(|statement| statement.contains("assertions"));
    if about_assertions {
        return None;
    }
    Some(
        Explanation::new(
            Code::OwnTestFails,
            format!("A test of the project itself fails: \"{}\"{more}", show::line(title, 80)),
        )
        .excerpt(answer.marked(&path, "it has to be \"passed\""))
        .maybe_fact("context", text(test, "context").map(|text| show::line(text, 120)))
        .help("run the project's tests where you see their output (npm test), and mend the first that fails"),
    )
}

fn is_failed(test: &Value) -> bool {
    text(test, "state") == Some("failed")
}

fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    match child(value, key) {
        Some(Value::String(text)) => Some(text),
        _ => None,
    }
}
