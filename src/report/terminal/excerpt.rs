//! A piece of a text with its marks: line numbers in the margin, carets below.

use unicode_width::UnicodeWidthChar;

use super::layout::{fit, width, wrap};
use crate::explain::{Excerpt, Line, Mark, MarkKind};
use crate::report::style::Styles;
use crate::report::value::harmless;

/// Columns of a tab.
const TAB: usize = 4;
/// Left out at an end of a line.
const CUT: &str = "…";

/// Draws an excerpt within so many columns.
pub fn draw(excerpt: &Excerpt, columns: usize, styles: Styles) -> Vec<String> {
    let margin = excerpt.lines.iter().map(|line| line.number.to_string().len()).max().unwrap_or(1);
    let room = columns.saturating_sub(margin + 3).max(10);
    let mut out = vec![heading(excerpt, margin, columns, styles)];
    let bar = |number: &str, text: &str| {
        let line = format!("{} {text}", styles.dim(&format!("{number:>margin$} |")));
        line.trim_end().to_owned()
    };
    out.push(bar("", ""));
    let mut last = None;
    let dedent = dedent(excerpt, room);
    for line in &excerpt.lines {
        if last.is_some_and(|last| last + 1 < line.number) {
            out.push(styles.dim(&format!("{:>margin$}", "...")));
        }
        last = Some(line.number);
        let mut marks: Vec<&Mark> = excerpt.marks.iter().filter(|mark| mark.line == line.number).collect();
        let shown = Shown::of(line, &marks, dedent, room);
        out.push(bar(&line.number.to_string(), &shown.text));
        marks.sort_by_key(|mark| (mark.column, mark.length));
        for mark in marks {
            for row in underline(mark, line, &shown, room, styles) {
                out.push(bar("", &row));
            }
        }
    }
    out
}

/// `--> server.js:12:3`
fn heading(excerpt: &Excerpt, margin: usize, columns: usize, styles: Styles) -> String {
    let source = &excerpt.source;
    let name = source.file.as_ref().unwrap_or(&source.name);
    let mark = excerpt.marks.iter().find(|mark| mark.kind == MarkKind::Primary);
    let place = mark.map(|mark| format!(":{}:{}", mark.line, mark.column)).unwrap_or_default();
    let told = match &source.file {
        Some(_) => format!("{}{place} (as {} shows it)", harmless(name), harmless(&source.name)),
        None => format!("{}{place}", harmless(name)),
    };
    let room = columns.saturating_sub(margin + 4);
    let told = if width(&told) <= room { told } else { format!("{}{place}", harmless(name)) };
    // The end says more: the file, line and column.
    let told = fit(&told, told.chars().count(), room);
    format!("{}{} {told}", " ".repeat(margin), styles.dim("-->"))
}

/// Blanks at the start of all lines, which are left out when a line does not fit.
fn dedent(excerpt: &Excerpt, room: usize) -> usize {
    let fits = excerpt.lines.iter().all(|line| line.text.chars().map(columns_of).sum::<usize>() <= room);
    let whole = excerpt.lines.iter().all(|line| line.skipped == 0);
    if fits || !whole {
        return 0;
    }
    let blank = |line: &Line| line.text.chars().take_while(|c| *c == ' ').count();
    let lines = excerpt.lines.iter().filter(|line| !line.text.trim().is_empty());
    let first = excerpt.marks.iter().map(|mark| mark.column.saturating_sub(1)).min().unwrap_or(0);
    lines.map(blank).min().unwrap_or(0).min(first)
}

/// The shown part of a line, and where its characters stand.
struct Shown {
    text: String,
    /// Index of the first shown character in the line's text.
    from: usize,
    /// Column of each shown character, and of the end.
    columns: Vec<usize>,
}

