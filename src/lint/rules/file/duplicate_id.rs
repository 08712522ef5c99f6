//! Two challenges with one id.

use std::collections::HashMap;

use super::place::Place;
use crate::lint::{Check, Findings, Group, Level, Rule, Tree};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L121",
    name: "duplicate-id",
    group: Group::File,
    level: Level::Error,
    summary: "two challenges of one language have the same id",
    fixable: false,
    check: Check::Tree(check),
};

fn check(tree: &Tree<'_>, findings: &mut Findings<'_>) {
    // An old block and the one that replaced it may share a challenge: the same id and the same name.
    let mut in_block: HashMap<(&str, &str), usize> = HashMap::new();
    let mut in_language: HashMap<(&str, &str), usize> = HashMap::new();
    for (index, file) in tree.files.iter().enumerate() {
        let Some((id, span)) = &file.id else { continue };
        let place = Place::of(&file.name);
        let first = *in_block.entry((place.block, id)).or_insert(index);
        let other = if first == index { *in_language.entry((place.language, id)).or_insert(index) } else { first };
        let Some(before) = tree.files.get(other).filter(|_| other != index) else { continue };
        let name = |entry: &crate::lint::Entry| entry.dashed_name.as_ref().map(|(name, _)| name.clone());
        if other != first && name(before) == name(file) {
            continue;
        }
        let line = before.id.as_ref().map_or(1, |(_, span)| span.position.line);
        findings
            .add(*span, format!("`{}:{line}` has this id too", before.name))
            .help("give the newer challenge an id of its own; learners' progress is kept by it")
            .of_file(index);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{SECTIONS, in_tree, with};

    #[test]
    fn trips_over() {
        let (one, two) = (with("", SECTIONS), with("", SECTIONS).replace("a-challenge", "another"));
        let found = in_tree(&RULE, &[("b/1.md", &one), ("b/2.md", &two), ("b/3.md", &one)]);
        assert_eq!(found.iter().map(|finding| finding.file).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(found[0].message, "`b/1.md:2` has this id too");
        assert_eq!(in_tree(&RULE, &[("b/1.md", &one), ("b/2.md", &one)]).len(), 1);
        // Copied into another block, and not given an id of its own.
        assert_eq!(in_tree(&RULE, &[("english/b/1.md", &one), ("english/c/2.md", &two)]).len(), 1);
    }

    #[test]
    fn near_ones_do_not() {
        let (one, two) = (with("", SECTIONS), with("", SECTIONS).replace("528e77", "528e78"));
        assert_eq!(in_tree(&RULE, &[("b/1.md", &one), ("b/2.md", &two)]), []);
        assert_eq!(in_tree(&RULE, &[("english/b/1.md", &one), ("espanol/b/1.md", &one)]), []);
        assert_eq!(in_tree(&RULE, &[("english/b/1.md", &one), ("english/old-b/1.md", &one)]), []);
        assert_eq!(in_tree(&RULE, &[("b/1.md", "text"), ("b/2.md", "text")]), []);
    }
}
