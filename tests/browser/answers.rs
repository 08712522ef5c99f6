//! What the project of the cases answers, by path. Every path of the table is on one server.

use std::time::Duration;

use bytes::Bytes;
use grade::testbed::{AllowOrigin, CorsPolicy, Encoding, Fault, Faults, Preflight, Project, Route};

pub const ORIGIN: &str = "https://www.freecodecamp.org";

const OBJECT: &str =
    r#"{"name":"x","n":1,"zero":0,"null":null,"empty":"","list":[1,"two",{"three":3}],"deep":{"a":{"b":[10,20]}}}"#;
const PAGE: &str = "<!DOCTYPE html>\n<html><head><title>A page</title></head><body class=\"one two\">\
    <h1 id=\"title\">Hello &amp; <em>welcome</em></h1><ul><li class=\"item\">1<li class=\"item last\" data-n=\"2\">2</ul>\
    <form action=\"/send\"><input name=\"text\" value=\"v\" disabled><textarea>t</textarea></form>\
    <p>unclosed<p hidden>second<script>var x = '<p>';</script></body></html>\n";
const JSON: &str = "application/json; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// Bodies: path, status, `Content-Type` (none when empty), body.
const BODIES: &[(&str, u16, &str, &[u8])] = &[
    ("/json", 200, JSON, OBJECT.as_bytes()),
    ("/array", 200, JSON, b"[1,2,3]"),
    ("/number", 200, JSON, b"5"),
    ("/string", 200, JSON, b"\"text\""),
    ("/null", 200, JSON, b"null"),
    ("/false", 200, JSON, b"false"),
    ("/twice-json", 200, JSON, b"\"{\\\"a\\\":1}\""),
    ("/empty-json", 200, JSON, b""),
    ("/blank-json", 200, JSON, b" \n "),
    ("/bad-json", 200, JSON, b"{\"name\": 'x',}"),
    ("/html-as-json", 200, JSON, b"<h1>hello</h1>"),
    ("/padded-json", 200, JSON, b"\n {\"a\": 1} \n"),
    ("/json-suffix", 200, "application/vnd.api+json", b"{\"a\":1}"),
    ("/json-upper", 200, "Application/JSON", b"{\"a\":1}"),
    ("/json-text", 200, "text/json", b"{\"a\":1}"),
    ("/json-as-text", 200, TEXT, b"{\"a\":1}"),
    ("/json-as-html", 200, HTML, b"{\"a\":1}"),
    ("/json-without-type", 200, "", b"{\"a\":1}"),
    ("/jsonp", 200, "text/javascript", b"callback({\"a\":1})"),
    ("/octets", 200, "application/octet-stream", b"\x00\x01\xff"),
    ("/text", 200, TEXT, b"some text"),
    ("/html", 200, HTML, PAGE.as_bytes()),
    ("/fragment", 200, HTML, b"<li>1</li><li>2</li>"),
    ("/empty", 200, TEXT, b""),
    ("/empty-html", 200, HTML, b""),
    ("/empty-without-type", 200, "", b""),
    ("/xml", 200, "application/xml", b"<?xml version=\"1.0\"?><root><a x=\"1\">one</a><a>two</a></root>"),
    ("/text-xml", 200, "text/xml; charset=utf-8", b"<root><a>one</a></root>"),
    ("/atom", 200, "application/atom+xml", b"<feed><title>t</title></feed>"),
    ("/svg", 200, "image/svg+xml", b"<svg xmlns=\"http://www.w3.org/2000/svg\"><g id=\"g\"/></svg>"),
    ("/bad-xml", 200, "application/xml", b"<root><a></root>"),
    ("/empty-xml", 200, "application/xml", b""),
    ("/script", 200, "text/javascript; charset=utf-8", b"globalThis.leaked = 1;"),
    ("/css", 200, "text/css", b"p { color: red }"),
    ("/latin-1", 200, "text/plain; charset=iso-8859-1", b"caf\xe9"),
    ("/bad-utf-8", 200, TEXT, b"caf\xe9!\xf0\x9f"),
    ("/emoji", 200, TEXT, "\u{1f600} né".as_bytes()),
    ("/utf-16", 200, "text/plain; charset=utf-16le", b"h\0i\0"),
    ("/created", 201, JSON, b"{\"id\":7}"),
    ("/accepted", 202, TEXT, b"later"),
    ("/no-content", 204, "", b""),
    ("/bad-request", 400, JSON, b"{\"error\":\"A message needs a text.\"}"),
    ("/unauthorized", 401, TEXT, b"Unauthorized"),
    ("/forbidden", 403, HTML, b"<h1>Forbidden</h1>"),
    ("/gone", 410, "", b""),
    ("/teapot", 418, JSON, b""),
    ("/too-many", 429, JSON, b"{\"error\":"),
    ("/error", 500, HTML, b"<pre>Error: it broke</pre>"),
    ("/error-json", 500, JSON, b"{\"error\":\"it broke\"}"),
    ("/unavailable", 503, TEXT, b"busy"),
];

