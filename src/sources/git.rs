//! Runs `git`, within limits and without its surprises.

use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::error::SourceError;

/// The most that is kept of what git writes: names of files, and messages.
const MAX_OUTPUT: u64 = 64 * 1024 * 1024;
const MAX_MESSAGE: usize = 4 * 1024;
/// How often it is looked whether git has ended.
const PAUSE: Duration = Duration::from_millis(15);

/// Settings that make git fetch files and nothing else, whatever the user's own say.
const CONFIG: &[&str] = &[
    "core.symlinks=false",
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.protectHFS=true",
    "core.protectNTFS=true",
    "core.autocrlf=false",
    "core.attributesFile=/dev/null",
    "core.askPass=",
    "protocol.ext.allow=never",
    "protocol.http.allow=never",
    "submodule.recurse=false",
    "fetch.recurseSubmodules=false",
    "filter.lfs.smudge=",
    "filter.lfs.process=",
    "filter.lfs.required=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "advice.detachedHead=false",
    "init.defaultBranch=main",
    // A server that sends next to nothing for half a minute is given up.
    "http.lowSpeedLimit=100",
    "http.lowSpeedTime=30",
];

/// Variables of a caller's own repository, which are none of ours, and those that would run programs.
const UNSET: &[&str] = &[
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_TEMPLATE_DIR",
    "GIT_CONFIG_PARAMETERS",
    "GIT_CONFIG_COUNT",
    "GIT_EXTERNAL_DIFF",
    "GIT_TRACE",
    "GIT_TRACE_CURL",
    "GIT_CURL_VERBOSE",
];

/// How git is run.
#[derive(Debug, Clone)]
pub struct Git {
    deadline: Instant,
    limit: Duration,
    progress: bool,
    secrets: Vec<String>,
    attributes: Option<String>,
}

impl Git {
    /// All that is done with it together may take `limit`. With `progress` git's own progress goes to stderr.
    pub fn new(limit: Duration, progress: bool) -> Self {
        let deadline = Instant::now().checked_add(limit).unwrap_or_else(Instant::now);
        Self { deadline, limit, progress, secrets: Vec::new(), attributes: None }
    }

    /// Keeps this text out of all that is shown.
    pub(super) fn hide(&mut self, secret: &str) {
        self.secrets.push(secret.to_owned());
    }

    /// From here on, files of the repository that ask for filters are not obeyed.
    pub(super) fn ignore_attributes(&mut self, folder: &Path) -> Result<(), SourceError> {
        let empty = self.text("look at the repository", folder, &["hash-object", "-t", "tree", "--stdin"])?;
        self.attributes = Some(empty);
        Ok(())
    }

    /// Runs git in a folder and gives what it writes to standard output. `doing` says what for, in errors.
    pub(super) fn run(&self, doing: &'static str, folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, SourceError> {
        let mut child = self.command(folder, arguments).spawn().map_err(|source| match source.kind() {
            io::ErrorKind::NotFound if folder.is_dir() => SourceError::NoGit,
            _ => SourceError::Git { doing, message: source.to_string() },
        })?;
        let output = child.stdout.take().map(|stdout| thread::spawn(move || read(stdout)));
        let message = Arc::new(Mutex::new(Vec::new()));
        let watching = child.stderr.take().map(|stderr| {
            let (message, secrets, progress) = (Arc::clone(&message), self.secrets.clone(), self.progress);
            thread::spawn(move || watch(stderr, &message, &secrets, progress))
        });
        let Some(status) =
            self.wait(&mut child).map_err(|error| SourceError::Git { doing, message: error.to_string() })?
        else {
            // Its helpers may still hold the pipes open, so the readers are left to themselves.
            return Err(SourceError::Slow { doing, limit: self.limit });
        };
        let output = output.and_then(|reader| reader.join().ok()).unwrap_or_default();
        if let Some(watching) = watching {
            let _ = watching.join();
        }
        if status.success() {
            return Ok(output);
        }
        let message = message.lock().unwrap_or_else(PoisonError::into_inner);
        Err(SourceError::Git { doing, message: last_words(&hidden(&String::from_utf8_lossy(&message), &self.secrets)) })
    }

