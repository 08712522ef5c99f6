//! Talks to the script that drives Chromium: a JSON value a line, in and out.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex};

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::oneshot;

/// What Chromium made of a hint.
#[derive(Debug, Clone, Deserialize)]
pub struct Verdict {
    pub pass: bool,
    /// The error's name; none for what is no error.
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub message: String,
}

type Waiting = Arc<Mutex<HashMap<u64, oneshot::Sender<Value>>>>;

/// A running Chromium.
pub struct Chromium {
    child: Child,
    input: Mutex<Option<ChildStdin>>,
    waiting: Waiting,
    pub version: String,
}

/// What is missing to run it.
pub fn missing() -> Option<&'static str> {
    let found = |name: &str| find(name).is_some();
    if !found("chromium") {
        Some("there is no chromium")
    } else if !found("node") || !found("npm") {
        Some("there is no node with npm")
    } else {
        None
    }
}

fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

impl Chromium {
    /// Starts it, with the npm packages installed first when they are not there.
    pub fn start(folder: &Path) -> Result<Self, String> {
        if !folder.join("node_modules").is_dir() {
            let arguments = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
            let status = Command::new("npm").args(arguments).current_dir(folder).status();
            if !status.as_ref().is_ok_and(std::process::ExitStatus::success) {
                return Err(format!("`npm ci` does not work here: {status:?}"));
            }
        }
        let mut child = Command::new("node")
            .arg("run.mjs")
            .args(find("chromium"))
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| error.to_string())?;
        let input = child.stdin.take();
        let mut lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
        let first = lines.next().and_then(Result::ok).ok_or("Chromium did not start")?;
        let ready: Value = serde_json::from_str(&first).map_err(|error| error.to_string())?;
        let waiting = Waiting::default();
        let answered = Arc::clone(&waiting);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let answer: Value = serde_json::from_str(&line).unwrap_or_default();
                let id = answer["id"].as_u64().unwrap_or_default();
                if let Some(waiting) = answered.lock().unwrap().remove(&id) {
                    let _ = waiting.send(answer);
                }
            }
            // Whoever still waits learns that no answer comes.
            answered.lock().unwrap().clear();
        });
        let version = ready["ready"].as_str().unwrap_or_default().to_owned();
        Ok(Self { child, input: Mutex::new(input), waiting, version })
    }

    /// Evaluates the hints of a challenge.
    pub async fn ask(&self, id: u64, url: &str, dialect: &str, hints: &[String]) -> Result<Vec<Verdict>, String> {
        let (tell, told) = oneshot::channel();
        self.waiting.lock().unwrap().insert(id, tell);
        let line = json!({ "id": id, "url": url, "dialect": dialect, "hints": hints });
        if let Some(input) = self.input.lock().unwrap().as_mut() {
            writeln!(input, "{line}").map_err(|error| error.to_string())?;
        }
        let mut answer = told.await.map_err(|_| "Chromium has gone away".to_owned())?;
        if let Some(error) = answer["error"].as_str() {
            return Err(error.to_owned());
        }
        serde_json::from_value(answer["results"].take()).map_err(|error| error.to_string())
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // The script ends with its input, and takes the browser with it.
        *self.input.lock().unwrap() = None;
        let _ = self.child.wait();
    }
}