const ENCODINGS: [(&str, Encoding); 5] = [
    ("gzip", Encoding::Gzip),
    ("deflate", Encoding::Deflate),
    ("raw-deflate", Encoding::RawDeflate),
    ("br", Encoding::Brotli),
    ("zstd", Encoding::Zstd),
];

/// `Access-Control-Allow-Origin` by name.
fn origins() -> Vec<(&'static str, AllowOrigin)> {
    let values = |all: &[&str]| AllowOrigin::Values(all.iter().map(|&value| value.to_owned()).collect());
    vec![
        ("listed", AllowOrigin::Listed),
        ("echo", AllowOrigin::Echo),
        ("any", AllowOrigin::Anybody),
        ("missing", AllowOrigin::Nobody),
        ("exact", values(&[ORIGIN])),
        ("null", values(&["null"])),
        ("http", values(&["http://www.freecodecamp.org"])),
        ("slash", values(&["https://www.freecodecamp.org/"])),
        ("upper", values(&["https://www.freeCodeCamp.org"])),
        ("port", values(&["https://www.freecodecamp.org:443"])),
        ("bare", values(&["https://freecodecamp.org"])),
        ("host", values(&["www.freecodecamp.org"])),
        ("wildcard-host", values(&["https://*.freecodecamp.org"])),
        ("localhost", values(&["http://localhost:3000"])),
        ("empty", values(&[""])),
        ("blanks", values(&["  https://www.freecodecamp.org  "])),
        ("list", values(&["https://www.freecodecamp.org, http://localhost:3000"])),
        ("list-with-any", values(&["*, https://www.freecodecamp.org"])),
        ("twice-any", values(&["*", "*"])),
        ("twice", values(&[ORIGIN, ORIGIN])),
        ("two", values(&[ORIGIN, "http://localhost:3000"])),
    ]
}

/// Policies for preflights by name.
fn preflights() -> Vec<(&'static str, CorsPolicy)> {
    let lists = |methods: Option<&str>, headers: Option<&str>| CorsPolicy {
        methods: methods.map(str::to_owned),
        headers: headers.map(str::to_owned),
        ..CorsPolicy::default()
    };
    let answers = |preflight| CorsPolicy { preflight, ..CorsPolicy::default() };
    let all_methods = Some("GET,HEAD,PUT,PATCH,POST,DELETE");
    vec![
        ("full", CorsPolicy::default()),
        ("absent", CorsPolicy::absent()),
        ("no-lists", lists(None, None)),
        ("no-methods", lists(None, Some("Content-Type"))),
        ("no-headers", lists(all_methods, None)),
        ("put", lists(Some("PUT"), Some("content-type"))),
        ("put-lower", lists(Some("put"), Some("CONTENT-TYPE"))),
        ("delete", lists(Some("GET, DELETE"), Some("X-Requested-With"))),
        ("any", lists(Some("*"), Some("*"))),
        ("any-and-authorization", lists(Some("*"), Some("*, Authorization"))),
        ("custom", lists(all_methods, Some("x-custom, X-Other"))),
        ("wrong-list", lists(Some("PUT;DELETE"), Some("Content Type"))),
        ("200", answers(Preflight::Status(200))),
        ("299", answers(Preflight::Status(299))),
        ("301", answers(Preflight::Redirect("/json".to_owned()))),
        ("400", answers(Preflight::Status(400))),
        ("404", answers(Preflight::Status(404))),
        ("405", answers(Preflight::Status(405))),
        ("500", answers(Preflight::Status(500))),
        ("null-origin", CorsPolicy::with_origin(AllowOrigin::Values(vec!["null".to_owned()]))),
    ]
}

/// Policies for requests with credentials by name.
fn credentials() -> Vec<(&'static str, CorsPolicy)> {
    let policy = |origin, value: Option<&str>| CorsPolicy {
        credentials: value.map(str::to_owned),
        ..CorsPolicy::with_origin(origin)
    };
    vec![
        ("echo", policy(AllowOrigin::Echo, None)),
        ("echo-true", policy(AllowOrigin::Echo, Some("true"))),
        ("echo-upper", policy(AllowOrigin::Echo, Some("TRUE"))),
        ("echo-false", policy(AllowOrigin::Echo, Some("false"))),
        ("any", policy(AllowOrigin::Anybody, None)),
        ("any-true", policy(AllowOrigin::Anybody, Some("true"))),
        (
            "any-lists-true",
            CorsPolicy {
                methods: Some("*".to_owned()),
                headers: Some("*".to_owned()),
                ..policy(AllowOrigin::Echo, Some("true"))
            },
        ),
    ]
}

