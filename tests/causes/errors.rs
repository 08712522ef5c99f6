//! Refusals, failures of the network, and hints that nobody could check: a cause for each, and whose fault it is.

use std::time::Duration;

use grade::explain::{Explanation, Fault, Subject, explain};
use grade::fetch::{Phase, Refusal, RefusalKind, TransportError, TransportKind};
use grade::verdict::{Cause, Engine, Failure, FailureKind, HintResult, Note, Outcome};
use url::Url;

use crate::places::check_places;

const ORIGIN: &str = "https://www.freecodecamp.org";

fn explained(outcome: Outcome, notes: Vec<Note>) -> Explanation {
    let result = HintResult {
        index: 0,
        text: String::new(),
        outcome,
        notes,
        engine: Some(Engine::Script),
        exchanges: Vec::new(),
        console: Vec::new(),
        line: 10,
        duration: Duration::ZERO,
    };
    let test = "const a = 1;\nassert.equal(a, 1;\n";
    let explanation = explain(&Subject { result: &result, test, url: "http://localhost:3000" }).unwrap();
    check_places(&explanation, &result);
    explanation
}

fn refused(kind: RefusalKind, preflight: bool, hop: usize) -> Explanation {
    let url = Url::parse("http://localhost:3000/api/messages").unwrap();
    explained(
        Outcome::Failed(Box::new(Failure {
            kind: FailureKind::Thrown { name: "TypeError".to_owned() },
            message: "Failed to fetch".to_owned(),
            assertion: None,
            refusal: Some(Refusal { kind, url, hop, preflight }),
            position: None,
        })),
        Vec::new(),
    )
}

#[test]
fn every_rule_of_the_browser_has_its_cause() {
    let origin = || ORIGIN.to_owned();
    let wrong = |value: &str| RefusalKind::WrongAllowOrigin { value: value.to_owned(), origin: origin() };
    for (kind, code, fault) in [
        (RefusalKind::MissingAllowOrigin { origin: origin() }, "E401", Fault::Project),
        (wrong("null"), "E402", Fault::Project),
        (RefusalKind::WildcardWithCredentials { origin: origin() }, "E403", Fault::Project),
        (RefusalKind::MissingAllowCredentials, "E403", Fault::Project),
        (RefusalKind::PreflightStatus { status: 404 }, "E404", Fault::Project),
        (RefusalKind::MethodNotAllowed { method: "PUT".into() }, "E404", Fault::Project),
        (RefusalKind::HeaderNotAllowed { header: "content-type".into() }, "E404", Fault::Project),
        (RefusalKind::MixedContent, "E405", Fault::Environment),
        (RefusalKind::BadPort { port: 6000 }, "E406", Fault::Environment),
        (RefusalKind::TooManyRedirects, "E407", Fault::Project),
        (RefusalKind::BadRedirect { location: "ftp://x".into(), why: "no".into() }, "E407", Fault::Project),
        (RefusalKind::UnexpectedRedirect { status: 302 }, "E407", Fault::Test),
        (RefusalKind::CredentialsInUrl, "E408", Fault::Test),
        (RefusalKind::BadScheme { scheme: "ftp".into() }, "E408", Fault::Test),
        (RefusalKind::BodyNotAllowed { method: "GET".into() }, "E408", Fault::Test),
        (RefusalKind::BadHeader { name: "x".into() }, "E408", Fault::Test),
        (RefusalKind::BadMethod { method: "TRACE".into() }, "E408", Fault::Test),
    ] {
        let explanation = refused(kind.clone(), false, 0);
        assert_eq!((explanation.code.id(), explanation.fault), (code, fault), "{kind:?}");
        assert!(explanation.help.is_some(), "{kind:?}");
    }
}

#[test]
fn headers_that_look_right_are_told_apart() {
    let why = |value: &str| {
        let kind = RefusalKind::WrongAllowOrigin { value: value.to_owned(), origin: ORIGIN.to_owned() };
        format!("{:?}", refused(kind, false, 0).evidence)
    };
    for (value, told) in [
        ("https://www.freecodecamp.org/", "no slash"),
        ("http://www.freecodecamp.org", "not https"),
        ("https://freecodecamp.org", "www."),
        ("*, *", "one origin only"),
        ("https://*.freecodecamp.org", "stands alone"),
        ("https://WWW.freecodecamp.org", "case"),
    ] {
        assert!(why(value).contains(told), "{value}: {}", why(value));
    }
    assert!(!why("null").contains("wrong\""));
    let told = format!("{:?}", refused(RefusalKind::PreflightStatus { status: 401 }, true, 0));
    assert!(told.contains("OPTIONS /api/messages"), "{told}");
    let told = format!("{:?}", refused(RefusalKind::MissingAllowOrigin { origin: ORIGIN.to_owned() }, false, 1));
    assert!(told.contains("after a redirect"), "{told}");
}

