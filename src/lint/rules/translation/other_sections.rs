//! Sections that a translation lost or made up.

use std::collections::{HashMap, HashSet};

use crate::challenge::Section;
use crate::lint::rules::shorten::shorten;
use crate::lint::{Check, File, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L606",
    name: "other-sections",
    group: Group::Translation,
    level: Level::Warning,
    summary: "a section of the original is missing, or its marker was translated",
    fixable: false,
    check: Check::Translation(check),
};

/// Their absence changes nothing.
const UNREAD: [&str; 2] = ["seed", "solutions"];

fn check(original: &File<'_>, translated: &File<'_>, findings: &mut Findings<'_>) {
    let here: Vec<&Section> = top(translated).collect();
    let by_name: HashMap<&str, &Section> = here.iter().rev().map(|section| (section.name.as_str(), *section)).collect();
    let known: HashSet<&str> = top(original).map(|section| section.name.as_str()).collect();
    let mut last = None;
    for (index, section) in top(original).enumerate() {
        if let Some(found) = by_name.get(section.name.as_str()) {
            last = Some(*found);
            continue;
        }
        if UNREAD.contains(&section.name.as_str()) || is_empty(original, section) {
            continue;
        }
        let shown =
            |section: &Section| format!("{} --{}--", "#".repeat(usize::from(section.level)), shorten(&section.name));
        // A marker in its place that the original does not have is a translation of it.
        let instead = here.get(index).filter(|other| !known.contains(other.name.as_str()));
        match (instead, last) {
            (Some(other), _) => findings.add(
                translated.rest_of_line(other.span.position),
                format!("`{}` stands where the original has `{}`", shown(other), shown(section)),
            ),
            (None, Some(before)) => findings.add(
                translated.rest_of_line(before.span.position),
                format!("`{}` of the original is missing", shown(section)),
            ),
            (None, None) => {
                findings.add(translated.first_line(), format!("`{}` of the original is missing", shown(section)))
            }
        }
        .help(format!("markers are never translated; see {}:{}", original.source.name, section.span.position.line));
    }
}

fn top<'f>(file: &'f File<'_>) -> impl Iterator<Item = &'f Section> {
    file.sections().iter().filter(|section| section.top_level && section.level == 1)
}

fn is_empty(file: &File<'_>, section: &Section) -> bool {
    let next = file.sections().partition_point(|other| other.span.start <= section.span.start);
    let end = file.sections().get(next).map_or(file.text().len(), |next| next.span.start);
    let deeper = file.sections().get(next).is_some_and(|next| next.level > section.level);
    !deeper && file.text().get(section.span.end..end).is_none_or(|body| body.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{SECTIONS, in_translation, with};

    #[test]
    fn trips_over() {
        let file = with("", &format!("{SECTIONS}\n# --before-all--\n\n```js\na();\n```\n"));
        let found =
            |text: &str| in_translation(&RULE, &file, text).into_iter().map(|found| found.message).collect::<Vec<_>>();
        assert_eq!(
            found(&file.replace("--before-all--", "--antes de todo--")),
            ["`# --antes de todo--` stands where the original has `# --before-all--`"]
        );
        assert_eq!(found(&with("", SECTIONS)), ["`# --before-all--` of the original is missing"]);
        assert_eq!(found(&with("", "Text.\n")).len(), 3);
    }

    #[test]
    fn near_ones_do_not() {
        let file = with("", &format!("{SECTIONS}\n# --notes--\n\n# --solutions--\n\n```js\n// none\n```\n"));
        for other in [
            file.clone(),
            with("", SECTIONS),
            file.replace("# --notes--", "# Notas\n\n# --notes--\n\nA."),
            with("", &format!("# --notes--\n\n{SECTIONS}")),
        ] {
            assert_eq!(in_translation(&RULE, &file, &other), [], "{other}");
        }
    }
}
