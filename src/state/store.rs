//! Reads and writes the file of a project.

use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use super::error::StateError;
use super::folder::StateFolder;
use super::lock::Lock;
use super::record::{Graded, Record, VERSION};

/// Bytes that a file may have: more than the bounds of [`Record`] come to.
const MAX_FILE: u64 = 64 * 1024 * 1024;

/// The file of one project.
#[derive(Debug)]
pub struct Store {
    folder: StateFolder,
    file: PathBuf,
    project: String,
}

/// What was remembered.
#[derive(Debug)]
pub struct Loaded {
    /// What is known.
    pub record: Record,
    /// Where a file that could not be understood was put.
    pub set_aside: Option<PathBuf>,
}

impl Store {
    /// The file of a project, whose folder is without links.
    pub fn new(folder: StateFolder, project: &Path) -> Self {
        Self { file: folder.file(project), folder, project: project.display().to_string() }
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.file
    }

    /// Reads what is remembered; nothing where there is no file. One that cannot be understood is set aside.
    pub fn load(&self) -> Result<Loaded, StateError> {
        let nothing = || Record::new(self.project.clone());
        let file = match File::open(&self.file) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Ok(Loaded { record: nothing(), set_aside: None });
            }
            Err(error) => return Err(StateError::io(&self.file)(error)),
        };
        let mut bytes = Vec::new();
        file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(StateError::io(&self.file))?;
        let record = (bytes.len() as u64 <= MAX_FILE)
            .then(|| serde_json::from_slice::<Record>(&bytes).ok())
            .flatten()
            .filter(|record| record.version == VERSION);
        Ok(match record {
            Some(record) if record.folder == self.project => Loaded { record, set_aside: None },
            // Another folder with the same hash: the one that is worked in is remembered.
            Some(_) => Loaded { record: nothing(), set_aside: None },
            None => Loaded { record: nothing(), set_aside: Some(self.set_aside()?) },
        })
    }

    /// A damaged file is kept for whoever wants to look at it; the next one takes its place.
    fn set_aside(&self) -> Result<PathBuf, StateError> {
        let aside = self.file.with_extension("damaged");
        fs::rename(&self.file, &aside).map_err(StateError::io(&self.file))?;
        Ok(aside)
    }

    /// Adds what became of some challenges to what is remembered, also by others in the meantime.
    pub fn note(&self, graded: impl IntoIterator<Item = Graded>) -> Result<Option<PathBuf>, StateError> {
        let folder = self.folder.path();
        create(folder)?;
        let _lock = Lock::wait(&self.file.with_extension("lock"))?;
        let Loaded { mut record, set_aside } = self.load()?;
        for graded in graded {
            record.note(graded);
        }
        let mut new = tempfile::NamedTempFile::new_in(folder).map_err(StateError::io(folder))?;
        let text = serde_json::to_vec(&record).map_err(|error| StateError::io(&self.file)(error.into()))?;
        new.write_all(&text).and_then(|()| new.as_file().sync_data()).map_err(StateError::io(folder))?;
        // In one step: a reader sees the old file or the new one.
        new.persist(&self.file).map_err(|error| StateError::io(&self.file)(error.error))?;
        Ok(set_aside)
    }
}

/// Makes the folder; on Unix for its user only, as the XDG specification has it.
fn create(folder: &Path) -> Result<(), StateError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(StateError::io(folder))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Id, Mark};

    fn graded(id: &str) -> Graded {
        let id = Id { language: None, block: Some("b".into()), id: id.to_owned() };
        Graded { id, name: "n".into(), title: "t".into(), at: 1, hints: vec![Mark::Failed] }
    }

    fn store(folder: &Path) -> Store {
        Store::new(StateFolder::at(folder.join("grade")), Path::new("/project"))
    }

    #[test]
    fn what_is_noted_is_there_again() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(folder.path());
        assert_eq!(store.load().unwrap().record.challenges, []);
        store.note([graded("a")]).unwrap();
        store.note([graded("b")]).unwrap();
        let found = store.load().unwrap();
        assert_eq!(found.record.challenges, [graded("a"), graded("b")]);
        // Nothing else is left behind.
        assert_eq!(fs::read_dir(folder.path().join("grade")).unwrap().count(), 2);
    }

    #[test]
    fn two_at_once_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let path = folder.path();
                scope.spawn(move || {
                    for round in 0..10 {
                        store(path).note([graded(&format!("{thread}-{round}"))]).unwrap();
                    }
                });
            }
        });
        assert_eq!(store(folder.path()).load().unwrap().record.challenges.len(), 40);
    }

    #[test]
    fn damaged_files_are_set_aside() {
        for text in ["", "{", "[]", "{\"version\":2,\"folder\":\"/project\",\"challenges\":[]}", "\u{0}"] {
            let folder = tempfile::tempdir().unwrap();
            let store = store(folder.path());
            store.note([graded("a")]).unwrap();
            fs::write(store.path(), text).unwrap();
            let aside = store.note([graded("b")]).unwrap().unwrap();
            assert_eq!(fs::read_to_string(aside).unwrap(), text);
            let found = store.load().unwrap();
            assert_eq!((found.record.challenges, found.set_aside), (vec![graded("b")], None));
        }
    }

    #[test]
    fn a_file_of_another_folder_is_not_believed() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(folder.path());
        store.note([graded("a")]).unwrap();
        let text = fs::read_to_string(store.path()).unwrap().replace("/project", "/other");
        fs::write(store.path(), text).unwrap();
        assert_eq!(store.load().unwrap().record.challenges, []);
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("grade"), "a file").unwrap();
        assert!(matches!(store(folder.path()).note([graded("a")]), Err(StateError::Io { .. })));
    }
}
