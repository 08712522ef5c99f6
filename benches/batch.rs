//! A list of submissions of two hints each, against the test server on loopback: `grade batch` with each engine, beside
//! clients that only ask. Server, client and program are processes of their own, so that the processor time and the memory
//! of each are its own.
//!
//! Two clients, for they differ: `bare` asks for the same addresses with the library's defaults, which send one header;
//! `same` makes the very requests of `grade` (their headers are taken from a run of it, see [`headers_sent`]), with the
//! settings of its clients. A server answers these with more headers, too. Both are `reqwest`; `grade` asks servers like this
//! one with the client on which that is built.
//!
//! They take turns, and each figure is the middle of five rounds with the least and the most of them: a round takes seconds,
//! and the speed of a virtual machine changes within these.
//!
//! `cargo bench --bench batch`; `BATCH_SUBMISSIONS=500000 BATCH_ROUNDS=1` for the million hints (default 10000 and 5),
//! `BATCH_ONLY=ported` for one of `bare`, `same`, `ported`, `script`, `node`. The last is `batch.mjs`, where Node is there and `tests/chai/node_modules` too.
//! `BATCH_PROGRAM=PATH` measures another build of `grade`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a benchmark")]

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use grade::fetch::FetchSettings;
use grade::testbed::{Faults, Project, Testbed};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use tokio::runtime::{Builder, Runtime};

/// Requests of one submission.
const REQUESTS: usize = 2;
/// Requests side by side for each processor; that of `grade batch`.
const JOBS: usize = 16;
const CHALLENGE: &str = "espanol/advanced-node-and-express/handle-a-disconnect";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["serve"] => serve(),
        ["bare", url, count] => ask(url, count.parse().unwrap(), || client(|builder| builder)),
        ["same", url, count, ref headers @ ..] => ask(url, count.parse().unwrap(), || same_client(headers)),
        // What `cargo test --benches` asks for: nothing is timed there.
        _ if arguments.iter().any(|argument| argument == "--test" || argument == "--list") => {}
        _ => measure(),
    }
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// The project of the challenge, until standard input ends.
fn serve() {
    runtime().block_on(async {
        let server = include_str!("../fixtures/complete/server.js");
        let client = include_str!("../fixtures/complete/public/client.js");
        let project = Project::of_files([("server.js", server), ("public/client.js", client)]);
        let running = Testbed::start(project, Faults::default()).await.unwrap();
        println!("{}", running.url());
        std::io::stdout().flush().unwrap();
        let _ = tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new())).await;
    });
}

/// The same addresses with the same library, and nothing else: one runtime a processor.
fn ask(url: &str, count: usize, client: impl Fn() -> reqwest::Client + Sync) {
    let left = Arc::new(AtomicUsize::new(count));
    std::thread::scope(|scope| {
        for _ in 0..cores() {
            scope.spawn(|| {
                let client = client();
                let tasks = tokio::task::LocalSet::new();
                for _ in 0..JOBS {
                    let (client, left, url) = (client.clone(), Arc::clone(&left), url.to_owned());
                    tasks.spawn_local(async move {
                        while left
                            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1))
                            .is_ok()
                        {
                            for path in ["_api/server.js", "public/client.js"] {
                                let response = client.get(format!("{url}{path}")).send().await.unwrap();
                                assert_eq!(response.status(), 200);
                                divan::black_box(response.bytes().await.unwrap());
                            }
                        }
                    });
                }
                runtime().block_on(tasks);
            });
        }
    });
}

/// A client with the settings of `grade`, that sends these headers (`name: value`) with every request.
fn same_client(headers: &[&str]) -> reqwest::Client {
    let parse = |header: &&str| {
        let (name, value) = header.split_once(": ").unwrap();
        (name.parse::<HeaderName>().unwrap(), value.parse::<HeaderValue>().unwrap())
    };
    let headers: HeaderMap = headers.iter().map(parse).collect();
    client(|builder| {
        builder
            .default_headers(headers)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(FetchSettings::default().connect_timeout)
            .pool_idle_timeout(Duration::from_secs(4))
    })
}

