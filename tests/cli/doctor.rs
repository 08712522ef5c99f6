//! `grade doctor`: every fault of a project by its name.

use std::time::Duration;

use bytes::Bytes;
use grade::testbed::{AllowOrigin, CorsPolicy, Fault, Faults, Preflight, Route};

use crate::support::{Left, Server, challenge, folder, grade, left, program, sample, write};

fn doctor(url: &str, more: &[&str]) -> Left {
    let mut arguments = vec!["doctor", "--url", url, "--max-time", "1"];
    arguments.extend(more);
    grade(&arguments)
}

fn with(faults: Faults) -> Left {
    doctor(&Server::with_faults("complete", faults).url, &[])
}

/// Without what else may answer on the machine that runs the test.
fn alone(text: &str) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| !line.contains("is that your project?")).collect();
    lines.join("\n") + "\n"
}

fn closed_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[test]
fn a_good_project() {
    let server = Server::of("complete");
    let run = doctor(&server.url, &["handle-a-disconnect"]);
    insta::assert_snapshot!(run.out);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
}

#[test]
fn nothing_listens() {
    let run = doctor(&format!("localhost:{}", closed_port()), &[]);
    insta::assert_snapshot!(alone(&run.out));
    assert_eq!((run.code, run.err.as_str()), (3, ""));
}

#[test]
fn no_such_host() {
    let run = doctor("https://nosuch.invalid", &[]);
    insta::assert_snapshot!(run.out);
    assert_eq!((run.code, run.err.as_str()), (3, ""));
}

#[test]
fn no_cors() {
    let run = with(Faults::with_cors(CorsPolicy::absent()));
    insta::assert_snapshot!(run.out);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
}

#[test]
fn redirects_in_a_circle() {
    let run = with(Faults::default().and("/", Fault::Redirect { status: 302, location: "/".into() }));
    insta::assert_snapshot!(run.out);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
}

#[test]
fn each_fault_has_its_step_and_its_words() {
    let cors = |origin| Faults::with_cors(CorsPolicy::with_origin(origin));
    let everywhere = Faults::everywhere;
    let root = |fault| Faults::default().and("/", fault);
    let preflight = |preflight| Faults::with_cors(CorsPolicy { preflight, ..CorsPolicy::default() });
    let redirect = |location: &str| root(Fault::Redirect { status: 301, location: location.into() });
    let table: Vec<(Faults, i32, &str)> = vec![
        (
            cors(AllowOrigin::Values(vec!["null".into()])),
            1,
            "PROBLEM CORS the answer's Access-Control-Allow-Origin is `null`",
        ),
        (cors(AllowOrigin::Values(vec!["*".into(), "*".into()])), 1, "help the header is sent twice"),
        (
            cors(AllowOrigin::Anybody),
            0,
            "ok CORS a page of freeCodeCamp may read the answer (Access-Control-Allow-Origin: *)",
        ),
        (preflight(Preflight::Status(404)), 0, "warning preflight JSON cannot be sent from a page"),
        (
            Faults::with_cors(CorsPolicy { methods: Some("GET".into()), ..CorsPolicy::default() }),
            0,
            "warning preflight a page may send JSON, but Access-Control-Allow-Methods does not list PUT, DELETE",
        ),
        (everywhere(Fault::Reset), 3, "PROBLEM answer the connection was closed without an answer"),
        (everywhere(Fault::Close), 3, "PROBLEM answer the connection was closed without an answer"),
        (everywhere(Fault::StalledHead), 3, "PROBLEM answer connected, but no complete answer within"),
        (
            everywhere(Fault::Garbage(Bytes::from_static(b"SSH-2.0-OpenSSH_9.2\r\n"))),
            3,
            "PROBLEM answer what answers there does not speak HTTP",
        ),
        (everywhere(Fault::StalledBody), 1, "PROBLEM answer status 200, but no complete answer within"),
        (
            everywhere(Fault::Cut),
            1,
            "PROBLEM answer status 200, but the connection was closed before the answer was complete",
        ),
        (everywhere(Fault::CutChunks), 1, "PROBLEM answer status 200, but the connection was closed"),
        (everywhere(Fault::Huge(3_000_000)), 1, "PROBLEM answer status 200, but the answer is larger than"),
        (everywhere(Fault::ServerError), 1, "PROBLEM answer status 500"),
        (everywhere(Fault::NotFound), 0, "warning files none of /_api/package.json"),
        (root(Fault::NotFound), 0, "warning answer status 404, from an Express app"),
        (everywhere(Fault::HtmlError), 0, "warning files /_api/package.json: an HTML page instead of the file"),
        (
            redirect("http://localhost:1/x"),
            1,
            "PROBLEM redirects the address redirects to http://localhost:1/x, and there nothing answers",
        ),
        (redirect("http://example.com/"), 1, "PROBLEM"),
        (redirect("/public/style.css"), 0, "ok redirects 1 on the way to"),
        (redirect("ftp://localhost/"), 1, "PROBLEM redirects the redirect to `ftp://localhost/` cannot be followed"),
        (
            Faults::default().and("/_api/server.js", Fault::Cors(CorsPolicy::absent())),
            1,
            "PROBLEM files /_api/server.js: the answer has no Access-Control-Allow-Origin",
        ),
        (
            Faults::default().and("/_api/server.js", Fault::Reset),
            1,
            "PROBLEM files /_api/server.js: the connection was closed",
        ),
        (everywhere(Fault::Delay(Duration::from_millis(20))), 0, "ok speed first answer TIME"),
        (everywhere(Fault::Empty), 0, "ok answer status 200"),
    ];
    for (faults, code, words) in table {
        let name = format!("{faults:?}");
        let run = with(faults);
        let text = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(words), "{name}: {}", run.out);
        assert_eq!((run.code, run.err.as_str()), (code, ""), "{name}: {}", run.out);
        assert_eq!(run.out.contains("PROBLEM"), code != 0, "{name}: {}", run.out);
    }
}

