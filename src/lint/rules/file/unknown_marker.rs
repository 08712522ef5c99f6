//! A marker that freeCodeCamp does not know.

use std::collections::HashSet;

use super::lookalike;
use super::names::{self, How};
use crate::challenge::Section;
use crate::lint::rules::shorten::shorten;
use crate::lint::{Check, File, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L112",
    name: "unknown-marker",
    group: Group::File,
    level: Level::Error,
    summary: "a marker is misspelt, translated or made up; freeCodeCamp refuses the file",
    fixable: true,
    check: Check::File(check),
};

/// It has a rule of its own.
const REGION: &str = "fcc-editable-region";
/// Markers of JavaScript challenges until 2025.
const RETIRED: [&str; 2] = ["before-user-code", "after-user-code"];

fn check(file: &File<'_>, findings: &mut Findings<'_>) {
    if file.sections().iter().all(|section| names::is_marker(&section.name)) {
        return;
    }
    let there: HashSet<&str> = file.sections().iter().map(|section| section.name.as_str()).collect();
    for section in file.sections() {
        let Section { name, level, span, .. } = section;
        if names::is_marker(name) || name == REGION {
            continue;
        }
        let shown = format!("{} --{}--", "#".repeat(usize::from(*level)), shorten(name));
        let line = file.span(span.start..span.start + file.line_at(span.start).trim_end().len());
        let finding = findings.add(line, format!("`{shown}` is no marker that freeCodeCamp knows"));
        if RETIRED.contains(&name.as_str()) {
            finding.help(
                "this marker was taken out in 2025; such code stands in `# --before-each--` or `# --after-each--` now",
            );
            continue;
        }
        let guess = names::marker(name);
        let Some((guess, right)) = guess.and_then(|guess| Some((guess, names::heading(guess.name, *level)?))) else {
            finding.help("markers are never translated; the common ones are `# --description--`, `# --hints--`, `# --seed--` and `# --solutions--`");
            continue;
        };
        finding.help(match guess.how {
            How::Translated => format!("it stands for `{right}`: markers are never translated"),
            How::Written => format!("write `{right}`{}", lookalike::note(name)),
            How::Letter | How::Far => format!("did you mean `{right}`?"),
        });
        // A second section of that name would not be read.
        let free = !right.starts_with("# ") || !there.contains(guess.name);
        if guess.is_certain() && free && file.text().get(span.start..).is_some_and(|text| text.starts_with('#')) {
            finding.fix(format!("write `{right}`"), line.range(), right);
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
        trips(
            &RULE,
            &[
                &with("", "# --hint--\n"),
                &with("", "# -- hints --\n"),
                &with("", "# --antes de todo--\n"),
                &with("", "## --after-user-code--\n"),
                &with("", "# --chapter--\n"),
                &with("", "--hint--\n===\n"),
            ],
        );
    }

    #[test]
    fn near_ones_do_not() {
        silent(
            &RULE,
            &[
                &with("", SECTIONS),
                &with("", "# hint\n\n# `--hint--`\n"),
                &with("", "## --hints--\n"),
                &with("", "```md\n# --hint--\n```\n"),
            ],
        );
    }

    #[test]
    fn fixes() {
        let file = with("", &SECTIONS.replace("--hints--", "--hint--")).replace('\n', "\r\n");
        let text = fixed(&RULE, &file);
        assert_eq!(text, file.replace("--hint--", "--hints--"));
        assert_eq!(parse(&Source::new("a.md", text)).unwrap().hints.len(), 1);
        assert_eq!(fixed(&RULE, &with("", "### --Feedback-- ###\n")), with("", "### --feedback--\n"));
        // Two of them would not both be read.
        assert!(findings(&RULE, &with("", &format!("{SECTIONS}# --hint--\n")))[0].fix.is_none());
        assert!(findings(&RULE, &with("", "--hint--\n===\n"))[0].fix.is_none());
    }
}
