//! Files that are linted together.

use super::suppress::Suppressions;
use crate::challenge::Span;

/// What rules about several files know of each of them. Small: a curriculum has twenty thousand.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Path for messages, as in [`Source::name`](crate::challenge::Source).
    pub name: String,
    /// `id` and where it stands.
    pub id: Option<(String, Span)>,
    /// `dashedName` and where it stands.
    pub dashed_name: Option<(String, Span)>,
    /// What the file says not to report.
    pub suppressions: Suppressions,
}

/// All files that are linted together, in the order in which they were named or found.
#[derive(Debug, Clone, Copy)]
pub struct Tree<'t> {
    /// The files.
    pub files: &'t [Entry],
}
