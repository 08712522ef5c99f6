//! `grade curriculum list`: a table for people, JSON for programs.

use serde::Serialize;

use super::style::Styles;
use super::value::harmless;

/// One collection.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// Its name.
    pub name: String,
    /// Where it is from.
    pub from: String,
    /// The commit that is there; `None` for a folder that is read where it is.
    pub commit: Option<String>,
    /// When it was fetched (RFC 3339, UTC).
    pub fetched: String,
    /// When it was last found to be up to date (RFC 3339, UTC).
    pub checked: String,
    /// How many folders of challenges it has.
    pub blocks: usize,
    /// How many challenge files.
    pub files: usize,
    /// Where they are.
    pub folder: String,
}

/// All rows as a JSON array, two spaces deep.
pub fn json(rows: &[Row]) -> String {
    serde_json::to_string_pretty(rows).unwrap_or_default() + "\n"
}

/// A table, two lines for each.
pub fn table(rows: &[Row], styles: Styles) -> String {
    if rows.is_empty() {
        return "no curricula; `grade curriculum add <URL or folder>` gets one\n".to_owned();
    }
    let widest = rows.iter().map(|row| row.name.chars().count()).max().unwrap_or(0);
    let mut out = String::new();
    for row in rows {
        let day = |time: &str| time.split('T').next().unwrap_or_default().to_owned();
        let name = format!("{:widest$}", harmless(&row.name));
        let when = match &row.commit {
            Some(commit) => {
                format!(
                    "commit {}, fetched {}, up to date on {}",
                    harmless(commit),
                    day(&row.fetched),
                    day(&row.checked)
                )
            }
            None => "a folder, read where it is".to_owned(),
        };
        out.push_str(&format!("{}  {}\n", styles.title(&name), harmless(&row.from)));
        let files = if row.files == 1 { "file" } else { "files" };
        let folders = if row.blocks == 1 { "folder" } else { "folders" };
        let line = format!("{} {files} in {} {folders}; {when}", row.files, row.blocks);
        out.push_str(&format!("{:widest$}  {}\n", "", styles.dim(&line)));
    }
    out
}
