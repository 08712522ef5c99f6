//! A run with everything in it, for tests of reports: every outcome, and texts that each format has to escape.
//!
//! [`MixedRun`] has three challenges in a folder and a server for them. The program is run with [`MixedRun::arguments`]; the same
//! run within the test gives the [`Report`] itself; `synthetic` builds large reports without a run.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use grade::challenge::{Source, parse};
use grade::explain::{Subject, explain};
use grade::fetch::{Client, FetchSettings};
use grade::grader::{GradeSettings, Grader, Prepared};
use grade::report::model::{Collector, Conditions, Report, Times};
use grade::submission::{WebSubmission, normalize};
use grade::testbed::{CorsPolicy, Fault, Faults, Project, Route, Running, Testbed};

/// What formats trip over: markup, ends of CDATA, workflow commands, Markdown, TAP directives, line breaks, other scripts,
/// control characters, text that is written from right to left.
pub const NASTY: &str = "a<b>&\"c\" ]]> it's ::error::x %25 # SKIP | `tick` *bold* \\ {{x}} </script>\n\u{1f44d}\u{1f3fd} \
                         \u{645}\u{631}\u{62d}\u{628}\u{627} \u{1b}[31mred \u{0}\u{7}\u{85}\u{202e}\u{feff}end\r\nTAP version 14";

/// A message of so many bytes is kept whole.
pub const LONG: usize = 100_000;

/// The one name in a title that every format has to show.
pub const TITLE: &str = "Tags <&\"]]> and | pipes # of ::warning:: %0A";

/// A header that must be in no report.
pub const COOKIE: &str = "sid=cookie-of-the-learner";

/// Three challenges and the server that they are graded against.
pub struct MixedRun {
    folder: tempfile::TempDir,
    /// The address of the server, without a slash at the end.
    pub url: String,
    stop: Option<std::sync::mpsc::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl MixedRun {
    /// Writes the challenges and starts the server.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in challenges() {
            let path = folder.path().join("english/mixed").join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let (stop, stopped) = std::sync::mpsc::channel::<()>();
        let (started, url) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async move {
                let running: Running = Testbed::start(project(), faults()).await.unwrap();
                started.send(running.url().to_string()).unwrap();
                let _ = tokio::task::spawn_blocking(move || stopped.recv()).await;
            });
        });
        let url = url.recv().unwrap().trim_end_matches('/').to_owned();
        Self { folder, url, stop: Some(stop), thread: Some(thread) }
    }

    /// The folder of the challenges; tests may write their reports into it.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Arguments for the program: 1 passed, 1 unchecked, 3 errored, then one failed, more failed and passed ones. With
    /// `--fail-fast` the rest is skipped, so that every outcome is there.
    pub fn arguments(&self) -> Vec<String> {
        let challenges = self.folder.path().join("english").display().to_string();
        ["--url", &self.url, "--challenges", &challenges, "--hint-timeout", "1"].map(str::to_owned).into()
    }

    /// The same run within this process: every outcome but `skipped`, or with `fail_fast` every outcome with but one `failed`.
    pub fn report(&self, fail_fast: bool) -> Report {
        let prepared: Vec<Prepared> = challenges().into_iter().map(|(name, text)| prepare(name, &text)).collect();
        let client = Client::new(FetchSettings::default()).unwrap();
        let submission = WebSubmission::new(normalize(&self.url).unwrap(), client);
        let settings =
            GradeSettings { hint_timeout: Duration::from_secs(1), fail_fast, times: false, ..GradeSettings::default() };
        let mut collector = Collector::new(Conditions {
            url_given: Some(self.url.clone()),
            url: submission.code().to_owned(),
            rules: settings.rules.name().to_owned(),
            engine: settings.engine.name().to_owned(),
            times: Times::Hidden,
            root: None,
        });
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            Grader::new(&submission, settings)
                .run(&prepared, &mut |event| {
                    let explanation = match event {
                        grade::grader::Event::HintFinished { challenge, result } => {
                            let test = &challenge.challenge.hints[result.index].code.text;
                            explain(&Subject { result, test, url: submission.code() })
                        }
                        _ => None,
                    };
                    collector.event(event, explanation.as_ref());
                })
                .await;
        });
        collector.into_report()
    }
}

