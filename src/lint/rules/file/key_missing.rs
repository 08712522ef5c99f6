//! A key that every challenge needs and that is not there.

use super::lookalike;
use super::names;
use crate::challenge::FrontMatter;
use crate::lint::{Check, File, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L104",
    name: "key-missing",
    group: Group::File,
    level: Level::Error,
    summary: "the front matter lacks `id`, `title` or `challengeType`",
    fixable: true,
    check: Check::File(check),
};

/// The keys, each with what belongs there.
pub(super) const NEEDED: [(&str, &str); 3] = [
    ("id", "24 hexadecimal digits, such as 589fc831f9fc0f352b528e77"),
    ("title", "the title of the challenge"),
    ("challengeType", "a number: 2 for a back-end challenge, 4 for a back-end project"),
];

fn check(file: &File<'_>, findings: &mut Findings<'_>) {
    let Some(front_matter) = file.front_matter() else { return };
    for (key, what) in NEEDED.iter().filter(|(key, _)| front_matter.get(key).is_none()) {
        let message = format!("the front matter has no `{key}`");
        let Some(near) = nearly(front_matter, key) else {
            findings.add(file.first_line(), message).help(format!("add a line `{key}: ...` with {what}"));
            continue;
        };
        let finding = findings
            .add(file.rest_of_line(near.key_span.position), format!("{message}, but it has `{}`", near.key))
            .help(format!("write `{key}`{}", lookalike::note(&near.key)));
        if file.text().get(near.key_span.range()) == Some(&near.key) {
            finding.fix(format!("call the key `{key}`"), near.key_span.range(), *key);
        }
    }
}

/// The key that was meant to be `key`.
fn nearly<'f>(front_matter: &'f FrontMatter, key: &str) -> Option<&'f crate::challenge::Entry> {
    let meant = |name: &str| {
        !names::is_key(name) && names::key(name).is_some_and(|guess| guess.is_certain() && guess.name == key)
    };
    front_matter.entries.iter().find(|entry| meant(&entry.key))
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
            &[&file.replace("title:", "topic:"), &file.replace("challengeType", "challengetype"), "---\n# none\n---\n"],
        );
        assert_eq!(findings(&RULE, "---\ntitle: A\n---\n").len(), 2);
    }

    #[test]
    fn near_ones_do_not() {
        silent(
            &RULE,
            &[
                &with("", SECTIONS),
                &with("", SECTIONS).replace("title: A challenge", "\"title\": ''"),
                &with("Title: twice\n", SECTIONS),
                "no front matter at all",
            ],
        );
    }

    #[test]
    fn fixes() {
        let file = with("", SECTIONS).replace('\n', "\r\n");
        for (key, wrong) in [("challengeType", "challengetype"), ("title", "Titel"), ("title", "tittle")] {
            let text = fixed(&RULE, &file.replace(key, wrong));
            assert_eq!(text, file);
            assert!(parse(&Source::new("a.md", text)).is_ok());
        }
    }
}
