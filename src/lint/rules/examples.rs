//! The examples of the pages say what the rules say.

use super::ALL;
use super::testing::in_code;
use crate::lint::{Group, page};

/// The first block of a language in the part about the example.
fn block<'p>(page: &'p str, language: &str) -> &'p str {
    let example = page.split("\n## Example\n").nth(1).unwrap();
    example.split(&format!("```{language}\n")).nth(1).unwrap().split("\n```").next().unwrap()
}

#[test]
fn pages_show_what_the_rules_say() {
    for rule in ALL.iter().filter(|rule| matches!(rule.group, Group::Wrong | Group::Pattern)) {
        let page = page(rule).unwrap();
        let found = in_code(rule, block(page, "js"));
        let said: Vec<String> = found.iter().map(|one| format!("{}: {}", rule.code, one.message)).collect();
        assert_eq!(block(page, "text"), said.join("\n"), "{rule:?}");
    }
}
