//! `grade show CHALLENGE`

use anyhow::{Result, bail};

use super::Console;
use super::console::print;
use super::grade::prepare;
use super::library::{find, report_problems};
use crate::cli::ShowArgs;
use crate::curriculum::gradable;
use crate::exit::ExitStatus;
use crate::report::show::{ShowSettings, challenge};

pub fn run(args: &ShowArgs, console: &Console) -> Result<ExitStatus> {
    let found = find(&args.source, &args.challenges, console)?;
    if found.chosen.is_empty() {
        bail!("there is nothing to show");
    }
    let settings = ShowSettings { styles: console.styles(), width: console.width(), code: args.code };
    let mut invalid = found.incomplete;
    let mut text = String::new();
    for chosen in &found.chosen {
        invalid |= report_problems(&chosen.entry, console);
        let Some(prepared) = prepare(&chosen.entry) else { continue };
        if !text.is_empty() {
            text.push('\n');
        }
        let reason = gradable(&prepared.challenge).err().map(|reason| reason.to_string());
        text.push_str(&challenge(&prepared, reason.as_deref(), settings));
    }
    print(&text)?;
    Ok(if invalid { ExitStatus::Unusable } else { ExitStatus::Passed })
}
