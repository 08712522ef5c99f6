//! The whole model as one JSON object.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use super::model::Report;

/// Writes the report, indented, with a line break at the end.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    serialize(report, Visible(PrettyFormatter::new()), out)
}

/// Writes a value on one line, with a line break at the end.
pub(super) fn write_line(value: &impl Serialize, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
    serialize(value, Visible(CompactFormatter), out)
}

fn serialize(value: &impl Serialize, formatter: impl Formatter, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, formatter))?;
    out.write_all(b"\n")
}

/// A formatter that escapes what a terminal or an editor would obey instead of showing it.
struct Visible<F>(F);

/// Control characters above ASCII, `DEL`, and what changes the direction or the lines of a text.
fn is_obeyed(character: char) -> bool {
    matches!(character, '\u{7f}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

impl<F: Formatter> Formatter for Visible<F> {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        // Without an early end, so that many bytes are looked at at a time.
        if fragment.bytes().fold(0, u8::max) < 0x7f {
            return writer.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        while let Some((at, character)) = rest.char_indices().find(|&(_, character)| is_obeyed(character)) {
            let (before, from) = rest.split_at(at);
            // All of them are in the first plane, so that one escape is enough.
            write!(writer, "{before}\\u{:04x}", u32::from(character))?;
            rest = from.get(character.len_utf8()..).unwrap_or_default();
        }
        writer.write_all(rest.as_bytes())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_invisible_is_left_and_nothing_is_lost() {
        let text = "a\u{1b}[m\u{7f}é\u{9b}\u{202e}\u{feff}z \u{1f44d}\u{645}\n\"\\";
        let mut out = Vec::new();
        write_line(&text, &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert_eq!(out, "\"a\\u001b[m\\u007fé\\u009b\\u202e\\ufeffz \u{1f44d}\u{645}\\n\\\"\\\\\"\n");
        assert_eq!(serde_json::from_str::<String>(&out).unwrap(), text);
    }
}
