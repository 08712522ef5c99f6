//! What is wrong in the file, where, and what to write.

use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

use super::mask::mask;

/// Characters of a line that an excerpt shows.
const EXCERPT: usize = 90;
/// Problems that are told; whoever has more has mistaken the file.
const MOST: usize = 10;

/// Something in the file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The part of the text.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

/// Line and column of a byte, both from 1; the column in characters.
pub(super) fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..text.floor_char_boundary(offset)).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

/// All problems as text, each with its place and the line that it stands in.
pub(super) fn render(path: &Path, text: &str, problems: &[Problem]) -> String {
    let mut out = String::new();
    for problem in problems.iter().take(MOST) {
        let (line, column) = position(text, problem.span.start);
        let _ = write!(out, "\n{}:{line}:{column}: {}", path.display(), problem.message);
        out.push_str(&excerpt(text, line, column, &problem.span));
        if !problem.help.is_empty() {
            let _ = write!(out, "\n  help: {}", problem.help);
        }
    }
    if problems.len() > MOST {
        let _ = write!(out, "\n... and {} more", problems.len() - MOST);
    }
    out
}

fn excerpt(text: &str, line: usize, column: usize, span: &Range<usize>) -> String {
    // Credentials are masked character by character, so that columns stay where they are.
    let whole = mask(text.lines().nth(line - 1).unwrap_or_default());
    let marked = text.get(span.clone()).and_then(|part| part.lines().next()).unwrap_or_default().chars().count();
    // A long line is shown around the place.
    let skipped = if column > EXCERPT { column - EXCERPT / 2 } else { 0 };
    let shown: String = whole.chars().skip(skipped).take(EXCERPT).map(visible).collect();
    let marks = marked.clamp(1, (EXCERPT + skipped + 1).saturating_sub(column).max(1));
    let cut = if skipped > 0 { "…" } else { "" };
    let number = line.to_string();
    let margin = " ".repeat(number.len());
    let indent = " ".repeat(column - 1 - skipped + cut.chars().count());
    format!("\n  {number} | {cut}{}\n  {margin} | {indent}{}", shown.trim_end(), "^".repeat(marks))
}

/// One column for each character, and nothing that a terminal obeys.
fn visible(character: char) -> char {
    match character {
        '\t' => ' ',
        c if c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}') =>
        {
            '\u{fffd}'
        }
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(text: &str, part: &str) -> String {
        let start = text.find(part).unwrap();
        let problem = Problem { span: start..start + part.len(), message: "no".into(), help: "yes".into() };
        render(Path::new("grade.toml"), text, &[problem])
    }

    #[test]
    fn places_and_marks() {
        assert_eq!(
            rendered("a = 1\nüb = \"x\"\n", "\"x\""),
            "\ngrade.toml:2:6: no\n  2 | üb = \"x\"\n    |      ^^^\n  help: yes"
        );
    }

    #[test]
    fn long_lines_are_cut_and_credentials_hidden() {
        let text = format!("{} = 1 # {}", "k".repeat(500), "x".repeat(500));
        let out = rendered(&text, "= 1");
        assert!(out.lines().all(|line| line.chars().count() < EXCERPT + 12), "{out}");
        let (shown, marks) = (out.lines().nth(2).unwrap(), out.lines().nth(3).unwrap());
        let at = marks.chars().position(|c| c == '^').unwrap();
        assert_eq!(shown.chars().nth(at), Some('='));
        let out = rendered("url = \"http://me:secret@host\" x", "x");
        assert!(!out.contains("secret"), "{out}");
        assert!(!rendered("a\u{1b}[31m = 1", "1").contains('\u{1b}'));
    }

    #[test]
    fn a_place_at_the_end_of_the_text() {
        let problem = Problem { span: 2..2, message: "no".into(), help: String::new() };
        assert_eq!(render(Path::new("g"), "a\n", &[problem]), "\ng:2:1: no\n  2 | \n    | ^");
    }
}
