//! What is verified: challenges, each with its manifest.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, bail};

use super::super::Console;
use super::super::library::{index, report_problems};
use crate::cli::VerifyArgs;
use crate::curriculum::{Entry, Index, Origin, builtin, choose, gradable_only, load};
use crate::sources::changes;
use crate::verify::{Found, ManifestError, Manifests, Touched, touches, unknown_names};

/// The language of a name that several have.
const DEFAULT_LANGUAGE: &str = "english";

/// A challenge with its manifest.
#[derive(Debug)]
pub struct Subject {
    /// The challenge, whose file is valid.
    pub entry: Arc<Entry>,
    /// Its manifest.
    pub found: Option<Arc<Found>>,
}

/// All that is to be verified.
#[derive(Debug)]
pub struct Subjects {
    /// The challenges.
    pub subjects: Vec<Subject>,
    /// Whether something could not be read or used, which was said on stderr.
    pub invalid: bool,
}

impl Subjects {
    /// Finds them. What is wrong with files is said on stderr.
    pub fn find(args: &VerifyArgs, console: &Console) -> Result<Self> {
        let (index, mut invalid) = index(&args.source, console)?;
        let mut subjects = Vec::new();
        let mut manifests = Manifests::new(args.fixtures.as_deref())?;
        let mut failed = Vec::new();
        for entry in entries(args, &index, &mut invalid, console)? {
            invalid |= report_problems(&entry, console);
            if entry.parsed.is_err() {
                continue;
            }
            match manifests.of(&entry) {
                Ok(found) => subjects.push(Subject { entry, found }),
                Err(error) => failed.push(error),
            }
        }
        for path in manifests.passed_over() {
            let folder = path.parent().unwrap_or(path).display();
            console.warn(&format!(
                "`{}` is not used: it belongs to another user than the challenges; --fixtures {folder} uses it",
                path.display()
            ));
        }
        let mut found = Self { subjects, invalid };
        failed.extend(found.check_names());
        found.tell(failed, console);
        if let (Some(folder), true) = (&args.fixtures, found.subjects.iter().all(|subject| subject.found.is_none()))
            && !found.invalid
        {
            bail!(NoManifest { folder: folder.clone() });
        }
        if let Some(reference) = &args.changed {
            found.keep_changed(reference)?;
        }
        Ok(found)
    }

    /// Says what is wrong with manifests, each once.
    pub fn tell(&mut self, failed: Vec<ManifestError>, console: &Console) {
        let mut told: Vec<String> = Vec::new();
        for error in failed {
            self.invalid = true;
            let text = error.to_string();
            if !told.contains(&text) {
                console.error(&error);
                told.push(text);
            }
        }
    }

    /// The manifests, each with the subjects that it is for.
    pub fn by_manifest(&self) -> Vec<(Arc<Found>, Vec<usize>)> {
        let mut places: BTreeMap<&Path, usize> = BTreeMap::new();
        let mut groups: Vec<(Arc<Found>, Vec<usize>)> = Vec::new();
        for (index, subject) in self.subjects.iter().enumerate() {
            let Some(found) = &subject.found else { continue };
            let at = *places.entry(&found.path).or_insert_with(|| {
                groups.push((Arc::clone(found), Vec::new()));
                groups.len() - 1
            });
            if let Some((_, indices)) = groups.get_mut(at) {
                indices.push(index);
            }
        }
        groups
    }

    /// Names in manifests that mean no challenge.
    fn check_names(&self) -> Vec<ManifestError> {
        let mut failed = Vec::new();
        for (found, indices) in self.by_manifest() {
            let chosen = || indices.iter().filter_map(|&index| self.subjects.get(index)).map(|subject| &subject.entry);
            if unknown_names(&found.manifest, chosen().map(|entry| &**entry)).is_empty() {
                continue;
            }
            // It may be about challenges that were not asked for this time.
            let wider = chosen().next().map(|entry| neighbours(entry)).unwrap_or_default();
            let all = wider.entries().iter().chain(chosen()).map(|entry| &**entry);
            let problems = unknown_names(&found.manifest, all);
            if !problems.is_empty() {
                failed.push(ManifestError::invalid(&found.path, problems));
            }
        }
        failed
    }

    /// Keeps only what a change touches.
    fn keep_changed(&mut self, reference: &str) -> Result<()> {
        let Some(first) = self.subjects.first() else { return Ok(()) };
        if first.entry.origin == Origin::BuiltIn {
            bail!(NoFiles);
        }
        let folder = folder_of(&first.entry.path);
        let changes = changes(&folder, reference)?;
        let mut kept = Vec::new();
        for subject in std::mem::take(&mut self.subjects) {
            let file = subject.entry.path.canonicalize().unwrap_or_else(|_| subject.entry.path.clone());
            if !file.starts_with(&changes.root) {
                bail!(Elsewhere { file: subject.entry.path.clone(), root: changes.root });
            }
            let mut touched = subject.found.as_ref().map_or_else(Touched::default, |found| found.touched());
            touched.files.push(file);
            if touches(&changes.files, &touched) {
                kept.push(subject);
            }
        }
        self.subjects = kept;
        Ok(())
    }
}

/// The challenges that are asked for and graded by URL. No names mean all, in every language.
fn entries(args: &VerifyArgs, index: &Index, invalid: &mut bool, console: &Console) -> Result<Vec<Arc<Entry>>> {
    let language = args.source.lang.as_deref();
    let selection = choose(index, &args.challenges, language.or(Some(DEFAULT_LANGUAGE)))?;
    for error in &selection.unreadable {
        console.warn(&error.to_string());
        *invalid = true;
    }
    let (mut entries, _) = gradable_only(&selection.chosen)?;
    if args.challenges.is_empty() {
        entries.retain(|entry| language.is_none() || entry.place.language.as_deref() == language);
    }
    Ok(entries)
}

/// All challenges of the tree that a challenge is in, as far as they can be read.
fn neighbours(entry: &Entry) -> Index {
    if entry.origin == Origin::BuiltIn {
        return builtin();
    }
    let path = std::path::absolute(&entry.path).unwrap_or_else(|_| entry.path.clone());
    let language = entry.place.language.as_deref();
    let named = |folder: &&Path| folder.file_name().and_then(|name| name.to_str()) == language;
    let root = match language {
        Some(_) => path.ancestors().skip(1).find(named).and_then(Path::parent),
        None => path.parent().and_then(Path::parent),
    };
    let root = root.or_else(|| path.parent()).unwrap_or(&path);
    load(&[root.to_owned()]).map(|library| library.index).unwrap_or_default()
}

fn folder_of(file: &Path) -> PathBuf {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned()
}

/// The folder that `--fixtures` names has nothing for these challenges.
#[derive(Debug, thiserror::Error)]
#[error(
    "there is no verify.yml for any of these challenges in `{}`: it stands there as verify.yml, BLOCK/verify.yml or \
     BLOCK/CHALLENGE/verify.yml",
    folder.display()
)]
struct NoManifest {
    folder: PathBuf,
}

/// Built-in challenges do not change.
#[derive(Debug, thiserror::Error)]
#[error(
    "--changed is about files, and the built-in challenges are none; name a folder with challenges, or give --challenges"
)]
struct NoFiles;

/// Challenges of several repositories.
#[derive(Debug, thiserror::Error)]
#[error("`{}` is outside of the git repository `{}`, so it cannot be told whether it changed", file.display(), root.display())]
struct Elsewhere {
    file: PathBuf,
    root: PathBuf,
}
