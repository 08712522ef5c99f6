//! A back-end challenge without a hint.

use super::names;
use super::reported::{of, place};
use crate::challenge::ProblemKind;
use crate::lint::{Check, File, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L116",
    name: "no-hints",
    group: Group::File,
    level: Level::Warning,
    summary: "a challenge that is graded by address has no hint, so everything passes it",
    fixable: false,
    check: Check::File(check),
};

const HELP: &str = "add a paragraph and a ```js block below `# --hints--` for each requirement";

fn check(file: &File<'_>, findings: &mut Findings<'_>) {
    for problem in of(&[ProblemKind::HintsMissing], file) {
        // The section is there under a name that another rule complains about.
        let hidden = |name: &str| names::marker(name).is_some_and(|guess| guess.name == "hints");
        if !file.sections().iter().any(|section| hidden(&section.name)) {
            let span = file.sections().first().map_or_else(|| place(file, problem), |section| section.span);
            findings.add(span, problem.message.as_str()).help(HELP);
        }
    }
    let Some(challenge) = file.challenge() else { return };
    if matches!(challenge.challenge_type, 2 | 4)
        && challenge.hints.is_empty()
        && let Some(section) = challenge.sections.iter().find(|section| section.name == "hints")
    {
        let line =
            file.span(section.span.start..section.span.start + file.line_at(section.span.start).trim_end().len());
        findings.add(line, "`# --hints--` holds no hint, so there is nothing to check").help(HELP);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{SECTIONS, silent, trips, with};

    #[test]
    fn trips_over() {
        trips(
            &RULE,
            &[
                &with("", "# --description--\n\nText.\n"),
                &with("", "# --description--\n\nText.\n\n# --hints--\n\n# --solutions--\n"),
                &with("", "").replace("Type: 2", "Type: 4"),
            ],
        );
    }

    #[test]
    fn near_ones_do_not() {
        silent(
            &RULE,
            &[
                &with("", SECTIONS),
                &with("", "# --description--\n\nText.\n").replace("Type: 2", "Type: 10"),
                &with("", "# --pistas--\n\nOne.\n\n```js\n```\n"),
            ],
        );
    }
}
