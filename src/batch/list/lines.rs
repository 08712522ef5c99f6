//! Lines of a list, of bounded length.

use std::io::{self, BufRead, Seek, SeekFrom};

/// The longest row, in bytes.
pub(super) const LONGEST: usize = 256 * 1024;

/// Reads lines, and knows where it is.
#[derive(Debug)]
pub(super) struct Lines<R> {
    reader: R,
    /// The place of the next line, in bytes, and its number, from 1.
    pub at: Place,
}

/// Where a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub byte: u64,
    pub line: u64,
}

/// What came of reading a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Read {
    /// A line was added to the buffer, with its line break.
    Line,
    /// It was too long; it has been passed over.
    TooLong,
    /// There are no more.
    End,
}

impl<R: BufRead + Seek> Lines<R> {
    pub fn new(reader: R) -> Self {
        Self { reader, at: Place { byte: 0, line: 1 } }
    }

    /// Adds the next line to `buffer`, which may hold `LONGEST` bytes.
    pub fn read(&mut self, buffer: &mut Vec<u8>) -> io::Result<Read> {
        let mut any = false;
        let mut too_long = false;
        loop {
            let available = match self.reader.fill_buf() {
                Ok(available) => available,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if available.is_empty() {
                break;
            }
            any = true;
            let end = available.iter().position(|byte| *byte == b'\n').map(|at| at + 1);
            let piece = available.get(..end.unwrap_or(available.len())).unwrap_or_default();
            too_long |= buffer.len() + piece.len() > LONGEST;
            if !too_long {
                buffer.extend_from_slice(piece);
            }
            let taken = piece.len();
            self.reader.consume(taken);
            self.at.byte += taken as u64;
            if end.is_some() {
                break;
            }
        }
        self.at.line += u64::from(any);
        Ok(match (any, too_long) {
            (false, _) => Read::End,
            (true, true) => Read::TooLong,
            (true, false) => Read::Line,
        })
    }

    /// Goes to a place where a line begins.
    pub fn go_to(&mut self, place: Place) -> io::Result<()> {
        self.reader.seek(SeekFrom::Start(place.byte))?;
        self.at = place;
        Ok(())
    }
}

/// The line without its line break.
pub(super) fn trimmed(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn lines_of_any_length_and_their_places() {
        let long = "x".repeat(LONGEST + 1);
        let mut lines = Lines::new(Cursor::new(format!("a\n{long}\r\n\nlast")));
        let mut next = || {
            let mut buffer = Vec::new();
            let read = lines.read(&mut buffer).unwrap();
            (read, String::from_utf8(trimmed(&buffer).to_vec()).unwrap(), lines.at.line)
        };
        assert_eq!(next(), (Read::Line, "a".to_owned(), 2));
        assert_eq!((next().0, next()), (Read::TooLong, (Read::Line, String::new(), 4)));
        assert_eq!(next(), (Read::Line, "last".to_owned(), 5));
        assert_eq!(next().0, Read::End);
        lines.go_to(Place { byte: 2, line: 2 }).unwrap();
        assert_eq!(lines.read(&mut Vec::new()).unwrap(), Read::TooLong);
    }
}
