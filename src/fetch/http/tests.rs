use std::collections::BTreeSet;

use bytes::BytesMut;

use super::*;
use crate::fetch::ResolveOverride;
use crate::testbed::{Encoding, Fault, Faults, Project, Route as Served, Testbed};

fn with(change: impl FnOnce(&mut FetchSettings)) -> Result<Client, SettingsError> {
    let mut settings = FetchSettings::default();
    change(&mut settings);
    Client::new(settings)
}

#[test]
fn bad_settings_are_found_before_the_first_request() {
    assert!(with(|_| ()).is_ok());
    assert!(matches!(with(|s| s.user_agent = "a\nb".into()), Err(SettingsError::UserAgent)));
    assert!(matches!(with(|s| s.proxy = Some("::".into())), Err(SettingsError::Proxy { .. })));
    assert!(with(|s| s.proxy = Some("http://localhost:1".into())).is_ok());
    let no_pem = with(|s| s.ca_certificates = Some(b"hello".to_vec()));
    assert!(matches!(no_pem, Err(SettingsError::CaCertificates { .. })));
}

#[test]
fn only_servers_without_tls_and_proxy_are_asked_directly() {
    let plain = with(|_| ()).unwrap();
    let proxied = with(|s| s.proxy = Some("http://localhost:1".into())).unwrap();
    let public = with(|s| s.reach = Reach::Public { also: Vec::new() }).unwrap();
    for (client, url, direct) in [
        (&plain, "http://localhost:3000/", true),
        (&plain, "http://[::1]/", true),
        (&plain, "http://example.com/", false),
        (&plain, "https://localhost/", false),
        (&proxied, "http://localhost:3000/", false),
        (&public, "http://example.com/", true),
        (&public, "https://example.com/", false),
    ] {
        let way = client.client(Route::of(&Url::parse(url).unwrap())).unwrap();
        assert_eq!(matches!(way, Way::Direct(_)), direct, "{url}");
    }
    let made = |client: &Client| client.shared.clients.iter().filter(|slot| slot.get().is_some()).count();
    assert_eq!([&plain, &proxied, &public].map(made), [2, 1, 1], "one for each route");
}

/// What is known of an answer, or of its lack; without the library's own words.
#[derive(Debug, PartialEq)]
enum Got {
    Whole { status: u16, text: String, headers: BTreeSet<String>, body: Vec<u8>, peer: Option<SocketAddr> },
    Cut { body: Vec<u8> },
    Nothing { kind: TransportKind, phase: Phase },
}

/// Asks both ways, and says what came of it, which is to be the same.
async fn both(client: &Client, method: &str, url: &Url, body: Option<&'static str>) -> Got {
    let reqwest = client.build(Route { tls: false, loopback: true }).unwrap();
    let direct = client.direct();
    let mut headers = HeaderMap::new();
    for (name, value) in [("accept", "*/*"), ("user-agent", "x"), ("origin", "https://www.freecodecamp.org")] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let body = body.map(|body| Bytes::from_static(body.as_bytes()));
    let outgoing = Outgoing { method, url, headers: &headers, body };
    let limit = client.settings().connect_timeout;
    let got = ask(&Way::Direct(&direct), &outgoing, limit).await;
    assert_eq!(got, ask(&Way::Reqwest(&reqwest), &outgoing, limit).await, "{method} {url}");
    got
}

/// Asks once.
async fn ask(way: &Way<'_>, outgoing: &Outgoing<'_>, limit: Duration) -> Got {
    let method = &Method::from_bytes(outgoing.method.as_bytes()).unwrap();
    let mut answer = match way.send(method, outgoing).await {
        Ok(answer) => answer,
        Err(failure) => {
            assert!(!failure.detail().is_empty());
            let kind = failure.kind(outgoing.url, limit);
            return Got::Nothing { kind, phase: failure.phase() };
        }
    };
    let mut body = BytesMut::new();
    loop {
        match answer.chunk().await {
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => break,
            Err(failure) => {
                assert!(!failure.is_timeout() && !failure.detail().is_empty());
                return Got::Cut { body: body.to_vec() };
            }
        }
    }
    // The second may have passed in the meantime.
    let headers = answer.headers().iter().filter(|(name, _)| *name != "date");
    Got::Whole {
        status: answer.status().as_u16(),
        text: answer.status_text(),
        headers: headers.map(|(name, value)| format!("{name}: {value:?}")).collect(),
        body: body.to_vec(),
        peer: answer.peer(),
    }
}

