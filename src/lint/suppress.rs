//! What a file says not to report: `grade-ignore L203: the project has no other route`.
//!
//! The comment stands on the line of the finding, or alone on the lines before. In a test block it is a JavaScript
//! comment, in the front matter a YAML one (`#`), in prose an HTML one, which belongs inside the paragraph: a comment of
//! its own between a hint's text and its test would break the pair. The reason is required.

use std::collections::HashSet;
use std::ops::Range;

use super::comments::{Comment, beginning_with};
use super::file::File;
use super::finding::{Finding, Findings};
use super::level::{Level, Levels};
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

/// Suppressions that have nothing to do.
pub(super) const UNUSED: Rule = Rule {
    code: "L101",
    name: "unused-suppression",
    group: Group::File,
    level: Level::Warning,
    summary: "a `grade-ignore` comment ignores nothing",
    fixable: true,
    // As above.
    check: Check::File(|_, _| {}),
};

const MARK: &str = "grade-ignore";
/// Comments above each other that are about the line below all of them.
const STACKED: usize = 8;
/// Comments that are looked at for one finding: more cannot be about its line, unless somebody is playing.
const LOOKED_AT: usize = 32;

/// One comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// The rules' codes, or names, as written.
    pub rules: Vec<String>,
    /// Why; empty where it is missing, which makes the comment void.
    pub reason: String,
    /// From the mark to the end of the comment's text.
    pub span: Span,
    /// Bytes of the lines that it is about.
    pub about: Range<usize>,
    /// Whether it is alone on its lines, and so about what begins on the next one.
    pub alone: bool,
    /// Bytes that go when the comment goes: its lines, or the comment with the blanks beside it.
    pub removal: Range<usize>,
}

/// All comments of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suppressions {
    all: Vec<Suppression>,
}

/// Which suppressions had something to do: their places in the list, with the rule's code.
pub(super) type Used = HashSet<(usize, &'static str)>;

impl Suppressions {
    /// Finds them.
    pub(super) fn of(file: &File<'_>) -> Self {
        let mut all: Vec<Suppression> =
            beginning_with(file, MARK).iter().filter_map(|comment| read(file, comment)).collect();
        // Comments above each other are all about the line below the last one.
        let mut below: Option<(Range<usize>, usize)> = None;
        for suppression in all.iter_mut().rev().filter(|suppression| suppression.alone) {
            let next = match below.take() {
                Some((next, height)) if height < STACKED && suppression.about.end > next.start => {
                    suppression.about.end = suppression.about.end.max(next.end);
                    height + 1
                }
                _ => 1,
            };
            below = Some((suppression.span.start..suppression.about.end, next));
        }
        // Nothing can stand beside the `---` that begins a file, so what stands right below it is about the file as a whole.
        let mut top = if file.line_at(0).trim_end() == "---" { file.lines().start(2) } else { 0 };
        for suppression in all.iter_mut().take(STACKED) {
            if top == 0 || !suppression.alone || suppression.about.start != top {
                break;
            }
            top = suppression.removal.end;
            suppression.about.start = 0;
        }
        Self { all }
    }

    /// Whether a finding is not to be reported.
    pub fn hides(&self, finding: &Finding) -> bool {
        self.hiding(finding).is_some()
    }

    /// The comment that hides a finding: the nearest.
    pub(super) fn hiding(&self, finding: &Finding) -> Option<usize> {
        if [RULE.code, UNUSED.code].contains(&finding.rule.code) {
            return None;
        }
        let Span { start, end, .. } = finding.span;
        // On the line where it begins or, beside it, where it ends: `}); // grade-ignore ...`
        self.about(start, |_| true, finding.rule)
            .or_else(|| self.about(end.saturating_sub(1).max(start), |it| !it.alone, finding.rule))
    }

    fn about(&self, at: usize, fits: impl Fn(&Suppression) -> bool, rule: &Rule) -> Option<usize> {
        let before = self.all.partition_point(|it| it.about.start <= at);
        let nearest = self.all.get(..before)?.iter().enumerate().rev().take(LOOKED_AT);
        nearest
            .filter(|(_, it)| it.about.contains(&at) && fits(it) && !it.reason.is_empty())
            .find(|(_, it)| it.rules.iter().any(|name| name == rule.code || name == rule.name))
            .map(|(index, _)| index)
    }

    /// Says what is wrong with them.
    pub(super) fn complaints(&self, findings: &mut Findings<'_>) {
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

    /// Says which of them hid nothing, of the rules that looked at this file by itself.
    pub(super) fn unused(&self, used: &Used, levels: &Levels, findings: &mut Findings<'_>) {
        for (index, suppression) in self.all.iter().enumerate().filter(|(_, it)| !it.reason.is_empty()) {
            let named: Vec<&Rule> = suppression.rules.iter().filter_map(|name| rules::find(name)).collect();
            let is_unused = |rule: &Rule| {
                let looked = !matches!(rule.check, Check::Tree(_)) && rule.group != Group::Translation;
                looked && levels.of(rule) != Level::Off && !used.contains(&(index, rule.code))
            };
            let all = named.len() == suppression.rules.len() && named.iter().all(|rule| is_unused(rule));
            for (number, rule) in named.into_iter().filter(|rule| is_unused(rule)).enumerate() {
                let (code, name) = (rule.code, rule.name);
                let ignored = if all { "this comment ignores nothing" } else { "it need not be ignored" };
                let finding = findings.add(suppression.span, format!("there is no {code} ({name}) here, so {ignored}"));
                finding.help("take it out, or put it on the line of the finding");
                if all && number == 0 {
                    finding.fix("take the comment out", suppression.removal.clone(), "");
                }
            }
        }
    }
}

const USAGE: &str = "write `grade-ignore L203: why`";

fn read(file: &File<'_>, comment: &Comment) -> Option<Suppression> {
    let text = file.text();
    let body = text.get(comment.text.clone())?.get(MARK.len()..)?;
    let (names, reason) = body.split_once(':').unwrap_or((body, ""));
    let is_gap = |character: char| character == ',' || character.is_whitespace();
    let rules = names.split(is_gap).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    // The end of the text is part of the last line.
    let line_after = |at: usize| match file.lines().start(file.lines().position(at).line + 1) {
        end if end == text.len() => end + 1,
        start => start,
    };
    let first = file.lines().start(file.lines().position(comment.whole.start).line);
    let last = line_after(comment.whole.end);
    let before = text.get(first..comment.whole.start)?;
    let after = text.get(comment.whole.end..last.min(text.len()))?;
    let alone = before.trim().is_empty() && after.trim().is_empty();
    let blanks = [' ', '\t'];
    let removal = match (alone, before.trim().is_empty()) {
        (true, _) => first..last.min(text.len()),
        // It stands before something.
        (false, true) => comment.whole.start..last.min(text.len()) - after.trim_start_matches(blanks).len(),
        (false, false) => first + before.trim_end_matches(blanks).len()..comment.whole.end,
    };
    Some(Suppression {
        rules,
        reason: reason.split_whitespace().collect::<Vec<_>>().join(" "),
        span: file.span(comment.text.clone()),
        about: first..if alone { line_after(last) } else { last },
        alone,
        removal,
    })
}

#[cfg(test)]
#[path = "suppress_tests.rs"]
mod tests;
