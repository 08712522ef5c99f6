//! Grading over the network: challenges against the test server on loopback, and the same requests with a bare client.
//! `cargo bench --bench grade`. The last lines say what share of the time is not the server's and the wire's.
#![allow(clippy::unwrap_used, reason = "a benchmark")]

use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use divan::Bencher;
use divan::counter::ItemsCount;
use grade::challenge::{Source, parse};
use grade::fetch::{Client, FetchSettings};
use grade::grader::{GradeSettings, Grader, Prepared};
use grade::submission::{WebSubmission, normalize};
use grade::testbed::{Faults, Project, Running, Testbed};
use tokio::runtime::{Builder, Runtime};

const MANY: usize = 50;
const ROUNDS: usize = 20;

/// A server on a thread of its own, so that its work is not part of what is measured here.
static SERVER: LazyLock<String> = LazyLock::new(|| {
    let (told, url) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        runtime().block_on(async {
            let server = include_str!("../fixtures/complete/server.js");
            let client = include_str!("../fixtures/complete/public/client.js");
            let project = Project::of_files([("server.js", server), ("public/client.js", client)]);
            let running: Running = Testbed::start(project, Faults::default()).await.unwrap();
            told.send(running.url().to_string()).unwrap();
            std::future::pending::<()>().await;
        });
    });
    url.recv().unwrap()
});

fn main() {
    divan::main();
    share();
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// The owner's challenge: two hints, two files of the project.
fn challenge() -> Prepared {
    let text = include_str!("../challenges/espanol/advanced-node-and-express/handle-a-disconnect.md");
    let challenge = parse(&Source::new("handle-a-disconnect.md", text)).unwrap();
    Prepared::new(Arc::new(challenge), "handle-a-disconnect.md", None, None)
}

fn challenges(count: usize) -> Vec<Prepared> {
    (0..count).map(|_| challenge()).collect()
}

fn submission() -> WebSubmission {
    WebSubmission::new(normalize(&SERVER).unwrap(), Client::new(FetchSettings::default()).unwrap())
}

fn grade(runtime: &Runtime, submission: &WebSubmission, challenges: &[Prepared]) {
    let mut grader = Grader::new(submission, GradeSettings::default());
    let run = runtime.block_on(grader.run(challenges, &mut |_| {}));
    assert_eq!(run.counts().passed, 2 * challenges.len(), "every hint has to pass");
}

fn bare_client() -> reqwest::Client {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let tls = tls.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth();
    reqwest::Client::builder().tls_backend_preconfigured(tls).no_proxy().build().unwrap()
}

/// The requests of so many challenges, one after the other.
fn ask(runtime: &Runtime, client: &reqwest::Client, count: usize) {
    runtime.block_on(async {
        for _ in 0..count {
            for path in ["_api/server.js", "public/client.js"] {
                let response = client.get(format!("{}{path}", *SERVER)).send().await.unwrap();
                assert_eq!(response.status(), 200);
                divan::black_box(response.bytes().await.unwrap());
            }
        }
    });
}

#[divan::bench(args = [1, MANY])]
fn graded(bencher: Bencher<'_, '_>, count: usize) {
    let (runtime, submission, challenges) = (runtime(), submission(), challenges(count));
    bencher.counter(ItemsCount::new(count)).bench_local(|| grade(&runtime, &submission, &challenges));
}

#[divan::bench(args = [1, MANY])]
fn same_requests_with_a_bare_client(bencher: Bencher<'_, '_>, count: usize) {
    let (runtime, client) = (runtime(), bare_client());
    bencher.counter(ItemsCount::new(count)).bench_local(|| ask(&runtime, &client, count));
}

/// Both in turns, so that what disturbs one disturbs the other.
fn share() {
    if std::env::args().any(|argument| argument == "--test" || argument == "--list") {
        return;
    }
    let (runtime, submission, challenges, client) = (runtime(), submission(), challenges(MANY), bare_client());
    let mut times: [Vec<Duration>; 2] = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        let start = Instant::now();
        grade(&runtime, &submission, &challenges);
        times[0].push(start.elapsed());
        let start = Instant::now();
        ask(&runtime, &client, MANY);
        times[1].push(start.elapsed());
    }
    let [graded, asked] = times.map(|mut times| {
        times.sort();
        times.get(ROUNDS / 2).copied().unwrap_or_default()
    });
    let own = graded.saturating_sub(asked).as_secs_f64() / graded.as_secs_f64();
    println!(
        "{MANY} challenges: {graded:.1?} graded, {asked:.1?} for the same {} requests with a bare client; {:.0} % is our own",
        MANY * 2,
        own * 100.0
    );
}
