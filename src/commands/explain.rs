//! `grade explain [CODE]`

use anyhow::{Result, bail};

use super::Console;
use super::console::print;
use crate::cli::ExplainArgs;
use crate::exit::ExitStatus;
use crate::explain::{Code, page};
use crate::lint::{self, Rule};
use crate::report::causes;

pub fn run(args: &ExplainArgs, console: &Console) -> Result<ExitStatus> {
    let (styles, width) = (console.styles(), console.width());
    let text = match args.code.as_deref() {
        None => causes::list(styles, width),
        Some(name) => match (Code::find(name), rule(name)) {
            (Some(code), _) => causes::page(page(code).unwrap_or_default(), styles, width),
            (None, Some(rule)) => causes::page(lint::page(rule).unwrap_or_default(), styles, width),
            (None, None) => bail!(unknown(name)),
        },
    };
    print(&text)?;
    Ok(ExitStatus::Passed)
}

/// The rule of that code or name.
fn rule(name: &str) -> Option<&'static Rule> {
    lint::find(&name.to_ascii_uppercase()).or_else(|| lint::find(&name.to_ascii_lowercase()))
}

/// What to say of a code that does not exist: the nearest that does.
fn unknown(name: &str) -> UnknownCode {
    /// No code or name is longer; comparing takes the product of the lengths.
    const LONGEST: usize = 40;
    let wanted = name.trim().to_ascii_uppercase();
    let causes = Code::ALL.iter().map(|code| (code.id(), code.id(), code.title()));
    let rules =
        lint::ALL.iter().flat_map(|rule| [(rule.code, rule.code, rule.name), (rule.name, rule.code, rule.name)]);
    // Two slips in a code, and no more than a third of a name.
    let near = |(told, ..): &(&str, &str, &str)| strsim::damerau_levenshtein(&wanted, &told.to_ascii_uppercase());
    let nearest = causes
        .chain(rules)
        .filter(|_| wanted.chars().count() <= LONGEST)
        .map(|known| (near(&known), known))
        .filter(|(distance, (told, ..))| *distance <= (told.len() / 3).max(2))
        .min_by_key(|(distance, (told, code, _))| (*distance, code.get(..1) != wanted.get(..1), *told));
    let nearest = nearest.map(|(_, (_, code, title))| (code, title));
    UnknownCode { name: name.to_owned(), nearest }
}

/// There is no such code.
#[derive(Debug, thiserror::Error)]
#[error("there is no cause or rule `{name}`{}", hint(*nearest))]
pub struct UnknownCode {
    name: String,
    nearest: Option<(&'static str, &'static str)>,
}

fn hint(nearest: Option<(&str, &str)>) -> String {
    nearest.map_or_else(
        || "; `grade explain` lists all".to_owned(),
        |(code, title)| format!("; did you mean {code} ({title})? `grade explain` lists all"),
    )
}