    /// As [`Git::run`], for one line of text.
    pub(super) fn text(&self, doing: &'static str, folder: &Path, arguments: &[&str]) -> Result<String, SourceError> {
        let output = self.run(doing, folder, arguments)?;
        Ok(String::from_utf8_lossy(&output).trim().to_owned())
    }

    /// The option for commands that can show their progress.
    pub(super) fn progress_option(&self) -> &'static str {
        if self.progress { "--progress" } else { "--quiet" }
    }

    fn command(&self, folder: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        for setting in CONFIG {
            command.args(["-c", setting]);
        }
        for name in UNSET {
            command.env_remove(name);
        }
        command
            .env("GIT_ALLOW_PROTOCOL", "https:ssh:git:file")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_ASKPASS", "")
            .env("SSH_ASKPASS", "")
            .env("GIT_LFS_SKIP_SMUDGE", "1")
            .env("LC_ALL", "C");
        if std::env::var_os("GIT_SSH_COMMAND").is_none() && std::env::var_os("GIT_SSH").is_none() {
            command.env("GIT_SSH_COMMAND", "ssh -o BatchMode=yes -o ConnectTimeout=15");
        }
        if let Some(tree) = &self.attributes {
            command.env("GIT_ATTR_SOURCE", tree);
        }
        command.args(arguments);
        command
    }

    /// Waits for the end; `None` when the time is over, and git with it.
    fn wait(&self, child: &mut Child) -> io::Result<Option<ExitStatus>> {
        loop {
            if let Some(status) = child.try_wait()? {
                return Ok(Some(status));
            }
            if Instant::now() >= self.deadline {
                child.kill()?;
                child.wait()?;
                return Ok(None);
            }
            thread::sleep(PAUSE);
        }
    }
}

fn read(stdout: impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What was read before an error is as good as any: git's status decides.
    let _ = stdout.take(MAX_OUTPUT).read_to_end(&mut bytes);
    bytes
}

/// Keeps the end of the messages, and hands them on line by line where progress is to be seen.
fn watch(mut stderr: impl Read, message: &Mutex<Vec<u8>>, secrets: &[String], progress: bool) {
    let mut buffer = [0; 4096];
    let mut line = Vec::new();
    while let Ok(count) = stderr.read(&mut buffer) {
        let bytes = buffer.get(..count).unwrap_or_default();
        if bytes.is_empty() {
            break;
        }
        let mut kept = message.lock().unwrap_or_else(PoisonError::into_inner);
        kept.extend_from_slice(bytes);
        let extra = kept.len().saturating_sub(MAX_MESSAGE);
        kept.drain(..extra);
        drop(kept);
        if progress {
            for &byte in bytes {
                line.push(byte);
                if matches!(byte, b'\n' | b'\r') || line.len() > MAX_MESSAGE {
                    show(&line, secrets);
                    line.clear();
                }
            }
        }
    }
}

fn show(line: &[u8], secrets: &[String]) {
    let text = hidden(&String::from_utf8_lossy(line), secrets);
    let safe: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\r')).collect();
    let _ = io::stderr().lock().write_all(safe.as_bytes());
}

fn hidden(text: &str, secrets: &[String]) -> String {
    secrets.iter().fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), "***"))
}

/// What git said last, on a few lines and without its own prefixes.
fn last_words(text: &str) -> String {
    let lines: Vec<&str> = text
        .lines()
        .map(|line| line.rsplit('\r').next().unwrap_or(line).trim())
        .filter(|line| !line.is_empty())
        .collect();
    let important: Vec<&str> =
        lines.iter().copied().filter(|line| line.starts_with("fatal:") || line.starts_with("error:")).collect();
    let chosen = if important.is_empty() { lines } else { important };
    let words: Vec<String> = chosen
        .iter()
        .rev()
        .take(3)
        .rev()
        .map(|line| line.trim_start_matches("fatal: ").trim_start_matches("error: "))
        .map(|line| line.chars().filter(|character| !character.is_control()).collect())
        .collect();
    if words.is_empty() { "it does not say why".to_owned() } else { words.join("; ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_short_and_keep_secrets() {
        let text = "Cloning\rremote: x\nfatal: unable to access 'https://me:pw@h/x/': nothing\n";
        let secrets = ["me:pw".to_owned()];
        assert_eq!(last_words(&hidden(text, &secrets)), "unable to access 'https://***@h/x/': nothing");
        assert_eq!(last_words("\n"), "it does not say why");
    }
}