/// The project that behaves, and misbehaves, by path. `other` is the URL of a server of another origin.
pub fn plain(other: &str) -> (Project, Faults) {
    let mut project = Project::default();
    let mut faults = Faults::default();
    for &(path, status, content_type, body) in BODIES {
        project = project.with_route(route(path, status, content_type, body));
    }
    for (name, encoding) in ENCODINGS {
        for (start, fault) in [("/", Fault::Encoded(encoding)), ("/false-", Fault::FalseEncoding(encoding))] {
            let path = format!("{start}{name}");
            project = project.with_route(route(&path, 200, JSON, OBJECT.as_bytes()));
            faults = faults.and(&path, fault);
        }
    }
    for (path, content_type, body) in
        [("/bom", TEXT, "text"), ("/bom-json", JSON, "{\"a\":1}"), ("/bom-xml", "text/xml", "<a/>")]
    {
        project = project.with_route(route(path, 200, content_type, body.as_bytes()));
        faults = faults.and(path, Fault::Bom);
    }
    for (name, origin) in origins() {
        for (start, status) in [("/cors", 200), ("/cors-404", 404), ("/cors-500", 500)] {
            let path = format!("{start}/{name}");
            project = project.with_route(route(&path, status, JSON, OBJECT.as_bytes()));
            faults = faults.and(&path, Fault::Cors(CorsPolicy::with_origin(origin.clone())));
        }
        // The hop lacks what the last answer has, or the other way round.
        let hop = format!("/hop/{name}");
        faults = faults.and(&hop, redirect(302, "/json")).and(&hop, Fault::Cors(CorsPolicy::with_origin(origin)));
        faults = faults.and(&format!("/to/{name}"), redirect(302, &format!("/cors/{name}")));
    }
    for (name, policy) in preflights() {
        let path = format!("/preflight/{name}");
        faults = faults.and(&path, Fault::Echo).and(&path, Fault::Cors(policy));
    }
    for (name, policy) in credentials() {
        let path = format!("/credentials/{name}");
        faults = faults.and(&path, Fault::Echo).and(&path, Fault::Cors(policy));
    }
    faults = faults.and("/echo", Fault::Echo);
    cookies(headers(redirects((project, faults), other)))
}

/// A small server of another origin; every path of it allows what its name says.
pub fn other() -> (Project, Faults) {
    let mut faults = Faults::default().and("/echo", Fault::Echo);
    let mut project = Project::default().with_route(route("/json", 200, JSON, OBJECT.as_bytes()));
    for (name, origin) in origins() {
        let path = format!("/cors/{name}");
        project = project.with_route(route(&path, 200, JSON, OBJECT.as_bytes()));
        faults = faults.and(&path, Fault::Cors(CorsPolicy::with_origin(origin)));
    }
    let any = Fault::Cors(CorsPolicy::with_origin(AllowOrigin::Anybody));
    faults = faults.and("/echo-any", Fault::Echo).and("/echo-any", any);
    (project, faults)
}

/// A server whose connections break, by path.
pub fn broken() -> (Project, Faults) {
    let mut faults = Faults::default();
    for (path, fault) in [
        ("/reset", Fault::Reset),
        ("/close", Fault::Close),
        ("/cut", Fault::Cut),
        ("/cut-chunks", Fault::CutChunks),
        ("/garbage", Fault::Garbage(Bytes::from_static(b"this is not HTTP\r\n\r\n"))),
        ("/stalled-head", Fault::StalledHead),
        ("/stalled-body", Fault::StalledBody),
        ("/slow", Fault::Delay(Duration::from_millis(300))),
    ] {
        faults = faults.and(path, fault);
    }
    let project = Project::default().with_route(route("/slow", 200, JSON, OBJECT.as_bytes())).with_route(route(
        "/json",
        200,
        JSON,
        OBJECT.as_bytes(),
    ));
    (project, faults)
}

fn route(path: &str, status: u16, content_type: &str, body: &[u8]) -> Route {
    let mut route = Route::new("GET", path, content_type, Bytes::copy_from_slice(body)).with_status(status);
    if content_type.is_empty() {
        route.headers.clear();
    }
    route
}

