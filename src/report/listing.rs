//! `grade list`: a table for people, JSON for programs.

use serde::Serialize;

use super::style::Styles;
use super::value::{cut_middle, harmless};

/// One challenge.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// Language folder.
    pub language: Option<String>,
    /// Block.
    pub block: Option<String>,
    /// dashedName, or the file's name.
    pub name: String,
    /// Id.
    pub id: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Number of hints; `None` when the file has errors.
    pub hints: Option<usize>,
    /// File.
    pub file: String,
    /// Why it is not graded; `None` when it is.
    pub not_graded: Option<String>,
}

/// All rows as a JSON array, two spaces deep.
pub fn json(rows: &[Row]) -> String {
    serde_json::to_string_pretty(rows).unwrap_or_default() + "\n"
}

/// A table, a heading for each block.
pub fn table(rows: &[Row], styles: Styles, width: usize) -> String {
    let mut out = String::new();
    let mut heading = None;
    let widest = rows.iter().map(|row| row.name.chars().count()).max().unwrap_or(0).min(width / 2);
    for row in rows {
        let here = [row.language.as_deref(), row.block.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("/");
        if heading.as_ref() != Some(&here) {
            if heading.is_some() {
                out.push('\n');
            }
            out.push_str(&styles.title(&harmless(&here)));
            out.push('\n');
            heading = Some(here);
        }
        let name = cut_middle(&harmless(&row.name), widest);
        let hints = row.hints.map_or_else(|| "-".to_owned(), |hints| hints.to_string());
        let room = width.saturating_sub(widest + 14).max(10);
        let title = cut_middle(&harmless(row.title.as_deref().unwrap_or_default()), room);
        let noun = if row.hints == Some(1) { "hint " } else { "hints" };
        out.push_str(&format!("  {name:widest$}  {hints:>2} {noun}  {title}\n"));
        if let Some(reason) = &row.not_graded {
            out.push_str(&format!(
                "  {:widest$}  {}\n",
                "",
                styles.error(&format!("not graded: {}", harmless(reason)))
            ));
        }
    }
    let total: usize = rows.iter().filter_map(|row| row.hints).sum();
    let noun = if rows.len() == 1 { "challenge" } else { "challenges" };
    out.push_str(&format!("\n{} {noun}, {total} hints\n", rows.len()));
    out
}
