//! `grade config`: a table for people, JSON for programs.

use serde::Serialize;
use serde_json::{Value, json as object};

use super::style::Styles;
use super::value::harmless;

/// A setting in force.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// Its value, credentials masked; null where there is none.
    pub value: Value,
    /// Where it was said.
    pub source: Source,
}

/// Where a value was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Source {
    /// On the command line.
    Option {
        /// The option.
        name: String,
    },
    /// In the environment.
    Environment {
        /// The variable.
        name: String,
    },
    /// In the settings file.
    File {
        /// The file.
        name: String,
        /// Line, from 1.
        line: usize,
    },
    /// Nowhere.
    Default,
}

/// All settings as a JSON object, two spaces deep.
pub fn json(file: Option<&str>, rows: &[Row]) -> String {
    let whole = object!({"file": file, "settings": rows});
    serde_json::to_string_pretty(&whole).unwrap_or_default() + "\n"
}

/// A table: name, value, where it was said.
pub fn table(file: Option<&str>, rows: &[Row], styles: Styles) -> String {
    let mut out = match file {
        Some(file) => format!("Settings file: {}\n\n", harmless(file)),
        None => "Settings file: none (`grade init` writes one)\n\n".to_owned(),
    };
    let cells: Vec<[String; 3]> =
        rows.iter().map(|row| [harmless(&row.name), shown(&row.value), origin(&row.source)]).collect();
    let width = |column: fn(&[String; 3]) -> &String| {
        cells.iter().map(|row| column(row).chars().count()).max().unwrap_or(0).min(60)
    };
    let (names, values) = (width(|[name, ..]| name), width(|[_, value, _]| value));
    for [name, value, source] in &cells {
        let line = format!("{name:names$}  {value:values$}  {source}");
        out.push_str(&if source == "default" { styles.dim(&line) } else { line });
        out.push('\n');
    }
    out
}

fn shown(value: &Value) -> String {
    let one = |value: &Value| match value {
        Value::String(text) => harmless(text).replace('\n', "\\n"),
        other => other.to_string(),
    };
    match value {
        Value::Null => "-".to_owned(),
        Value::Array(items) if items.is_empty() => "-".to_owned(),
        Value::Array(items) => items.iter().map(one).collect::<Vec<_>>().join(", "),
        Value::Object(pairs) if pairs.is_empty() => "-".to_owned(),
        Value::Object(pairs) => pairs
            .iter()
            .map(|(name, value)| format!("{}={}", harmless(name), one(value)))
            .collect::<Vec<_>>()
            .join(", "),
        other => one(other),
    }
}

fn origin(source: &Source) -> String {
    match source {
        Source::Option { name } | Source::Environment { name } => name.clone(),
        Source::File { name, line } => format!("{}:{line}", harmless(name)),
        Source::Default => "default".to_owned(),
    }
}
