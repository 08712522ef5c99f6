//! The thread that watches: woken by the system, or twice a second where that says nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::scan::{MOST_FILES, MOST_FOLDERS, Scan};
use super::settle::Settle;
use super::shared;
use super::{Heard, Places, WatchError, Watching};

/// How often it is looked where the system does not tell of changes.
const POLL: Duration = Duration::from_millis(500);
/// How long to wait for a message when there is nothing to do.
const LONG: Duration = Duration::from_hours(1);

/// Watches until it is dropped.
#[derive(Debug)]
pub struct Files {
    sender: Sender<Message>,
    first: Watching,
}

enum Message {
    /// Something happened.
    Event,
    /// The system cannot tell any more.
    Lost(notify::Error),
    /// These are the folders with challenges from now on.
    Challenges(Vec<PathBuf>),
    /// Nobody is interested any more.
    Stop,
}

impl Files {
    /// Begins to watch. `tell` hears of what has changed, `quiet` after the last change; it is called on another thread.
    /// With `poll`, it is looked for changes in any case.
    pub fn watch(
        places: Places,
        quiet: Duration,
        poll: bool,
        tell: impl Fn(Heard) + Send + 'static,
    ) -> Result<Self, WatchError> {
        let project =
            places.project.canonicalize().map_err(|why| WatchError::Folder { path: places.project.clone(), why })?;
        let (sender, receiver) = channel();
        let mut watch = Watch {
            places: Places { project, challenges: real(&places.challenges), except: places.except },
            settle: Settle::new(quiet),
            seen: Scan::default(),
            watcher: None,
            watched: BTreeMap::new(),
            polls_because: poll.then(|| "--poll".to_owned()),
        };
        watch.begin(sender.clone());
        watch.seen = Scan::of(&watch.places);
        watch.follow_folders();
        let first = watch.state();
        let thread = std::thread::Builder::new().name("files".to_owned());
        thread.spawn(move || watch.run(&receiver, &tell)).map_err(WatchError::Thread)?;
        Ok(Self { sender, first })
    }

    /// How it is watched at first.
    pub fn state(&self) -> &Watching {
        &self.first
    }

    /// Watches these folders with challenges from now on, in place of those before.
    pub fn challenges(&self, folders: Vec<PathBuf>) {
        // Without its thread, nothing is watched anyway.
        let _ = self.sender.send(Message::Challenges(folders));
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        // The watcher has a sender too, so that the channel does not close by itself.
        let _ = self.sender.send(Message::Stop);
    }
}

/// Folders without links; what is not there is left out.
fn real(folders: &[PathBuf]) -> Vec<PathBuf> {
    folders.iter().filter_map(|folder| folder.canonicalize().ok()).collect()
}

struct Watch {
    places: Places,
    settle: Settle,
    seen: Scan,
    watcher: Option<RecommendedWatcher>,
    /// The folders that the system watches, with what tells one from another in its place.
    watched: BTreeMap<PathBuf, u64>,
    /// Why it is looked for changes, if it is.
    polls_because: Option<String>,
}

impl Watch {
    /// Asks the system to tell of changes.
    fn begin(&mut self, sender: Sender<Message>) {
        let folders = std::iter::once(&self.places.project).chain(&self.places.challenges);
        if let Some(kind) = folders.into_iter().find_map(|folder| shared::kind(folder)) {
            self.polls_because.get_or_insert_with(|| format!("this is a shared folder ({kind})"));
        }
        if self.polls_because.is_some() {
            return;
        }
        let tell = move |event: notify::Result<Event>| {
            let message = match event {
                Ok(event) if !is_of_interest(event.kind) => return,
                Ok(_) => Message::Event,
                // It overflowed, or something is gone: a look shows what is there.
                Err(error) if !is_final(&error) => Message::Event,
                Err(error) => Message::Lost(error),
            };
            let _ = sender.send(message);
        };
        match notify::recommended_watcher(tell) {
            Ok(watcher) => self.watcher = Some(watcher),
            Err(error) => self.give_up(&error),
        }
    }

    fn give_up(&mut self, error: &notify::Error) {
        let why = match &error.kind {
            ErrorKind::MaxFilesWatch => "the system's limit of watched folders is reached".to_owned(),
            ErrorKind::Io(why) => format!("the system cannot watch: {why}"),
            other => format!("the system cannot watch: {other:?}"),
        };
        self.polls_because = Some(why);
        self.watcher = None;
        self.watched.clear();
    }

