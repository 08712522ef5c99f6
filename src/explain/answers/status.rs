//! Statuses that explain everything that follows from them.

use super::looked::{Looked, Told, status_text};
use crate::explain::answer::Answer;
use crate::explain::code::Code;
use crate::explain::html;
use crate::explain::model::{Explanation, Fault};
use crate::explain::subject::{Subject, shown_file};
use crate::verdict::Failure;

pub fn explain(subject: &Subject<'_>, failure: &Failure, answer: &Answer<'_>, looked: &Looked) -> Option<Explanation> {
    let status = answer.status()?;
    if let Looked::Status(wanted) = looked {
        if let Some(impossible) = impossible(failure, status) {
            return Some(impossible);
        }
        // A test that wants an error gets another one: the route may still be missing.
        return Some(match status {
            404 if is_no_route(answer) || !wants_error(*wanted) => not_found(answer),
            500..=599 => server_error(answer, status),
            _ => another(answer, status, *wanted),
        });
    }
    let is_error = status >= 400;
    // A test that names the status knows about it.
    let expected = subject.mentions(&status.to_string()) && *looked != Looked::Gave(Told::Status);
    if !is_error || expected {
        return None;
    }
    let follows = match looked {
        Looked::Json | Looked::Text | Looked::Gave(Told::Status | Told::Body) => true,
        // `new Error(xhr.responseText)` of an empty answer, and the like.
        Looked::Gave(Told::Other) => failure.message.trim().is_empty(),
        // JSON with an error in it is what many tests want to see.
        Looked::Value => is_no_route(answer) || status >= 500,
        Looked::Unwanted | Looked::Status(_) => false,
    };
    // Tests of error messages look into answers with 4xx on purpose.
    let on_purpose = *looked == Looked::Text && !answer.is_page() && status != 404 && status < 500;
    if !follows || on_purpose {
        return None;
    }
    Some(match status {
        404 => not_found(answer),
        500..=599 => server_error(answer, status),
        _ => another(answer, status, None),
    })
}

fn wants_error(wanted: Option<f64>) -> bool {
    wanted.is_some_and(|wanted| wanted >= 400.0)
}

/// A status that is compared as a text, or with a number that no answer has.
fn impossible(failure: &Failure, status: u16) -> Option<Explanation> {
    use crate::verdict::Value;
    let facts = failure.assertion.as_ref()?;
    let strict = facts.name == "strictEqual" || facts.failed_part.as_ref().is_some_and(|part| part.contains("==="));
    let wanted = facts.expected.as_ref().filter(|_| facts.show_diff)?;
    let why = match wanted {
        Value::String(text) if strict => {
            format!("it compares the status, a number, with the text {}", crate::explain::show::quote(text))
        }
        Value::Number(number) if *number < 0.0 || *number > 999.0 || number.fract() != 0.0 => {
            format!("no answer has the status {}", crate::explain::show::value(wanted))
        }
        _ => return None,
    };
    Some(
        Explanation::new(Code::TestCannotPass, format!("No project can pass this test: {why}"))
            .fact("status", status_text(status))
            .fault(Fault::Test)
            .help("the project is not at fault; tell whoever maintains the challenge"),
    )
}

/// Whether the answer is Express's own page for a route that does not exist.
fn is_no_route(answer: &Answer<'_>) -> bool {
    answer.status() == Some(404)
        && html::find(answer.text.get(..answer.text.len().min(2000)).unwrap_or(&answer.text), "Cannot ").is_some()
        && answer.is_page()
}

