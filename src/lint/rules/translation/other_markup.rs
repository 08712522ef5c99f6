//! Code and links that the translation of a hint lost.

use std::collections::HashSet;

use crate::lint::rules::shorten::shorten;
use crate::lint::{Check, File, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L607",
    name: "lost-markup",
    group: Group::Translation,
    level: Level::Warning,
    summary: "the translated text of a hint lost code or a link of the original",
    fixable: false,
    check: Check::Translation(check),
};

fn check(original: &File<'_>, translated: &File<'_>, findings: &mut Findings<'_>) {
    if original.hints().len() != translated.hints().len() {
        return;
    }
    for (before, after) in original.hints().iter().zip(translated.hints()) {
        if before.markdown.text == after.markdown.text {
            continue;
        }
        let span = translated.rest_of_line(after.markdown.span.position);
        let line = before.markdown.span.position.line;
        let here: HashSet<&str> = code_spans(&after.markdown.text).into_iter().collect();
        let lost = code_spans(&before.markdown.text).into_iter().find(|code| !here.contains(code));
        if let Some(code) = lost {
            let shown = shorten(code);
            let message = if after.text.contains(code) {
                format!("`{shown}` is code in the original, but not here")
            } else {
                format!("`{shown}` of the original is missing")
            };
            findings.add(span, message).help(format!("code is never translated; see {}:{line}", original.source.name));
            continue;
        }
        let links = |text: &str| text.matches("](").count() + text.matches("<a ").count();
        if links(&after.markdown.text) < links(&before.markdown.text) {
            findings
                .add(span, "a link of the original is missing")
                .help(format!("see {}:{line}", original.source.name));
        }
    }
}

/// What stands between backticks, without blanks around it.
fn code_spans(text: &str) -> Vec<&str> {
    let mut spans = Vec::new();
    let bytes = text.as_bytes();
    let mut open: Option<(usize, usize)> = None;
    let mut at = 0;
    while at < bytes.len() {
        let run = bytes.get(at..).map_or(0, |rest| rest.iter().take_while(|byte| **byte == b'`').count());
        match open {
            Some((marks, start)) if run == marks => {
                spans.extend(text.get(start..at).map(str::trim));
                open = None;
            }
            None if run > 0 => open = Some((run, at + run)),
            _ => {}
        }
        at += run.max(1);
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::{RULE, code_spans};
    use crate::lint::rules::testing::{SECTIONS, in_translation, with};

    fn messages(original: &str, translated: &str) -> Vec<String> {
        let file = |text: &str| with("", SECTIONS).replace("It should answer.", text);
        in_translation(&RULE, &file(original), &file(translated)).into_iter().map(|found| found.message).collect()
    }

    #[test]
    fn trips_over() {
        assert_eq!(messages("`a` is b.", "a es b."), ["`a` is code in the original, but not here"]);
        assert_eq!(messages("`get` it.", "`obtener`."), ["`get` of the original is missing"]);
        assert_eq!(messages("See [a](b).", "Mira a."), ["a link of the original is missing"]);
    }

    #[test]
    fn near_ones_do_not() {
        assert_eq!(messages("`a` is `b`.", "`b` viene de `a`."), [""; 0]);
        assert_eq!(messages("See [a](b).", "Mira [a](c) y `d`."), [""; 0]);
        assert_eq!(messages("`` a`b `` is.", "Es ``a`b``."), [""; 0]);
        assert_eq!(messages("A ` alone.", "Un ` solo."), [""; 0]);
    }

    #[test]
    fn spans() {
        assert_eq!(code_spans("a `b` ``c`d`` `e"), ["b", "c`d"]);
    }
}
