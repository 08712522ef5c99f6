//! What freeCodeCamp's schema demands of other keys.

use crate::challenge::Yaml;
use crate::lint::rules::shorten::shorten;
use crate::lint::{Check, File, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L127",
    name: "key-value",
    group: Group::File,
    level: Level::Error,
    summary: "a key has a value that freeCodeCamp's build refuses, or is missing for this type of challenge",
    fixable: false,
    check: Check::File(check),
};

const NUMBERS: [&str; 2] = ["forumTopicId", "order"];
const TEXTS: [&str; 3] = ["helpCategory", "notes", "videoUrl"];
/// Types that need a text of their own.
const NEEDED: [(u32, &str); 4] = [(11, "videoId"), (12, "url"), (13, "url"), (18, "msTrophyId")];

fn check(file: &File<'_>, findings: &mut Findings<'_>) {
    let Some(challenge) = file.challenge() else { return };
    for entry in &challenge.front_matter.entries {
        let key = entry.key.as_str();
        let wanted = match &entry.value {
            Yaml::Number(..) | Yaml::Null => continue,
            Yaml::Text(_) if TEXTS.contains(&key) => continue,
            _ if NUMBERS.contains(&key) => "a number",
            _ if TEXTS.contains(&key) => "text",
            _ => continue,
        };
        let found = match entry.value.scalar() {
            Some(text) => format!("`{}`", shorten(text)),
            None => entry.value.kind().to_owned(),
        };
        findings
            .add(file.rest_of_line(entry.key_span.position), format!("`{key}` must be {wanted}, but is {found}"))
            .help(format!("write {wanted}, or remove the line"));
    }
    for (kind, key) in NEEDED.iter().filter(|(kind, _)| *kind == challenge.challenge_type) {
        let value = challenge.front_matter.get(key).and_then(|entry| entry.value.scalar());
        if value.is_none_or(|text| text.trim().is_empty()) {
            findings
                .add(file.first_line(), format!("a challenge of type {kind} needs `{key}`"))
                .help(format!("add a line `{key}: ...`"));
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
                &with("forumTopicId: none\n", SECTIONS),
                &with("order: [1]\n", SECTIONS),
                &with("videoUrl: true\n", SECTIONS),
                &with("", SECTIONS).replace("Type: 2", "Type: 11"),
                &with("url: ''\n", SECTIONS).replace("Type: 2", "Type: 12"),
            ],
        );
    }

    #[test]
    fn near_ones_do_not() {
        silent(
            &RULE,
            &[
                &with("forumTopicId: 301515\norder: 1.5\nvideoUrl: ''\nnotes:\n", SECTIONS),
                &with("videoId: abc\n", SECTIONS).replace("Type: 2", "Type: 11"),
                &with("msTrophyId: 1\n", SECTIONS).replace("Type: 2", "Type: 18"),
            ],
        );
    }
}
