//! CSV: names of columns in the first line, then a row a line, or several where a field is in quotation marks.
//!
//! A quotation mark that is never closed would make one row of the rest of the file. So rows are cut first, by counting
//! quotation marks, and each is parsed by itself: a stray one costs the line in which it stands and no more.

use std::borrow::Cow;
use std::io::{self, BufRead, Seek};

use serde_json::Value;

use super::fields::{Column, Origin};
use super::lines::{LONGEST, Lines, Read, trimmed};
use crate::batch::row::Row;

/// Most lines of one row.
const MOST_LINES: u64 = 1000;

/// The names of the columns, and what stands between fields.
#[derive(Debug)]
pub(super) struct Header {
    pub names: Vec<String>,
    /// What each of them means.
    pub columns: Vec<Column>,
    /// Whether rows carry the columns that mean nothing here.
    carries: bool,
    separator: u8,
    parser: Parser,
}

impl Header {
    /// From the first line. Where it has no comma, fields are separated as spreadsheets do it elsewhere: by `;` or tabs.
    pub fn of(line: &[u8]) -> Result<Self, String> {
        let has = |byte: u8| line.contains(&byte);
        let separator = match () {
            () if has(b',') => b',',
            () if has(b';') => b';',
            () if has(b'\t') => b'\t',
            () => b',',
        };
        let mut parser = Parser::new(separator);
        let names = parser.fields(trimmed(line), separator)?;
        let names: Vec<String> = names.map(|name| name.trim().to_owned()).collect();
        let columns = names.iter().map(|name| Column::of(name)).collect();
        Ok(Self { names, columns, carries: true, separator, parser })
    }

    /// From now on rows are without the columns that mean nothing here.
    pub fn carry_nothing(&mut self) {
        self.carries = false;
    }
}

/// The next row; nothing at the end.
pub(super) fn next<R: BufRead + Seek>(
    lines: &mut Lines<R>,
    header: &mut Header,
    number: u64,
    buffer: &mut Vec<u8>,
) -> io::Result<Option<Row>> {
    loop {
        buffer.clear();
        let begin = lines.at;
        let origin = |size| Origin { number, line: begin.line, size };
        match lines.read(buffer)? {
            Read::End => return Ok(None),
            Read::TooLong => return Ok(Some(origin(0).malformed(too_long()))),
            Read::Line => {}
        }
        if trimmed(buffer).is_empty() {
            continue;
        }
        let second = lines.at;
        let closed = is_closed(buffer) || complete(lines, buffer)?;
        let several = lines.at != second;
        let sound = closed && (!several || is_strict(trimmed(buffer), header.separator));
        let read = if sound { origin(buffer.len()).of_text(buffer, header) } else { Err(unclosed()) };
        return match read {
            Ok(row) => Ok(Some(row)),
            Err(why) => {
                if several {
                    // What looked like one row of several lines began with a stray mark.
                    lines.go_to(second)?;
                }
                Ok(Some(origin(0).malformed(why)))
            }
        };
    }
}

/// Whether marks stand around whole fields only, and doubled within them.
fn is_strict(row: &[u8], separator: u8) -> bool {
    enum State {
        Start,
        Plain,
        Quoted,
        Mark,
    }
    let mut state = State::Start;
    for byte in row {
        state = match (state, *byte) {
            (State::Quoted, b'"') => State::Mark,
            (State::Quoted, _) | (State::Start | State::Mark, b'"') => State::Quoted,
            (_, byte) if byte == separator => State::Start,
            (State::Plain, b'"') | (State::Mark, _) => return false,
            (State::Start | State::Plain, _) => State::Plain,
        };
    }
    true
}

