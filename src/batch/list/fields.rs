//! From named fields to a row: which columns mean something here, and which are carried along.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::batch::row::{Project, Reason, Row, id_of_line};

/// The names of columns that mean something, in any letter case.
const ID: &str = "id";
const URL: &str = "url";
const DIR: &str = "dir";
const START: &str = "start";
const CHALLENGES: &str = "challenges";

/// What a column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Id,
    Url,
    Dir,
    Start,
    Challenges,
    /// Nothing here: it is carried along.
    Other,
}

impl Column {
    /// The column with that name.
    pub fn of(name: &str) -> Self {
        let columns =
            [(ID, Self::Id), (URL, Self::Url), (DIR, Self::Dir), (START, Self::Start), (CHALLENGES, Self::Challenges)];
        let known = columns.into_iter().find(|(known, _)| name.trim().eq_ignore_ascii_case(known));
        known.map_or(Self::Other, |(_, column)| column)
    }
}

/// Longest id, in bytes.
const LONGEST_ID: usize = 1000;

/// Where a row is in its list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origin {
    pub number: u64,
    pub line: u64,
    pub size: usize,
}

impl Origin {
    /// A row that cannot be read.
    pub fn malformed(self, why: impl Into<String>) -> Row {
        self.row(None, Err(Reason::malformed(why)), Map::new())
    }

    fn row(self, id: Option<String>, project: Result<Project, Reason>, columns: Map<String, Value>) -> Row {
        let id = id.unwrap_or_else(|| id_of_line(self.line));
        Row { number: self.number, line: self.line, id, project, columns, size: self.size }
    }

    /// The row that these fields make.
    pub fn of_fields<'n>(self, fields: impl IntoIterator<Item = (Column, Cow<'n, str>, Value)>) -> Row {
        let mut columns = Map::new();
        let mut id = None;
        let mut project = Project::default();
        let mut wrong = None;
        for (column, name, value) in fields {
            let taken = match column {
                Column::Id => id_of(value).map(|found| id = found),
                Column::Url => text_of(URL, value).map(|found| project.url = found),
                Column::Dir => text_of(DIR, value).map(|found| project.dir = found.map(Into::into)),
                Column::Start => text_of(START, value).map(|found| project.start = found),
                Column::Challenges => names_of(&value).map(|found| project.challenges = found),
                Column::Other => {
                    columns.insert(name.into_owned(), value);
                    Ok(())
                }
            };
            wrong = wrong.or(taken.err());
        }
        let project = match wrong {
            Some(why) => Err(Reason::malformed(why)),
            None => Ok(project),
        };
        self.row(id, project, columns)
    }
}

/// A text without blanks around it; none of what is empty.
fn text_of(name: &str, value: Value) -> Result<Option<String>, String> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) => match text.trim() {
            "" => Ok(None),
            inner if inner.contains(['\n', '\r']) => Err(format!("`{name}` has a line break")),
            inner if inner.len() == text.len() => Ok(Some(text)),
            inner => Ok(Some(inner.to_owned())),
        },
        _ => Err(format!("`{name}` is no text")),
    }
}

/// An id: a text, or a whole number that JSON can hold exactly.
fn id_of(value: Value) -> Result<Option<String>, String> {
    let id = match value {
        Value::Number(number) if number.is_u64() || number.is_i64() => Some(number.to_string()),
        Value::Number(_) => return Err("`id` is a number that is not kept exactly: write it as a text".to_owned()),
        other => text_of(ID, other)?,
    };
    match id {
        Some(id) if id.len() > LONGEST_ID => Err(format!("`id` is longer than {LONGEST_ID} bytes")),
        id => Ok(id),
    }
}

/// Names of challenges: a text with `;` between them, or an array of texts.
fn names_of(value: &Value) -> Result<Vec<String>, String> {
    let wrong = || format!("`{CHALLENGES}` is neither a text nor an array of texts");
    let names: Vec<&str> = match value {
        Value::Null => Vec::new(),
        Value::String(text) => text.split(';').collect(),
        Value::Array(items) => items.iter().map(|item| item.as_str().ok_or_else(wrong)).collect::<Result<_, _>>()?,
        _ => return Err(wrong()),
    };
    Ok(names.into_iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn row(fields: &Value) -> Row {
        let fields = fields.as_object().unwrap().clone();
        let fields = fields.into_iter().map(|(name, value)| (Column::of(&name), name.into(), value));
        Origin { number: 6, line: 7, size: 0 }.of_fields(fields)
    }

    #[test]
    fn known_columns_are_taken_and_the_rest_is_carried() {
        let row = row(
            &json!({ "Name": "Ana", "ID": " 17 ", "url": "http://a ", "Dir": "", "Start": "node .", "challenges": "a; b;;", "n": 1.5 }),
        );
        assert_eq!((row.id.as_str(), row.number, row.line), ("17", 6, 7));
        let project = row.project.unwrap();
        assert_eq!((project.url.as_deref(), project.dir), (Some("http://a"), None));
        assert_eq!(
            (project.challenges, project.start.as_deref()),
            (vec!["a".to_owned(), "b".to_owned()], Some("node ."))
        );
        assert_eq!(Value::Object(row.columns), json!({ "Name": "Ana", "n": 1.5 }));
    }

    #[test]
    fn ids_are_texts_or_whole_numbers() {
        assert_eq!(row(&json!({ "id": 12 })).id, "12");
        assert_eq!(row(&json!({ "id": "5e123" })).id, "5e123");
        assert_eq!([row(&json!({})).id, row(&json!({ "id": "" })).id], ["line-7", "line-7"]);
        for bad in [json!(1.5), json!(1e30), json!(true), json!([1]), json!("x".repeat(1001))] {
            let row = row(&json!({ "id": bad, "name": "Ana" }));
            assert!(row.project.is_err() && row.id == "line-7" && row.columns.len() == 1, "{row:?}");
        }
    }

    #[test]
    fn wrong_types_are_said() {
        assert_eq!(row(&json!({ "challenges": ["a", "b"] })).project.unwrap().challenges, ["a", "b"]);
        for bad in [json!({ "url": 1 }), json!({ "dir": [] }), json!({ "challenges": [1] }), json!({ "challenges": 1 })]
        {
            assert!(row(&bad).project.is_err(), "{bad}");
        }
    }
}
