//! Two hints with the same text.

use std::collections::HashMap;

use crate::lint::{Check, File, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L142",
    name: "equal-hints",
    group: Group::File,
    level: Level::Warning,
    summary: "two hints have the same text, so nobody can tell which one failed",
    fixable: false,
    check: Check::File(check),
};

fn check(file: &File<'_>, findings: &mut Findings<'_>) {
    let mut known: HashMap<&str, usize> = HashMap::with_capacity(file.hints().len());
    for (index, hint) in file.hints().iter().enumerate() {
        let first = *known.entry(hint.text.trim()).or_insert(index);
        let Some(before) = file.hints().get(first).filter(|_| first != index) else { continue };
        findings
            .add(file.rest_of_line(hint.markdown.span.position), format!("hint {} has this text too", first + 1))
            .help("say in each text what only its own test checks; reports drop the second of two equal texts")
            .label(file.rest_of_line(before.markdown.span.position), "the same text");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{SECTIONS, findings, silent, trips, with};

    const MORE: &str = "\nIt should answer.\n\n```js\nassert(false);\n```\n";

    #[test]
    fn trips_over() {
        let two = with("", &format!("{SECTIONS}{MORE}"));
        trips(
            &RULE,
            &[
                &two,
                &two.replace('\n', "\r\n"),
                &two.replace("answer.\n\n```js\nassert(false)", "*answer*.\n\n```js\nassert(false)"),
            ],
        );
        let three = findings(&RULE, &format!("{two}{MORE}"));
        assert_eq!(three.iter().map(|finding| finding.labels[0].span.position.line).collect::<Vec<_>>(), [14, 14]);
    }

    #[test]
    fn near_ones_do_not() {
        let two = with("", &format!("{SECTIONS}{MORE}"));
        silent(
            &RULE,
            &[
                &with("", SECTIONS),
                &two.replace("answer.\n\n```js\nassert(false)", "answer!\n\n```js\nassert(false)"),
                &two.replace("# --hints--", "# --description--"),
            ],
        );
    }
}
