//! A test block that does not say that it is JavaScript, or is no fenced block.

use std::ops::Range;

use crate::challenge::Hint;
use crate::lint::{Check, File, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L140",
    name: "fence-language",
    group: Group::File,
    level: Level::Warning,
    summary: "a test block does not say that it is JavaScript",
    fixable: true,
    check: Check::File(check),
};

/// How a test block begins.
pub(super) struct Opening<'f> {
    /// Bytes of its first line, without blanks around it.
    pub(super) range: Range<usize>,
    /// The marks of its fence; nothing for a block without one.
    pub(super) marks: &'f str,
}

/// The first line of a hint's test block.
pub(super) fn opening<'f>(file: &File<'f>, hint: &Hint) -> Option<Opening<'f>> {
    let mut at = hint.markdown.span.end;
    // A hint's text and its block are neighbours: nothing but blank lines stands between them.
    let line = file.text().get(at..)?.split_inclusive(['\n', '\r']).find(|line| {
        let blank = line.trim().is_empty();
        at += if blank { line.len() } else { 0 };
        !blank
    })?;
    let text = line.trim();
    let start = at + (line.len() - line.trim_start().len());
    let mark = text.as_bytes().first().filter(|mark| matches!(mark, b'`' | b'~'));
    let run = mark.map_or(0, |mark| text.bytes().take_while(|byte| byte == mark).count());
    let marks = if run >= 3 { text.get(..run).unwrap_or("") } else { "" };
    Some(Opening { range: start..start + text.len(), marks })
}

fn check(file: &File<'_>, findings: &mut Findings<'_>) {
    for hint in file.hints() {
        let Some(Opening { range, marks }) = opening(file, hint).filter(|opening| !opening.marks.is_empty()) else {
            continue;
        };
        match hint.code.language.as_deref() {
            Some("js" | "javascript") => {}
            Some(other) => {
                let message = format!("this test block says that it is `{other}`, but is run as JavaScript");
                findings.add(file.span(range), message).help(format!("begin it with `{marks}js`"));
            }
            None => {
                let end = range.start + marks.len();
                findings
                    .add(file.span(range), "this test block does not say that it is JavaScript")
                    .help(format!("begin it with `{marks}js`"))
                    .fix("add `js`", end..end, "js");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::challenge::{Source, parse};
    use crate::lint::rules::testing::{SECTIONS, findings, fixed, silent, trips, with};

    #[test]
    fn trips_over() {
        let file = with("", SECTIONS);
        trips(
            &RULE,
            &[
                &file.replace("```js", "```"),
                &file.replace("```js", "```html"),
                &file.replace("```js\nassert(await fetch(code));\n```", "~~~~\n~~~~"),
                &file.replace("```js", "   ```  "),
            ],
        );
    }

    #[test]
    fn near_ones_do_not() {
        let file = with("", SECTIONS);
        silent(
            &RULE,
            &[
                &file,
                &file.replace("```js", "``` javascript title"),
                &file.replace("Text.", "```\nsome text\n```"),
                &file.replace("```js\nassert(await fetch(code));\n```", "    assert(true);"),
            ],
        );
    }

    #[test]
    fn fixes() {
        let file = with("", SECTIONS).replace('\n', "\r\n");
        let text = fixed(&RULE, &file.replace("```js", "```"));
        assert_eq!(text, file);
        let hints = |text: &str| parse(&Source::new("a.md", text)).unwrap().hints;
        assert_eq!(hints(&text)[0].code.text, hints(&file.replace("```js", "```"))[0].code.text);
        assert!(findings(&RULE, &file.replace("```js", "```html"))[0].fix.is_none());
    }
}
