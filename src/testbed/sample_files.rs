//! The files of recorded projects on disk, within limits.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path};

use bytes::Bytes;

use super::samples::SampleError;

/// Bytes of a manifest, and of the files of one project together.
const MAX_MANIFEST: u64 = 8 * 1024 * 1024;
const MAX_PROJECT: u64 = 16 * 1024 * 1024;
/// Files of one project, and how deep its folders are.
const MOST_FILES: usize = 2000;
const MAX_DEPTH: usize = 12;
/// What installing a project leaves behind is not served.
const LEFT_OUT: [&str; 2] = ["node_modules", ".git"];

/// The text of a folder's manifest.json.
pub(super) fn manifest(folder: &Path) -> Result<Vec<u8>, SampleError> {
    let path = folder.join("manifest.json");
    match read(&path, MAX_MANIFEST) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(SampleError::NoManifest),
        other => other.map_err(|error| failed(&path.display().to_string(), &error)),
    }
}

/// Adds the files of the project `name`. A project without a folder has only routes.
pub(super) fn add(root: &Path, name: &str, files: &mut BTreeMap<String, Bytes>) -> Result<(), SampleError> {
    let mut parts = Path::new(name).components();
    if !matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None)) {
        return Err(SampleError::File { name: name.to_owned(), why: "it is no name of a folder".to_owned() });
    }
    let folder = root.join(name);
    if folder.is_dir() {
        let mut left = Room { files: MOST_FILES, bytes: MAX_PROJECT };
        collect(&folder, "", MAX_DEPTH, &mut left, files).map_err(|error| failed(name, &error))?;
    }
    Ok(())
}

struct Room {
    files: usize,
    bytes: u64,
}

fn collect(
    folder: &Path,
    prefix: &str,
    depth: usize,
    room: &mut Room,
    files: &mut BTreeMap<String, Bytes>,
) -> io::Result<()> {
    let too_much = || io::Error::other("it has too many files, or too large ones, for a recorded project");
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = entry.file_type()?;
        if kind.is_dir() && !LEFT_OUT.contains(&name.as_str()) {
            let depth = depth.checked_sub(1).ok_or_else(too_much)?;
            collect(&entry.path(), &format!("{prefix}{name}/"), depth, room, files)?;
        } else if kind.is_file() {
            let bytes = read(&entry.path(), room.bytes)?;
            room.files = room.files.checked_sub(1).ok_or_else(too_much)?;
            room.bytes = room.bytes.saturating_sub(bytes.len() as u64);
            files.insert(format!("{prefix}{name}"), bytes.into());
        }
    }
    Ok(())
}

fn read(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // One byte more than may be there shows that there is more.
    File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(io::Error::other(format!("it has more than {limit} bytes")));
    }
    Ok(bytes)
}

fn failed(name: &str, error: &io::Error) -> SampleError {
    SampleError::File { name: name.to_owned(), why: error.to_string() }
}
