//! Runs the program against sample projects.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use grade::testbed::{Faults, Project, Running, Sample, Testbed, samples};

/// What a run of the program left behind.
#[derive(Debug, PartialEq, Eq)]
pub struct Left {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// A server on a thread of its own, so that tests can be plain functions.
pub struct Server {
    pub url: String,
    stop: Option<std::sync::mpsc::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Server {
    pub fn new(project: Project, faults: Faults) -> Self {
        let (stop, stopped) = std::sync::mpsc::channel::<()>();
        let (started, url) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async move {
                let running: Running = Testbed::start(project, faults).await.unwrap();
                started.send(running.url().to_string()).unwrap();
                let _ = tokio::task::spawn_blocking(move || stopped.recv()).await;
            });
        });
        let url = url.recv().unwrap().trim_end_matches('/').to_owned();
        Self { url, stop: Some(stop), thread: Some(thread) }
    }

    pub fn of(name: &str) -> Self {
        let sample = sample(name);
        Self::new(sample.project, sample.faults)
    }

    pub fn with_faults(name: &str, faults: Faults) -> Self {
        Self::new(sample(name).project, faults)
    }

    pub fn port(&self) -> &str {
        self.url.rsplit(':').next().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

pub fn sample(name: &str) -> Sample {
    samples().unwrap().into_iter().find(|sample| sample.name == name).unwrap()
}

/// The program with nothing of the environment that changes what it prints.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_grade"));
    let settings = grade::config::KEYS.iter().map(grade::config::Key::variable);
    let others = [
        "NO_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "GRADE_CONFIG",
        "CI",
        "GITHUB_STEP_SUMMARY",
        "http_proxy",
        "HTTP_PROXY",
    ];
    for name in settings.chain(others.map(str::to_owned)) {
        command.env_remove(name);
    }
    // Nothing that a test does is remembered where the user's own runs are.
    command.env("XDG_STATE_HOME", concat!(env!("CARGO_TARGET_TMPDIR"), "/state"));
    command.env("COLUMNS", "100").stdin(Stdio::null());
    command
}

pub fn grade(arguments: &[&str]) -> Left {
    left(program().args(arguments))
}

pub fn left(command: &mut Command) -> Left {
    let output = command.output().unwrap();
    Left {
        code: output.status.code().unwrap_or(-1),
        out: steady(&String::from_utf8(output.stdout).unwrap()),
        err: steady(&String::from_utf8(output.stderr).unwrap()),
    }
}

/// Ports and times are different in every run.
pub fn steady(text: &str) -> String {
    let port = regex::Regex::new(r"(127\.0\.0\.1|localhost):[0-9]{4,5}").unwrap();
    let time = regex::Regex::new(r"[0-9]+(\.[0-9]+)? m?s(?-u:\b)").unwrap();
    let text = port.replace_all(text, "$1:PORT");
    time.replace_all(&text, "TIME").into_owned()
}

/// A folder for one test that goes away with it.
pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

pub fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, text).unwrap();
    path
}

/// A small challenge with these test blocks.
pub fn challenge(id: &str, name: &str, blocks: &[&str]) -> String {
    let mut text = format!(
        "---\nid: {id}\ntitle: {name}\nchallengeType: 2\ndashedName: {name}\n---\n\n# --description--\n\nText.\n\n# --hints--\n"
    );
    for (index, block) in blocks.iter().enumerate() {
        text.push_str(&format!("\nHint number {}.\n\n```js\n{block}\n```\n", index + 1));
    }
    text
}
