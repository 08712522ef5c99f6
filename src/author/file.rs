//! Writes the file: as a whole or not at all, and never over another one.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use super::error::NewError;
use super::plan::New;

/// Writes a challenge; its folders are made where they are missing.
pub fn write(new: &New) -> Result<(), NewError> {
    let failed = |source: io::Error| match source.kind() {
        ErrorKind::AlreadyExists => NewError::Exists { path: new.path.clone() },
        _ => NewError::Write { path: new.path.clone(), source },
    };
    let folder = new.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // What is in the way of a folder is no challenge that would be overwritten.
    fs::create_dir_all(folder).map_err(|source| NewError::Write { path: folder.to_owned(), source })?;
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        // As any new file: the umask takes from it what the user wants to keep.
        let everybody = std::os::unix::fs::PermissionsExt::from_mode(0o666);
        builder.permissions(everybody);
    }
    let mut file = builder.prefix(".grade-new-").tempfile_in(folder).map_err(failed)?;
    file.write_all(new.text.as_bytes()).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    file.persist_noclobber(&new.path).map_err(|error| failed(error.error))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_in_the_meantime_stays() {
        let folder = tempfile::tempdir().unwrap();
        let new = |name: &str| New {
            path: folder.path().join(name),
            text: "new".to_owned(),
            id: String::new(),
            listed_in: None,
        };
        write(&new("a/b/c.md")).unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("a/b/c.md")).unwrap(), "new");
        fs::write(folder.path().join("mine.md"), "mine").unwrap();
        assert!(matches!(write(&new("mine.md")), Err(NewError::Exists { .. })));
        assert_eq!(fs::read_to_string(folder.path().join("mine.md")).unwrap(), "mine");
        // A file where a folder would have to be; and nothing half written is left.
        assert!(matches!(write(&new("mine.md/x.md")), Err(NewError::Write { .. })));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
