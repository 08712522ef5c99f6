//! The page's fetcher against the test server: every line of what browsers do with requests and answers.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use std::time::Duration;

use bytes::Bytes;
use grade::fetch::{
    Client, Credentials, ExchangeEnd, FetchError, FetchSettings, Fetched, Fetcher, Initiator, Page, Phase, Redirect,
    RefusalKind, Request, Response, ResponseKind, TransportError, TransportKind,
};
use grade::testbed::{AllowOrigin, CorsPolicy, Encoding, Fault, Faults, Preflight, Project, Route, Running, Testbed};
use url::Url;

const PAGE: &str = "https://www.freecodecamp.org";

fn page() -> Page {
    page_with(|_| ())
}

fn page_with(change: impl FnOnce(&mut FetchSettings)) -> Page {
    let mut settings = FetchSettings::default();
    change(&mut settings);
    Page::new(&Client::new(settings).unwrap())
}

fn project() -> Project {
    Project::of_files([
        ("server.js", "const a = 1;"),
        ("package.json", "{\"name\": \"x\"}"),
        ("index.html", "<h1>x</h1>"),
    ])
}

async fn serve(faults: Faults) -> Running {
    Testbed::start(project(), faults).await.unwrap()
}

fn request(method: &str, url: Url) -> Request {
    Request { method: method.to_owned(), ..Request::get(url) }
}

fn json(method: &str, url: Url, body: &'static str) -> Request {
    Request {
        headers: vec![("Content-Type".to_owned(), "application/json".to_owned())],
        body: Some(Bytes::from_static(body.as_bytes())),
        ..request(method, url)
    }
}

fn include(request: Request) -> Request {
    Request { credentials: Credentials::Include, ..request }
}

fn ok(fetched: Fetched) -> Response {
    fetched.result.unwrap()
}

fn refusal(fetched: Fetched) -> (RefusalKind, usize, bool) {
    match fetched.result {
        Err(FetchError::Refused(refusal)) => (refusal.kind, refusal.hop, refusal.preflight),
        other => panic!("not refused: {other:?}"),
    }
}

fn transport(fetched: Fetched) -> TransportError {
    match fetched.result {
        Err(FetchError::Transport(error)) => error,
        Ok(Response { body: Err(error), .. }) => error,
        other => panic!("no transport error: {other:?}"),
    }
}

fn methods(server: &Running) -> Vec<String> {
    server.seen().into_iter().map(|seen| seen.method).collect()
}

// --- what is sent -------------------------------------------------------------------------------------------------

#[tokio::test]
async fn every_request_has_the_headers_of_a_browser() {
    let server = serve(Faults::default()).await;
    let page = page();
    for method in ["GET", "POST"] {
        page.fetch(request(method, server.at("/"))).await;
    }
    for seen in server.seen() {
        assert_eq!(seen.header("origin"), Some(PAGE), "{}", seen.method);
        assert_eq!(seen.header("accept"), Some("*/*"));
        assert_eq!(seen.header("accept-encoding"), Some("gzip, deflate, br, zstd"));
        assert_eq!(seen.header("sec-fetch-site"), Some("cross-site"));
        assert_eq!(seen.header("sec-fetch-mode"), Some("cors"));
        assert_eq!(seen.header("sec-fetch-dest"), Some("empty"));
        assert!(!seen.header("user-agent").unwrap().is_empty());
        assert!(!seen.header("accept-language").unwrap().is_empty());
        assert_eq!(seen.header("referer"), None);
        assert_eq!(seen.header("cookie"), None);
        assert_eq!(seen.header("content-type"), None);
    }
    assert_eq!(server.seen()[1].header("content-length"), Some("0"));
}

#[tokio::test]
async fn scripts_cannot_set_forbidden_headers() {
    let policy = CorsPolicy { headers: Some("X-A".into()), ..CorsPolicy::default() };
    let server = serve(Faults::with_cors(policy)).await;
    let given = [
        ("User-Agent", "me"),
        ("Cookie", "a=b"),
        ("Host", "x"),
        ("Origin", "x"),
        ("Referer", "x"),
        ("Sec-Fetch-Mode", "x"),
        ("Accept", "application/json"),
        ("Accept-Language", "es"),
        ("X-A", "1"),
    ];
    let headers = given.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    ok(page().fetch(Request { headers, ..Request::get(server.at("/")) }).await);
    let seen = server.seen();
    assert_eq!(seen[0].header("access-control-request-headers"), Some("x-a"));
    assert!(seen[1].header("user-agent").unwrap().contains("grade"));
    assert_eq!(seen[1].header("accept"), Some("application/json"));
    assert_eq!(seen[1].header("accept-language"), Some("es"));
    assert_eq!(seen[1].header("x-a"), Some("1"));
    assert_eq!(seen[1].header("origin"), Some(PAGE));
    assert_eq!((seen[1].header("cookie"), seen[1].header("referer")), (None, None));
}

