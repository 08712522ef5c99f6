//! One run at a time writes a project's file.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use super::error::StateError;

/// How often and how long another run is waited for: it holds the lock for the time of one small file.
const TRIES: u32 = 300;
const PAUSE: Duration = Duration::from_millis(10);

/// The lock of a project's file; it ends with this value, or with the process.
#[derive(Debug)]
pub(super) struct Lock(#[expect(dead_code, reason = "it is held, not used")] File);

impl Lock {
    /// Waits for the lock. The lock file stays: removing it would let two runs hold locks on two files of one name.
    pub fn wait(path: &Path) -> Result<Self, StateError> {
        let file =
            OpenOptions::new().create(true).truncate(false).write(true).open(path).map_err(StateError::io(path))?;
        for _ in 0..TRIES {
            match file.try_lock() {
                Ok(()) => return Ok(Self(file)),
                Err(TryLockError::WouldBlock) => sleep(PAUSE),
                Err(TryLockError::Error(source)) => return Err(StateError::io(path)(source)),
            }
        }
        Err(StateError::Locked { path: path.to_path_buf() })
    }
}
