//! `grade man`

use anyhow::{Context, Result};

use super::console::{print, say};
use crate::cli::{ManArgs, pages};
use crate::exit::ExitStatus;

pub fn run(args: &ManArgs) -> Result<ExitStatus> {
    let pages = pages().context("the manual pages cannot be made")?;
    let Some(folder) = &args.out else {
        if let Some(page) = pages.first() {
            print(&String::from_utf8_lossy(&page.text))?;
        }
        return Ok(ExitStatus::Passed);
    };
    std::fs::create_dir_all(folder).with_context(|| format!("the folder `{}` cannot be made", folder.display()))?;
    for page in &pages {
        let path = folder.join(&page.file);
        std::fs::write(&path, &page.text).with_context(|| format!("`{}` cannot be written", path.display()))?;
    }
    say(&format!("{} manual pages written to {}", pages.len(), folder.display()));
    Ok(ExitStatus::Passed)
}
