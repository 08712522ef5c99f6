//! What a file says not to report: `grade-ignore L203: the project has no other route`.
//!
//! The comment stands on the line of the finding, at its end, or alone on the line before. In a test block it is a
//! JavaScript comment, in the front matter a YAML one (`#`), in prose an HTML one, which belongs inside the paragraph:
//! a comment of its own between a hint's text and its test would break the pair. The reason is required.

use super::file::File;
use super::finding::{Finding, Findings};
use super::level::Level;
use super::rule::{Check, Group, Rule};
use super::rules;
use crate::challenge::Span;

/// Suppressions that cannot work.
pub(super) const RULE: Rule = Rule {
    code: "L100",
    name: "suppression",
    group: Group::File,
    level: Level::Error,
    summary: "a `grade-ignore` comment names no known rule or gives no reason",
    fixable: false,
    // The linter itself looks at them, after all other rules.
    check: Check::File(|_, _| {}),
};

const MARK: &str = "grade-ignore";

/// One comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// The rules' codes, or names, as written.
    pub rules: Vec<String>,
    /// Why; empty where it is missing, which makes the comment void.
    pub reason: String,
    /// From the mark to the end of the comment.
    pub span: Span,
    /// Lines, from 1, that it is about.
    pub lines: (usize, usize),
}

/// All comments of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suppressions {
    all: Vec<Suppression>,
}

impl Suppressions {
    /// Finds them.
    pub(super) fn of(file: &File<'_>) -> Self {
        let text = file.text();
        let mut all = Vec::new();
        for (at, _) in text.match_indices(MARK) {
            all.extend(read(file, at));
        }
        Self { all }
    }

    /// Whether a finding is not to be reported.
    pub fn hides(&self, finding: &Finding) -> bool {
        let line = finding.span.position.line;
        finding.rule.code != RULE.code
            && self.all.iter().any(|suppression| {
                let (first, last) = suppression.lines;
                (first..=last).contains(&line)
                    && !suppression.reason.is_empty()
                    && suppression.rules.iter().any(|name| name == finding.rule.code || name == finding.rule.name)
            })
    }

    /// Says what is wrong with them.
    pub(super) fn complaints(&self, _file: &File<'_>, findings: &mut Findings<'_>) {
        for suppression in &self.all {
            let unknown = suppression.rules.iter().find(|name| rules::find(name).is_none());
            if suppression.rules.is_empty() {
                findings.add(suppression.span, "this comment does not say which rule to ignore").help(USAGE);
            } else if let Some(unknown) = unknown {
                findings
                    .add(suppression.span, format!("there is no rule `{unknown}`"))
                    .help("`grade lint --list` names all rules");
            } else if suppression.reason.is_empty() {
                findings.add(suppression.span, "this comment gives no reason, so it ignores nothing").help(USAGE);
            }
        }
    }
}

const USAGE: &str = "write `grade-ignore L203: why`";

/// The comment whose mark is at byte `at`; nothing where the words stand in no comment.
fn read(file: &File<'_>, at: usize) -> Option<Suppression> {
    let text = file.text();
    let line_start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let before = text.get(line_start..at)?.trim();
    let opening = ["<!--", "//", "/*", "#"].into_iter().find(|opening| before.ends_with(opening))?;
    let rest = file.line_at(at);
    let end = match opening {
        "<!--" => rest.find("-->"),
        "/*" => rest.find("*/"),
        _ => None,
    };
    let comment = rest.get(..end.unwrap_or(rest.len()))?.trim_end();
    let body = comment.get(MARK.len()..)?;
    let (names, reason) = body.split_once(':').unwrap_or((body, ""));
    let rules = names.split([',', ' ', '\t']).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    let span = file.span(at..at + comment.len());
    let line = span.position.line;
    // Alone on its line it is about the next one; behind something, about its own.
    let alone = before == opening;
    let lines = if alone { (line, line + 1) } else { (line, line) };
    Some(Suppression { rules, reason: reason.trim().to_owned(), span, lines })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::challenge::Source;

    fn lines(text: &str) -> Vec<(Vec<String>, String, (usize, usize))> {
        let source = Source::new("a.md", text);
        let all = Suppressions::of(&File::new(&source)).all;
        all.into_iter().map(|one| (one.rules, one.reason, one.lines)).collect()
    }

    #[test]
    fn every_kind_of_comment_and_nothing_else() {
        let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        assert_eq!(lines("a // grade-ignore L203: because\r\n"), [(names(&["L203"]), "because".to_owned(), (1, 1))]);
        assert_eq!(
            lines("  /* grade-ignore L203, L4: why */\nx"),
            [(names(&["L203", "L4"]), "why".to_owned(), (1, 2))]
        );
        assert_eq!(lines("x\n# grade-ignore a-name"), [(names(&["a-name"]), String::new(), (2, 3))]);
        assert_eq!(lines("x <!-- grade-ignore: y --> z"), [(names(&[]), "y".to_owned(), (1, 1))]);
        assert_eq!(lines("the words grade-ignore L203: here"), []);
    }
}
