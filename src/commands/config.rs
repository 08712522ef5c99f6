//! `grade config`: the settings in force.

use anyhow::{Context, Result};
use serde_json::Value;

use super::Console;
use super::console::print;
use crate::cli::{ConfigArgs, describe};
use crate::config::{Origin, Setting, Settings, mask, schema};
use crate::exit::ExitStatus;
use crate::redact::Secrets;
use crate::report::settings::{Row, Source, json, table};

pub fn run(args: &ConfigArgs, settings: &Settings, console: &Console) -> Result<ExitStatus> {
    if args.schema {
        let text = serde_json::to_string_pretty(&schema(&describe)).context("the schema cannot be written")?;
        print(&format!("{text}\n"))?;
        return Ok(ExitStatus::Passed);
    }
    let file = settings.file.as_ref().map(|path| mask(&path.display().to_string()));
    let rows: Vec<Row> =
        settings.settings.iter().map(|setting| row(setting, file.as_deref(), console.secrets())).collect();
    let text = if args.json { json(file.as_deref(), &rows) } else { table(file.as_deref(), &rows, console.styles()) };
    print(&text)?;
    Ok(ExitStatus::Passed)
}

fn row(setting: &Setting, file: Option<&str>, secrets: &Secrets) -> Row {
    Row {
        name: setting.key.name.to_owned(),
        value: masked(setting.value(), secrets),
        source: match &setting.origin {
            Origin::Flag(name) => Source::Option { name: name.clone() },
            Origin::Variable(name) => Source::Environment { name: name.clone() },
            Origin::File { line, .. } => Source::File { name: file.unwrap_or_default().to_owned(), line: *line },
            Origin::Default => Source::Default,
        },
    }
}

/// Credentials in addresses are masked already, and keep the length that they have there.
fn masked(value: Value, secrets: &Secrets) -> Value {
    match value {
        Value::String(text) => Value::String(secrets.mask(&text).into_owned()),
        Value::Array(items) => items.into_iter().map(|item| masked(item, secrets)).collect(),
        Value::Object(pairs) => pairs.into_iter().map(|(name, value)| (name, masked(value, secrets))).collect(),
        other => other,
    }
}
