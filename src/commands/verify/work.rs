//! The work: every project of every manifest, against the challenges that the manifest is for; several at a time.

use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::thread;

use super::project::{End, Grading, grade};
use super::subjects::Subjects;
use crate::report::Progress;
use crate::verify::{Expectation, Found, ManifestError, expectation};

/// One project against some challenges.
#[derive(Debug)]
pub struct Work {
    /// The manifest.
    pub found: Arc<Found>,
    /// The index of the project in it.
    pub project: usize,
    /// The subjects by index, with what is expected of each.
    pub challenges: Vec<(usize, Expectation)>,
}

/// What is to be done, in the order of the manifests; or what is wrong with them.
pub fn plan(subjects: &Subjects) -> Result<Vec<Work>, Vec<ManifestError>> {
    let mut all = Vec::new();
    let mut failed = Vec::new();
    for (found, indices) in subjects.by_manifest() {
        let mut problems = Vec::new();
        for (project, named) in found.manifest.projects.iter().enumerate() {
            let mut challenges = Vec::new();
            for &index in &indices {
                let Some(subject) = subjects.subjects.get(index) else { continue };
                let Some(challenge) = subject.entry.challenge() else { continue };
                match expectation(named, &subject.entry, challenge) {
                    Ok(expected) => challenges.push((index, expected)),
                    Err(wrong) => problems.extend(wrong),
                }
            }
            all.push(Work { found: Arc::clone(&found), project, challenges });
        }
        // The same hint is named for the same challenge in other languages.
        problems.dedup();
        if !problems.is_empty() {
            failed.push(ManifestError::invalid(&found.path, problems));
        }
    }
    if failed.is_empty() { Ok(all) } else { Err(failed) }
}

/// Does the work, `jobs` at a time, and gives the ends in the order of `all`.
pub fn done(
    all: &[Work],
    subjects: &Subjects,
    grading: &Grading<'_>,
    jobs: Option<usize>,
    progress: &Progress,
) -> Vec<End> {
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    let threads = jobs.unwrap_or(processors).min(all.len());
    let next = AtomicUsize::new(0);
    let (sender, receiver) = channel();
    let mut ends: Vec<Option<End>> = all.iter().map(|_| None).collect();
    thread::scope(|scope| {
        for _ in 0..threads {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                while let Some((index, work)) = take(all, next) {
                    if sender.send((index, grade(work, subjects, grading))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut count = 0;
        progress.now(&format!("grading {} projects", all.len()));
        for (index, end) in receiver {
            count += 1;
            progress.now(&format!("{count} of {} projects graded", all.len()));
            if let Some(slot) = ends.get_mut(index) {
                *slot = Some(end);
            }
        }
    });
    ends.into_iter().map(|end| end.unwrap_or(End::Interrupted)).collect()
}

fn take<'w>(all: &'w [Work], next: &AtomicUsize) -> Option<(usize, &'w Work)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    all.get(index).map(|work| (index, work))
}