fn transport(kind: TransportKind, phase: Phase, url: &str) -> Explanation {
    let error = TransportError {
        kind,
        url: Url::parse(url).unwrap(),
        phase,
        elapsed: Duration::from_millis(2500),
        detail: "a cause".to_owned(),
    };
    explained(Outcome::Errored(Cause::Transport(Box::new(error))), Vec::new())
}

#[test]
fn every_failure_of_the_network_has_its_cause() {
    let authority = || "localhost:3000".to_owned();
    let limit = Duration::from_secs(3);
    for (kind, code, fault, words) in [
        (TransportKind::ConnectionRefused { authority: authority() }, "E501", Fault::Environment, "localhost:3000"),
        (TransportKind::NameNotResolved { host: "nowhere".into() }, "E502", Fault::Environment, "nowhere"),
        (
            TransportKind::NotPublic { host: "db.internal".into(), address: None },
            "E513",
            Fault::Environment,
            "db.internal",
        ),
        (TransportKind::ConnectTimeout { authority: authority(), limit }, "E503", Fault::Environment, "3 s"),
        (TransportKind::Timeout { limit }, "E504", Fault::Environment, "3 s"),
        (TransportKind::Tls { reason: "the certificate has expired".into() }, "E505", Fault::Environment, "expired"),
        (TransportKind::Cut, "E506", Fault::Project, "closed"),
        (TransportKind::NotHttp, "E507", Fault::Environment, "HTTP"),
        (TransportKind::TooLarge { limit: 2 * 1024 * 1024 }, "E508", Fault::Project, "2 MiB"),
        (TransportKind::BadEncoding, "E509", Fault::Project, "Content-Encoding"),
        (TransportKind::Other, "E511", Fault::Environment, "failed"),
        (TransportKind::TooManyRequests { limit: 200 }, "E605", Fault::Test, "200"),
    ] {
        let explanation = transport(kind.clone(), Phase::Waiting, "http://localhost:3000/api/x");
        assert_eq!((explanation.code.id(), explanation.fault), (code, fault), "{kind:?}");
        assert!(explanation.headline.contains(words), "{explanation:?}");
    }
    let timeout = transport(TransportKind::Timeout { limit }, Phase::Reading, "http://localhost:3000/api/x");
    let told = format!("{:?}", timeout.evidence);
    assert!(told.contains("reading http://localhost:3000/api/x, after 2.5 s"), "{told}");
    let local = transport(TransportKind::Tls { reason: "x".into() }, Phase::Connecting, "https://localhost:3000/");
    assert!(local.help.unwrap().contains("http://"));
}

#[test]
fn what_nobody_could_check_is_not_the_projects_fault() {
    let limit = Duration::from_secs(5);
    let timed_out = |waiting_for: Option<&str>| Cause::TimedOut { limit, waiting_for: waiting_for.map(str::to_owned) };
    for (cause, code, fault) in [
        (timed_out(Some("GET http://localhost:3000/ (waiting for the answer, 5.0 s)")), "E504", Fault::Project),
        (timed_out(Some("a promise that nothing is left to settle")), "E602", Fault::Test),
        (timed_out(None), "E605", Fault::Test),
        (Cause::Limit { name: "memory".into() }, "E605", Fault::Test),
        (Cause::Unsupported { what: "WebSocket".into() }, "E604", Fault::Tool),
        (Cause::Syntax { message: "Expected `)`".into(), line: 11, column: 18 }, "E603", Fault::Test),
        (Cause::NeedsScript { reason: "a loop".into() }, "E606", Fault::Tool),
        (Cause::Internal { message: "x".into() }, "E607", Fault::Tool),
    ] {
        let explanation = explained(Outcome::Errored(cause.clone()), Vec::new());
        assert_eq!((explanation.code.id(), explanation.fault), (code, fault), "{cause:?}");
    }
    let syntax =
        explained(Outcome::Errored(Cause::Syntax { message: "Expected `)`".into(), line: 11, column: 18 }), Vec::new());
    assert_eq!(syntax.place().map(|(_, line, column)| (line, column)), Some((11, 18)));
    let detached = explained(Outcome::Errored(timed_out(None)), vec![Note::NotAwaitedThere]);
    assert_eq!(detached.code.id(), "E602");
}
