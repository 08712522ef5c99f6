//! What the tests of rules have in common.

use crate::challenge::Source;
use crate::lint::{Finding, Levels, Linter, Rule};

/// A challenge with one hint and that test block.
pub(in crate::lint) fn challenge(code: &str) -> String {
    let fence = if code.contains("```") { "````" } else { "```" };
    format!(
        "---\nid: 589fc831f9fc0f352b528e77\ntitle: A challenge\nchallengeType: 2\ndashedName: a-challenge\n---\n\n\
         # --description--\n\nText.\n\n# --hints--\n\nIt should work.\n\n{fence}js\n{code}\n{fence}\n"
    )
}

/// What one rule finds in a file.
pub(in crate::lint) fn findings(rule: &Rule, file: &str) -> Vec<Finding> {
    let mut levels = Levels::default();
    levels.only(&[rule.code.to_owned()]).unwrap();
    Linter::new(levels).file(&Source::new("a.md", file)).findings
}

/// What one rule finds in a test block.
pub(in crate::lint) fn in_code(rule: &Rule, code: &str) -> Vec<Finding> {
    findings(rule, &challenge(code))
}

/// The lines and columns, within a test block, of what one rule finds there.
pub(in crate::lint) fn places(rule: &Rule, code: &str) -> Vec<(usize, usize)> {
    let first = challenge(code).lines().take_while(|line| !line.starts_with("```")).count() + 1;
    let at = |finding: &Finding| (finding.span.position.line.saturating_sub(first), finding.span.position.column);
    in_code(rule, code).iter().map(at).collect()
}

/// Makes sure that a rule has nothing to say about a test block.
pub(in crate::lint) fn nothing(rule: &Rule, code: &str) {
    let found = in_code(rule, code);
    assert!(found.is_empty(), "{code}\n{found:#?}");
}

/// A file after the fixes that a rule offers for it, which must leave nothing to find.
pub(in crate::lint) fn fixed(rule: &Rule, file: &str) -> String {
    let mut text = file.to_owned();
    let found = findings(rule, file);
    let mut edits: Vec<_> =
        found.iter().filter_map(|finding| finding.fix.as_ref()).flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.range.start));
    for edit in edits {
        text.replace_range(edit.range.clone(), &edit.text);
    }
    let left = findings(rule, &text);
    assert!(left.is_empty(), "{text}\n{left:#?}");
    text
}
