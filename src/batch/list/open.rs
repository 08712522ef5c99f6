//! A list, wherever it is: opened as often as it is read.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::csv::{self, Header};
use super::error::ListError;
use super::fields::Column;
use super::json;
use super::lines::{self, Lines, trimmed};
use crate::batch::digest;
use crate::batch::row::Row;

const BOM: &[u8] = b"\xef\xbb\xbf";
/// So much is looked at to tell the format.
const START: u64 = 4096;
/// What is read at a time.
const BUFFER: usize = 64 * 1024;

/// The form of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Names of columns in the first line, then a row a line.
    Csv,
    /// An object a line.
    JsonLines,
}

/// A list of submissions. It is read twice, so standard input is put into a temporary file first.
#[derive(Debug)]
pub struct List {
    path: PathBuf,
    spool: Option<NamedTempFile>,
    format: Format,
}

impl List {
    /// Opens the list at `path`; `-` is standard input. Without a format its ending tells, or else its first character.
    pub fn open(path: &Path, format: Option<Format>) -> Result<Self, ListError> {
        let spool = if path == Path::new("-") { Some(spool().map_err(ListError::Spool)?) } else { None };
        let mut list = Self { path: path.to_owned(), spool, format: Format::Csv };
        let fail = |source| ListError::Read { path: path.to_owned(), source };
        let mut start = Vec::new();
        list.file().and_then(|file| file.take(START).read_to_end(&mut start)).map_err(fail)?;
        let text = start.strip_prefix(BOM).unwrap_or(&start).trim_ascii_start();
        if text.is_empty() {
            return Err(ListError::Empty { path: list.path });
        }
        let by_start = if text.starts_with(b"{") { Format::JsonLines } else { Format::Csv };
        list.format = format.or_else(|| by_ending(path)).unwrap_or(by_start);
        Ok(list)
    }

    /// Where it is; `-` for standard input.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// SHA-256 of its bytes.
    pub fn digest(&self) -> Result<String, ListError> {
        let fail = |source| ListError::Read { path: self.path.clone(), source };
        digest::of_reader(self.file().map_err(fail)?).map_err(fail)
    }

    /// Its rows, from the first.
    pub fn rows(&self) -> Result<Rows, ListError> {
        let fail = |source| ListError::Read { path: self.path.clone(), source };
        let mut file = self.file().map_err(fail)?;
        let mut start = Vec::new();
        file.by_ref().take(BOM.len() as u64).read_to_end(&mut start).map_err(fail)?;
        let skipped = if start == BOM { BOM.len() as u64 } else { 0 };
        file.seek(SeekFrom::Start(skipped)).map_err(fail)?;
        let mut lines = Lines::new(BufReader::with_capacity(BUFFER, file));
        lines.at.byte = skipped;
        let header = match self.format {
            Format::JsonLines => None,
            Format::Csv => Some(self.header(&mut lines)?),
        };
        Ok(Rows { lines, header, number: 0, buffer: Vec::new(), path: self.path.clone() })
    }

    /// The same, for who looks at nothing that rows only carry: of tables they are without it.
    pub fn outlines(&self) -> Result<Rows, ListError> {
        let mut rows = self.rows()?;
        rows.header.iter_mut().for_each(Header::carry_nothing);
        Ok(rows)
    }

    fn header(&self, lines: &mut Lines<BufReader<File>>) -> Result<Header, ListError> {
        let path = || self.path.clone();
        let mut line = Vec::new();
        while trimmed(&line).trim_ascii().is_empty() {
            line.clear();
            match lines.read(&mut line).map_err(|source| ListError::Read { path: path(), source })? {
                lines::Read::Line => {}
                lines::Read::TooLong => {
                    return Err(ListError::Header { path: path(), why: "it is too long".to_owned() });
                }
                lines::Read::End => return Err(ListError::Empty { path: path() }),
            }
        }
        let header = Header::of(&line).map_err(|why| ListError::Header { path: path(), why })?;
        let same = |one: &str, other: &str| one.eq_ignore_ascii_case(other);
        for (at, name) in header.names.iter().enumerate() {
            if header.names.iter().take(at).any(|other| same(other, name)) {
                return Err(ListError::TwoColumns { path: path(), column: name.clone() });
            }
        }
        if !header.columns.iter().any(|column| matches!(column, Column::Url | Column::Dir)) {
            let columns: Vec<String> = header.names.iter().take(20).map(|name| format!("`{name}`")).collect();
            return Err(ListError::NoProjectColumn { path: path(), columns: columns.join(", ") });
        }
        Ok(header)
    }

