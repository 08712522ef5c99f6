//! Only public addresses are asked: strangers' redirects and names lead nowhere else.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use super::*;

/// A page that asks public addresses and that one server.
fn only_public(server: &Running, change: impl FnOnce(&mut FetchSettings)) -> Page {
    let port = server.at("/").port().unwrap();
    page_with(|settings| {
        settings.reach = Reach::Public { also: vec![SocketAddr::from((Ipv4Addr::LOCALHOST, port))] };
        // Mixed content would be refused before.
        settings.cors = false;
        change(settings);
    })
}

fn at(server: &Running, path: &str) -> Url {
    let mut url = server.at(path);
    url.set_host(Some("127.0.0.1")).unwrap();
    url
}

#[tokio::test]
async fn a_server_of_this_machine_is_not_asked() {
    let server = serve(Faults::default()).await;
    let page = page_with(|settings| (settings.reach, settings.cors) = (Reach::Public { also: Vec::new() }, false));
    for host in ["127.0.0.1", "localhost", "127.1", "[::1]", "0"] {
        let mut url = server.at("/");
        url.set_host(Some(host)).unwrap();
        let error = transport(page.fetch(Request::get(url.clone())).await);
        let host = url.host_str().unwrap().to_owned();
        assert_eq!((error.kind, error.phase), (TransportKind::NotPublic { host, address: None }, Phase::Connecting));
    }
    assert_eq!(server.hits(), 0);
}

#[tokio::test]
async fn no_redirect_leads_there() {
    let secret = serve(Faults::default()).await;
    let port = secret.at("/").port().unwrap();
    for (host, address) in [
        ("localhost", None),
        ("127.0.0.1", None),
        ("2130706433", None),
        ("[::ffff:7f00:1]", None),
        ("169.254.169.254", None),
        ("metadata.example", Some(IpAddr::from([169, 254, 169, 254]))),
    ] {
        let location = format!("http://{host}:{port}/");
        let known = Url::parse(&location).unwrap().host_str().unwrap().to_owned();
        let away = Fault::Redirect { status: 302, location };
        let server = serve(Faults::default().and("/a", away)).await;
        let page = only_public(&server, |settings| {
            settings.resolve = vec![format!("metadata.example:{port}:169.254.169.254").parse().unwrap()];
        });
        assert_eq!(ok(page.fetch(Request::get(at(&server, "/"))).await).status, 200);
        let fetched = page.fetch(Request::get(at(&server, "/a"))).await;
        assert_eq!(fetched.exchange.hops.len(), 2, "the second hop is written down, and was not made");
        assert_eq!(transport(fetched).kind, TransportKind::NotPublic { host: known, address }, "{host}");
        assert_eq!(server.hits(), 2);
    }
    assert_eq!(secret.hits(), 0);
}

#[tokio::test]
async fn no_proxy_is_asked_either() {
    let server = serve(Faults::default()).await;
    // With a proxy, this name would be looked up by the proxy.
    let page = only_public(&server, |settings| {
        settings.connect_timeout = Duration::from_millis(500);
        settings.resolve = vec!["inside.example:80:10.1.2.3".parse().unwrap()];
    });
    let error = transport(page.fetch(Request::get(Url::parse("http://inside.example/").unwrap())).await);
    let address = Some(IpAddr::from([10, 1, 2, 3]));
    assert_eq!(error.kind, TransportKind::NotPublic { host: "inside.example".to_owned(), address });
}
