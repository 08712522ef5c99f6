//! What a page remembers: answers, cookies, what is under way.

use super::*;

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
    let sample = Project { sessions: true, ..project() };
    let server = Testbed::start(sample, Faults::with_cors(policy)).await.unwrap();
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

    // A hint that begins anew has got no cookies yet, but those that earlier ones got.
    let again = self::page();
    again.next_hint(false);
    ok(again.fetch(form("/register", xhr, "again")).await);
    assert!(again.cookies_used());
    again.hint_again();
    assert!(!again.cookies_used());
    assert_eq!(ok(again.fetch(get("/profile", xhr)).await).url, server.at("/"));
    ok(again.fetch(form("/login", xhr, "again")).await);
    again.next_hint(false);
    again.hint_again();
    assert_eq!(ok(again.fetch(get("/profile", xhr)).await).url, server.at("/profile"));

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
