//! What goes over the wire.

use super::*;

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

#[tokio::test]
async fn xhr_may_name_a_user_in_the_url_who_is_not_sent() {
    let server = serve(Faults::everywhere(Fault::Echo)).await;
    let mut url = server.at("/x");
    url.set_username("user").unwrap();
    url.set_password(Some("secret")).unwrap();
    let (kind, ..) = refusal(page().fetch(Request::get(url.clone())).await);
    assert_eq!(kind, RefusalKind::CredentialsInUrl);
    ok(page().fetch(Request { initiator: Initiator::Xhr, ..Request::get(url) }).await);
    let seen = server.seen();
    assert_eq!(seen.len(), 1);
    assert_eq!((seen[0].target.as_str(), seen[0].header("authorization")), ("/x", None));
}

#[tokio::test]
async fn an_empty_body_has_a_length() {
    let server = serve(Faults::everywhere(Fault::Echo)).await;
    for (method, body, length) in [
        ("POST", None, Some("0")),
        ("POST", Some(Bytes::new()), Some("0")),
        ("DELETE", Some(Bytes::new()), Some("0")),
        ("DELETE", None, None),
        ("GET", None, None),
        ("POST", Some(Bytes::from_static(b"abc")), Some("3")),
    ] {
        ok(page().fetch(Request { body: body.clone(), ..request(method, server.at("/")) }).await);
        let seen = server.seen();
        assert_eq!(seen.last().unwrap().header("content-length"), length, "{method} {body:?}");
    }
}
