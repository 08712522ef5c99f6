//! Tests that cannot fail, and parts of tests that do not count.

pub(super) mod async_callback;
pub(super) mod callback;
pub(super) mod caught;
pub(super) mod comparison;
pub(super) mod constant;
pub(super) mod empty_block;
pub(super) mod middle;
pub(super) mod not_called;
pub(super) mod nothing;
pub(super) mod on_promise;
pub(super) mod path;
pub(super) mod tail;

use oxc_span::Span;

use crate::lint::flow::{Loose, Mend};
use crate::lint::{Block, Finding, Role};
use crate::verdict::Rules;

/// One rule says no more than this about one block.
const MOST: usize = 64;

/// Whether a block is a test; hooks check nothing.
fn is_test(block: &Block<'_, '_>) -> bool {
    matches!(block.role, Role::Hint(_))
}

/// What follows when a part of the test does not count.
fn so(block: &Block<'_, '_>) -> &'static str {
    match block.flow().cannot_fail(Rules::Browser) {
        Some(_) => "so the hint passes whatever the project answers",
        None => "so what goes wrong in it does not count",
    }
}

/// Puts a word before an expression.
fn put(finding: &mut Finding, word: &str, at: Span, block: &Block<'_, '_>) {
    let start = block.span(at).start;
    finding.fix(format!("put `{word}` before it"), start..start, format!("{word} "));
}

/// Says how a promise is waited for, points at what is lost, and mends it where that is certain.
fn wait_for(finding: &mut Finding, loose: &Loose, block: &Block<'_, '_>) {
    match loose.mend {
        Some(Mend::Await) => finding.help("put `await` before it"),
        Some(Mend::Return) => finding.help("`return` it, so that whoever calls the function can wait for it"),
        None => finding.help("wait for it with `await`, or return it"),
    };
    if let Some(check) = loose.check {
        finding.label(block.span(check), "this does not count");
    }
    match loose.mend {
        Some(Mend::Await) => put(finding, "await", loose.at, block),
        Some(Mend::Return) => put(finding, "return", loose.at, block),
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::rules::testing::in_code;
    use crate::lint::{ALL, Group, page};

    #[test]
    fn the_examples_of_the_pages_are_real() {
        let between = |text: &str, start: &str, end: &str| {
            let from = text.find(start).unwrap() + start.len();
            let length = text[from..].find(end).unwrap();
            text[from..from + length].to_owned()
        };
        let mut differ = Vec::new();
        for rule in ALL.iter().filter(|rule| rule.group == Group::Vacuous) {
            let page = page(rule).unwrap();
            let example = between(page, "\n## Example\n", "\n## What to do\n");
            let shown = between(&example, "```text\n", "\n```");
            let found = in_code(rule, &between(&example, "```js\n", "\n```"));
            let said: Vec<String> = found.iter().map(|it| format!("{}: {}", rule.code, it.message)).collect();
            if said != [shown] {
                differ.push(said.join("\n"));
            }
        }
        assert!(differ.is_empty(), "the pages should say:\n{}", differ.join("\n"));
    }
}
