//! Reads and parses many files on all cores, and hands them on in the order of their paths.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError, mpsc};
use std::thread;

use super::error::LoadError;
use super::read::{looks_like_a_challenge, source};
use super::walk::markdown_files;
use crate::challenge::{Challenge, ParseErrors, Source, parse};

/// One file and what came of it.
#[derive(Debug)]
pub struct Visited {
    /// The path as given or found.
    pub path: PathBuf,
    /// Its challenge, or why it is none; or why it could not be read.
    pub read: Result<Result<Challenge, ParseErrors>, LoadError>,
}

/// One file that was read, and is not parsed yet.
#[derive(Debug)]
pub struct Opened {
    /// The path as given or found.
    pub path: PathBuf,
    /// Its text, or why it could not be read.
    pub read: Result<Source, LoadError>,
}

/// Files per piece of work: enough that the bookkeeping does not count.
const CHUNK: usize = 32;
/// Pieces that may be done ahead of the one that is next in order, for each thread: bounds the memory.
const AHEAD: usize = 8;

/// Calls `each` for every file of `paths`, folders included, in the order given and within a folder by path.
/// Markdown files of a folder that are no challenges are passed over; a file that is named never is.
pub fn visit(paths: &[PathBuf], each: impl FnMut(Visited) -> ControlFlow<()>) -> Result<(), LoadError> {
    visit_with(paths, |visited| visited, each)
}

/// As [`visit`], but `map` runs on the thread that read the file, so that costly work is done on all cores.
pub fn visit_with<T: Send>(
    paths: &[PathBuf],
    map: impl Fn(Visited) -> T + Sync,
    each: impl FnMut(T) -> ControlFlow<()>,
) -> Result<(), LoadError> {
    visit_sources(paths, |opened| map(opened.parsed()), each)
}

/// As [`visit_with`], for those who need the text as well, and parse it themselves.
pub fn visit_sources<T: Send>(
    paths: &[PathBuf],
    map: impl Fn(Opened) -> T + Sync,
    mut each: impl FnMut(T) -> ControlFlow<()>,
) -> Result<(), LoadError> {
    let mut files = Vec::new();
    for path in paths {
        list(path, &mut files)?;
    }
    let work = |file: &Found| open(file).map(&map);
    in_order(&files, &work, &mut each);
    Ok(())
}

/// The Markdown files of a folder, challenges or not, in order; a file is itself. Parts of the folder that cannot be
/// searched are left out.
pub fn files(path: &Path) -> Result<Vec<PathBuf>, LoadError> {
    let mut found = Vec::new();
    list(path, &mut found)?;
    Ok(found
        .into_iter()
        .filter_map(|file| match file {
            Found::Named(path) | Found::Listed(path) => Some(path),
            Found::Failed(..) => None,
        })
        .collect())
}

impl Opened {
    fn parsed(self) -> Visited {
        Visited { path: self.path, read: self.read.map(|source| parse(&source)) }
    }
}

pub(super) enum Found {
    /// Named by the user.
    Named(PathBuf),
    /// In a folder.
    Listed(PathBuf),
    /// A folder could not be searched.
    Failed(PathBuf, Mutex<Option<LoadError>>),
}

/// Adds a file, or the files of a folder.
pub(super) fn list(path: &Path, files: &mut Vec<Found>) -> Result<(), LoadError> {
    let kind = std::fs::metadata(path).map_err(|source| match source.kind() {
        std::io::ErrorKind::NotFound => LoadError::NotFound { path: path.to_owned() },
        _ => LoadError::Read { path: path.to_owned(), source },
    })?;
    if kind.is_dir() {
        let (found, errors) = markdown_files(path);
        files.extend(found.into_iter().map(Found::Listed));
        files.extend(errors.into_iter().map(|error| Found::Failed(path.to_owned(), Mutex::new(Some(error)))));
    } else {
        files.push(Found::Named(path.to_owned()));
    }
    Ok(())
}

pub(super) fn read_file(file: &Found) -> Option<Visited> {
    open(file).map(Opened::parsed)
}

fn open(file: &Found) -> Option<Opened> {
    match file {
        Found::Named(path) => Some(Opened { path: path.clone(), read: source(path) }),
        Found::Listed(path) => match source(path) {
            Ok(source) if !looks_like_a_challenge(&source) => None,
            read => Some(Opened { path: path.clone(), read }),
        },
        Found::Failed(path, error) => {
            let error = error.lock().unwrap_or_else(PoisonError::into_inner).take()?;
            Some(Opened { path: path.clone(), read: Err(error) })
        }
    }
}

