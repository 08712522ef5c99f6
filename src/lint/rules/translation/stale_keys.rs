//! Front matter that the original has changed.

use crate::lint::rules::shorten::shorten;
use crate::lint::{Check, File, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L605",
    name: "stale-keys",
    group: Group::Translation,
    level: Level::Warning,
    summary: "a translation has another challengeType, dashedName or forumTopicId than its original",
    fixable: false,
    check: Check::Translation(check),
};

const SAME: [&str; 3] = ["challengeType", "dashedName", "forumTopicId"];

fn check(original: &File<'_>, translated: &File<'_>, findings: &mut Findings<'_>) {
    let (Some(before), Some(after)) = (original.front_matter(), translated.front_matter()) else { return };
    for key in SAME {
        let Some(wanted) = before.get(key).and_then(|entry| entry.value.scalar()) else { continue };
        let entry = after.get(key);
        let found = entry.and_then(|entry| entry.value.scalar());
        if found == Some(wanted) {
            continue;
        }
        let wanted = shorten(wanted);
        let (span, message) = match (entry, found) {
            (Some(entry), Some(found)) => (
                translated.rest_of_line(entry.key_span.position),
                format!("`{key}` is `{}`, but `{wanted}` in the original", shorten(found)),
            ),
            (Some(entry), None) => (
                translated.rest_of_line(entry.key_span.position),
                format!("`{key}` is {}, but `{wanted}` in the original", entry.value.kind()),
            ),
            (None, _) => (translated.first_line(), format!("`{key}` is missing, but is `{wanted}` in the original")),
        };
        findings
            .add(span, message)
            .help(format!("write `{key}: {wanted}`; see what else {} has changed", original.source.name));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{SECTIONS, in_translation, with};

    #[test]
    fn trips_over() {
        let file = with("forumTopicId: 301515\n", SECTIONS);
        for (from, to, line) in [
            ("challengeType: 2", "challengeType: 4", 4),
            ("dashedName: a-challenge", "dashedName: un-desafio", 5),
            ("forumTopicId: 301515\n", "", 1),
            ("forumTopicId: 301515", "forumTopicId:", 6),
        ] {
            let found = in_translation(&RULE, &file, &file.replace(from, to));
            assert_eq!((found.len(), found[0].span.position.line), (1, line), "{to}");
        }
    }

    #[test]
    fn near_ones_do_not() {
        let file = with("forumTopicId: 301515\n", SECTIONS);
        for (from, to) in [
            ("title: A challenge", "title: Un desafío"),
            ("dashedName: a-challenge", "dashedName: 'a-challenge'"),
            ("forumTopicId: 301515", "forumTopicId: 301515 # foro\nvideoUrl: ''"),
        ] {
            assert_eq!(in_translation(&RULE, &file, &file.replace(from, to)), []);
        }
    }
}