#[test]
fn those_who_stand_in_for_the_project() {
    for (headers, body, words) in [
        (&[("server", "AirTunes/710.79")][..], "", "the AirPlay receiver of macOS"),
        (&[("ngrok-error-code", "ERR_NGROK_6024")], "<p>You are about to visit</p>", "ngrok (ERR_NGROK_6024)"),
        (&[], "<p>Run this app to see the results here.</p>", "Replit's page"),
    ] {
        let route = Route::new("GET", "/", "text/html", body);
        let route = headers.iter().fold(route, |route, (name, value)| route.with_header(name, value));
        let server = Server::new(sample("complete").project.with_route(route), Faults::default());
        let run = doctor(&server.url, &[]);
        assert_eq!(run.code, 1, "{run:?}");
        assert!(run.out.contains(words), "{}", run.out);
    }
}

#[test]
fn the_clock_is_compared() {
    let late = Route::new("GET", "/", "text/html", "x").with_header("date", "Sun, 06 Nov 1994 08:49:37 GMT");
    let server = Server::new(sample("complete").project.with_route(late), Faults::default());
    let run = doctor(&server.url, &[]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.out.contains("days behind this computer's"), "{}", run.out);
}

#[test]
fn the_files_of_the_chosen_challenges_are_looked_for() {
    let folder = folder();
    let blocks = [
        "const res = await fetch(code + '/_api/nosuch.js');\nassert.isTrue(res.ok);",
        "const res = await fetch(code + '/_api/get-tests');\nassert.isArray(await res.json());",
        "const res = await fetch(code + '/api/x', { method: 'DELETE' });\nassert.isTrue(res.ok);",
    ];
    let file = write(folder.path(), "files.md", &challenge("aaaaaaaaaaaaaaaaaaaaaaaa", "files", &blocks));
    let tests = Route::json("/_api/get-tests", &serde_json::json!({"status": "unavailable"}));
    let cors = CorsPolicy { methods: Some("GET".into()), ..CorsPolicy::default() };
    let server = Server::new(sample("complete").project.with_route(tests), Faults::with_cors(cors));
    let run = doctor(&server.url, &[file.to_str().unwrap()]);
    assert_eq!(run.code, 1, "{run:?}");
    for words in ["/_api/nosuch.js: not there (404)", "NODE_ENV=test", "PROBLEM  preflight"] {
        assert!(run.out.contains(words), "{words}: {}", run.out);
    }
    assert!(!run.out.contains("server.js:"), "only what the challenge asks for: {}", run.out);
}

#[test]
fn an_https_address_of_an_http_server_and_certificates() {
    let server = Server::of("complete");
    let run = doctor(&format!("https://localhost:{}", server.port()), &[]);
    assert_eq!(run.code, 3, "{run:?}");
    assert!(run.out.contains("give the address as http://localhost:PORT"), "{}", run.out);
}

/// A TLS server with a certificate that nobody else has signed; its port on 127.0.0.1.
fn tls_server() -> u16 {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};
    let (certificate, key) = (include_bytes!("../fetch/tls/good.pem"), include_bytes!("../fetch/tls/good.key.pem"));
    let provider = std::sync::Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = tokio_rustls::rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![CertificateDer::from_pem_slice(certificate).unwrap()],
            PrivateKeyDer::from_pem_slice(key).unwrap(),
        )
        .unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(std::sync::Arc::new(config));
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    listener.set_nonblocking(true).unwrap();
    // Ends with the process of the tests.
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            while let Ok((stream, _)) = listener.accept().await {
                let Ok(mut stream) = acceptor.accept(stream).await else { continue };
                let _ = stream.read(&mut [0; 4096]).await;
                let answer = "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nAccess-Control-Allow-Headers: *\r\n\
                              Access-Control-Allow-Methods: *\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";
                let _ = stream.write_all(answer.as_bytes()).await;
                let _ = stream.shutdown().await;
            }
        });
    });
    port
}

