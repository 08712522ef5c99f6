//! Text that belongs to no section.

use super::lost_marker::lost;
use super::prose;
use super::reported::of;
use crate::challenge::ProblemKind;
use crate::lint::{Check, File, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L144",
    name: "text-before-sections",
    group: Group::File,
    level: Level::Warning,
    summary: "text stands before the first marker, where nobody reads it",
    fixable: false,
    check: Check::File(check),
};

fn check(file: &File<'_>, findings: &mut Findings<'_>) {
    // The older forms have no markers.
    if file.front_matter().is_none() || of(&[ProblemKind::OldDialect], file).next().is_some() {
        return;
    }
    let body = prose::body(file);
    let first = file.sections().iter().find(|section| section.top_level);
    let end = first.map_or(file.text().len(), |section| section.span.start);
    let mut rest = file.text().get(body..end).unwrap_or("").trim_start();
    while let Some(comment) = rest.strip_prefix("<!--") {
        rest = comment.split_once("-->").map_or("", |(_, rest)| rest).trim_start();
    }
    let line = rest.lines().next().unwrap_or("").trim_end();
    // What was meant as a marker has a rule of its own.
    if line.is_empty() || lost(line).is_some() {
        return;
    }
    let start = end - rest.len();
    findings
        .add(file.span(start..start + line.len()), "nobody reads what stands before the first marker")
        .help("move it below `# --description--`");
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{SECTIONS, findings, silent, trips, with};

    #[test]
    fn trips_over() {
        trips(
            &RULE,
            &[
                &with("", &format!("Text.\n\n{SECTIONS}")),
                &with("", &format!("<!-- a -->\n# A heading\n\n{SECTIONS}")),
                &with("", "Text without any marker.\n"),
            ],
        );
        let found = findings(&RULE, &with("", &format!("\r\nText. \r\n\r\n{SECTIONS}")));
        assert_eq!((found[0].span.position.line, found[0].span.range().len()), (9, 5));
    }

    #[test]
    fn near_ones_do_not() {
        silent(
            &RULE,
            &[
                &with("", SECTIONS),
                &with("", &format!("<!-- a comment\n-->\n\n{SECTIONS}")),
                &with("", &format!("#--description--\n\nText.\n\n{SECTIONS}")),
                "---\nid: a\n---\n\n## Description\n<section id='tests'>\n",
            ],
        );
    }
}
