//! What the tests of rules have in common.

use crate::challenge::Source;
use crate::lint::{File, Finding, Level, Levels, Linter, Rule};

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
    if rule.level == Level::Off {
        levels.set(rule.code, Level::Warning).unwrap();
    }
    Linter::new(levels).file(&Source::new("a.md", file)).findings
}

/// What one rule finds in files together, each of them its name and its text.
pub(in crate::lint) fn in_tree(rule: &Rule, files: &[(&str, &str)]) -> Vec<Finding> {
    let mut levels = Levels::default();
    levels.only(&[rule.code.to_owned()]).unwrap();
    let linter = Linter::new(levels);
    let entries: Vec<_> = files.iter().map(|(name, text)| linter.file(&Source::new(*name, *text)).entry).collect();
    linter.tree(&entries)
}

/// What one rule finds in a translation, which is the second of the files.
pub(in crate::lint) fn in_translation(rule: &Rule, original: &str, translated: &str) -> Vec<Finding> {
    let mut levels = Levels::default();
    levels.only(&[rule.code.to_owned()]).unwrap();
    let original = Source::new("english/a.md", original);
    let translated = Source::new("espanol/a.md", translated);
    Linter::new(levels).translation(&File::new(&original), &File::new(&translated))
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

/// A challenge with those lines of front matter, beside the ones that it needs, and those sections.
pub(in crate::lint) fn with(keys: &str, sections: &str) -> String {
    format!(
        "---\nid: 589fc831f9fc0f352b528e77\ntitle: A challenge\nchallengeType: 2\ndashedName: a-challenge\n{keys}---\n\n\
         {sections}"
    )
}

/// Sections that nobody complains about.
pub(in crate::lint) const SECTIONS: &str =
    "# --description--\n\nText.\n\n# --hints--\n\nIt should answer.\n\n```js\nassert(await fetch(code));\n```\n";

/// Makes sure that a rule finds something in each of the files.
pub(in crate::lint) fn trips(rule: &Rule, files: &[&str]) {
    assert!(files.len() >= 3, "too few");
    for file in files {
        assert!(!findings(rule, file).is_empty(), "{file}");
    }
}

/// Makes sure that a rule finds nothing in the files.
pub(in crate::lint) fn silent(rule: &Rule, files: &[&str]) {
    assert!(files.len() >= 3, "too few");
    for file in files {
        let found = findings(rule, file);
        assert!(found.is_empty(), "{file}\n{found:#?}");
    }
}