/// The headers of a request of `grade`, as a server sees them; all but `host`, which the library adds by itself.
fn headers_sent(folder: &Path) -> Vec<String> {
    runtime().block_on(async {
        let running = Testbed::start(Project::of_files([("server.js", "")]), Faults::default()).await.unwrap();
        list(folder, running.url().as_str(), 1);
        let mut grade = program(folder, "ported");
        tokio::task::spawn_blocking(move || grade.status().unwrap()).await.unwrap();
        let seen = running.seen();
        let headers = seen.first().unwrap().headers.iter().filter(|(name, _)| name != "host");
        headers.map(|(name, value)| format!("{name}: {value}")).collect()
    })
}

fn client(set: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder) -> reqwest::Client {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let tls = tls.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth();
    set(reqwest::Client::builder()).tls_backend_preconfigured(tls).no_proxy().build().unwrap()
}

const CHAI: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/chai");

fn has_node() -> bool {
    let chai = Path::new(CHAI).join("node_modules/chai");
    chai.exists() && Command::new("node").arg("--version").stdout(Stdio::null()).status().is_ok()
}

/// A script of one's own.
fn node(folder: &Path) -> Command {
    let mut command = Command::new("node");
    command.args([concat!(env!("CARGO_MANIFEST_DIR"), "/benches/batch.mjs"), "list.csv", CHAI]).current_dir(folder);
    command
}

/// What a process took.
struct Taken {
    time: Duration,
    processor: Duration,
    /// Most memory at a time, in KiB; 0 where the system does not tell.
    memory: u64,
}

impl Taken {
    /// Processor time of one submission, in microseconds.
    fn micros(&self, count: usize) -> f64 {
        self.processor.as_secs_f64() * 1e6 / number(count)
    }
}

/// What is measured, in the order of the first round.
const RUNNERS: [&str; 5] = ["bare", "same", "ported", "script", "node"];
/// Those that the others are told as a part of.
const FLOORS: [&str; 2] = ["bare", "same"];