#[tokio::test]
async fn the_type_of_a_body_is_implied_unless_set() {
    let server = serve(Faults::everywhere(Fault::Echo)).await;
    let text = Request {
        body: Some(Bytes::from_static(b"a=1")),
        implied_content_type: Some("text/plain;charset=UTF-8".to_owned()),
        ..request("post", server.at("/"))
    };
    let form = Request {
        headers: vec![("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned())],
        ..text.clone()
    };
    let page = page();
    let answer = ok(page.fetch(text).await).body.unwrap();
    let answer: serde_json::Value = serde_json::from_slice(&answer).unwrap();
    assert_eq!((&answer["method"], &answer["body"]), (&"POST".into(), &"a=1".into()));
    assert_eq!(answer["headers"]["content-type"], "text/plain;charset=UTF-8");
    ok(page.fetch(form).await);
    assert_eq!(server.seen()[1].header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(methods(&server), ["POST", "POST"], "simple bodies are not announced");
}

#[tokio::test]
async fn what_cannot_be_asked_for_is_refused_before_anything_is_sent() {
    let server = serve(Faults::default()).await;
    let page = page();
    let at = |text: &str| Url::parse(text).unwrap();
    let with_user = |user: &str| {
        let mut url = server.at("/");
        url.set_username(user).unwrap();
        url
    };
    let body = Some(Bytes::from_static(b"x"));
    for (asked, part) in [
        (Request::get(at("http://example.com/")), "mixed content"),
        (Request::get(at("http://192.168.0.1:3000/")), "mixed content"),
        (Request::get(at("http://localhost:6667/")), "port 6667"),
        (Request::get(at("https://localhost:22/")), "port 22"),
        (Request::get(at("ftp://localhost/")), "scheme `ftp:`"),
        (Request::get(with_user("me")), "user name"),
        (request("TRACE", server.at("/")), "TRACE"),
        (request("A B", server.at("/")), "A B"),
        (Request { body: body.clone(), ..Request::get(server.at("/")) }, "body"),
        (Request { headers: vec![("a b".into(), "x".into())], ..Request::get(server.at("/")) }, "`a b`"),
    ] {
        let fetched = page.fetch(asked).await;
        assert!(fetched.exchange.hops.is_empty());
        let (kind, hop, preflight) = refusal(fetched);
        assert!(kind.to_string().contains(part), "{kind}");
        assert_eq!((hop, preflight), (0, false));
    }
    // XHR drops the body of a GET instead.
    let xhr = Request { body, initiator: Initiator::Xhr, ..Request::get(server.at("/")) };
    ok(page.fetch(xhr).await);
    assert_eq!(server.seen()[0].body.len(), 0);
    assert_eq!(server.hits(), 1);
}

// --- CORS ---------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn the_allowed_origin_decides_on_every_status() {
    let values = |values: &[&str]| AllowOrigin::Values(values.iter().map(|value| (*value).to_owned()).collect());
    for (origin, readable) in [
        (AllowOrigin::Listed, true),
        (AllowOrigin::Echo, true),
        (AllowOrigin::Anybody, true),
        (values(&[PAGE]), true),
        (AllowOrigin::Nobody, false),
        (values(&["null"]), false),
        (values(&["http://www.freecodecamp.org"]), false),
        (values(&["https://freecodecamp.org"]), false),
        (values(&["https://www.freecodecamp.org/"]), false),
        (values(&[PAGE, PAGE]), false),
        (values(&["*", PAGE]), false),
        (values(&["https://www.freecodecamp.org, http://localhost:3000"]), false),
        (values(&[""]), false),
    ] {
        let faults = Faults::with_cors(CorsPolicy::with_origin(origin.clone()))
            .and("/404", Fault::NotFound)
            .and("/500", Fault::ServerError);
        let server = serve(faults).await;
        let page = page();
        for (path, status) in [("/", 200), ("/404", 404), ("/500", 500)] {
            let fetched = page.fetch(Request::get(server.at(path))).await;
            assert_eq!(fetched.exchange.status(), Some(status), "the record has it in any case");
            assert!(!fetched.exchange.body.is_empty());
            if readable {
                let response = ok(fetched);
                assert_eq!((response.status, response.kind), (status, ResponseKind::Cors), "{origin:?} {path}");
            } else {
                let (kind, _, preflight) = refusal(fetched);
                let fits = match &origin {
                    AllowOrigin::Nobody => matches!(kind, RefusalKind::MissingAllowOrigin { .. }),
                    _ => matches!(kind, RefusalKind::WrongAllowOrigin { .. }),
                };
                assert!(fits && !preflight, "{origin:?} {path}: {kind}");
            }
        }
    }
}

#[tokio::test]
async fn preflights_announce_what_is_not_simple() {
    let server = serve(Faults::everywhere(Fault::Echo)).await;
    let page = page();
    for (asked, announced) in [
        (request("GET", server.at("/1")), None),
        (request("HEAD", server.at("/2")), None),
        (request("POST", server.at("/3")), None),
        (request("put", server.at("/4")), Some(("PUT", None))),
        (request("DELETE", server.at("/5")), Some(("DELETE", None))),
        (json("POST", server.at("/6"), "{}"), Some(("POST", Some("content-type")))),
        (json("PUT", server.at("/7"), "{}"), Some(("PUT", Some("content-type")))),
    ] {
        let before = server.hits();
        ok(page.fetch(asked.clone()).await);
        let seen = server.seen().split_off(before);
        let Some((method, headers)) = announced else {
            assert_eq!(seen.len(), 1, "{asked:?}");
            continue;
        };
        assert_eq!((seen.len(), seen[0].method.as_str()), (2, "OPTIONS"), "{asked:?}");
        assert_eq!(seen[0].header("access-control-request-method"), Some(method));
        assert_eq!(seen[0].header("access-control-request-headers"), headers);
        assert_eq!(seen[0].header("origin"), Some(PAGE));
        assert_eq!((seen[0].header("content-type"), seen[0].body.len()), (None, 0));
        assert_eq!(seen[1].method, method);
    }
}

#[tokio::test]
async fn preflight_answers_must_list_what_is_used() {
    let policy = CorsPolicy::default;
    let text = |text: &str| Some(text.to_owned());
    let preflight = |preflight| CorsPolicy { preflight, ..policy() };
    for (policy, method, body, expected) in [
        (policy(), "PUT", false, Ok(())),
        (policy(), "DELETE", false, Ok(())),
        (policy(), "POST", true, Ok(())),
        (preflight(Preflight::Status(200)), "PUT", false, Ok(())),
        (CorsPolicy { methods: text("*"), ..policy() }, "PUT", false, Ok(())),
        (CorsPolicy { headers: text("*"), ..policy() }, "POST", true, Ok(())),
        (CorsPolicy { methods: None, ..policy() }, "POST", true, Ok(())),
        (CorsPolicy { methods: None, ..policy() }, "DELETE", false, Err("does not list DELETE")),
        (CorsPolicy { methods: text("GET, POST"), ..policy() }, "PUT", false, Err("does not list PUT")),
        (CorsPolicy { methods: text("put"), ..policy() }, "PUT", false, Err("does not list PUT")),
        (CorsPolicy { headers: None, ..policy() }, "POST", true, Err("does not list content-type")),
        (CorsPolicy { headers: text("Accept"), ..policy() }, "POST", true, Err("does not list content-type")),
        (CorsPolicy { origin: AllowOrigin::Nobody, ..policy() }, "PUT", false, Err("no Access-Control-Allow-Origin")),
        (preflight(Preflight::Status(404)), "PUT", false, Err("status 404")),
        (preflight(Preflight::Status(500)), "PUT", false, Err("status 500")),
        (preflight(Preflight::Redirect("/x".to_owned())), "PUT", false, Err("status 302")),
        (CorsPolicy::absent(), "POST", true, Err("status 404")),
    ] {
        let server = serve(Faults::with_cors(policy.clone())).await;
        let url = server.at("/api");
        let asked = if body { json(method, url, "{}") } else { request(method, url) };
        let fetched = page().fetch(asked).await;
        match expected {
            Ok(()) => assert_eq!((ok(fetched).status, server.hits()), (404, 2), "{policy:?}"),
            Err(part) => {
                assert_eq!(fetched.exchange.hops.len(), 1);
                let (kind, _, preflight) = refusal(fetched);
                assert!(kind.to_string().contains(part) && preflight, "{policy:?}: {kind}");
                assert_eq!(server.hits(), 1, "the request itself is not sent");
            }
        }
    }
}

#[tokio::test]
async fn a_preflight_holds_for_a_while() {
    let server = serve(Faults::default()).await;
    let page = page();
    for _ in 0..2 {
        ok(page.fetch(request("PUT", server.at("/a"))).await);
    }
    assert_eq!(methods(&server), ["OPTIONS", "PUT", "PUT"]);
    let policy = CorsPolicy { max_age: Some("0".to_owned()), ..CorsPolicy::default() };
    let server = serve(Faults::with_cors(policy)).await;
    for _ in 0..2 {
        ok(page.fetch(request("PUT", server.at("/a"))).await);
    }
    assert_eq!(methods(&server), ["OPTIONS", "PUT", "OPTIONS", "PUT"]);
}

#[tokio::test]
async fn with_credentials_the_rules_are_stricter() {
    let text = |text: &str| Some(text.to_owned());
    for (origin, credentials, expected) in [
        (AllowOrigin::Listed, text("true"), Ok(())),
        (AllowOrigin::Listed, None, Err(RefusalKind::MissingAllowCredentials)),
        (AllowOrigin::Listed, text("1"), Err(RefusalKind::MissingAllowCredentials)),
        (AllowOrigin::Anybody, text("true"), Err(RefusalKind::WildcardWithCredentials { origin: PAGE.to_owned() })),
    ] {
        let policy = CorsPolicy { credentials, ..CorsPolicy::with_origin(origin) };
        let server = serve(Faults::with_cors(policy.clone())).await;
        let fetched = page().fetch(include(Request::get(server.at("/")))).await;
        match expected {
            Ok(()) => assert_eq!(ok(fetched).status, 200),
            Err(expected) => assert_eq!(refusal(fetched).0, expected, "{policy:?}"),
        }
    }
    let star = CorsPolicy { credentials: text("true"), methods: text("*"), ..CorsPolicy::default() };
    let server = serve(Faults::with_cors(star)).await;
    let (kind, _, preflight) = refusal(page().fetch(include(request("PUT", server.at("/")))).await);
    assert_eq!((kind, preflight), (RefusalKind::MethodNotAllowed { method: "PUT".to_owned() }, true));
    assert_eq!(server.hits(), 1);
}

#[tokio::test]
async fn only_exposed_headers_can_be_read() {
    let policy = CorsPolicy { expose: Some("X-Powered-By".to_owned()), ..CorsPolicy::default() };
    let route = Route::new("GET", "/", "text/html", "x")
        .with_header("x-powered-by", "PHP 7.4.3")
        .with_header("x-hidden", "1")
        .with_header("cache-control", "no-store")
        .with_header("set-cookie", "a=b");
    let server = Testbed::start(project().with_route(route), Faults::with_cors(policy)).await.unwrap();
    let fetched = page().fetch(Request::get(server.at("/"))).await;
    assert_eq!(fetched.exchange.header("x-hidden"), Some("1"));
    let response = ok(fetched);
    assert_eq!(response.header("x-powered-by"), Some("PHP 7.4.3"));
    assert_eq!(response.header("cache-control"), Some("no-store"));
    assert_eq!(response.header("content-type"), Some("text/html"));
    assert_eq!(response.header("content-length"), Some("1"));
    assert_eq!((response.header("x-hidden"), response.header("set-cookie")), (None, None));
}

#[tokio::test]
async fn without_the_rules_everything_can_be_read() {
    let server = serve(Faults::with_cors(CorsPolicy::absent())).await;
    let page = page_with(|settings| {
        settings.cors = false;
        settings.resolve = vec![format!("example.com:{}:127.0.0.1", server.address().port()).parse().unwrap()];
    });
    assert_eq!(ok(page.fetch(Request::get(server.at("/"))).await).status, 200);
    assert_eq!(ok(page.fetch(json("PUT", server.at("/"), "{}")).await).status, 404);
    assert_eq!(methods(&server), ["GET", "PUT"]);
    let mut elsewhere = server.at("/");
    elsewhere.set_host(Some("example.com")).unwrap();
    assert_eq!(ok(page.fetch(Request::get(elsewhere.clone())).await).status, 200);
    assert_eq!(server.seen()[2].header("host"), Some(elsewhere.authority()));
}

// --- redirects ----------------------------------------------------------------------------------------------------

#[tokio::test]
async fn redirects_change_methods_as_the_standard_says() {
    for (status, method, sent) in [
        (301, "GET", "GET"),
        (302, "POST", "GET"),
        (301, "POST", "GET"),
        (303, "POST", "GET"),
        (303, "PUT", "GET"),
        (302, "PUT", "PUT"),
        (307, "POST", "POST"),
        (308, "POST", "POST"),
        (302, "HEAD", "HEAD"),
    ] {
        let faults = Faults::default()
            .and("/from", Fault::Redirect { status, location: "/to?x=1#there".to_owned() })
            .and("/to", Fault::Echo);
        let server = serve(faults).await;
        let url = server.at("/from#here");
        let with_body = !matches!(method, "GET" | "HEAD");
        let asked = if with_body { json(method, url, "{\"a\":1}") } else { request(method, url) };
        let response = ok(page().fetch(asked).await);
        assert_eq!(response.url, server.at("/to?x=1"), "the last URL with its query, without fragment");
        assert!(response.redirected && response.kind == ResponseKind::Cors);
        let last = server.seen().pop().unwrap();
        assert_eq!((last.method.as_str(), last.target.as_str()), (sent, "/to?x=1"), "{status} {method}");
        let kept = with_body && sent != "GET";
        assert_eq!(last.body.as_ref(), if kept { b"{\"a\":1}".as_slice() } else { b"" }, "{status} {method}");
        assert_eq!(last.header("content-type").is_some(), kept);
        assert_eq!(last.header("origin"), Some(PAGE));
        // Each hop of what stays a JSON or PUT request is announced anew.
        let preflights = methods(&server).iter().filter(|method| *method == "OPTIONS").count();
        assert_eq!(preflights, usize::from(with_body) + usize::from(kept), "{status} {method}");
    }
}

#[tokio::test]
async fn twenty_redirects_and_no_more() {
    let mut served = project();
    for step in 0..21 {
        served = served.with_route(Route::redirect(&format!("/{step}"), 302, &format!("/{}", step + 1)));
    }
    served = served.with_route(Route::new("GET", "/21", "text/plain", "end"));
    served = served.with_route(Route::redirect("/loop", 301, "/loop"));
    let server = Testbed::start(served, Faults::default()).await.unwrap();
    let page = page();
    let response = ok(page.fetch(Request::get(server.at("/1"))).await);
    assert_eq!(response.body.unwrap(), "end");
    assert_eq!(server.hits(), 21);
    for path in ["/0", "/loop"] {
        let fetched = page.fetch(Request::get(server.at(path))).await;
        assert_eq!(fetched.exchange.hops.len(), 21);
        assert_eq!(refusal(fetched), (RefusalKind::TooManyRedirects, 20, false), "{path}");
    }
}

#[tokio::test]
async fn every_hop_has_to_allow_the_page() {
    let to_end = Fault::Redirect { status: 302, location: "/".to_owned() };
    let closed = || Fault::Cors(CorsPolicy::absent());
    let server = serve(Faults::default().and("/a", to_end.clone()).and("/a", closed())).await;
    let (kind, hop, _) = refusal(page().fetch(Request::get(server.at("/a"))).await);
    assert!(matches!(kind, RefusalKind::MissingAllowOrigin { .. }) && hop == 0, "{kind} {hop}");
    let server = serve(Faults::default().and("/a", to_end).and("/", closed())).await;
    let (kind, hop, _) = refusal(page().fetch(Request::get(server.at("/a"))).await);
    assert!(matches!(kind, RefusalKind::MissingAllowOrigin { .. }) && hop == 1, "{kind} {hop}");
}

#[tokio::test]
async fn a_redirect_to_another_origin_hides_the_page() {
    for (origin, readable) in [
        (AllowOrigin::Anybody, true),
        (AllowOrigin::Echo, true),
        (AllowOrigin::Values(vec!["null".to_owned()]), true),
        (AllowOrigin::Listed, false),
        (AllowOrigin::Values(vec![PAGE.to_owned()]), false),
    ] {
        let policy = CorsPolicy { headers: Some("authorization, x-a".into()), ..CorsPolicy::default() };
        let second = serve(Faults::with_cors(CorsPolicy { origin: origin.clone(), ..policy.clone() })).await;
        let away = Fault::Redirect { status: 307, location: second.at("/").into() };
        let first = serve(Faults::with_cors(policy).and("/a", away)).await;
        let headers =
            [("Authorization", "secret"), ("X-A", "1")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        let fetched = page().fetch(Request { headers: headers.to_vec(), ..Request::get(first.at("/a")) }).await;
        assert_eq!(first.seen()[0].header("origin"), Some(PAGE));
        assert_eq!(first.seen()[1].header("authorization"), Some("secret"));
        let seen = second.seen();
        assert_eq!(seen[0].header("origin"), Some("null"));
        assert_eq!(seen[0].header("access-control-request-headers"), Some("x-a"));
        if readable {
            assert_eq!(ok(fetched).status, 200);
            assert_eq!((seen[1].header("authorization"), seen[1].header("x-a")), (None, Some("1")));
        } else {
            assert!(matches!(
                refusal(fetched).0,
                RefusalKind::MissingAllowOrigin { .. } | RefusalKind::WrongAllowOrigin { .. }
            ));
        }
    }
}

#[tokio::test]
async fn redirect_modes() {
    let away = Fault::Redirect { status: 302, location: "/".to_owned() };
    let server =
        serve(Faults::default().and("/a", away.clone()).and("/b", away).and("/b", Fault::Cors(CorsPolicy::absent())))
            .await;
    let page = page();
    let asked = |path, redirect| Request { redirect, ..Request::get(server.at(path)) };
    let response = ok(page.fetch(asked("/a", Redirect::Manual)).await);
    assert_eq!((response.status, response.ok(), response.kind), (0, false, ResponseKind::OpaqueRedirect));
    assert_eq!((response.body.unwrap().len(), response.headers.len(), response.redirected), (0, 0, false));
    assert_eq!(response.url, server.at("/a"));
    let (kind, ..) = refusal(page.fetch(asked("/a", Redirect::Error)).await);
    assert_eq!(kind, RefusalKind::UnexpectedRedirect { status: 302 });
    let (kind, ..) = refusal(page.fetch(asked("/b", Redirect::Manual)).await);
    assert!(matches!(kind, RefusalKind::MissingAllowOrigin { .. }));
    for mode in [Redirect::Manual, Redirect::Error] {
        assert_eq!(ok(page.fetch(asked("/", mode)).await).status, 200);
    }
}

#[tokio::test]
async fn redirects_that_lead_nowhere() {
    for (location, part) in [
        ("mailto:a@b.c", "mailto:"),
        ("file:///etc/passwd", "file:"),
        ("http://", "no valid URL"),
        ("http://me@localhost/", "user name"),
        ("http://example.com/", "mixed content"),
        ("http://localhost:1/", "port 1"),
    ] {
        let fault = Fault::Redirect { status: 302, location: location.to_owned() };
        let server = serve(Faults::everywhere(fault)).await;
        let (kind, ..) = refusal(page().fetch(Request::get(server.at("/"))).await);
        assert!(kind.to_string().contains(part), "{location}: {kind}");
    }
    let server = serve(Faults::everywhere(Fault::Status(302))).await;
    let response = ok(page().fetch(Request::get(server.at("/"))).await);
    assert_eq!((response.status, response.body.unwrap().as_ref()), (302, b"<h1>x</h1>".as_slice()));
}

// --- bodies -------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn bodies_are_decoded() {
    let page = page();
    for encoding in [Encoding::Gzip, Encoding::Deflate, Encoding::RawDeflate, Encoding::Brotli, Encoding::Zstd] {
        for size in [0, 1, 70_000, 200_000] {
            let text: Vec<u8> = (0..size).map(|index: u32| b'a' + u8::try_from(index % 23).unwrap()).collect();
            let route = Route::new("GET", "/", "text/plain", text.clone());
            let served = project().with_route(route);
            let server = Testbed::start(served, Faults::everywhere(Fault::Encoded(encoding))).await.unwrap();
            let fetched = page.fetch(Request::get(server.at("/"))).await;
            assert_eq!(fetched.exchange.header("content-encoding"), Some(encoding.name()));
            assert!(ok(fetched).body.unwrap() == text, "{encoding:?} {size}");
        }
        if encoding != Encoding::RawDeflate {
            let server = serve(Faults::everywhere(Fault::FalseEncoding(encoding))).await;
            let error = transport(page.fetch(Request::get(server.at("/"))).await);
            assert_eq!((error.kind, error.phase), (TransportKind::BadEncoding, Phase::Reading), "{encoding:?}");
        }
    }
}

#[tokio::test]
async fn a_byte_order_mark_is_no_part_of_the_text() {
    let server = serve(Faults::everywhere(Fault::Bom)).await;
    let response = ok(page().fetch(Request::get(server.at("/_api/package.json"))).await);
    assert_eq!(response.text().unwrap(), "{\"name\": \"x\"}");
    assert!(response.body.unwrap().starts_with(b"\xef\xbb\xbf"));
}

#[tokio::test]
async fn bodies_are_bounded() {
    let page = page_with(|settings| settings.max_body = 100_000);
    for fault in [Fault::Huge(100_001), Fault::EndlessBody, Fault::Bomb(200 << 20)] {
        let server = serve(Faults::everywhere(fault.clone())).await;
        let fetched = page.fetch(Request::get(server.at("/"))).await;
        assert!(fetched.result.as_ref().is_ok_and(|response| response.status == 200), "the head is there");
        assert!(fetched.exchange.body.len() <= 100_000);
        assert!(matches!(fetched.exchange.end, ExchangeEnd::Failed(_)));
        let kind = transport(fetched).kind;
        assert_eq!(kind, TransportKind::TooLarge { limit: 100_000 }, "{fault:?}");
    }
    let server = serve(Faults::everywhere(Fault::Huge(100_000))).await;
    assert_eq!(ok(page.fetch(Request::get(server.at("/"))).await).body.unwrap().len(), 100_000);
}

#[tokio::test]
async fn odd_answers_are_answers() {
    let page = page();
    for (fault, status, content_type, start) in [
        (Fault::NotFound, 404, Some("text/html; charset=utf-8"), "<!DOCTYPE"),
        (Fault::ServerError, 500, Some("text/html; charset=utf-8"), "<!DOCTYPE"),
        (Fault::HtmlError, 200, Some("text/html; charset=utf-8"), "<!DOCTYPE"),
        (Fault::Empty, 200, None, ""),
        (Fault::NotJson, 200, Some("application/json; charset=utf-8"), "{\"name\": 'x'"),
        (Fault::ContentType("image/png".to_owned()), 200, Some("image/png"), "<h1>"),
        (Fault::Status(204), 204, Some("text/html; charset=utf-8"), ""),
    ] {
        let server = serve(Faults::everywhere(fault.clone())).await;
        let response = ok(page.fetch(Request::get(server.at("/"))).await);
        assert_eq!((response.status, response.ok()), (status, status < 300), "{fault:?}");
        assert_eq!(response.header("content-type"), content_type, "{fault:?}");
        let text = response.text().unwrap();
        assert!(if start.is_empty() { text.is_empty() } else { text.starts_with(start) }, "{fault:?}: {text}");
    }
    let server = serve(Faults::default()).await;
    let response = ok(page.fetch(request("HEAD", server.at("/"))).await);
    assert_eq!((response.status, response.status_text.as_str(), response.body.unwrap().len()), (200, "OK", 0));
    let custom = b"HTTP/1.1 418 I am a teapot\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 0\r\n\r\n";
    let server = serve(Faults::everywhere(Fault::Garbage(Bytes::from_static(custom)))).await;
    assert_eq!(ok(page.fetch(Request::get(server.at("/"))).await).status_text, "I am a teapot");
}

// --- transport ----------------------------------------------------------------------------------------------------

#[tokio::test]
async fn nothing_listens() {
    let server = serve(Faults::default()).await;
    let url = server.at("/a");
    server.stop().await;
    let fetched = page().fetch(Request::get(url.clone())).await;
    assert_eq!((fetched.exchange.hops.len(), fetched.exchange.status()), (1, None));
    let error = transport(fetched);
    assert_eq!(error.kind, TransportKind::ConnectionRefused { authority: url.authority().to_owned() });
    assert_eq!((error.phase, error.url), (Phase::Connecting, url));
}

#[tokio::test]
async fn servers_that_break_off() {
    let page = page_with(|settings| settings.max_time = Some(Duration::from_millis(300)));
    let limit = Duration::from_millis(300);
    let garbage = |text: &'static str| Fault::Garbage(Bytes::from_static(text.as_bytes()));
    for (fault, kind, phase) in [
        (Fault::Reset, TransportKind::Cut, Phase::Waiting),
        (Fault::Close, TransportKind::Cut, Phase::Waiting),
        (Fault::Cut, TransportKind::Cut, Phase::Reading),
        (Fault::CutChunks, TransportKind::Cut, Phase::Reading),
        (garbage("SSH-2.0-OpenSSH_9.2\r\n"), TransportKind::NotHttp, Phase::Waiting),
        (garbage("\u{15}\u{3}\u{1}\0\u{2}\u{2}"), TransportKind::NotHttp, Phase::Waiting),
        (garbage("HTTP/1.1 999999 x\r\n\r\n"), TransportKind::NotHttp, Phase::Waiting),
        (garbage("HTTP/1.1 200 OK\r\nno colon\r\n\r\n"), TransportKind::NotHttp, Phase::Waiting),
        (garbage("HTTP/1.1 200 OK\r\nContent-"), TransportKind::Cut, Phase::Waiting),
        (Fault::StalledHead, TransportKind::Timeout { limit }, Phase::Waiting),
        (Fault::StalledBody, TransportKind::Timeout { limit }, Phase::Reading),
    ] {
        let server = serve(Faults::everywhere(fault.clone())).await;
        let fetched = page.fetch(Request::get(server.at("/"))).await;
        assert!(matches!(fetched.exchange.end, ExchangeEnd::Failed(FetchError::Transport(_))));
        let error = transport(fetched);
        assert_eq!((error.kind, error.phase), (kind, phase), "{fault:?}: {}", error.detail);
        assert!(!error.detail.is_empty());
        assert_eq!(server.hits(), 1, "{fault:?}: no retry unless asked for");
    }
}

#[tokio::test]
async fn a_cut_body_is_only_noticed_when_it_is_read() {
    let server = serve(Faults::everywhere(Fault::Cut)).await;
    let fetched = page().fetch(Request::get(server.at("/"))).await;
    assert_eq!(fetched.exchange.body, "only the start");
    let response = ok(fetched);
    assert!(response.ok() && response.body.is_err());
}

#[tokio::test]
async fn tls_to_a_server_that_speaks_http() {
    let server = serve(Faults::default()).await;
    let mut url = server.at("/");
    url.set_scheme("https").unwrap();
    let error = transport(page().fetch(Request::get(url)).await);
    match error.kind {
        TransportKind::Tls { reason } => assert!(reason.contains("http://"), "{reason}"),
        other => panic!("{other:?}: {}", error.detail),
    }
}

#[tokio::test]
async fn names() {
    let server = serve(Faults::default()).await;
    let page = page();
    for host in ["localhost", "app.localhost"] {
        let mut url = server.at("/");
        url.set_host(Some(host)).unwrap();
        assert_eq!(ok(page.fetch(Request::get(url)).await).status, 200, "{host}");
    }
    let error = transport(page.fetch(Request::get(Url::parse("https://no-such-host.invalid/").unwrap())).await);
    assert_eq!(
        error.kind,
        TransportKind::NameNotResolved { host: "no-such-host.invalid".to_owned() },
        "{}",
        error.detail
    );
    assert_eq!(error.phase, Phase::Connecting);
}

#[tokio::test]
async fn a_kept_connection_that_was_closed_is_no_failure() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
    // Answers one request per connection and hangs up when the next one comes, although it promised to stay.
    let serving = tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            tokio::spawn(async move {
                let mut buffer = [0; 4096];
                let _ = stream.read(&mut buffer).await;
                let answer = b"HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 2\r\n\r\nok";
                stream.write_all(answer).await.unwrap();
                let _ = stream.read(&mut buffer).await;
            });
        }
    });
    let page = page();
    for method in ["GET", "POST", "GET", "POST"] {
        assert_eq!(ok(page.fetch(request(method, url.clone())).await).body.unwrap(), "ok", "{method}");
    }
    serving.abort();
}

