//! Answers that a browser keeps from a page of another site: which rule, which header, on which request.

use crate::explain::code::Code;
use crate::explain::model::{Explanation, Fault};
use crate::explain::show;
use crate::explain::subject::Subject;
use crate::fetch::{Exchange, ExchangeEnd, FetchError, Refusal, RefusalKind};

/// The two lines that let everybody read a project's answers.
const CORS: &str = "in server.js, before the routes (npm install cors):\n    const cors = require('cors');\n    app.use(cors({ origin: '*' }));";

pub fn explain(subject: &Subject<'_>, refusal: &Refusal) -> Explanation {
    let exchange = refused(subject, refusal);
    let (code, headline) = told(&refusal.kind, refusal.preflight);
    let mut explanation = Explanation::new(code, headline).help(help(&refusal.kind));
    if let Some(place) = place(refusal) {
        explanation = explanation.fact("because", place);
    }
    if let RefusalKind::MissingAllowOrigin { origin } = &refusal.kind {
        explanation = explanation
            .fact("because", format!("the test runs in a page of {origin}, and nothing says that it may read them"));
    }
    if let RefusalKind::WrongAllowOrigin { value, origin } = &refusal.kind {
        let value = show::line(value, 200);
        let why = why_wrong(&value, origin);
        explanation =
            explanation.fact("header", format!("Access-Control-Allow-Origin: {value}")).maybe_fact("wrong", why);
    }
    if let (RefusalKind::TooManyRedirects, Some(exchange)) = (&refusal.kind, exchange) {
        explanation = explanation.maybe_fact("circle", circle(exchange));
    }
    if let (RefusalKind::HeaderNotAllowed { .. } | RefusalKind::MethodNotAllowed { .. }, Some(exchange)) =
        (&refusal.kind, exchange)
    {
        explanation = explanation.maybe_fact("header", listed(exchange, &refusal.kind));
    }
    match refusal.kind {
        RefusalKind::MixedContent | RefusalKind::BadPort { .. } => explanation.fault(Fault::Environment),
        RefusalKind::CredentialsInUrl
        | RefusalKind::BadScheme { .. }
        | RefusalKind::BodyNotAllowed { .. }
        | RefusalKind::BadHeader { .. }
        | RefusalKind::BadMethod { .. }
        | RefusalKind::UnexpectedRedirect { .. } => explanation.fault(Fault::Test),
        _ => explanation,
    }
}

/// The request that was refused.
fn refused<'a>(subject: &Subject<'a>, refusal: &Refusal) -> Option<&'a Exchange> {
    subject.result.exchanges.iter().rev().find(|exchange| {
        matches!(&exchange.end, ExchangeEnd::Failed(FetchError::Refused(other)) if other.kind == refusal.kind && other.url == refusal.url)
    })
}

fn told(kind: &RefusalKind, preflight: bool) -> (Code, String) {
    let answers = if preflight { "the project's answer to OPTIONS" } else { "the project's answers" };
    match kind {
        RefusalKind::MissingAllowOrigin { .. } => (
            Code::MissingAllowOrigin,
            format!("A browser keeps {answers} from the test: there is no Access-Control-Allow-Origin header"),
        ),
        RefusalKind::WrongAllowOrigin { origin, .. } => (
            Code::WrongAllowOrigin,
            format!("A browser keeps {answers} from the test: Access-Control-Allow-Origin does not allow {origin}"),
        ),
        RefusalKind::WildcardWithCredentials { .. } => (
            Code::CredentialsNotAllowed,
            "A browser keeps the answer from the test: the request carries cookies, and for those Access-Control-Allow-Origin: * is not enough".to_owned(),
        ),
        RefusalKind::MissingAllowCredentials => (
            Code::CredentialsNotAllowed,
            "A browser keeps the answer from the test: the request carries cookies, and Access-Control-Allow-Credentials: true is missing".to_owned(),
        ),
        RefusalKind::PreflightStatus { status } => (
            Code::PreflightRefused,
            format!("A browser asks with OPTIONS before this request, and the project answers {status} instead of 200 to 299"),
        ),
        RefusalKind::MethodNotAllowed { method } => (
            Code::PreflightRefused,
            format!("A browser asks with OPTIONS before a {} request, and Access-Control-Allow-Methods does not list it", show::line(method, 20)),
        ),
        RefusalKind::HeaderNotAllowed { header } => (
            Code::PreflightRefused,
            format!(
                "A browser asks with OPTIONS before it sends the header {}, and Access-Control-Allow-Headers does not list it",
                show::line(header, 60)
            ),
        ),
        RefusalKind::MixedContent => {
            (Code::MixedContent, "A page on https may not read from an http address on another machine".to_owned())
        }
        RefusalKind::BadPort { port } => (Code::BadPort, format!("Browsers refuse to connect to port {port}")),
        RefusalKind::TooManyRedirects => {
            (Code::RedirectRefused, "The project redirects in a circle: a browser gives up after 20 redirects".to_owned())
        }
        RefusalKind::UnexpectedRedirect { status } => {
            (Code::RedirectRefused, format!("The test allows no redirect, and the project answers with one ({status})"))
        }
        RefusalKind::BadRedirect { location, why } => (
            Code::RedirectRefused,
            format!("The project redirects to `{}`, which cannot be followed: {}", show::line(location, 100), show::line(why, 100)),
        ),
        RefusalKind::CredentialsInUrl
        | RefusalKind::BadScheme { .. }
        | RefusalKind::BodyNotAllowed { .. }
        | RefusalKind::BadHeader { .. }
        | RefusalKind::BadMethod { .. } => {
            (Code::RequestRefused, format!("A browser does not make this request: {}", show::line(&kind.to_string(), 200)))
        }
    }
}

