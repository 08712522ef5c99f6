//! Finds the manifest of a challenge, and reads it with what it names on disk.

use std::collections::HashMap;
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::changed::Touched;
use super::manifest::{Answers, Manifest, Project};
use super::problem::{ManifestError, Problem};
use super::read::read;
use super::scope::covers;
use crate::curriculum::{Entry, Origin};
use crate::testbed::{Sample, SampleError, samples, samples_in};

/// The name of a manifest.
const NAME: &str = "verify.yml";
/// The folder for fixtures, beside or above challenges.
const FIXTURES: &str = "fixtures";
/// The largest manifest that is read.
const MAX_FILE: u64 = 1024 * 1024;
/// How many folders above a challenge are looked into.
const HEIGHT: usize = 8;
/// The manifest of the built-in challenges.
const BUILT_IN: &str = include_str!("../../fixtures/verify.yml");

/// A manifest that was found.
#[derive(Debug)]
pub struct Found {
    /// Its path, for messages.
    pub path: PathBuf,
    /// What it says; its folders are paths that can be opened.
    pub manifest: Manifest,
}

/// A manifest that may be there.
pub type Known = Option<Arc<Found>>;

/// The manifests that there are, each read once.
#[derive(Debug)]
pub struct Manifests {
    /// The folder that they are in, if not near the challenges.
    only: Option<PathBuf>,
    here: PathBuf,
    read: HashMap<PathBuf, Known>,
    samples: HashMap<PathBuf, Arc<Vec<Sample>>>,
    built_in: Known,
    /// Those that were passed over because they belong to somebody else.
    passed_over: Vec<PathBuf>,
}

impl Manifests {
    /// Manifests near the challenges; or those of one folder only.
    pub fn new(only: Option<&Path>) -> Result<Self, ManifestError> {
        if let Some(path) = only.filter(|path| !path.is_dir()) {
            return Err(ManifestError::NoFolder { path: path.to_owned() });
        }
        Ok(Self {
            only: only.map(absolute),
            here: std::env::current_dir().unwrap_or_default(),
            read: HashMap::new(),
            samples: HashMap::new(),
            built_in: None,
            passed_over: Vec::new(),
        })
    }