#[tokio::test]
async fn retries() {
    let page = page_with(|settings| settings.retry = 2);
    let cut = serve(Faults::everywhere(Fault::Close)).await;
    transport(page.fetch(Request::get(cut.at("/"))).await);
    assert_eq!(cut.hits(), 3);
    transport(page.fetch(request("POST", cut.at("/"))).await);
    assert_eq!(cut.hits(), 4, "a POST that may have arrived is not repeated");
    let broken = serve(Faults::everywhere(Fault::ServerError)).await;
    ok(page.fetch(Request::get(broken.at("/"))).await);
    assert_eq!(broken.hits(), 1, "a status is an answer");
    let closed = serve(Faults::with_cors(CorsPolicy::absent())).await;
    refusal(page.fetch(Request::get(closed.at("/"))).await);
    assert_eq!(closed.hits(), 1, "a refusal is final");

    let gone = serve(Faults::default()).await;
    let (url, port) = (gone.at("/"), gone.address().port());
    gone.stop().await;
    let (fetched, _server) = tokio::join!(page.fetch(request("POST", url)), async {
        tokio::time::sleep(Duration::from_millis(20)).await;
        Testbed::start_at(port, project(), Faults::default()).await.unwrap()
    });
    assert_eq!(ok(fetched).status, 404, "what never arrived is repeated");
}

