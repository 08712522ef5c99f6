//! A challenge that does not say what to do.

use crate::lint::{Check, File, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L128",
    name: "no-description",
    group: Group::File,
    level: Level::Warning,
    summary: "a section that must say something is missing or empty",
    fixable: false,
    check: Check::File(check),
};

/// Types that need no description.
const WITHOUT: [u32; 5] = [7, 8, 11, 19, 22];
/// Types that need instructions.
const INSTRUCTED: [u32; 2] = [10, 13];

fn check(file: &File<'_>, findings: &mut Findings<'_>) {
    let Some(challenge) = file.challenge() else { return };
    let kind = challenge.challenge_type;
    let parts = [
        ("description", &challenge.description, !WITHOUT.contains(&kind)),
        ("instructions", &challenge.instructions, INSTRUCTED.contains(&kind)),
    ];
    for (name, part, needed) in parts {
        if !needed || part.as_ref().is_some_and(|text| !text.text.trim().is_empty()) {
            continue;
        }
        match challenge.sections.iter().find(|section| section.name == name) {
            Some(section) => {
                let start = section.span.start;
                let line = file.span(start..start + file.line_at(start).trim_end().len());
                findings.add(line, format!("`# --{name}--` is empty"))
            }
            None => findings.add(file.first_line(), format!("there is no `# --{name}--`")),
        }
        .help(format!("say below `# --{name}--` what the learner is to do"));
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
                &with("", "# --hints--\n"),
                &with("", "# --description--\n\n# --hints--\n"),
                &with("", SECTIONS).replace("Type: 2", "Type: 10"),
            ],
        );
    }

    #[test]
    fn near_ones_do_not() {
        silent(
            &RULE,
            &[
                &with("", SECTIONS),
                &with("", "# --description--\n\n## Only a heading\n"),
                &with("", "# --hints--\n").replace("Type: 2", "Type: 19"),
            ],
        );
    }
}