/// Reads on until no quotation mark is open; false when that does not happen in reasonable length.
fn complete<R: BufRead + Seek>(lines: &mut Lines<R>, buffer: &mut Vec<u8>) -> io::Result<bool> {
    for _ in 1..MOST_LINES {
        let from = buffer.len();
        if lines.read(buffer)? != Read::Line {
            return Ok(false);
        }
        // The line that closes what is open has an odd number of marks.
        if !is_closed(buffer.get(from..).unwrap_or_default()) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn is_closed(text: &[u8]) -> bool {
    text.iter().fold(true, |closed, byte| closed ^ (*byte == b'"'))
}

fn too_long() -> String {
    format!("the row is longer than {} KiB", LONGEST / 1024)
}

fn unclosed() -> String {
    "a quotation mark is not closed".to_owned()
}

impl Origin {
    fn of_text(self, text: &[u8], header: &mut Header) -> Result<Row, String> {
        let Header { names, columns, carries, separator, parser } = header;
        let fields = parser.fields(trimmed(text), *separator)?;
        if fields.len() != names.len() {
            return Err(format!("the row has {} fields, and the first line {}", fields.len(), names.len()));
        }
        let named = columns.iter().zip(names).zip(fields);
        let named = named.filter(|((column, _), _)| *carries || **column != Column::Other);
        Ok(self.of_fields(named.map(|((column, name), field)| (*column, Cow::from(&*name), Value::from(field)))))
    }
}

/// Takes rows apart. It is made once: its tables cost more than a row.
#[derive(Debug)]
struct Parser {
    reader: csv_core::Reader,
    /// The fields of a row without what stands around them, and where they end.
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl Parser {
    fn new(separator: u8) -> Self {
        let reader = csv_core::ReaderBuilder::new().delimiter(separator).build();
        Self { reader, text: Vec::new(), ends: Vec::new() }
    }

    /// The fields of one row.
    fn fields(&mut self, row: &[u8], separator: u8) -> Result<impl ExactSizeIterator<Item = &str>, String> {
        let Self { reader, text, ends } = self;
        reader.reset();
        // No field is longer than the row, and there are no more than separators and one.
        text.resize(text.len().max(row.len() + 1), 0);
        let most = memchr::memchr_iter(separator, row).count() + 2;
        ends.resize(ends.len().max(most), 0);
        let (result, used, length, count) = reader.read_record(row, text, ends);
        if used < row.len() {
            return Err("it has a line break outside of quotation marks".to_owned());
        }
        let (mut length, mut count) = (length, count);
        if result == csv_core::ReadRecordResult::InputEmpty {
            // The end of the input ends the last field.
            let rest = (text.get_mut(length..).unwrap_or_default(), ends.get_mut(count..).unwrap_or_default());
            let (_, _, more, fields) = reader.read_record(&[], rest.0, rest.1);
            (length, count) = (length + more, count + fields);
        }
        let text = std::str::from_utf8(text.get(..length).unwrap_or_default());
        let text = text.map_err(|_| "it is not in UTF-8: save the list as UTF-8".to_owned())?;
        let mut start = 0;
        let field = move |end: &usize| text.get(std::mem::replace(&mut start, *end)..*end).unwrap_or_default();
        Ok(ends.get(..count).unwrap_or_default().iter().map(field))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::*;

    fn rows(text: &[u8]) -> Vec<Row> {
        let mut lines = Lines::new(Cursor::new(text));
        let mut buffer = Vec::new();
        lines.read(&mut buffer).unwrap();
        let mut header = Header::of(&buffer).unwrap();
        let mut rows = Vec::new();
        while let Some(row) = next(&mut lines, &mut header, rows.len() as u64, &mut buffer).unwrap() {
            rows.push(row);
        }
        rows
    }

    fn shape(rows: &[Row]) -> Vec<(u64, &str, bool)> {
        rows.iter().map(|row| (row.line, row.id.as_str(), row.project.is_ok())).collect()
    }

    #[test]
    fn rows_of_one_line_and_of_several() {
        let rows = rows(b"id,url,note\na,http://a,\"one, \"\"two\"\"\nthree\"\n\nb,http://b,\r\n");
        assert_eq!(shape(&rows), [(2, "a", true), (5, "b", true)]);
        assert_eq!(rows[0].columns["note"], "one, \"two\"\nthree");
        assert_eq!(rows[1].columns["note"], "");
    }

    #[test]
    fn a_stray_mark_costs_its_line_only() {
        let rows = rows(b"id,url\na,\"http://a\nb,http://b\nc,http://c\"\"\nd,\"http://d\ne,http://e\n");
        assert_eq!(
            shape(&rows),
            [(2, "line-2", false), (3, "b", true), (4, "c", true), (5, "line-5", false), (6, "e", true)]
        );
        let why = |at: usize| rows[at].project.as_ref().unwrap_err().text.clone();
        // The mark in line 2 would find its partner in line 5.
        assert_eq!(why(0), "a quotation mark is not closed");
        assert_eq!(why(3), "a quotation mark is not closed");
    }

    #[test]
    fn what_is_wrong_with_a_row() {
        let long = format!("id,url\nx,{}\nb,http://b\n", "y".repeat(LONGEST));
        let rows = [rows(b"id,url\na\nb,1,2\n\xff,x\nc,http://c"), rows(long.as_bytes())].concat();
        let whys: Vec<String> =
            rows.iter().filter_map(|row| row.project.as_ref().err()).map(|why| why.text.clone()).collect();
        assert_eq!(
            whys,
            [
                "the row has 1 fields, and the first line 2",
                "the row has 3 fields, and the first line 2",
                "it is not in UTF-8: save the list as UTF-8",
                "the row is longer than 256 KiB"
            ]
        );
        assert_eq!(rows.iter().filter(|row| row.project.is_ok()).count(), 2);
    }

    #[test]
    fn other_separators() {
        for text in ["id;url;a,b\n1;u;x", "id\turl\n1\tu"] {
            let rows = rows(text.replace("a,b", "ab").as_bytes());
            assert_eq!(shape(&rows), [(2, "1", true)], "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_a_writer_wrote_is_read(cells in prop::collection::vec(("[a-z]{1,3}", "[a,\"\n ]{0,8}"), 1..20)) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(["url", "note"]).unwrap();
            for (url, note) in &cells {
                writer.write_record([url, note]).unwrap();
            }
            let text = writer.into_inner().unwrap();
            let read: Vec<(String, String)> = rows(&text)
                .into_iter()
                .map(|row| (row.project.unwrap().url.unwrap(), row.columns["note"].as_str().unwrap().to_owned()))
                .collect();
            prop_assert_eq!(read, cells);
        }

        #[test]
        fn no_bytes_make_it_stumble(text in prop::collection::vec(prop::sample::select(b"a,;\"\n\r\xff".to_vec()), 0..200)) {
            let text = [b"id,url\n".as_slice(), &text].concat();
            let rows = rows(&text);
            prop_assert!(rows.windows(2).all(|pair| pair[0].line < pair[1].line));
        }
    }
}
