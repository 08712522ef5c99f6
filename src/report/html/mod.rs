//! The HTML report: one file that needs no network and no script to be read. It is a view of the public model; the words
//! of the page are in `templates/`, its looks beside them, and the modules here only choose what is shown.

mod challenge;
mod code;
mod evidence;
mod highlight;
mod hint;
mod page;
mod request;
mod text;

use std::io::{self, BufWriter, Write};

use askama::Template;

use super::model::Report;

pub(super) use page::{STYLE, hash};
pub(super) use text::Number;

/// Writes the report as one HTML file in UTF-8. The errors are those of `out`.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    page::Page::new(report).write_into(&mut out)?;
    out.flush()
}