// --- what a page remembers ----------------------------------------------------------------------------------------

#[tokio::test]
async fn plain_gets_are_shared_until_something_may_have_changed() {
    let server = serve(Faults::default().and("/closed", Fault::Cors(CorsPolicy::absent()))).await;
    let page = page();
    let get = |path: &str| page.fetch(Request::get(server.at(path)));
    page.next_hint(true);
    assert!(!get("/").await.exchange.from_memo);
    page.next_hint(true);
    let shared = get("/#fragment").await;
    assert!(shared.exchange.from_memo && shared.exchange.hops.len() == 1);
    assert_eq!(ok(shared).body.unwrap(), "<h1>x</h1>");
    assert_eq!(server.hits(), 1);
    assert!(!get("/?query").await.exchange.from_memo);
    let xhr = Request { initiator: Initiator::Xhr, ..Request::get(server.at("/")) };
    let custom = Request { headers: vec![("Accept".into(), "a/b".into())], ..Request::get(server.at("/")) };
    for other in [xhr, custom, include(Request::get(server.at("/")))] {
        assert!(!page.fetch(other).await.exchange.from_memo);
    }
    assert!(get("/").await.exchange.from_memo);
    page.next_hint(false);
    assert!(!get("/").await.exchange.from_memo, "not in this hint");
    page.next_hint(true);
    assert!(get("/").await.exchange.from_memo);
    page.fetch(request("POST", server.at("/"))).await;
    assert!(!get("/").await.exchange.from_memo, "a POST may have changed it");
    for _ in 0..2 {
        assert!(!get("/closed").await.exchange.from_memo, "failures are not kept");
    }
}

