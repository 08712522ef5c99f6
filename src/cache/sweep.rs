//! Makes room.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// How old a file of a write that was broken off has to be before it goes.
const ABANDONED: Duration = Duration::from_hours(1);
/// Characters of the name of a folder of files.
const SHARD: usize = 2;

/// Removes the oldest files until all together have nine tenths of `limit` bytes, if they have more than it. Files that are not
/// ours are left alone. What cannot be removed stays; another run may be at it.
pub(super) fn sweep(folder: &Path, limit: u64) {
    let mut files = Vec::new();
    let mut size = 0_u64;
    for shard in fs::read_dir(folder).into_iter().flatten().flatten().filter(|shard| is_shard(&shard.file_name())) {
        for file in fs::read_dir(shard.path()).into_iter().flatten().flatten() {
            let Some((time, bytes)) = look(&file) else { continue };
            if is_hexadecimal(&file.file_name()) {
                size = size.saturating_add(bytes);
                files.push((time, bytes, file.path()));
            } else if is_abandoned(&file.file_name(), time) {
                let _ = fs::remove_file(file.path());
            }
        }
    }
    if size > limit {
        remove(files, size, limit / 10 * 9);
    }
}

fn remove(mut files: Vec<(SystemTime, u64, PathBuf)>, mut size: u64, goal: u64) {
    files.sort();
    for (_, bytes, path) in files {
        if size <= goal {
            break;
        }
        let _ = fs::remove_file(path);
        size -= bytes;
    }
}

fn look(file: &fs::DirEntry) -> Option<(SystemTime, u64)> {
    let data = file.metadata().ok().filter(fs::Metadata::is_file)?;
    Some((data.modified().ok()?, data.len()))
}

fn is_shard(name: &OsStr) -> bool {
    name.len() == SHARD && is_hexadecimal(name)
}

fn is_hexadecimal(name: &OsStr) -> bool {
    name.to_str().is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn is_abandoned(name: &OsStr, time: SystemTime) -> bool {
    let ours = name.to_str().is_some_and(|name| name.starts_with(".tmp"));
    ours && time.elapsed().is_ok_and(|age| age > ABANDONED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_others_stay() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for name in ["ab", "notes"] {
            fs::create_dir(path(name)).unwrap();
        }
        let names = ["ab/12", "ab/readme.txt", "ab/.tmpold", "ab/.tmpnew", "notes/12", "12"];
        for name in names {
            fs::write(path(name), "x").unwrap();
        }
        let file = fs::File::options().write(true).open(path("ab/.tmpold")).unwrap();
        file.set_modified(SystemTime::now() - 2 * ABANDONED).unwrap();
        sweep(folder.path(), 0);
        let left: Vec<&str> = names.into_iter().filter(|name| path(name).exists()).collect();
        assert_eq!(left, ["ab/readme.txt", "ab/.tmpnew", "notes/12", "12"]);
    }
}