impl Shown {
    fn of(line: &Line, marks: &[&Mark], dedent: usize, room: usize) -> Self {
        let cells: Vec<(String, usize)> = line.text.chars().map(cell).collect();
        let widths: usize = cells.iter().map(|(_, width)| width).sum();
        let whole = line.skipped == 0 && !line.cut && dedent == 0 && widths <= room;
        let (from, to) = if whole { (0, cells.len()) } else { window(line, &cells, marks, dedent, room) };
        let mut shown = Self { text: String::new(), from, columns: Vec::new() };
        let mut column = 0;
        if from > dedent || line.skipped > 0 {
            shown.text.push_str(CUT);
            column += 1;
        }
        for (text, width) in cells.get(from..to).unwrap_or_default() {
            shown.columns.push(column);
            shown.text.push_str(text);
            column += width;
        }
        shown.columns.push(column);
        if to < cells.len() || line.cut {
            shown.text.push_str(CUT);
        }
        shown
    }

    /// Column of a character of the line's text; the nearest shown one when it is cut off.
    fn column(&self, index: usize) -> usize {
        let at = index.saturating_sub(self.from).min(self.columns.len().saturating_sub(1));
        self.columns.get(at).copied().unwrap_or(0)
    }
}

/// The characters that are shown of a line that does not fit: around its first mark, the primary one if there is one.
fn window(line: &Line, cells: &[(String, usize)], marks: &[&Mark], dedent: usize, room: usize) -> (usize, usize) {
    // A column for what is left out on each side.
    let room = room.saturating_sub(2);
    let main = marks.iter().find(|mark| mark.kind == MarkKind::Primary).or_else(|| marks.first());
    let start = main.map_or(dedent, |mark| index_of(mark.column, line)).min(cells.len());
    let end = main.map_or(start, |mark| (start + mark.length).min(cells.len()));
    let size =
        |from: usize, to: usize| cells.get(from..to).unwrap_or_default().iter().map(|(_, width)| width).sum::<usize>();
    // From the start of the line if the mark is visible then; else with a third of the room before it.
    let mut from = dedent.min(start);
    if size(from, end) > room {
        let before = room.saturating_sub(size(start, end)).min(room / 3);
        from = start;
        while from > dedent && size(from - 1, start) <= before {
            from -= 1;
        }
    }
    let mut to = from;
    let mut used = 0;
    while let Some((_, width)) = cells.get(to).filter(|(_, width)| used + width <= room) {
        used += width;
        to += 1;
    }
    (from, to.max(from))
}

/// Index in the shown text of a column of the whole line.
fn index_of(column: usize, line: &Line) -> usize {
    column.saturating_sub(1).saturating_sub(line.skipped)
}

/// Carets and the label, beside them or below.
fn underline(mark: &Mark, line: &Line, shown: &Shown, room: usize, styles: Styles) -> Vec<String> {
    let index = index_of(mark.column, line);
    let start = shown.column(index);
    let end = shown.column(index + mark.length).max(start + 1);
    let sign = if mark.kind == MarkKind::Primary { "^" } else { "-" };
    let carets = sign.repeat(end - start);
    let paint = |text: &str| match mark.kind {
        MarkKind::Primary => styles.fail(text),
        MarkKind::Secondary => styles.help(text),
    };
    let label = harmless(&mark.label);
    let head = format!("{}{}", " ".repeat(start), paint(&carets));
    if label.is_empty() {
        return vec![head];
    }
    if end + 1 + width(&label) <= room {
        return vec![format!("{head} {}", paint(&label))];
    }
    let indent = " ".repeat(start.min(room.saturating_sub(width(&label))).min(room / 3));
    let mut rows = vec![head];
    rows.extend(wrap(&label, &indent, room).iter().map(|row| {
        let (blank, text) = row.split_at(indent.len().min(row.len()));
        format!("{blank}{}", paint(text))
    }));
    rows
}

