//! JSON lines: an object a line.

use std::io::{self, BufRead, Seek};

use serde_json::{Map, Value};

use super::fields::{Column, Origin};
use super::lines::{LONGEST, Lines, Read, trimmed};
use crate::batch::row::Row;

/// The next row; nothing at the end.
pub(super) fn next<R: BufRead + Seek>(
    lines: &mut Lines<R>,
    number: u64,
    buffer: &mut Vec<u8>,
) -> io::Result<Option<Row>> {
    loop {
        buffer.clear();
        let line = lines.at.line;
        let read = lines.read(buffer)?;
        let origin = Origin { number, line, size: buffer.len() };
        return Ok(Some(match read {
            Read::End => return Ok(None),
            Read::TooLong => origin.malformed(format!("the line is longer than {} KiB", LONGEST / 1024)),
            Read::Line if trimmed(buffer).trim_ascii().is_empty() => continue,
            Read::Line => match serde_json::from_slice::<Map<String, Value>>(trimmed(buffer)) {
                Ok(fields) => {
                    let fields = fields.into_iter().map(|(name, value)| (Column::of(&name), name.into(), value));
                    origin.of_fields(fields)
                }
                Err(error) => origin.malformed(words(&error)),
            },
        }));
    }
}

/// What the parser says, without the line, which is always the first for it.
fn words(error: &serde_json::Error) -> String {
    if error.is_data() {
        return "it is no JSON object".to_owned();
    }
    let text = error.to_string();
    let text = text.split(" at line ").next().unwrap_or_default();
    format!("it is no JSON object: {text} in column {}", error.column())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn objects_and_what_is_none() {
        let text = "{\"id\":\"a\",\"url\":\"u\",\"n\":[1]}\n\n[1]\n{\"id\":\n\"x\"\n{\"id\":\"b\"}";
        let mut lines = Lines::new(Cursor::new(text));
        let mut rows = Vec::new();
        while let Some(row) = next(&mut lines, rows.len() as u64, &mut Vec::new()).unwrap() {
            rows.push(row);
        }
        let found: Vec<(u64, &str, Option<&str>)> = rows
            .iter()
            .map(|row| (row.line, row.id.as_str(), row.project.as_ref().err().map(|why| why.text.as_str())))
            .collect();
        assert_eq!(
            found,
            [
                (1, "a", None),
                (3, "line-3", Some("it is no JSON object")),
                (4, "line-4", Some("it is no JSON object: EOF while parsing a value in column 6")),
                (5, "line-5", Some("it is no JSON object")),
                (6, "b", None),
            ]
        );
        assert_eq!(rows[0].columns["n"], serde_json::json!([1]));
    }
}
