//! A section without contents.

use crate::lint::{Check, File, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L145",
    name: "empty-section",
    group: Group::File,
    level: Level::Warning,
    summary: "a section is empty and could as well be left out",
    fixable: false,
    check: Check::File(check),
};

/// Sections whose emptiness is the custom, or is said elsewhere to be an error.
const MAY_BE: [&str; 7] = ["description", "hints", "instructions", "quiz", "seed", "seed-contents", "solutions"];

fn check(file: &File<'_>, findings: &mut Findings<'_>) {
    let sections = file.sections();
    let ends = sections.iter().skip(1).map(|next| next.span.start).chain([file.text().len()]);
    for (section, end) in sections.iter().zip(ends) {
        let empty = file.text().get(section.span.end..end).is_some_and(|body| body.trim().is_empty());
        let start = section.span.start;
        let deeper = sections.get(sections.partition_point(|other| other.span.start <= start));
        let holds = deeper.is_some_and(|next| next.level > section.level);
        if empty && !holds && section.top_level && !MAY_BE.contains(&section.name.as_str()) {
            let line = file.span(start..start + file.line_at(start).trim_end().len());
            findings.add(line, format!("`--{}--` is empty", section.name)).help("fill it, or take it out");
        }
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
                &with("", &format!("{SECTIONS}\n# --notes--\n")),
                &with("", &format!("# --explanation--\n\n \n{SECTIONS}")),
                &with("", "# --questions--\n\n## --text--\n\n## --answers--\n\nA.\n"),
            ],
        );
    }

    #[test]
    fn near_ones_do_not() {
        silent(
            &RULE,
            &[
                &with("", &format!("{SECTIONS}\n# --seed--\n\n# --solutions--\n")),
                &with("", "# --notes--\n\nA.\n"),
                &with("", "# --questions--\n\n## --text--\n\nA.\n"),
            ],
        );
    }
}