/// A character as it is shown, and its columns.
fn cell(character: char) -> (String, usize) {
    if character == '\t' {
        return (" ".repeat(TAB), TAB);
    }
    let text = harmless(character.encode_utf8(&mut [0; 4]));
    let width = if text.chars().count() == 1 { columns_of(character) } else { text.len() };
    (text, width)
}

fn columns_of(character: char) -> usize {
    if character == '\t' { TAB } else { UnicodeWidthChar::width(character).unwrap_or(1) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::Source;

    fn excerpt(lines: &[(usize, &str)], marks: &[(usize, usize, usize, &str)]) -> Excerpt {
        Excerpt {
            source: Source { name: "/_api/server.js".into(), file: Some("server.js".into()), request: Some(0) },
            lines: lines
                .iter()
                .map(|(number, text)| Line { number: *number, text: (*text).to_owned(), skipped: 0, cut: false })
                .collect(),
            marks: marks
                .iter()
                .enumerate()
                .map(|(index, (line, column, length, label))| Mark {
                    line: *line,
                    column: *column,
                    length: *length,
                    label: (*label).to_owned(),
                    kind: if index == 0 { MarkKind::Primary } else { MarkKind::Secondary },
                })
                .collect(),
        }
    }

    fn drawn(excerpt: &Excerpt, columns: usize) -> String {
        let lines = draw(excerpt, columns, Styles::new(false));
        for line in &lines {
            assert!(width(line) <= columns, "{columns}: {line}");
        }
        lines.join("\n")
    }

    #[test]
    fn looks_like_a_compilers() {
        let it = excerpt(
            &[(9, "io.on('connection', (socket) => {"), (10, "  socket.on('disconect', () => {"), (14, "});")],
            &[(10, 14, 9, "nearly `disconnect`"), (9, 8, 10, "within this")],
        );
        insta::assert_snapshot!(drawn(&it, 60), @r"
          --> server.js:10:14 (as /_api/server.js shows it)
           |
         9 | io.on('connection', (socket) => {
           |        ---------- within this
        10 |   socket.on('disconect', () => {
           |              ^^^^^^^^^ nearly `disconnect`
        ...
        14 | });
        ");
    }

    #[test]
    fn wide_characters_and_tabs_keep_marks_in_place() {
        let it = excerpt(&[(1, "\t漢字 = '😀x';")], &[(1, 8, 1, "here")]);
        insta::assert_snapshot!(drawn(&it, 60), @r"
         --> server.js:1:8 (as /_api/server.js shows it)
          |
        1 |     漢字 = '😀x';
          |             ^^ here
        ");
    }

    #[test]
    fn long_lines_are_cut_around_the_mark() {
        let text = format!("{}disconect{}", "a;".repeat(20), "b;".repeat(30));
        let it = excerpt(&[(1, &text)], &[(1, 41, 9, "a label that is too long to stand beside it")]);
        insta::assert_snapshot!(drawn(&it, 40), @r"
         --> server.js:1:41
          |
        1 | …;a;a;a;a;a;disconectb;b;b;b;b;b;b;…
          |             ^^^^^^^^^
          | a label that is too long to stand
          | beside it
        ");
    }

    #[test]
    fn a_place_at_the_end_of_a_line_and_control_characters() {
        let it = excerpt(&[(3, "a\u{1b}[0m")], &[(3, 6, 0, "the line ends")]);
        insta::assert_snapshot!(drawn(&it, 60), @r"
         --> server.js:3:6 (as /_api/server.js shows it)
          |
        3 | a\u{1b}[0m
          |           ^ the line ends
        ");
    }

    #[test]
    fn nothing_is_too_wide_and_nothing_panics() {
        let wide = "漢".repeat(100);
        for columns in 30..100 {
            for (column, length) in [(1, 1), (50, 3), (100, 1), (101, 0), (1, 100), (400, 400)] {
                drawn(&excerpt(&[(1, &wide), (7000, "")], &[(1, column, length, &wide[..60])]), columns);
            }
        }
    }
}
