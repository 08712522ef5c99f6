//! Front matter that is no YAML.

use super::reported::report;
use crate::challenge::ProblemKind;
use crate::lint::{Check, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L103",
    name: "front-matter-syntax",
    group: Group::File,
    level: Level::Error,
    summary: "the front matter is no YAML, or names a key twice",
    fixable: false,
    check: Check::File(|file, findings| report(&[ProblemKind::FrontMatterSyntax], file, findings)),
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{SECTIONS, silent, trips, with};

    #[test]
    fn trips_over() {
        trips(&RULE, &["---\ntitle: A: B\n---\n", "---\nid: a\nid: b\n---\n", "---\n- a\n- b\n---\n"]);
    }

    #[test]
    fn near_ones_do_not() {
        silent(
            &RULE,
            &[
                &with("forumTopicId: 301515 # a number\n", SECTIONS),
                "---\ntitle: \"A: B\"\n---\n",
                "---\ntitle: A:B\n---\n",
            ],
        );
    }
}
