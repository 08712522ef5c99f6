//! A translation of something else.

use crate::lint::rules::shorten::shorten;
use crate::lint::{Check, File, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L601",
    name: "other-id",
    group: Group::Translation,
    level: Level::Error,
    summary: "a translation has another id than its original",
    fixable: false,
    check: Check::Translation(check),
};

fn check(original: &File<'_>, translated: &File<'_>, findings: &mut Findings<'_>) {
    let (Some(before), Some(after)) = (original.challenge(), translated.challenge()) else { return };
    if before.id == after.id {
        return;
    }
    let span = after
        .front_matter
        .get("id")
        .map_or(translated.first_line(), |entry| translated.rest_of_line(entry.key_span.position));
    findings
        .add(span, format!("the id is `{}`, but that of the original is `{}`", shorten(&after.id), shorten(&before.id)))
        .help(format!("take the id of {}, or compare the file with its own original", original.source.name));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{SECTIONS, in_translation, with};

    #[test]
    fn trips_over() {
        let file = with("", SECTIONS);
        for other in ["589fc831f9fc0f352b528e78", "589FC831F9FC0F352B528E77", "1"] {
            let found = in_translation(&RULE, &file, &file.replace("589fc831f9fc0f352b528e77", other));
            assert_eq!((found.len(), found[0].span.position.line), (1, 2), "{other}");
        }
    }

    #[test]
    fn near_ones_do_not() {
        let file = with("", SECTIONS);
        for other in [
            file.clone(),
            file.replace("589fc831f9fc0f352b528e77", "'589fc831f9fc0f352b528e77' # the id"),
            file.replace('\n', "\r\n").replace("title: A challenge", "title: Un desafío"),
        ] {
            assert_eq!(in_translation(&RULE, &file, &other), []);
        }
    }
}