fn help(kind: &RefusalKind) -> String {
    match kind {
        RefusalKind::MissingAllowOrigin { .. } | RefusalKind::WrongAllowOrigin { .. } => CORS.to_owned(),
        RefusalKind::WildcardWithCredentials { origin } => {
            format!("in server.js, before the routes:\n    app.use(cors({{ origin: '{origin}', credentials: true }}));")
        }
        RefusalKind::MissingAllowCredentials => {
            "in server.js, add credentials to the options of cors:\n    app.use(cors({ origin: 'https://www.freecodecamp.org', credentials: true }));".to_owned()
        }
        RefusalKind::PreflightStatus { .. } | RefusalKind::MethodNotAllowed { .. } | RefusalKind::HeaderNotAllowed { .. } => {
            "the cors package answers OPTIONS by itself; in server.js, before the routes and before any login:\n    const cors = require('cors');\n    app.use(cors());".to_owned()
        }
        RefusalKind::MixedContent => "give the https address of the project, or run it on this machine: http://localhost:3000".to_owned(),
        RefusalKind::BadPort { .. } => "let the project listen on another port, such as 3000".to_owned(),
        RefusalKind::TooManyRedirects => "look at the redirects of these routes (res.redirect), and at what has to hold before each".to_owned(),
        RefusalKind::UnexpectedRedirect { .. } => "answer this request itself instead of redirecting it".to_owned(),
        RefusalKind::BadRedirect { .. } => "redirect to a whole address that begins with http:// or https://".to_owned(),
        RefusalKind::CredentialsInUrl
        | RefusalKind::BadScheme { .. }
        | RefusalKind::BodyNotAllowed { .. }
        | RefusalKind::BadHeader { .. }
        | RefusalKind::BadMethod { .. } => "the project is not at fault; tell whoever maintains the challenge".to_owned(),
    }
}

/// On which request it happened, where that is not the one that the test made.
fn place(refusal: &Refusal) -> Option<String> {
    let path = show::line(refusal.url.path(), 120);
    match (refusal.preflight, refusal.hop) {
        (true, 0) => Some(format!("this is about OPTIONS {path}, which a browser sends first")),
        (true, _) => Some(format!("this is about OPTIONS {path}, which a browser sends first, after a redirect")),
        (false, hop) if hop > 0 && !matches!(refusal.kind, RefusalKind::TooManyRedirects) => {
            Some(format!("this is about {}, after a redirect", show::line(refusal.url.as_str(), 120)))
        }
        _ => None,
    }
}

/// What is wrong with a header that looks right.
fn why_wrong(value: &str, origin: &str) -> Option<String> {
    if value.contains(',') {
        return Some("it may name one origin only; is the header set twice?".to_owned());
    }
    if value.trim_end_matches('/') == origin {
        return Some("there must be no slash at the end".to_owned());
    }
    if value.eq_ignore_ascii_case(origin) {
        return Some("upper and lower case count".to_owned());
    }
    if value.replacen("http:", "https:", 1) == origin {
        return Some("http is not https".to_owned());
    }
    if value.replacen("https://", "https://www.", 1) == origin {
        return Some("`www.` is missing".to_owned());
    }
    (value.contains('*') && value != "*").then(|| "`*` stands for everybody only if it stands alone".to_owned())
}

/// The addresses that a chain of redirects goes round.
fn circle(exchange: &Exchange) -> Option<String> {
    let paths: Vec<&str> = exchange.hops.iter().filter(|hop| !hop.preflight).map(|hop| hop.url.path()).collect();
    let first = paths.iter().enumerate().find_map(|(at, path)| {
        let again = paths.iter().skip(at + 1).position(|other| other == path)?;
        Some(at..at + again + 2)
    })?;
    let shown: Vec<String> = paths.get(first)?.iter().take(6).map(|path| show::line(path, 40)).collect();
    Some(shown.join(" -> "))
}

/// The header that lists what is allowed, as the project sent it.
fn listed(exchange: &Exchange, kind: &RefusalKind) -> Option<String> {
    let name = match kind {
        RefusalKind::MethodNotAllowed { .. } => "access-control-allow-methods",
        _ => "access-control-allow-headers",
    };
    let hop = exchange.hops.iter().rev().find(|hop| hop.preflight)?;
    let value = hop.response_headers.iter().find(|(key, _)| key == name).map(|(_, value)| value);
    let shown = match kind {
        RefusalKind::MethodNotAllowed { .. } => "Access-Control-Allow-Methods",
        _ => "Access-Control-Allow-Headers",
    };
    Some(value.map_or_else(|| format!("there is no {shown}"), |value| format!("{shown}: {}", show::line(value, 200))))
}
