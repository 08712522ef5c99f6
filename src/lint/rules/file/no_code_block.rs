//! Something that is run as a test only by accident.

use super::fence_language::opening;
use crate::lint::{Check, File, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L141",
    name: "no-code-block",
    group: Group::File,
    level: Level::Warning,
    summary: "HTML or indented text stands where a test block belongs, and is run as the test",
    fixable: false,
    check: Check::File(check),
};

fn check(file: &File<'_>, findings: &mut Findings<'_>) {
    for hint in file.hints() {
        let Some(opening) = opening(file, hint).filter(|opening| opening.marks.is_empty()) else { continue };
        let html = file.text().get(opening.range.clone()).is_some_and(|line| line.starts_with('<'));
        let message = if html {
            "this HTML stands where a test block belongs, and is run as the test"
        } else {
            "this text is run as the test because it is indented"
        };
        findings.add(file.span(opening.range), message).help("write the test between a line ```js and a line ```");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{SECTIONS, silent, trips, with};

    #[test]
    fn trips_over() {
        let file = |test: &str| with("", SECTIONS).replace("```js\nassert(await fetch(code));\n```", test);
        trips(
            &RULE,
            &[&file("    assert(true);"), &file("<p>assert(true)</p>"), &file("<!-- none -->"), &file("\tx();")],
        );
    }

    #[test]
    fn near_ones_do_not() {
        let file = |test: &str| with("", SECTIONS).replace("```js\nassert(await fetch(code));\n```", test);
        silent(&RULE, &[&with("", SECTIONS), &file("~~~js\n<p>\n~~~"), &file("   ```js\n    a();\n   ```")]);
    }
}