    /// The manifest of a challenge: the nearest that is about it.
    pub fn of(&mut self, entry: &Entry) -> Result<Known, ManifestError> {
        if entry.origin == Origin::BuiltIn && self.only.is_none() {
            if self.built_in.is_none() {
                self.built_in = Some(Arc::new(built_in()?));
            }
            return Ok(self.built_in.clone().filter(|found| covers(&found.manifest, entry)));
        }
        for path in self.places(entry) {
            let known = if let Some(known) = self.read.get(&path) {
                known.clone()
            } else {
                // What is wrong with it is told once.
                self.read.insert(path.clone(), None);
                let known = if self.is_trusted(&path, entry) { self.load(&path)?.map(Arc::new) } else { None };
                self.read.insert(path, known.clone());
                known
            };
            if let Some(found) = known.filter(|found| covers(&found.manifest, entry)) {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Where the manifest of a challenge may be, the nearest first.
    fn places(&self, entry: &Entry) -> Vec<PathBuf> {
        let mut places = Vec::new();
        if let Some(folder) = &self.only {
            places_in(folder, entry, &mut places);
            return places;
        }
        let path = absolute(&entry.path);
        let block = path.parent().unwrap_or(&path);
        places.push(block.join(NAME));
        for folder in block.ancestors().take(HEIGHT) {
            places_in(&folder.join(FIXTURES), entry, &mut places);
            // What is outside of the repository is somebody else's.
            if folder.join(".git").exists() {
                break;
            }
        }
        places
    }

    /// Manifests that were passed over because they belong to another user than the challenges.
    pub fn passed_over(&self) -> &[PathBuf] {
        &self.passed_over
    }

    /// Whether a manifest may be used for a challenge. A manifest says what is started: whoever may write to `/tmp` must not
    /// choose that for everybody who works below it. A folder that was named is another matter.
    fn is_trusted(&mut self, path: &Path, entry: &Entry) -> bool {
        let Ok(metadata) = path.metadata() else { return true };
        let challenge = absolute(&entry.path);
        if self.only.is_some() || path.parent() == challenge.parent() {
            return true;
        }
        let trusted = same_owner(challenge.parent().and_then(|folder| folder.metadata().ok()).as_ref(), &metadata);
        if !trusted {
            self.passed_over.push(path.strip_prefix(&self.here).unwrap_or(path).to_owned());
        }
        trusted
    }

    fn load(&mut self, path: &Path) -> Result<Option<Found>, ManifestError> {
        let shown = path.strip_prefix(&self.here).unwrap_or(path).to_owned();
        let Some(text) = text(path, &shown)? else { return Ok(None) };
        let mut manifest = read(&shown, &text)?;
        let folder = shown.parent().unwrap_or(Path::new("")).to_owned();
        let problems: Vec<Problem> =
            manifest.projects.iter_mut().filter_map(|project| self.open(project, &folder).err()).collect();
        if !problems.is_empty() {
            return Err(ManifestError::invalid(&shown, problems));
        }
        Ok(Some(Found { path: shown, manifest }))
    }

    /// Makes the folders of a project paths that can be opened, and reads recorded answers.
    fn open(&mut self, project: &mut Project, folder: &Path) -> Result<(), Problem> {
        let place = project.answers_place;
        let in_folder = |path: &mut PathBuf| {
            let named = path.display().to_string();
            *path = folder.join(&*path);
            // Nothing is in the folder that one is in.
            if path.as_os_str().is_empty() {
                *path = PathBuf::from(".");
            }
            if path.is_dir() {
                return Ok(());
            }
            let help = "paths are relative to the folder of the manifest";
            Err(Problem::new(place, format!("there is no folder `{named}` in `{}`", shown_folder(folder)), help))
        };
        match &mut project.answers {
            Answers::Folder(path)
            | Answers::Started { folder: path, .. }
            | Answers::Running { folder: Some(path), .. } => in_folder(path),
            Answers::Running { folder: None, .. } => Ok(()),
            Answers::Recorded { path, sample } => {
                *path = folder.join(&*path);
                let (root, name) = root_and_name(path);
                let all = self.samples(&root).map_err(|error| {
                    let message = format!("the recorded projects of `{}` cannot be used: {error}", shown_folder(&root));
                    let help =
                        "write the path of the folder with the manifest.json, and behind it a name that this has";
                    Problem::new(place, message, help)
                })?;
                *sample = Some(Box::new(recorded(&all, &name).ok_or_else(|| {
                    let message =
                        format!("`{}` has no recorded project `{name}`", root.join("manifest.json").display());
                    Problem::new(place, message, nearest_help(&all, &name))
                })?));
                Ok(())
            }
        }
    }

    /// The recorded projects of a folder.
    fn samples(&mut self, root: &Path) -> Result<Arc<Vec<Sample>>, SampleError> {
        if let Some(all) = self.samples.get(root) {
            return Ok(Arc::clone(all));
        }
        let all = Arc::new(samples_in(root)?);
        self.samples.insert(root.to_owned(), Arc::clone(&all));
        Ok(all)
    }
}

/// The manifest of the built-in challenges, with the recorded projects that are part of the program.
pub fn built_in() -> Result<Found, ManifestError> {
    let path = PathBuf::from(FIXTURES).join(NAME);
    let mut manifest = read(&path, BUILT_IN)?;
    let all = samples();
    let mut problems = Vec::new();
    for project in &mut manifest.projects {
        let place = project.answers_place;
        let Answers::Recorded { path, sample } = &mut project.answers else {
            problems.push(Problem::new(place, "built-in challenges have recorded projects only", ""));
            continue;
        };
        let found = match &all {
            Ok(all) => recorded(all, &path.display().to_string()).ok_or_else(|| "there is no such project".to_owned()),
            Err(error) => Err(SampleError::to_string(error)),
        };
        match found {
            Ok(found) => *sample = Some(Box::new(found)),
            Err(message) => problems.push(Problem::new(place, message, "")),
        }
    }
    if problems.is_empty() { Ok(Found { path, manifest }) } else { Err(ManifestError::invalid(&path, problems)) }
}

impl Found {
    /// What a challenge with this manifest depends on besides its own file. Paths are made absolute, links followed.
    pub fn touched(&self) -> Touched {
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| absolute(path));
        let mut touched = Touched { files: vec![real(&self.path)], folders: Vec::new() };
        for project in &self.manifest.projects {
            match &project.answers {
                Answers::Folder(path) | Answers::Started { folder: path, .. } => touched.folders.push(real(path)),
                Answers::Running { folder, .. } => touched.folders.extend(folder.as_deref().map(real)),
                Answers::Recorded { path, sample } => {
                    let (root, _) = root_and_name(path);
                    touched.files.push(real(&root.join("manifest.json")));
                    let layers = sample.iter().flat_map(|sample| &sample.layers);
                    touched.folders.extend(layers.map(|layer| real(&root).join(layer)));
                }
            }
        }
        touched
    }
}

/// Adds the places within a folder for fixtures: that of the challenge, that of its block, and that of all.
fn places_in(folder: &Path, entry: &Entry, places: &mut Vec<PathBuf>) {
    if let Some(block) = &entry.place.block {
        let block = folder.join(block);
        let names = [Some(entry.place.stem.as_str()), entry.dashed_name()];
        // A dashedName is a stranger's text, and no way out of the folder.
        let names = names.into_iter().flatten().filter(|name| !name.contains(['/', '\\']) && !name.starts_with('.'));
        places.extend(names.map(|name| block.join(name).join(NAME)));
        places.push(block.join(NAME));
    }
    places.push(folder.join(NAME));
}

fn text(path: &Path, shown: &Path) -> Result<Option<String>, ManifestError> {
    let unreadable = |source| ManifestError::Unreadable { path: shown.to_owned(), source };
    // Before it is opened: opening a pipe waits for a writer.
    match path.metadata() {
        Ok(metadata) if metadata.is_file() => {}
        Ok(_) => return Err(unreadable(io::Error::other("it is no regular file"))),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(unreadable(error)),
    }
    let file = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(ManifestError::TooLarge { path: shown.to_owned(), limit: MAX_FILE });
    }
    let text = String::from_utf8(bytes).map_err(|error| unreadable(io::Error::other(error.utf8_error())))?;
    Ok(Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)))
}

#[cfg(unix)]
fn same_owner(folder: Option<&Metadata>, file: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    // What root wrote, only root could have written.
    file.uid() == 0 || folder.is_some_and(|folder| folder.uid() == file.uid())
}

#[cfg(not(unix))]
fn same_owner(_folder: Option<&Metadata>, _file: &Metadata) -> bool {
    true
}

fn root_and_name(path: &Path) -> (PathBuf, String) {
    let root = path.parent().filter(|root| !root.as_os_str().is_empty()).unwrap_or(Path::new("."));
    (root.to_owned(), path.file_name().unwrap_or_default().to_string_lossy().into_owned())
}

fn recorded(all: &[Sample], name: &str) -> Option<Sample> {
    all.iter().find(|sample| sample.name == name).cloned()
}

fn nearest_help(all: &[Sample], name: &str) -> String {
    let nearest = crate::curriculum::nearest(name, all.iter().map(|sample| sample.name.as_str()));
    nearest.first().map(|name| format!("did you mean `{name}`?")).unwrap_or_default()
}

fn shown_folder(folder: &Path) -> String {
    if folder.as_os_str().is_empty() { ".".to_owned() } else { folder.display().to_string() }
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
