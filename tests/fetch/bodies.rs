//! Bodies, statuses, headers.

use super::*;

#[tokio::test]
async fn bodies_are_decoded() {
    let page = page();
    for encoding in [Encoding::Gzip, Encoding::Deflate, Encoding::RawDeflate, Encoding::Brotli, Encoding::Zstd] {
        for size in [0, 1, 70_000, 200_000] {
            let text: Vec<u8> = (0..size).map(|index: u32| b'a' + u8::try_from(index % 23).unwrap()).collect();
            let route = Route::new("GET", "/", "text/plain", text.clone());
            let sample = project().with_route(route);
            let server = Testbed::start(sample, Faults::everywhere(Fault::Encoded(encoding))).await.unwrap();
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