    fn file(&self) -> io::Result<File> {
        if let Some(spool) = &self.spool {
            return spool.reopen();
        }
        let file = File::open(&self.path)?;
        // A pipe can be read once only.
        if file.metadata()?.is_file() {
            return Ok(file);
        }
        Err(io::Error::other("it is no file; give `-` and redirect standard input"))
    }
}

fn by_ending(path: &Path) -> Option<Format> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "csv" | "tsv" => Some(Format::Csv),
        "jsonl" | "ndjson" => Some(Format::JsonLines),
        _ => None,
    }
}

fn spool() -> io::Result<NamedTempFile> {
    let mut file = NamedTempFile::new()?;
    io::copy(&mut io::stdin().lock(), &mut file)?;
    Ok(file)
}

/// The rows of a list, one after the other.
#[derive(Debug)]
pub struct Rows {
    lines: Lines<BufReader<File>>,
    header: Option<Header>,
    number: u64,
    buffer: Vec<u8>,
    path: PathBuf,
}

impl Rows {
    /// The next row; nothing at the end.
    pub fn next(&mut self) -> Result<Option<Row>, ListError> {
        let row = match &mut self.header {
            Some(header) => csv::next(&mut self.lines, header, self.number, &mut self.buffer),
            None => json::next(&mut self.lines, self.number, &mut self.buffer),
        };
        let row = row.map_err(|source| ListError::Read { path: self.path.clone(), source })?;
        self.number += u64::from(row.is_some());
        Ok(row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(name: &str, text: &[u8]) -> Result<(Format, Vec<Row>), ListError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let list = List::open(&path, None)?;
        let rows = all(list.rows()?)?;
        assert_eq!(list.digest()?.len(), 64);
        let mut bare = rows.clone();
        for row in &mut bare {
            row.columns.clear();
        }
        assert!(
            list.format == Format::JsonLines || all(list.outlines()?)? == bare,
            "outlines tell all but what is carried"
        );
        Ok((list.format, rows))
    }

    fn all(mut rows: Rows) -> Result<Vec<Row>, ListError> {
        std::iter::from_fn(|| rows.next().transpose()).collect()
    }

    #[test]
    fn the_ending_tells_the_format_or_else_the_first_character() {
        for (name, text, format) in [
            ("a.csv", "url\nhttp://a\n", Format::Csv),
            ("a.ndjson", "{\"url\":\"http://a\"}", Format::JsonLines),
            ("a", "{\"url\":\"http://a\"}", Format::JsonLines),
            ("a", "\u{feff}url\nhttp://a\n", Format::Csv),
            ("a.txt", "\u{feff}\n{\"url\":\"http://a\"}", Format::JsonLines),
        ] {
            let (found, rows) = list(name, text.as_bytes()).unwrap();
            assert_eq!((found, rows.len()), (format, 1), "{text}");
            assert_eq!(rows[0].project.as_ref().unwrap().url.as_deref(), Some("http://a"));
        }
    }

    #[test]
    fn outlines_tell_all_but_what_is_carried() {
        let (_, rows) = list("a.csv", b"name,id,url\nAna,a,http://a\nBo,b\n\"C\nd\",c,http://c\n").unwrap();
        assert_eq!(rows.iter().map(|row| row.columns.len()).collect::<Vec<_>>(), [1, 0, 1]);
    }

    #[test]
    fn lists_that_cannot_be_used() {
        assert!(matches!(list("a.csv", b" \n"), Err(ListError::Empty { .. })));
        assert!(matches!(list("a.csv", b"id,name\n1,2\n"), Err(ListError::NoProjectColumn { .. })));
        assert!(matches!(list("a.csv", b"url,Name,name\n"), Err(ListError::TwoColumns { .. })));
        assert!(matches!(list("a.csv", b"\xff,url\n"), Err(ListError::Header { .. })));
        assert!(matches!(List::open(Path::new("/no/such/list.csv"), None), Err(ListError::Read { .. })));
    }
}
