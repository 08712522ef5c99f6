//! Reads one file, within limits.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::error::LoadError;
use crate::challenge::Source;

/// Bytes that a challenge file may have. The largest of the curriculum has a quarter of a megabyte.
pub const MAX_FILE: u64 = 4 * 1024 * 1024;

/// Reads a file; one that is too large is not read to its end.
pub fn source(path: &Path) -> Result<Source, LoadError> {
    let failed = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => LoadError::NotFound { path: path.to_owned() },
        _ => LoadError::Read { path: path.to_owned(), source },
    };
    let file = File::open(path).map_err(failed)?;
    let size = file.metadata().map_err(failed)?.len().min(MAX_FILE);
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    // Devices and growing files do not tell their size, so the limit is on what is read.
    file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(LoadError::TooLarge { path: path.to_owned(), limit: MAX_FILE });
    }
    Ok(Source::from_bytes(path.display().to_string(), bytes))
}

/// Whether a file that was found in a folder means to be a challenge. Others, such as a README, are passed over.
pub fn looks_like_a_challenge(source: &Source) -> bool {
    let first = source.text.lines().next().unwrap_or("");
    first.trim_end() == "---" || source.text.contains("# --hints--")
}
