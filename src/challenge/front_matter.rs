//! The YAML between the two `---` at the start of a file.

use super::problem::{Problem, ProblemKind, Stage};
use super::source::{Lines, Position, Span, line_at, without_ending};
use super::yaml::{Placed, Yaml, range};

/// The keys of the front matter in the order of the file, unknown ones included.
#[derive(Debug, Clone, Default)]
pub struct FrontMatter {
    /// The keys with their values and places.
    pub entries: Vec<Entry>,
}

/// One key of the front matter.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key is.
    pub key_span: Span,
    /// The value.
    pub value: Yaml,
    /// Where the value is.
    pub value_span: Span,
}

impl FrontMatter {
    /// The entry of a key.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// All keys as a JSON object; the id is always text.
    pub fn to_json(&self) -> serde_json::Value {
        let object = self.entries.iter().map(|entry| {
            let value = match (entry.key.as_str(), entry.value.scalar()) {
                ("id", Some(text)) => text.into(),
                _ => entry.value.to_json(),
            };
            (entry.key.clone(), value)
        });
        serde_json::Value::Object(object.collect())
    }
}

/// Where the YAML is and where the Markdown begins.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fences {
    Found { yaml: std::ops::Range<usize>, body: usize },
    Unclosed,
    Missing,
}

fn is_fence(line: &str) -> bool {
    without_ending(line).trim_end_matches([' ', '\t']) == "---"
}

pub(super) fn locate(text: &str) -> Fences {
    let first = line_at(text, 0);
    if !is_fence(first) {
        return Fences::Missing;
    }
    let start = first.len();
    let mut at = start;
    while at < text.len() {
        let line = line_at(text, at);
        if is_fence(line) {
            return Fences::Found { yaml: start..at, body: at + line.len() };
        }
        at += line.len();
    }
    Fences::Unclosed
}

/// Deep enough for any file of the curriculum, shallow enough for any stack.
const MAX_DEPTH: usize = 40;

pub(super) fn read(text: &str, yaml: std::ops::Range<usize>, lines: &Lines<'_>) -> Result<FrontMatter, Box<Problem>> {
    let base = yaml.start;
    let source = text.get(yaml).unwrap_or("");
    let options = serde_yaml::options! {
        strict_booleans: true,
        non_finite_float_policy: serde_yaml::options::NonFiniteFloatPolicy::PassThrough,
        with_snippet: false,
        merge_keys: serde_yaml::options::MergeKeyPolicy::Merge,
        budget: serde_yaml::budget! { max_depth: MAX_DEPTH },
    };
    let first_line = lines.position(base);
    if source.trim().is_empty() {
        return Ok(FrontMatter::default());
    }
    let placed: Placed =
        serde_yaml::from_str_with_options(source, options).map_err(|error| Box::new(syntax(&error, first_line)))?;
    let Some(entries) = placed.into_map() else {
        return Err(Box::new(Problem::error(
            ProblemKind::FrontMatterSyntax,
            Some(Stage::Yaml),
            first_line,
            "the front matter is no list of `key: value` lines",
            "write one `key: value` on each line between the two `---`",
        )));
    };
    let span = |range: Option<std::ops::Range<usize>>| {
        let range = range.unwrap_or(0..0);
        lines.span(base + range.start..base + range.end)
    };
    let entries = entries
        .into_iter()
        .map(|(key, value)| Entry {
            key_span: span(range(&key.defined)),
            value_span: span(value.range()),
            key: key.value,
            value: value.resolve(source),
        })
        .collect();
    Ok(FrontMatter { entries })
}

fn syntax(error: &serde_yaml::Error, first: Position) -> Problem {
    use serde_yaml::Error;
    let location = error.location();
    let number = |value: u64| usize::try_from(value).unwrap_or(0);
    let at = location.map_or(first, |location| Position {
        line: first.line + number(location.line()).saturating_sub(1),
        column: number(location.column()).max(1),
    });
    let (message, help) = match error.without_snippet() {
        Error::DuplicateMappingKey { key, .. } => {
            (format!("the key `{}` is there twice", key.as_deref().unwrap_or("?")), "keep one of the two lines")
        }
        Error::Budget { .. } => {
            ("the front matter is nested too deeply or too large".to_owned(), "write plain `key: value` lines")
        }
        other => (
            format!("the front matter is not valid YAML: {}", bare(&other.to_string())),
            "put quotes around a value that contains `: ` or ` #`, or begins with one of ` @ % & * ! | > [ {",
        ),
    };
    Problem::error(ProblemKind::FrontMatterSyntax, Some(Stage::Yaml), at, message, help)
}

/// The parser's words without its own count of lines, which begins after the fence.
fn bare(message: &str) -> String {
    let first = message.lines().next().unwrap_or("");
    let cut = first.find(" at line ").unwrap_or(first.len());
    let text = first.get(..cut).unwrap_or(first);
    let text = text.strip_prefix("error: ").unwrap_or(text);
    match text.strip_prefix("line ").and_then(|rest| rest.split_once(": ")) {
        Some((_, rest)) => rest.to_owned(),
        None => text.to_owned(),
    }
}