#[test]
fn certificates_and_schemes() {
    let port = tls_server();
    let run = doctor(&format!("https://localhost:{port}"), &[]);
    assert_eq!(run.code, 3, "{run:?}");
    assert!(
        run.out.contains("PROBLEM  TLS            no secure connection: the server's certificate is self-signed"),
        "{}",
        run.out
    );
    let run = doctor(&format!("https://localhost:{port}"), &["-k"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.out.contains("warning  TLS            the certificate was not looked at (-k)"), "{}", run.out);
    let run = doctor(&format!("http://localhost:{port}"), &[]);
    assert_eq!(run.code, 3, "{run:?}");
    assert!(run.out.contains("what listens at this port speaks https"), "{}", run.out);
    assert!(run.out.contains("give the address as https://localhost:PORT"), "{}", run.out);
}

#[test]
fn a_project_on_another_port_is_found() {
    let server = Server::of("complete");
    let url = grade::submission::normalize(&format!("http://127.0.0.1:{}", closed_port())).unwrap();
    let ports = [server.port().parse().unwrap(), closed_port()];
    let (settings, wanted) = (grade::fetch::FetchSettings::default(), grade::doctor::Wanted::default());
    let subject = grade::doctor::Subject {
        typed: url.code(),
        url: &url,
        settings: &settings,
        limit: Duration::from_secs(1),
        wanted: &wanted,
        ports: &ports,
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let diagnosis = runtime.block_on(grade::doctor::reach(&subject)).unwrap();
    let cause = diagnosis.cause().unwrap();
    assert_eq!(cause.details, [format!("something answers at {}: is that your project?", server.url)]);
}

#[test]
fn mixed_content_is_a_problem() {
    let server = Server::of("complete");
    let resolve = format!("project.example:{}:127.0.0.1", server.port());
    let run = doctor(&format!("http://project.example:{}", server.port()), &["--resolve", &resolve]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.out.contains("PROBLEM  mixed content") && run.out.contains("https://project.example"), "{}", run.out);
    assert!(run.out.contains("is taken for 127.0.0.1 (--resolve)"), "{}", run.out);
}

#[test]
fn json_follows_its_schema() {
    let schema = serde_json::to_value(schemars::schema_for!(grade::doctor::Diagnosis)).unwrap();
    let server = Server::with_faults("complete", Faults::with_cors(CorsPolicy::absent()));
    for (url, code, state) in
        [(server.url.clone(), 1, "problem"), (format!("http://localhost:{}", closed_port()), 3, "unreachable")]
    {
        let run = left(program().args(["doctor", "--json", "--url", &url]));
        assert_eq!((run.code, run.err.as_str()), (code, ""));
        let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        assert_eq!(json["state"], state);
        if let Err(error) = jsonschema::validate(&schema, &json) {
            panic!("{error}");
        }
    }
}

#[test]
fn usage() {
    for arguments in [&["doctor"][..], &["doctor", "--url", "http://"], &["doctor", "--url", "localhost:1", "nosuch"]] {
        let run = grade(arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{run:?}");
    }
}

#[test]
fn a_run_that_reached_nobody_says_why() {
    let port = closed_port();
    let run = grade(&["--url", &format!("http://localhost:{port}"), "handle-a-disconnect"]);
    assert_eq!(run.code, 3);
    let lines: Vec<&str> = run.err.lines().collect();
    assert_eq!(lines.len(), 3, "{}", run.err);
    assert_eq!(lines[0], "doctor: connection: nothing answers at localhost:PORT: the connection was refused");
    assert!(lines[1].starts_with("help: "), "{}", run.err);
    assert_eq!(lines[2], "`grade doctor --url http://localhost:PORT` looks closer");
    let server = Server::with_faults("complete", Faults::everywhere(Fault::NotFound));
    let run = grade(&["--url", &server.url, "handle-a-disconnect"]);
    assert_eq!((run.code, run.err.as_str()), (1, ""), "a project that answers needs no doctor");
    let folder = folder();
    let file = write(folder.path(), "quiet.md", &challenge(&"a".repeat(24), "quiet", &["assert.isTrue(true);"]));
    let run = grade(&["--url", &format!("http://localhost:{port}"), file.to_str().unwrap()]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "nobody was asked");
}
