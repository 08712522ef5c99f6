//! `grade status`: a table for people, JSON for programs.

use serde::Serialize;
use serde_json::json as object;

use super::style::Styles;
use super::value::{cut_middle, harmless};

/// A block, and how far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Block {
    /// Its language folder.
    pub language: Option<String>,
    /// Its name.
    pub block: Option<String>,
    /// Its challenges, in order.
    pub challenges: Vec<Row>,
}

/// A challenge, and what became of it when it was last graded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// Its name.
    pub name: String,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What became of it.
    pub status: Status,
    /// Hints with a test.
    pub hints: usize,
    /// Of these, how many passed.
    pub passed: usize,
    /// How many failed.
    pub failed: usize,
    /// How many could not be checked.
    pub errored: usize,
    /// When it was last graded, as RFC 3339 in UTC.
    pub graded_at: Option<String>,
    /// The same for people, in local time.
    #[serde(skip)]
    pub local_time: Option<String>,
}

/// What became of a challenge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Status {
    /// Every hint with a test passed.
    Passed,
    /// A hint failed.
    Failed,
    /// None failed, but one could not be checked.
    Errored,
    /// None failed, but not all were looked at.
    Incomplete,
    /// It has not been graded.
    NotGraded,
}

/// All blocks as a JSON object, two spaces deep.
pub fn json(blocks: &[Block]) -> String {
    serde_json::to_string_pretty(&object!({"blocks": blocks})).unwrap_or_default() + "\n"
}

/// A table, a heading for each block.
pub fn table(blocks: &[Block], styles: Styles, width: usize) -> String {
    let rows = || blocks.iter().flat_map(|block| &block.challenges);
    let widest = rows().map(|row| row.name.chars().count()).max().unwrap_or(0).min(width / 2);
    let mut out = String::new();
    for (index, block) in blocks.iter().enumerate() {
        let passed = block.challenges.iter().filter(|row| row.status == Status::Passed).count();
        let name =
            [block.language.as_deref(), block.block.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("/");
        let name = if name.is_empty() { "challenges without a block" } else { name.as_str() };
        let gap = if index > 0 { "\n" } else { "" };
        out.push_str(&format!(
            "{gap}{}: {passed} of {} challenges passed\n",
            styles.title(&harmless(name)),
            block.challenges.len()
        ));
        for row in &block.challenges {
            let name = cut_middle(&harmless(&row.name), widest);
            let hints = match row.status {
                Status::NotGraded => "-".to_owned(),
                _ => format!("{}/{}", row.passed, row.hints),
            };
            let (words, style): (String, fn(Styles, &str) -> String) = match row.status {
                Status::Passed => ("passed".to_owned(), Styles::pass),
                Status::Failed => (format!("{} failed", row.failed), Styles::fail),
                Status::Errored => (format!("{} not checked", row.errored), Styles::error),
                Status::Incomplete => ("incomplete".to_owned(), Styles::error),
                Status::NotGraded => ("not graded yet".to_owned(), Styles::dim),
            };
            // Padded before it is painted: a terminal does not count what paints.
            let words = style(styles, &format!("{words:14}"));
            let time = row.local_time.as_deref().unwrap_or_default();
            out.push_str(format!("  {name:widest$}  {hints:>7}  {words}  {time}").trim_end());
            out.push('\n');
        }
    }
    out
}
