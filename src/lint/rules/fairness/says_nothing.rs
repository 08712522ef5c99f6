//! A hint whose text does not say what it checks.

use crate::lint::{Check, File, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L502",
    name: "hint-says-nothing",
    group: Group::Fairness,
    level: Level::Warning,
    summary: "the text of a hint does not say what its test checks",
    fixable: false,
    check: Check::File(check),
};

/// Words that say nothing by themselves. A text that has any other word, a number or an address says something.
const EMPTY: &[&str] = &[
    "a",
    "all",
    "an",
    "and",
    "app",
    "application",
    "are",
    "as",
    "be",
    "been",
    "behave",
    "challenge",
    "code",
    "complete",
    "completed",
    "correct",
    "correctly",
    "do",
    "done",
    "everything",
    "exercise",
    "expected",
    "fine",
    "follow",
    "for",
    "function",
    "good",
    "has",
    "have",
    "hint",
    "in",
    "instructions",
    "is",
    "it",
    "must",
    "need",
    "needs",
    "of",
    "ok",
    "okay",
    "pass",
    "passed",
    "passes",
    "passing",
    "perfectly",
    "please",
    "program",
    "project",
    "properly",
    "right",
    "run",
    "runs",
    "should",
    "solution",
    "succeed",
    "success",
    "successful",
    "successfully",
    "task",
    "test",
    "tests",
    "the",
    "this",
    "to",
    "todo",
    "valid",
    "well",
    "will",
    "work",
    "working",
    "works",
    "you",
    "your",
];
/// Longer texts say something.
const MOST: usize = 12;

fn check(file: &File<'_>, findings: &mut Findings<'_>) {
    for hint in file.hints().iter().filter(|hint| !hint.code.is_empty()) {
        if says_nothing(&hint.text) {
            let text = hint.text.trim();
            findings
                .add(file.rest_of_line(hint.markdown.span.position), format!("`{text}` does not say what is checked"))
                .help("say what the project has to do, so that a learner who fails knows what to change");
        }
    }
}

fn says_nothing(text: &str) -> bool {
    let mut count = 0;
    let mut words = text.split(|letter: char| letter.is_whitespace() || matches!(letter, '.' | ',' | '!' | ':' | ';'));
    let empty = words.by_ref().filter(|word| !word.is_empty()).all(|word| {
        count += 1;
        count <= MOST && EMPTY.iter().any(|empty| word.eq_ignore_ascii_case(empty))
    });
    empty && count > 0
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{SECTIONS, silent, trips, with};

    #[test]
    fn trips_over() {
        let file = |text: &str| with("", SECTIONS).replace("It should answer.", text);
        trips(
            &RULE,
            &[
                &file("You should pass the tests."),
                &file("All tests should pass."),
                &file("The app works"),
                &file("**Your solution** must be\ncorrect!"),
            ],
        );
    }

    #[test]
    fn near_ones_do_not() {
        let file = |text: &str| with("", SECTIONS).replace("It should answer.", text);
        silent(
            &RULE,
            &[
                &with("", SECTIONS),
                &file("All 4 tests should pass."),
                &file("The function `works` should be async."),
                &file("It should work on /api."),
                &file("You should pass the tests.").replace("assert(await fetch(code));\n", ""),
            ],
        );
    }
}
