//! Files that the project writes by itself: a data base, a log. Without this, grading would make a change, the change a run, and
//! so on for ever.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

/// So many runs in a row a file may change while nobody but the run can have changed it.
const PATIENCE: u32 = 5;

/// Which files the project seems to write by itself.
#[derive(Debug, Default)]
pub struct OwnFiles {
    /// In how many runs in a row a file has changed.
    suspects: HashMap<PathBuf, u32>,
    own: HashSet<PathBuf>,
}

impl OwnFiles {
    /// Of files that changed, those that are a reason to grade again. What changes in each run is none after a few times; when it
    /// changes while nothing runs, it is one again.
    pub fn reasons(&mut self, changed: Vec<PathBuf>, while_running: bool) -> Vec<PathBuf> {
        if !while_running {
            self.suspects.clear();
            for path in &changed {
                self.own.remove(path);
            }
            return changed;
        }
        let before = std::mem::take(&mut self.suspects);
        for path in &changed {
            let times = before.get(path).copied().unwrap_or(0) + 1;
            if times > PATIENCE {
                self.own.insert(path.clone());
            }
            self.suspects.insert(path.clone(), times);
        }
        changed.into_iter().filter(|path| !self.own.contains(path)).collect()
    }

    /// Whether a file is one of them.
    pub fn contains(&self, path: &Path) -> bool {
        self.own.contains(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_every_run_writes_is_no_reason_for_another_one() {
        let mut own = OwnFiles::default();
        let path = |name: &str| vec![PathBuf::from(name)];
        for _ in 0..PATIENCE {
            assert_eq!(own.reasons(path("data.json"), true), path("data.json"));
        }
        assert_eq!(own.reasons(path("data.json"), true), Vec::<PathBuf>::new());
        assert!(own.contains(Path::new("data.json")));
        // Others still are, and so is this one once somebody else writes it.
        assert_eq!(own.reasons(path("server.js"), true), path("server.js"));
        assert_eq!(own.reasons(path("data.json"), false), path("data.json"));
        assert_eq!(own.reasons(path("data.json"), true), path("data.json"));
    }

    #[test]
    fn a_file_that_is_saved_now_and_then_while_something_runs_stays_one() {
        let mut own = OwnFiles::default();
        let path = |name: &str| vec![PathBuf::from(name)];
        for _ in 0..10 {
            assert_eq!(own.reasons(path("server.js"), true), path("server.js"));
            assert_eq!(own.reasons(path("client.js"), true), path("client.js"));
        }
    }
}
