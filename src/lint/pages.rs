//! The page about each rule: `docs/lint/L201.md` and its kin, which are part of the program.

use include_dir::{Dir, include_dir};

use super::rule::Rule;

static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/docs/lint");

/// The page about a rule, as Markdown.
pub fn page(rule: &Rule) -> Option<&'static str> {
    FOLDER.get_file(format!("{}.md", rule.code))?.contents_utf8()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::lint::rules::ALL;

    #[test]
    fn every_rule_has_its_page_and_every_page_its_rule() {
        let pages: BTreeSet<String> = FOLDER.files().map(|file| file.path().display().to_string()).collect();
        let rules: BTreeSet<String> = ALL.iter().map(|rule| format!("{}.md", rule.code)).collect();
        let lacking: Vec<_> = rules.difference(&pages).collect();
        let stray: Vec<_> = pages.difference(&rules).collect();
        assert!(lacking.is_empty() && stray.is_empty(), "no page: {lacking:?}; no rule: {stray:?}");
    }

    #[test]
    fn pages_have_the_name_of_their_rule_an_example_and_advice() {
        for rule in ALL {
            let page = page(rule).unwrap();
            let title = format!("# {}: {}\n", rule.code, rule.name);
            assert!(page.starts_with(&title), "{rule:?}: begins with {:?}, not with {title:?}", page.lines().next());
            assert!(page.contains("\n## What to do\n"), "{rule:?} says nothing about what to do");
            assert!(page.contains("\n## Example\n") && page.matches("```").count() >= 2, "{rule:?} has no example");
            let lines = page.lines().count();
            assert!((10..=60).contains(&lines), "{rule:?} has {lines} lines");
        }
    }
}
