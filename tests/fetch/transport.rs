//! Connections that fail, and asking again.

use super::*;

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

#[tokio::test]
async fn a_proxy_is_used_when_given() {
    let server = serve(Faults::default()).await;
    let page = page_with(|settings| {
        settings.proxy = Some(server.url().as_str().to_owned());
        settings.cors = false;
    });
    let response = ok(page.fetch(Request::get(Url::parse("http://example.com/_api/server.js").unwrap())).await);
    assert_eq!(response.text().unwrap(), "const a = 1;");
    assert_eq!(server.seen()[0].header("host"), Some("example.com"));
}
