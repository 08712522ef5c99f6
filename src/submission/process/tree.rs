//! A command and everything that it starts: started in a group of its own, stopped as a whole.

use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use process_wrap::std::{ChildWrapper, CommandWrap};

use super::tail::Tail;

/// How long a project may take to stop by itself.
const GRACE: Duration = Duration::from_secs(5);
/// How long it is looked for processes that are still there after they were killed.
const KILL_LIMIT: Duration = Duration::from_secs(2);
/// How often it is looked.
pub(super) const POLL: Duration = Duration::from_millis(50);

/// The variable by which processes of a project are known.
const MARK: &str = "GRADE_STARTED";
static STARTED: AtomicU64 = AtomicU64::new(0);

/// A command that runs, with all that it has started. Stopped when it is dropped, also when that happens on a panic.
#[derive(Debug)]
pub(super) struct Tree {
    child: Box<dyn ChildWrapper>,
    #[cfg(unix)]
    members: super::members::Members,
    status: Option<ExitStatus>,
    stopped: bool,
    output: Tail,
}

impl Tree {
    /// Starts a command through the shell.
    pub(super) fn start(command: &str, folder: &Path, environment: &[(String, String)]) -> io::Result<Self> {
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let value = format!("{}-{number}", std::process::id());
        let mut shell = shell(command);
        shell
            .current_dir(folder)
            .envs(environment.iter().map(|(name, value)| (OsStr::new(name), OsStr::new(value))))
            .env(MARK, &value)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut wrapped = CommandWrap::from(shell);
        #[cfg(unix)]
        wrapped.wrap(process_wrap::std::ProcessGroup::leader());
        #[cfg(windows)]
        wrapped.wrap(process_wrap::std::JobObject);
        let child = wrapped.spawn()?;
        let mut tree = Self {
            #[cfg(unix)]
            members: super::members::Members::new(child.id(), format!("{MARK}={value}")),
            child,
            status: None,
            stopped: false,
            output: Tail::default(),
        };
        if let Some(stream) = tree.child.stdout().take() {
            tree.output.follow(stream)?;
        }
        if let Some(stream) = tree.child.stderr().take() {
            tree.output.follow(stream)?;
        }
        Ok(tree)
    }

    /// The last lines that were printed.
    pub(super) fn output(&self) -> Vec<String> {
        self.output.lines()
    }

    /// How the command itself ended, if it has.
    pub(super) fn status(&mut self) -> Option<ExitStatus> {
        if self.status.is_none() {
            self.status = self.child.try_wait().ok().flatten();
        }
        self.status
    }

    /// Whether anything of it still runs: the command, or what it left behind.
    pub(super) fn is_alive(&mut self) -> bool {
        self.status().is_none() || self.has_members()
    }

    /// Stops everything: politely, and after a while, or when `hurry` is ready, by force.
    pub(super) async fn stop(&mut self, hurry: impl Future<Output = ()>) {
        self.ask_to_stop();
        let deadline = tokio::time::Instant::now() + GRACE;
        let wait = async {
            while self.is_alive() && tokio::time::Instant::now() < deadline {
                tokio::time::sleep(POLL).await;
            }
        };
        tokio::select! { () = wait => {} () = hurry => {} }
        self.kill();
    }

    /// The same without a runtime.
    fn stop_and_wait(&mut self) {
        self.ask_to_stop();
        let deadline = Instant::now() + GRACE;
        while self.is_alive() && Instant::now() < deadline {
            std::thread::sleep(POLL);
        }
        self.kill();
    }

    /// Kills what is left, again and again until nothing is: a process may start another one before it is hit.
    fn kill(&mut self) {
        let deadline = Instant::now() + KILL_LIMIT;
        while self.is_alive() && Instant::now() < deadline {
            let _ = self.child.start_kill();
            self.kill_members();
            std::thread::sleep(POLL / 10);
        }
        self.stopped = true;
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        if !self.stopped {
            self.stop_and_wait();
        }
    }
}

#[cfg(unix)]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(command);
    shell
}

#[cfg(windows)]
fn shell(command: &str) -> Command {
    use std::os::windows::process::CommandExt;
    let mut shell = Command::new("cmd");
    // `cmd` takes the rest of its line as it is; quoting it as other programs want it would change it.
    shell.arg("/C").raw_arg(command);
    shell
}

#[cfg(unix)]
impl Tree {
    fn has_members(&self) -> bool {
        self.members.any()
    }

    fn ask_to_stop(&mut self) {
        self.members.signal(rustix::process::Signal::TERM);
    }

    fn kill_members(&mut self) {
        self.members.signal(rustix::process::Signal::KILL);
    }
}

/// A job ends as a whole, and has no polite way.
#[cfg(windows)]
impl Tree {
    fn has_members(&self) -> bool {
        false
    }

    fn ask_to_stop(&mut self) {
        let _ = self.child.start_kill();
    }

    fn kill_members(&mut self) {}
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// Waits until a command has written its file.
    fn wait_for(path: &Path) {
        while !path.exists() {
            std::thread::sleep(POLL / 10);
        }
    }

    #[test]
    fn a_panic_stops_everything() {
        let folder = tempfile::tempdir().unwrap();
        let command = "sleep 300 & (sleep 301 &) ; touch up; sleep 302";
        let mut members = None;
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let mut tree = Tree::start(command, folder.path(), &[]).unwrap();
            members = Some(tree.members.clone());
            wait_for(&folder.path().join("up"));
            assert!(tree.is_alive());
            std::panic::resume_unwind(Box::new("on purpose"));
        }));
        assert!(panicked.is_err() && !members.unwrap().any());
    }

    #[tokio::test]
    async fn what_is_in_a_hurry_is_killed_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let mut tree = Tree::start("trap '' TERM; touch up; while :; do sleep 1; done", folder.path(), &[]).unwrap();
        wait_for(&folder.path().join("up"));
        tree.stop(std::future::ready(())).await;
        assert!(!tree.is_alive());
        assert_eq!(tree.status().and_then(|status| status.code()), None, "killed");
    }

    #[test]
    fn a_process_of_the_same_name_is_not_touched() {
        let folder = tempfile::tempdir().unwrap();
        let other = Tree::start("sleep 300", folder.path(), &[]).unwrap();
        let mut mine = Tree::start("sleep 300", folder.path(), &[]).unwrap();
        mine.stop_and_wait();
        let mut other = other;
        assert!(!mine.is_alive() && other.is_alive());
    }
}
