//! Who may read what.

use super::*;

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