fn from_environment(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

fn measure() {
    let (count, rounds) = (from_environment("BATCH_SUBMISSIONS", 10_000), from_environment("BATCH_ROUNDS", 5));
    let only = std::env::var("BATCH_ONLY").unwrap_or_default();
    let mut runners: Vec<&str> = RUNNERS.into_iter().filter(|runner| only.is_empty() || only == *runner).collect();
    if runners.contains(&"node") && !has_node() {
        println!("   node: skipped, it is not there or has no chai (tests/chai/run.sh installs it)");
        runners.retain(|runner| *runner != "node");
    }
    let mut server = myself(&["serve"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut url = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut url).unwrap();
    let (url, folder) = (url.trim(), tempfile::tempdir().unwrap());
    let headers = headers_sent(folder.path());
    list(folder.path(), url, count);
    println!("{count} submissions of two hints, {} processors, {} jobs, {rounds} rounds", cores(), cores() * JOBS);
    // What does not count: the server keeps its first requests word for word, which is work for it.
    taken(myself(&["bare", url, "5000"]));
    let mut all: Vec<Vec<Taken>> = runners.iter().map(|_| Vec::new()).collect();
    for round in 0..rounds {
        // Each begins a round once, for what runs first may find another machine than what runs last.
        for at in (0..runners.len()).map(|place| (place + round) % runners.len()) {
            all[at].push(taken(match runners[at] {
                "bare" => myself(&["bare", url, &count.to_string()]),
                "same" => {
                    let mut command = myself(&["same", url, &count.to_string()]);
                    command.args(&headers);
                    command
                }
                "node" => node(folder.path()),
                engine => program(folder.path(), engine),
            }));
        }
    }
    for (runner, runs) in runners.iter().zip(&all) {
        tell(runner, runs, count, &runners, &all);
    }
    drop(server.stdin.take());
    let _ = server.wait();
}

/// The line of one runner: each figure is the middle of the rounds, with the least and the most of them. A part of another
/// runner's is a part of what that one reached in the same round, for the machine's speed changes.
fn tell(runner: &str, runs: &[Taken], count: usize, runners: &[&str], all: &[Vec<Taken>]) {
    let of = |name: &str| runners.iter().position(|runner| *runner == name).map(|at| &all[at]);
    let rates = Spread::of(runs.iter().map(|run| per_second(count * REQUESTS, run.time)));
    let processor = Spread::of(runs.iter().map(|run| run.micros(count)));
    let mut line = format!("{runner:>7}: {rates} requests/s, {processor} us of processor a submission");
    for (floor, theirs) in FLOORS.iter().filter(|floor| **floor != runner).filter_map(|floor| Some((floor, of(floor)?)))
    {
        let parts =
            runs.iter().zip(theirs).map(|(run, floor)| floor.time.as_secs_f64() / run.time.as_secs_f64() * 100.0);
        line += &format!(", {} % of {floor}", Spread::of(parts));
    }
    if let Some(node) = of("node").filter(|_| runner != "node") {
        let parts = runs.iter().zip(node).map(|(run, node)| node.micros(count) / run.micros(count));
        line += &format!(", {:.1} times less than Node", Spread::of(parts));
    }
    let memory = runs.iter().map(|run| run.memory).max().unwrap_or_default();
    println!("{line}, {:.1} MiB at most", number(usize::try_from(memory).unwrap_or_default()) / 1024.0);
}

/// The middle of some figures, with the least and the most.
struct Spread {
    least: f64,
    middle: f64,
    most: f64,
}

impl Spread {
    fn of(figures: impl Iterator<Item = f64>) -> Self {
        let mut figures: Vec<f64> = figures.collect();
        figures.sort_by(f64::total_cmp);
        let middle = f64::midpoint(figures[(figures.len() - 1) / 2], figures[figures.len() / 2]);
        Self { least: figures[0], middle, most: figures[figures.len() - 1] }
    }
}

impl std::fmt::Display for Spread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let digits = f.precision().unwrap_or(0);
        write!(f, "{:.digits$} ({:.digits$}-{:.digits$})", self.middle, self.least, self.most)
    }
}

/// As many submissions as wanted, all of one server.
fn list(folder: &Path, url: &str, count: usize) {
    let mut file = std::io::BufWriter::new(std::fs::File::create(folder.join("list.csv")).unwrap());
    writeln!(file, "id,url,name").unwrap();
    for number in 0..count {
        writeln!(file, "student-{number},{url},Name {number}").unwrap();
    }
}

fn myself(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(arguments);
    command
}

fn program(folder: &Path, engine: &str) -> Command {
    let given = std::env::var_os("BATCH_PROGRAM");
    let mut command = Command::new(given.as_deref().unwrap_or(env!("CARGO_BIN_EXE_grade").as_ref()));
    // All of them have one host here.
    command.args(["batch", "list.csv", CHALLENGE, "--restart", "--output", "out.jsonl", "--per-host", "10000"]);
    command.args(["--no-config", "--engine", engine]).current_dir(folder).stderr(Stdio::null());
    command
}

fn taken(mut command: Command) -> Taken {
    let before = of_children();
    let begun = Instant::now();
    let mut child = command.spawn().unwrap();
    let mut memory = 0;
    let status = loop {
        memory = memory.max(peak(&child));
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    let time = begun.elapsed();
    assert!(status.success(), "{command:?}: {status}");
    Taken { time, processor: of_children().saturating_sub(before), memory }
}

/// Processor time of children that have ended: ticks of 10 ms, as Linux tells it.
fn of_children() -> Duration {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<u64> = text
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .map(|field| field.parse().unwrap_or(0))
        .collect();
    Duration::from_millis(10 * fields.iter().skip(13).take(2).sum::<u64>())
}

/// Most memory that a process has had so far, in KiB.
fn peak(child: &Child) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

fn per_second(count: usize, time: Duration) -> f64 {
    number(count) / time.as_secs_f64()
}

#[expect(clippy::cast_precision_loss, reason = "numbers for people")]
fn number(count: usize) -> f64 {
    count as f64
}