#[tokio::test]
async fn xhr_keeps_sessions_under_the_honest_rules_only() {
    let policy = CorsPolicy { credentials: Some("true".into()), ..CorsPolicy::default() };
    let served = Project { sessions: true, ..project() };
    let server = Testbed::start(served, Faults::with_cors(policy)).await.unwrap();
    let form = |path: &str, initiator, user: &str| Request {
        body: Some(Bytes::from(format!("username={user}&password=b"))),
        implied_content_type: Some("application/x-www-form-urlencoded; charset=UTF-8".to_owned()),
        initiator,
        ..request("POST", server.at(path))
    };
    let get = |path: &str, initiator| Request { initiator, ..Request::get(server.at(path)) };
    let (xhr, fetch) = (Initiator::Xhr, Initiator::Fetch);

    let page = page();
    page.next_hint(false);
    let response = ok(page.fetch(form("/register", xhr, "honest")).await);
    assert_eq!(response.url, server.at("/profile"), "the redirect already carries the cookie");
    assert!(response.text().unwrap().contains("Welcome, honest") && page.cookies_used());
    page.next_hint(false);
    assert_eq!(ok(page.fetch(get("/profile", fetch)).await).url, server.at("/"), "fetch never does");
    assert!(!page.cookies_used());
    assert_eq!(ok(page.fetch(get("/profile", xhr)).await).url, server.at("/profile"));
    assert!(page.cookies_used());
    assert_eq!(ok(page.fetch(include(get("/profile", fetch))).await).url, server.at("/profile"));
    ok(page.fetch(get("/logout", xhr)).await);
    assert_eq!(ok(page.fetch(get("/profile", xhr)).await).url, server.at("/"));

    let strict = page_with(|settings| settings.keep_xhr_cookies = false);
    assert_eq!(ok(strict.fetch(form("/register", xhr, "strict")).await).url, server.at("/"));
    // A session cookie without SameSite=None stays at home even with credentials.
    assert_eq!(ok(strict.fetch(include(form("/login", xhr, "strict"))).await).url, server.at("/"));
    assert!(!strict.cookies_used());
}