fn not_found(answer: &Answer<'_>) -> Explanation {
    let path = answer.exchange.url.path();
    let asked = answer.asked();
    let says = answer.says();
    if let Some(shown) = path.strip_prefix("/_api/") {
        let what = if shown_file(path).is_some() {
            format!("{asked} is not there (404), so the test cannot see {shown}")
        } else {
            format!("{asked} is not there (404)")
        };
        return Explanation::new(Code::ApiRouteMissing, what)
            .fact("because", "this route belongs to the starter project's test file, not to the challenge")
            .maybe_fact("answer", says)
            .help(
                "look in server.js whether the starter's test file is still loaded and given the app, before the \
                 handler of unknown routes: require('./freeCodeCamp/fcctesting.js')(app), or grading.js here",
            );
    }
    let help = if path.contains('.') && answer.exchange.method == "GET" {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let folder = if folder.is_empty() { "/public" } else { folder };
        format!(
            "let Express serve the files of that folder: app.use('{folder}', express.static(process.cwd() + '{folder}'))"
        )
    } else {
        let method = answer.exchange.method.to_ascii_lowercase();
        format!(
            "look for a typing error in the route: app.{method}('{path}', ...), and restart the project after a change"
        )
    };
    Explanation::new(Code::NotFound, format!("The project has no {asked}: it answers 404"))
        .maybe_fact("answer", says)
        .help(help)
}

fn server_error(answer: &Answer<'_>, status: u16) -> Explanation {
    let asked = answer.asked();
    let lines = if answer.is_page() { html::lines(&answer.text, 12) } else { Vec::new() };
    let error = lines.iter().find(|line| line.contains("Error")).or_else(|| lines.first()).cloned();
    let place = lines.iter().find(|line| line.starts_with("at ") && !foreign(line)).cloned();
    if matches!(status, 502..=504) {
        let headline =
            format!("{} for {asked}: something in front of the project could not reach it", status_text(status));
        return Explanation::new(Code::ServerError, headline)
            .maybe_fact("answer", error.or_else(|| answer.says()))
            .fault(Fault::Environment)
            .help("look whether the project is running at its host, and listens on the port that the host gives it (process.env.PORT)");
    }
    let headline = format!("The project failed at {asked}: it answers {}", status_text(status));
    let help = match &place {
        Some(_) => "mend the error; the project's own output has all of it",
        None => "the project's own output (where it was started) says which line failed",
    };
    Explanation::new(Code::ServerError, headline)
        .maybe_fact("error", error.or_else(|| answer.says()))
        .maybe_fact("where", place.map(|line| line.trim_start_matches("at ").to_owned()))
        .help(help)
}

/// A line of a stack trace that is not in the learner's own files.
fn foreign(line: &str) -> bool {
    line.contains("node_modules")
        || line.contains("node:")
        || line.contains("<anonymous>")
        || line.contains("internal/")
}

fn another(answer: &Answer<'_>, status: u16, wanted: Option<f64>) -> Explanation {
    let asked = answer.asked();
    let got = status_text(status);
    let headline = match wanted {
        Some(wanted) => format!("{asked} answers {got}; the test wants {}", wanted_text(wanted)),
        None => format!("{asked} answers {got}"),
    };
    let help = match (status, wanted) {
        (401 | 403, _) => {
            "the project, or the host in front of it, refuses the test: tests come without a login, so make the address public".to_owned()
        }
        (429, _) => "the host allows fewer requests than the tests make: wait, or grade the project on your own machine".to_owned(),
        (400, wanted) if wanted.is_none_or(|wanted| wanted < 300.0) => {
            "the project refuses what the test sent: look how it reads the body (express.urlencoded, express.json) and at its checks".to_owned()
        }
        (_, Some(wanted)) => format!("answer with res.status({}) there", wanted_number(wanted)),
        (_, None) => "look at what the project does with this request".to_owned(),
    };
    Explanation::new(Code::MissingStatus, headline).maybe_fact("answer", answer.says()).help(help)
}

fn wanted_number(wanted: f64) -> String {
    crate::port::js::number_to_string(wanted)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be a small whole number")]
fn wanted_text(wanted: f64) -> String {
    if (100.0..1000.0).contains(&wanted) && wanted.fract() == 0.0 {
        return status_text(wanted as u16);
    }
    wanted_number(wanted)
}
