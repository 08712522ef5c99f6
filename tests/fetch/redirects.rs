//! Redirects.

use super::*;

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
    let mut sample = project();
    for step in 0..21 {
        sample = sample.with_route(Route::redirect(&format!("/{step}"), 302, &format!("/{}", step + 1)));
    }
    sample = sample.with_route(Route::new("GET", "/21", "text/plain", "end"));
    sample = sample.with_route(Route::redirect("/loop", 301, "/loop"));
    let server = Testbed::start(sample, Faults::default()).await.unwrap();
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