/// How far the pieces have been handed on; workers wait here so as not to run ahead.
struct Gate {
    next: Mutex<usize>,
    moved: Condvar,
}

impl Gate {
    fn wait(&self, piece: usize, ahead: usize, stopped: &AtomicBool) {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        while piece >= *next + ahead && !stopped.load(Ordering::Relaxed) {
            next = self.moved.wait(next).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn advance(&self, to: usize) {
        *self.next.lock().unwrap_or_else(PoisonError::into_inner) = to;
        self.moved.notify_all();
    }
}

/// Tells the others to stop when it goes away, be it by a panic: nobody is left waiting.
struct StopAll<'a>(&'a AtomicBool, &'a Gate);

impl Drop for StopAll<'_> {
    fn drop(&mut self) {
        // The lock makes sure that no worker is between its look at the flag and its wait.
        let _next = self.1.next.lock().unwrap_or_else(PoisonError::into_inner);
        self.0.store(true, Ordering::Relaxed);
        self.1.moved.notify_all();
    }
}

/// Does `work` on all cores and calls `each` with what it returns, in the order of `items`.
pub(super) fn in_order<I: Sync, T: Send>(
    items: &[I],
    work: &(impl Fn(&I) -> Option<T> + Sync),
    each: &mut impl FnMut(T) -> ControlFlow<()>,
) {
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(items.len().div_ceil(CHUNK));
    if threads <= 1 {
        for item in items {
            if let Some(done) = work(item)
                && each(done).is_break()
            {
                return;
            }
        }
        return;
    }
    let gate = Gate { next: Mutex::new(0), moved: Condvar::new() };
    let stopped = AtomicBool::new(false);
    let taken = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel::<(usize, Vec<T>)>();
    thread::scope(|scope| {
        for _ in 0..threads {
            let sender = sender.clone();
            let (gate, stopped, taken) = (&gate, &stopped, &taken);
            scope.spawn(move || {
                let guard = Lost(stopped, gate);
                loop {
                    let piece = taken.fetch_add(1, Ordering::Relaxed);
                    let start = piece.saturating_mul(CHUNK);
                    let Some(rest) = items.get(start..).filter(|rest| !rest.is_empty()) else { break };
                    gate.wait(piece, AHEAD * threads, stopped);
                    if stopped.load(Ordering::Relaxed) {
                        break;
                    }
                    let done = rest.iter().take(CHUNK).filter_map(work).collect();
                    if sender.send((piece, done)).is_err() {
                        break;
                    }
                }
                drop(guard);
            });
        }
        drop(sender);
        let _stop = StopAll(&stopped, &gate);
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        for (piece, done) in receiver {
            waiting.insert(piece, done);
            while let Some(done) = waiting.remove(&next) {
                next += 1;
                for item in done {
                    if each(item).is_break() {
                        return;
                    }
                }
                gate.advance(next);
            }
        }
    });
}

/// In a worker: if it panics, its piece never comes, and the others must not wait for it.
struct Lost<'a>(&'a AtomicBool, &'a Gate);

impl Drop for Lost<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            drop(StopAll(self.0, self.1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_whatever_takes_long() {
        let items: Vec<usize> = (0..5000).collect();
        let mut seen = Vec::new();
        let work = |item: &usize| {
            if item.is_multiple_of(997) {
                thread::sleep(std::time::Duration::from_millis(5));
            }
            (!item.is_multiple_of(3)).then_some(*item)
        };
        in_order(&items, &work, &mut |item| {
            seen.push(item);
            ControlFlow::Continue(())
        });
        let expected: Vec<usize> = (0..5000).filter(|item| item % 3 != 0).collect();
        assert_eq!(seen, expected);
    }

    #[test]
    fn a_break_stops_the_work() {
        let items: Vec<usize> = (0..200_000).collect();
        let done = AtomicUsize::new(0);
        let work = |item: &usize| {
            done.fetch_add(1, Ordering::Relaxed);
            Some(*item)
        };
        let mut seen = 0;
        in_order(&items, &work, &mut |_| {
            seen += 1;
            if seen == 10 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!(seen, 10);
        assert!(done.into_inner() < items.len(), "workers do not run ahead of what was handed on");
    }

    #[test]
    fn a_panic_in_a_worker_reaches_the_caller() {
        let items: Vec<usize> = (0..10_000).collect();
        let work = |item: &usize| {
            assert!(*item != 100, "on purpose");
            Some(*item)
        };
        let run = || in_order(&items, &work, &mut |_| ControlFlow::Continue(()));
        assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).is_err());
    }
}
