//! `grade lint --diff`: what the fixes would change.

use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

use anyhow::Result;

use super::against::Partners;
use super::mend::Mended;
use super::shown;
use crate::challenge::Source;
use crate::cli::LintArgs;
use crate::commands::Console;
use crate::commands::console::broken_pipe_is_fine;
use crate::curriculum::{LoadError, Opened, source, visit_sources};
use crate::exit::ExitStatus;
use crate::lint::{File, Linter};
use crate::report::Styles;
use crate::report::lint::unified;

/// What would become of a file: a diff, or why not.
enum Change {
    None,
    Diff { text: String, fixes: usize },
    Refused(String),
}

pub(super) fn run(args: &LintArgs, linter: &Linter, paths: &[PathBuf], console: &Console) -> Result<ExitStatus> {
    let partners = match &args.against {
        Some(folder) => Partners::find(folder, paths)?,
        None => Partners::default(),
    };
    let terminal = io::stdout().is_terminal();
    let styles = console.styles();
    let (mut files, mut applied, mut unreadable) = (0, 0, false);
    let mut written = Ok(());
    let mut out = io::stdout().lock();
    visit_sources(
        paths,
        |opened| one(opened, linter, &partners, styles, terminal),
        |change| {
            match change {
                Ok(Change::None) => {}
                Ok(Change::Refused(reason)) => console.warn(&reason),
                Ok(Change::Diff { text, fixes: more }) => {
                    files += 1;
                    applied += more;
                    if written.is_ok() {
                        written = out.write_all(text.as_bytes());
                    }
                }
                Err(error) => {
                    unreadable = true;
                    console.error(&error);
                }
            }
            ControlFlow::Continue(())
        },
    )?;
    broken_pipe_is_fine(written.and_then(|()| out.flush()))?;
    Ok(told(files, applied, unreadable, console))
}

/// As `rustfmt --check` and its kin: exit code 1 if anything would change.
pub(super) fn told(files: usize, applied: usize, unreadable: bool, console: &Console) -> ExitStatus {
    if files > 0 {
        let (one_fix, one_file) = (applied == 1, files == 1);
        let (fix, file) = (if one_fix { "fix" } else { "fixes" }, if one_file { "file" } else { "files" });
        let end = format!("{applied} {fix} in {files} {file}");
        console.diagnose(&format!("{end}; `grade lint --fix` applies them\n"));
    }
    match (unreadable, files) {
        (true, _) => ExitStatus::Unusable,
        (false, 0) => ExitStatus::Passed,
        (false, _) => ExitStatus::Failed,
    }
}

fn one(
    opened: Opened,
    linter: &Linter,
    partners: &Partners,
    styles: Styles,
    terminal: bool,
) -> Result<Change, LoadError> {
    let Opened { path, read } = opened;
    let name = shown(&path);
    let own = Source { name: name.clone(), ..read? };
    let original = partners.original(&path).map(source).transpose()?;
    let original = original.as_ref().map(File::new);
    if linter.compare(&own, original.as_ref()).findings.iter().all(|finding| finding.fix.is_none()) {
        return Ok(Change::None);
    }
    let bytes = std::fs::read(&path).map_err(|source| LoadError::Read { path, source })?;
    Ok(match Mended::of(&name, bytes, linter, original.as_ref()) {
        Err(error) => Change::Refused(error.to_string()),
        Ok(mended) if mended.repaired.fixed == 0 => Change::None,
        Ok(mended) => Change::Diff {
            text: unified(&name, &mended.before, &mended.repaired.source.text, styles, terminal),
            fixes: mended.repaired.fixed,
        },
    })
}
