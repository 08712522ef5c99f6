//! Runs `check.mjs`, with its npm packages installed first when they are not there.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Why there is no praise.
pub enum Problem {
    /// Something that the check needs.
    Missing(String),
    /// What the check found, a line each.
    Found(String),
}

/// Checks the pages of a folder, and takes screenshots of them.
pub fn check(script: &Path, pages: &Path, screenshots: &Path) -> Result<String, Problem> {
    let missing = |what: &str| Problem::Missing(what.to_owned());
    let chromium = find("chromium").ok_or_else(|| missing("there is no chromium"))?;
    if find("node").is_none() || find("npm").is_none() {
        return Err(missing("there is no node with npm"));
    }
    if !script.join("node_modules").is_dir() {
        let arguments = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
        let status = Command::new("npm").args(arguments).current_dir(script).status();
        if !status.as_ref().is_ok_and(std::process::ExitStatus::success) {
            return Err(Problem::Missing(format!("`npm ci` does not work here: {status:?}")));
        }
    }
    let run = Command::new("node").arg("check.mjs").args([pages, screenshots, &chromium]).current_dir(script).output();
    let run = run.map_err(|error| Problem::Missing(error.to_string()))?;
    let said = String::from_utf8_lossy(&run.stdout).trim().to_owned();
    if run.status.success() {
        Ok(said)
    } else {
        Err(Problem::Found(format!("{said}\n{}", String::from_utf8_lossy(&run.stderr))))
    }
}

fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}
