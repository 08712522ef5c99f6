//! The two forms that challenge files had before the end of 2020.

use super::problem::{Problem, ProblemKind};
use super::source::Lines;

/// Recognises an older form and names it.
pub(super) fn older(text: &str, lines: &Lines<'_>) -> Option<Problem> {
    json(text, lines).or_else(|| yaml(text, lines))
}

fn problem(lines: &Lines<'_>, at: usize, message: &str) -> Problem {
    Problem::error(
        ProblemKind::OldDialect,
        None,
        lines.position(at),
        message,
        "take the file from a newer copy of the curriculum: since 2020-11-27 hints stand below `# --hints--`, each a paragraph and a ```js block",
    )
}

/// One JSON file for each block, until September 2018.
fn json(text: &str, lines: &Lines<'_>) -> Option<Problem> {
    let start = text.len() - text.trim_start().len();
    let is_json = text.get(start..)?.starts_with('{') && text.contains("\"challenges\"");
    is_json.then(|| {
        problem(lines, start, "this is the JSON form of challenges, which freeCodeCamp used until September 2018")
    })
}

/// Markdown with the tests as YAML in a `<section id='tests'>`, from October 2018 to November 2020.
fn yaml(text: &str, lines: &Lines<'_>) -> Option<Problem> {
    if text.contains("--hints--") {
        return None;
    }
    let at = ["<section id='tests'>", "<section id=\"tests\">"].iter().find_map(|tag| text.find(tag))?;
    Some(problem(
        lines,
        at,
        "this is the form of challenges that freeCodeCamp used from October 2018 to November 2020, with the tests as YAML",
    ))
}