/// The two ways to the same servers, whatever these do: what comes is the same, and so is what they are sent.
#[tokio::test]
async fn both_ways_see_the_same() {
    let garbage = |text: &'static str| Fault::Garbage(Bytes::from_static(text.as_bytes()));
    let faults = [
        Fault::Echo,
        Fault::Status(204),
        Fault::Status(418),
        Fault::Redirect { status: 302, location: "/".to_owned() },
        Fault::ServerError,
        Fault::Empty,
        Fault::Encoded(Encoding::Gzip),
        Fault::Huge(1 << 20),
        Fault::Reset,
        Fault::Close,
        Fault::Cut,
        Fault::CutChunks,
        garbage("HTTP/1.1 200 Very Well\r\nContent-Length: 2\r\nX: \u{e9}\r\n\r\nok"),
        garbage("HTTP/1.0 200\r\n\r\nuntil the end"),
        garbage("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: trailer\r\n\r\n"),
        garbage("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno number\r\n"),
        garbage("HTTP/1.1 200 OK\r\nno colon\r\n\r\n"),
        garbage("HTTP/1.1 200 OK\r\nContent-"),
        garbage("HTTP/1.1 999999 x\r\n\r\n"),
        garbage("SSH-2.0-OpenSSH_9.2\r\n"),
        garbage(""),
    ];
    let client = with(|_| ()).unwrap();
    let (mut whole, mut cut, mut nothing) = (0, 0, 0);
    for fault in faults {
        let project =
            Project::of_files([("server.js", "const a = 1;")]).with_route(Served::new("POST", "/a", "x/y", "b"));
        let server = Testbed::start(project, Faults::everywhere(fault.clone())).await.unwrap();
        for (method, path, body) in [
            ("GET", "/_api/server.js?a=%20{|}#b", None),
            ("POST", "/a", Some("x=1")),
            ("PUT", "/a", Some("")),
            ("HEAD", "/", None),
        ] {
            let before = server.seen().len();
            match both(&client, method, &server.at(path), body).await {
                Got::Whole { .. } => whole += 1,
                Got::Cut { .. } => cut += 1,
                Got::Nothing { .. } => nothing += 1,
            }
            let seen = server.seen().split_off(before);
            assert_eq!(seen.len(), 2, "{method} {path} of {fault:?}: asked for once each");
            assert_eq!((&seen[0].headers, &seen[0].body), (&seen[1].headers, &seen[1].body), "{method} {path}");
            assert_eq!(seen[0].target, seen[1].target);
        }
        server.stop().await;
    }
    assert!(whole > 30 && cut > 5 && nothing > 20, "{whole} {cut} {nothing}");
}

#[tokio::test]
async fn both_ways_find_the_same_addresses() {
    let project = Project::of_files([("server.js", "const a = 1;")]);
    let server = Testbed::start(project, Faults::default()).await.unwrap();
    let port = server.address().port();
    let at = |host: &str, port: u16| Url::parse(&format!("http://{host}:{port}/_api/server.js")).unwrap();
    let status = |got: Got| if let Got::Whole { status, .. } = got { status } else { panic!("{got:?}") };

    let client = with(|_| ()).unwrap();
    assert_eq!(status(both(&client, "GET", &at("app.localhost", port), None).await), 200);
    assert_eq!(client.addresses("app.localhost").len(), 2);

    let given: ResolveOverride = format!("given.localhost:{port}:127.0.0.1").parse().unwrap();
    let client = with(|s| s.resolve = vec![given]).unwrap();
    assert_eq!(status(both(&client, "GET", &at("given.localhost", port), None).await), 200);
    assert!(client.addresses("given.localhost").is_empty(), "what is given is not looked up");

    let kind =
        |got: Got| if let Got::Nothing { kind, phase: Phase::Connecting } = got { kind } else { panic!("{got:?}") };
    let client = with(|s| s.reach = Reach::Public { also: Vec::new() }).unwrap();
    let host = "app.localhost".to_owned();
    let not_public = TransportKind::NotPublic { host, address: Some(std::net::Ipv6Addr::LOCALHOST.into()) };
    assert_eq!(kind(both(&client, "GET", &at("app.localhost", port), None).await), not_public);
    let unknown = TransportKind::NameNotResolved { host: "no-such-host.invalid".to_owned() };
    assert_eq!(kind(both(&client, "GET", &at("no-such-host.invalid", 80), None).await), unknown);
    server.stop().await;
    let refused = TransportKind::ConnectionRefused { authority: format!("127.0.0.1:{port}") };
    assert_eq!(kind(both(&client, "GET", &at("127.0.0.1", port), None).await), refused);
}

/// A queue of connections that is full drops what comes next without a word, as a host does that is not there.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn both_ways_give_up_connecting() {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(0).unwrap();
    let address = listener.local_addr().unwrap();
    let limit = Duration::from_millis(150);
    let mut queued = Vec::new();
    while let Ok(stream) = tokio::time::timeout(limit, tokio::net::TcpStream::connect(address)).await {
        queued.push(stream.unwrap());
        assert!(queued.len() < 100, "the queue does not fill");
    }
    let client = with(|s| s.connect_timeout = limit).unwrap();
    let url = Url::parse(&format!("http://{address}/")).unwrap();
    let kind = TransportKind::ConnectTimeout { authority: address.to_string(), limit };
    let got = tokio::time::timeout(Duration::from_secs(20), both(&client, "GET", &url, None)).await;
    assert_eq!(got.expect("the limit holds"), Got::Nothing { kind, phase: Phase::Connecting });
}
