//! Two challenges of a block with one `dashedName`.

use std::collections::HashMap;

use super::place::Place;
use crate::lint::{Check, Findings, Group, Level, Rule, Tree};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L122",
    name: "duplicate-dashed-name",
    group: Group::File,
    level: Level::Error,
    summary: "two challenges of a block have the same `dashedName`, so one hides the other",
    fixable: false,
    check: Check::Tree(check),
};

fn check(tree: &Tree<'_>, findings: &mut Findings<'_>) {
    let mut known: HashMap<(&str, &str), usize> = HashMap::new();
    for (index, file) in tree.files.iter().enumerate() {
        let Some((name, span)) = &file.dashed_name else { continue };
        let other = *known.entry((Place::of(&file.name).block, name)).or_insert(index);
        let Some(before) = tree.files.get(other).filter(|_| other != index) else { continue };
        let id = |entry: &crate::lint::Entry| entry.id.as_ref().map(|(id, _)| id.clone());
        // A whole copy is said to be one by its id.
        if id(before).is_some() && id(before) == id(file) {
            continue;
        }
        let line = before.dashed_name.as_ref().map_or(1, |(_, span)| span.position.line);
        findings
            .add(*span, format!("`{}:{line}` has this dashedName too", before.name))
            .help("both would have the same address: give the newer challenge a name of its own")
            .of_file(index);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{SECTIONS, in_tree, with};

    #[test]
    fn trips_over() {
        let (one, two) = (with("", SECTIONS), with("", SECTIONS).replace("528e77", "528e78"));
        let found = in_tree(&RULE, &[("b/1.md", &one), ("b/2.md", &two)]);
        assert_eq!((found.len(), found[0].file), (1, 1));
        assert_eq!(found[0].message, "`b/1.md:5` has this dashedName too");
        assert_eq!(in_tree(&RULE, &[("1.md", &two), ("2.md", &one)]).len(), 1);
        let without = "---\ndashedName: a-challenge\n---\n";
        assert_eq!(in_tree(&RULE, &[("1.md", without), ("2.md", without)]).len(), 1);
    }

    #[test]
    fn near_ones_do_not() {
        let (one, two) = (with("", SECTIONS), with("", SECTIONS).replace("528e77", "528e78"));
        assert_eq!(in_tree(&RULE, &[("b/1.md", &one), ("c/2.md", &two)]), []);
        assert_eq!(in_tree(&RULE, &[("b/1.md", &one), ("b/2.md", &one)]), []);
        assert_eq!(in_tree(&RULE, &[("english/b/1.md", &one), ("espanol/b/1.md", &two)]), []);
        assert_eq!(in_tree(&RULE, &[("b/1.md", &one), ("b/2.md", &two.replace("a-challenge", "another"))]), []);
    }
}
