//! TLS: which certificates are trusted, and the reasons in plain words.

use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::*;

/// Self-signed, for localhost and 127.0.0.1: one until 2120, one that ended in 2021.
const GOOD: (&[u8], &[u8]) = (include_bytes!("tls/good.pem"), include_bytes!("tls/good.key.pem"));
const EXPIRED: (&[u8], &[u8]) = (include_bytes!("tls/expired.pem"), include_bytes!("tls/expired.key.pem"));

/// A server that answers every connection once; its port on 127.0.0.1.
async fn serve_tls((certificate, key): (&[u8], &[u8])) -> u16 {
    let certificates = vec![CertificateDer::from_pem_slice(certificate).unwrap()];
    let key = PrivateKeyDer::from_pem_slice(key).unwrap();
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(certificates, key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("0.0.0.0:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let _ = stream.read(&mut [0; 4096]).await;
            let answer = b"HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";
            let _ = stream.write_all(answer).await;
            let _ = stream.shutdown().await;
        }
    });
    port
}

async fn ask(host: &str, port: u16, change: impl FnOnce(&mut FetchSettings)) -> Fetched {
    let url = Url::parse(&format!("https://{host}:{port}/")).unwrap();
    page_with(change).fetch(Request::get(url)).await
}

fn reason(fetched: Fetched) -> String {
    let error = transport(fetched);
    match error.kind {
        TransportKind::Tls { reason } if error.phase == Phase::Connecting => reason,
        other => panic!("{other:?} {:?}: {}", error.phase, error.detail),
    }
}

#[tokio::test]
async fn a_strange_certificate_needs_consent() {
    let port = serve_tls(GOOD).await;
    let text = reason(ask("localhost", port, |_| ()).await);
    assert!(text.contains("self-signed"), "{text}");
    assert_eq!(ok(ask("localhost", port, |settings| settings.insecure = true).await).text().unwrap(), "ok");
    let trusting = |settings: &mut FetchSettings| settings.ca_certificates = Some(GOOD.0.to_vec());
    assert_eq!(ok(ask("localhost", port, trusting).await).text().unwrap(), "ok");
    let text = reason(ask("127.0.0.2", port, trusting).await);
    assert!(text.contains("another host name"), "{text}");
}

#[tokio::test]
async fn an_expired_certificate_is_named_so() {
    let port = serve_tls(EXPIRED).await;
    let text = reason(ask("localhost", port, |settings| settings.ca_certificates = Some(EXPIRED.0.to_vec())).await);
    assert!(text.contains("expired"), "{text}");
}

#[tokio::test]
async fn http_to_a_server_that_speaks_tls() {
    let port = serve_tls(GOOD).await;
    let url = Url::parse(&format!("http://localhost:{port}/")).unwrap();
    let error = transport(page().fetch(Request::get(url)).await);
    assert!(matches!(error.kind, TransportKind::NotHttp | TransportKind::Cut), "{:?}: {}", error.kind, error.detail);
}
