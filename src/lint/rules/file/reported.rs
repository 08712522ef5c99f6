//! What the parser complained about, as findings.

use crate::challenge::{Position, Problem, ProblemKind, Span};
use crate::lint::{File, Findings};

/// Hands on all problems of those kinds with their advice.
pub(super) fn report(kinds: &[ProblemKind], file: &File<'_>, findings: &mut Findings<'_>) {
    for problem in of(kinds, file) {
        findings.add(place(file, problem), problem.message.as_str()).help(problem.help.as_str());
    }
}

/// The problems of those kinds.
pub(super) fn of<'f>(kinds: &[ProblemKind], file: &'f File<'_>) -> impl Iterator<Item = &'f Problem> {
    file.problems().iter().filter(|problem| kinds.contains(&problem.kind))
}

/// From a problem's place to the end of its line; the last line before it that says something, where that is blank.
pub(super) fn place(file: &File<'_>, problem: &Problem) -> Span {
    let span = file.rest_of_line(Position { line: problem.line, column: problem.column });
    if !span.range().is_empty() {
        return span;
    }
    let before = file.text().get(..span.start).unwrap_or("").trim_end();
    let line = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
    if before.is_empty() { file.first_line() } else { file.span(line..before.len()) }
}
