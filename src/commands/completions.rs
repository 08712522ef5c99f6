//! `grade completions SHELL`

use anyhow::Result;

use super::console::print;
use crate::cli::{CompletionsArgs, script};
use crate::exit::ExitStatus;

pub fn run(args: &CompletionsArgs) -> Result<ExitStatus> {
    print(&script(args.shell))?;
    Ok(ExitStatus::Passed)
}
