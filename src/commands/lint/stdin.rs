//! `grade lint --stdin`: a text as an editor has it.

use std::io::{self, IsTerminal, Read, Write};

use anyhow::{Context, Result, bail};

use super::diff::told;
use super::mend::Mended;
use super::tally::Tally;
use crate::challenge::Source;
use crate::cli::LintArgs;
use crate::commands::Console;
use crate::commands::console::{broken_pipe_is_fine, print};
use crate::curriculum::MAX_FILE;
use crate::exit::ExitStatus;
use crate::lint::{Linted, Linter};
use crate::report::lint::unified;

pub(super) fn look(args: &LintArgs, linter: &Linter, tally: &mut Tally<'_>, console: &Console) -> Result<()> {
    let bytes = read(args)?;
    let name = args.filename.as_str();
    let mut source = Source::from_bytes(name, bytes.clone());
    let mut linted = linter.file(&source);
    if args.fix {
        let mut printed = bytes.clone();
        match Mended::of(name, bytes, linter, None) {
            Ok(mended) => {
                printed = mended.bytes();
                tally.totals.fixed = mended.repaired.fixed;
                (source, linted) = (mended.repaired.source, mended.repaired.linted);
            }
            Err(error) => console.warn(&error.to_string()),
        }
        // Whoever asked for the text gets it, fixed or not: an editor puts it in the place of its own.
        let mut out = io::stdout().lock();
        broken_pipe_is_fine(out.write_all(&printed).and_then(|()| out.flush()))?;
    }
    let Linted { mut findings, suppressed, entry } = linted;
    findings.extend(linter.tree(&[entry]));
    tally.totals.files = 1;
    tally.totals.suppressed = suppressed;
    tally.take(name, &source.text, &findings);
    Ok(())
}

pub(super) fn diff(args: &LintArgs, linter: &Linter, console: &Console) -> Result<ExitStatus> {
    let mended = match Mended::of(&args.filename, read(args)?, linter, None) {
        Ok(mended) => mended,
        Err(error) => {
            console.warn(&error.to_string());
            return Ok(ExitStatus::Passed);
        }
    };
    let (after, fixes) = (&mended.repaired.source.text, mended.repaired.fixed);
    let text = unified(&args.filename, &mended.before, after, console.styles(), io::stdout().is_terminal());
    print(&text)?;
    Ok(told(usize::from(fixes > 0), fixes, false, console))
}

fn read(args: &LintArgs) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(MAX_FILE + 1).read_to_end(&mut bytes).context("standard input cannot be read")?;
    if bytes.len() as u64 > MAX_FILE {
        bail!("`{}` is larger than {MAX_FILE} bytes, which no challenge file is", args.filename);
    }
    Ok(bytes)
}