fn redirect(status: u16, location: &str) -> Fault {
    Fault::Redirect { status, location: location.to_owned() }
}

/// Redirects: by status, by place, chains, loops.
fn redirects((project, mut faults): (Project, Faults), other: &str) -> (Project, Faults) {
    for status in [301, 302, 303, 307, 308] {
        faults = faults
            .and(&format!("/{status}/json"), redirect(status, "/json"))
            .and(&format!("/{status}/query"), redirect(status, "/json?x=1&y=a%20b"))
            .and(&format!("/{status}/echo"), redirect(status, "/echo"))
            .and(&format!("/{status}/error"), redirect(status, "/error"))
            .and(&format!("/{status}/other"), redirect(status, &format!("{other}/echo")))
            .and(&format!("/{status}/other-any"), redirect(status, &format!("{other}/echo-any")));
    }
    for (name, _) in origins() {
        faults = faults.and(&format!("/other/{name}"), redirect(302, &format!("{other}/cors/{name}")));
    }
    for (path, location) in [
        ("/place/relative", "json"),
        ("/place/up", "../json"),
        ("/place/fragment", "/json#part"),
        ("/place/query-only", "?x=1"),
        ("/place/blank", "/a b"),
        ("/place/empty", ""),
        ("/place/credentials", "http://user:secret@127.0.0.1:1/"),
        ("/place/ftp", "ftp://127.0.0.1/"),
        ("/place/data", "data:text/plain,hello"),
        ("/place/unsafe-port", "http://127.0.0.1:22/"),
        ("/place/insecure", "http://example.com/"),
        ("/place/nowhere", "http://"),
        ("/loop", "/loop"),
        ("/ping", "/pong"),
        ("/pong", "/ping"),
    ] {
        faults = faults.and(path, redirect(302, location));
    }
    faults = faults.and("/place/relative/json", Fault::Echo).and("/place/json", Fault::Echo);
    for count in 1..=22 {
        let next = if count == 1 { "/json".to_owned() } else { format!("/chain/{}", count - 1) };
        faults = faults.and(&format!("/chain/{count}"), redirect(302, &next));
    }
    // A status of a redirect without a place to go to.
    let project = [300, 301, 302, 304]
        .iter()
        .fold(project, |project, &status| project.with_route(route(&format!("/nowhere/{status}"), status, TEXT, b"")));
    (project, faults)
}

/// Headers that scripts may see, or not.
fn headers((project, mut faults): (Project, Faults)) -> (Project, Faults) {
    let mut project = project;
    for (path, expose) in [
        ("/headers", None),
        ("/headers-exposed", Some("X-One, ETag, x-two")),
        ("/headers-exposed-any", Some("*")),
        ("/headers-exposed-wrong", Some("X One; ETag")),
    ] {
        let mut answer = route(path, 200, TEXT, b"text");
        for (name, value) in [
            ("cache-control", "no-store"),
            ("content-language", "en"),
            ("expires", "0"),
            ("last-modified", "Mon, 02 Mar 2020 10:00:00 GMT"),
            ("pragma", "no-cache"),
            ("etag", "\"1\""),
            ("x-powered-by", "PHP 7.4.3"),
            ("x-one", "1"),
            ("x-two", "a"),
            ("x-two", "b"),
            ("set-cookie", "a=1"),
        ] {
            answer = answer.with_header(name, value);
        }
        project = project.with_route(answer);
        let expose = expose.map(str::to_owned);
        faults = faults.and(path, Fault::Cors(CorsPolicy { expose, ..CorsPolicy::default() }));
    }
    (project, faults)
}

/// Cookies of several kinds, set where credentials are allowed.
fn cookies((project, mut faults): (Project, Faults)) -> (Project, Faults) {
    let mut project = project;
    let policy = CorsPolicy { credentials: Some("true".to_owned()), ..CorsPolicy::with_origin(AllowOrigin::Listed) };
    for (path, cookie) in [
        ("/cookie/plain", "plain=1; Path=/"),
        ("/cookie/lax", "lax=1; Path=/; SameSite=Lax"),
        ("/cookie/none", "none=1; Path=/; SameSite=None"),
        ("/cookie/none-secure", "secure=1; Path=/; SameSite=None; Secure"),
    ] {
        project = project.with_route(route(path, 200, TEXT, b"set").with_header("set-cookie", cookie));
        faults = faults.and(path, Fault::Cors(policy.clone()));
    }
    faults = faults.and("/cookie/echo", Fault::Echo).and("/cookie/echo", Fault::Cors(policy));
    (project, faults)
}