    fn run(mut self, receiver: &Receiver<Message>, tell: &dyn Fn(Heard)) {
        let mut state = self.state();
        loop {
            let timeout = match self.settle.due() {
                Some(due) => due.saturating_duration_since(Instant::now()),
                None if self.polls_because.is_some() || self.seen.gone => POLL,
                None => LONG,
            };
            match receiver.recv_timeout(timeout) {
                Ok(Message::Event) => self.settle.note(Instant::now()),
                Ok(Message::Lost(error)) => {
                    self.give_up(&error);
                    self.settle.note(Instant::now());
                }
                Ok(Message::Challenges(folders)) => self.exchange(real(&folders)),
                Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) if self.settle.due().is_none() => self.poll(),
                Err(RecvTimeoutError::Timeout) => {}
            }
            if self.settle.take(Instant::now()) {
                self.look(tell);
            }
            let now = self.state();
            if now != state {
                tell(Heard::Watching(now.clone()));
                state = now;
            }
        }
    }

    /// Looks whether anything has changed; what it is, is told when it is quiet.
    fn poll(&mut self) {
        if !self.seen.differences(&Scan::of(&self.places), &self.places).is_empty() {
            self.settle.note(Instant::now());
        }
    }

    fn look(&mut self, tell: &dyn Fn(Heard)) {
        let newer = Scan::of(&self.places);
        let changed = self.seen.differences(&newer, &self.places);
        self.seen = newer;
        if self.follow_folders() {
            // What was made in a new folder before the system watched it would not be told.
            self.settle.note(Instant::now());
        }
        if !changed.is_empty() {
            tell(Heard::Changed(changed));
        }
    }

    /// Other folders with challenges.
    fn exchange(&mut self, folders: Vec<PathBuf>) {
        if folders == self.places.challenges {
            return;
        }
        let before = std::mem::replace(&mut self.places.challenges, folders);
        let newer = Scan::of(&self.places);
        self.seen.exchange(&newer, &before, &self.places.challenges);
        self.follow_folders();
        self.settle.note(Instant::now());
    }

    /// Has the system watch the folders that there are now; true when some are new.
    fn follow_folders(&mut self) -> bool {
        let Some(watcher) = &mut self.watcher else { return false };
        // Some systems watch whole trees, and would be slow with many folders.
        let whole = cfg!(any(target_os = "macos", windows));
        let project = &self.places.project;
        let wanted: BTreeMap<PathBuf, u64> = self
            .seen
            .folders
            .iter()
            .filter(|(folder, _)| !whole || *folder == project || !folder.starts_with(project))
            .map(|(folder, number)| (folder.clone(), *number))
            .collect();
        let gone: Vec<PathBuf> = self.watched.keys().filter(|folder| !wanted.contains_key(*folder)).cloned().collect();
        for folder in gone {
            self.watched.remove(&folder);
            // It has gone with the folder, if that is gone.
            let _ = watcher.unwatch(&folder);
        }
        let mut new = false;
        for (folder, number) in wanted {
            let known = self.watched.get(&folder);
            if known == Some(&number) {
                continue;
            }
            if known.is_some() {
                let _ = watcher.unwatch(&folder);
            }
            match watcher.watch(&folder, mode(whole && folder == *project)) {
                Ok(()) => {
                    self.watched.insert(folder, number);
                    new = true;
                }
                Err(error) if is_final(&error) => {
                    self.give_up(&error);
                    return true;
                }
                // It went away in between, or cannot be read.
                Err(_) => {}
            }
        }
        new
    }

    fn state(&self) -> Watching {
        let polls = self.polls_because.as_ref().map(|why| format!("looking twice a second ({why})"));
        let cut = self.seen.cut.then(|| {
            format!("more than {MOST_FILES} files or {MOST_FOLDERS} folders, not all are watched: name the project's folder with --dir")
        });
        let none = (self.seen.count() == 0).then(|| format!("nothing to watch in `{}`", show(&self.places.project)));
        let notes: Vec<String> = [polls, cut, none].into_iter().flatten().collect();
        Watching { files: self.seen.count(), note: (!notes.is_empty()).then(|| notes.join("; ")) }
    }
}

fn show(path: &Path) -> String {
    path.display().to_string()
}

fn mode(whole: bool) -> RecursiveMode {
    if whole { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive }
}

/// Reading is no change; and to look at files is to read folders.
fn is_of_interest(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}

/// Whether the system will not tell of changes any more.
fn is_final(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::MaxFilesWatch => true,
        // No more descriptors.
        ErrorKind::Io(why) => matches!(why.raw_os_error(), Some(23 | 24 | 28)),
        _ => false,
    }
}