impl Drop for MixedRun {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn prepare(name: &str, text: &str) -> Prepared {
    let challenge = Arc::new(parse(&Source::new(name, text)).unwrap());
    let file = PathBuf::from("english/mixed").join(name).display().to_string();
    Prepared::new(challenge, file, Some("mixed".to_owned()), Some("english".to_owned()))
}

fn project() -> Project {
    let server =
        "const express = require('express');\nconst app = express();\n// socket.on('disconnect');\napp.listen(3000);\n";
    Project::of_files([("server.js", server)])
        .with_route(Route::json("/api/user", &serde_json::json!({"name": "Ada", "age": 0, "tags": ["<&>", null]})))
        .with_route(Route::new("GET", "/nasty", "text/plain; charset=utf-8", NASTY))
        .with_route(Route::new("GET", "/long", "text/plain", "<&x ".repeat(LONG / 4)))
        .with_route(Route::new("GET", "/cookie", "text/plain", "ok").with_header("set-cookie", COOKIE))
        .with_route(Route::new("GET", "/picture", "image/png", vec![0x89, b'P', b'N', b'G', 0, 1, 2]))
        .with_route(Route::redirect("/old", 302, "/api/user"))
}

fn faults() -> Faults {
    Faults::default()
        .and("/closed", Fault::Close)
        .and("/stalled", Fault::StalledHead)
        .and("/no-cors", Fault::Cors(CorsPolicy::absent()))
}

/// A JavaScript string with that content.
fn js(text: &str) -> String {
    serde_json::to_string(text).unwrap().replace('\u{202e}', "\\u202e").replace('\u{feff}', "\\ufeff")
}

fn challenge(id: &str, name: &str, title: &str, hints: &[(&str, String)]) -> String {
    let mut text = format!(
        "---\nid: {id}\ntitle: {}\nchallengeType: 2\ndashedName: {name}\n---\n\n# --description--\n\nText.\n\n# --hints--\n",
        serde_json::to_string(title).unwrap()
    );
    for (hint, block) in hints {
        text.push_str(&format!("\n{hint}\n\n```js\n{block}\n```\n"));
    }
    text
}

/// File names and contents.
fn challenges() -> Vec<(&'static str, String)> {
    let get = |path: &str, rest: &str| format!("const res = await fetch(code + '{path}');\n{rest}");
    let steady = challenge(
        "aaaaaaaaaaaaaaaaaaaaaaa1",
        "steady",
        "Steady",
        &[
            (
                "`/api/user` should answer with a *name*.",
                get("/api/user", "assert.equal((await res.json()).name, 'Ada');"),
            ),
            ("A hint that has no test.", String::new()),
            ("The connection should not be closed.", get("/closed", "assert.equal(res.status, 200);")),
            ("Test code of the future.", "new WebSocket('ws://localhost:1');".to_owned()),
            ("Test code that does not parse.", "assert.equal(1, ;".to_owned()),
        ],
    );
    let texts = challenge(
        "aaaaaaaaaaaaaaaaaaaaaaa2",
        "texts",
        TITLE,
        &[
            (
                "Text with \\<tags\\> &amp; \"quotes\" \\]\\]\\> should | be # safe ::error file=x::y %0A \u{1f44d} \
                 \u{645}\u{631}\u{62d}\u{628}\u{627}.",
                get("/nasty", &format!("assert.equal(await res.text(), 'plain', {});", js(NASTY))),
            ),
            (
                "A message of 100 KB should be whole.",
                get("/long", &format!("assert.fail('<&' + '{}'.repeat({}));", "x", LONG - 2)),
            ),
            ("The age should be 1.", get("/api/user", "assert.strictEqual((await res.json()).age, 1);")),
            (
                "The tags should be others.",
                get("/api/user", "assert.deepEqual((await res.json()).tags, ['<&>', 'b']);"),
            ),
            (
                "The server should handle `disconnect`.",
                "const res = await fetch(code + '/_api/server.js');\nconst text = await res.text();\n\
                 assert.match(text, /io\\.on\\('disconnect'/, 'It is not there');"
                    .to_owned(),
            ),
        ],
    );
    let rest = challenge(
        "aaaaaaaaaaaaaaaaaaaaaaa3",
        "rest",
        "The rest",
        &[
            ("A page of another origin may read it.", get("/no-cors", "assert.equal(res.status, 200);")),
            ("The test should not throw.", get("/api/user", "(await res.json()).missing.deeper;")),
            ("An answer that never comes.", get("/stalled", "assert.equal(res.status, 200);")),
            (
                "Redirects are followed, cookies are set, pictures are no text.",
                format!(
                    "{}await fetch(code + '/cookie');\nawait fetch(code + '/picture');\nconsole.log('said', {});",
                    get("/old", "assert.isTrue(res.ok);\n"),
                    js("a\u{1b}[1m <&\"]]> ::notice::")
                ),
            ),
        ],
    );
    vec![("1-steady.md", steady), ("2-texts.md", texts), ("3-rest.md", rest)]
}