#[tokio::test]
async fn a_hint_may_make_so_many_requests() {
    let server = serve(Faults::default()).await;
    let page = page_with(|settings| settings.max_requests = 3);
    for _ in 0..2 {
        page.next_hint(false);
        for _ in 0..3 {
            ok(page.fetch(Request::get(server.at("/"))).await);
        }
        let error = transport(page.fetch(Request::get(server.at("/"))).await);
        assert_eq!(error.kind, TransportKind::TooManyRequests { limit: 3 });
    }
    assert_eq!(server.hits(), 6);
}

#[tokio::test]
async fn a_hint_that_is_given_up_can_say_what_it_waited_for() {
    let away = Fault::Redirect { status: 307, location: "/stalled".to_owned() };
    let faults = Faults::default().and("/a", away).and("/stalled", Fault::StalledHead).and("/body", Fault::StalledBody);
    let server = serve(faults).await;
    let page = page();
    assert!(page.in_flight().is_none());
    for (path, method, url, phase) in
        [("/a", "POST", "/stalled", Phase::Waiting), ("/body", "GET", "/body", Phase::Reading)]
    {
        page.next_hint(false);
        let limit = Duration::from_millis(300);
        let given_up = tokio::time::timeout(limit, page.fetch(request(method, server.at(path)))).await;
        assert!(given_up.is_err());
        let waiting = page.in_flight().unwrap();
        assert_eq!((waiting.method.as_str(), waiting.url, waiting.phase), (method, server.at(url), phase));
        assert!(waiting.abandoned && waiting.elapsed > Duration::ZERO);
    }
    page.next_hint(false);
    ok(page.fetch(Request::get(server.at("/"))).await);
    assert!(page.in_flight().is_none());
}

#[tokio::test]
async fn requests_run_side_by_side() {
    let server = serve(Faults::default().and("/slow", Fault::Delay(Duration::from_millis(50)))).await;
    let page = page();
    let (slow, quick) = tokio::join!(page.fetch(Request::get(server.at("/slow"))), async {
        let quick = page.fetch(Request::get(server.at("/"))).await;
        assert!(page.in_flight().is_some_and(|waiting| waiting.url.path() == "/slow" && !waiting.abandoned));
        quick
    });
    assert_eq!((ok(slow).status, ok(quick).status), (404, 200));
}
