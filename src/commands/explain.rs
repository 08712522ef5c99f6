//! `grade explain [CODE]`

use anyhow::{Result, bail};

use super::Console;
use super::console::print;
use crate::cli::ExplainArgs;
use crate::exit::ExitStatus;
use crate::explain::{Code, page};
use crate::report::causes;

pub fn run(args: &ExplainArgs, console: &Console) -> Result<ExitStatus> {
    let (styles, width) = (console.styles(), console.width());
    let text = match args.code.as_deref() {
        None => causes::list(styles, width),
        Some(name) => match Code::find(name) {
            Some(code) => causes::page(page(code).unwrap_or_default(), styles, width),
            None => bail!(unknown(name)),
        },
    };
    print(&text)?;
    Ok(ExitStatus::Passed)
}

/// What to say of a code that does not exist: the nearest that does.
fn unknown(name: &str) -> UnknownCode {
    let wanted = name.trim().to_ascii_uppercase();
    let near = |code: &&Code| (strsim::damerau_levenshtein(&wanted, code.id()), code.id());
    let nearest =
        Code::ALL.iter().filter(|_| wanted.chars().count() <= 8).min_by_key(near).filter(|code| near(code).0 <= 2);
    UnknownCode { name: name.to_owned(), nearest: nearest.copied() }
}

/// There is no such code.
#[derive(Debug, thiserror::Error)]
#[error("there is no cause with the code `{name}`{}", hint(*nearest))]
pub struct UnknownCode {
    name: String,
    nearest: Option<Code>,
}

fn hint(nearest: Option<Code>) -> String {
    nearest.map_or_else(
        || "; `grade explain` lists all".to_owned(),
        |code| format!("; did you mean {code} ({})? `grade explain` lists all", code.title()),
    )
}
