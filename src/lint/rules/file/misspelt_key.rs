//! A key of the front matter that nobody reads, because of a slip.

use super::key_missing::NEEDED;
use super::lookalike;
use super::names::{self, How};
use crate::lint::{Check, File, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L126",
    name: "misspelt-key",
    group: Group::File,
    level: Level::Warning,
    summary: "a key of the front matter is nearly one that freeCodeCamp reads",
    fixable: true,
    check: Check::File(check),
};

fn check(file: &File<'_>, findings: &mut Findings<'_>) {
    let Some(front_matter) = file.front_matter() else { return };
    for entry in front_matter.entries.iter().filter(|entry| !names::is_key(&entry.key)) {
        let Some(guess) = names::key(&entry.key) else { continue };
        let right = guess.name;
        let there = front_matter.get(right).is_some();
        // That a key is missing is worse, and is said elsewhere.
        if guess.is_certain() && !there && NEEDED.iter().any(|(key, _)| *key == right) {
            continue;
        }
        let span = file.rest_of_line(entry.key_span.position);
        let finding = findings.add(span, format!("nobody reads the key `{}`", entry.key));
        if there {
            finding.help(format!("`{right}` is there too: remove this line"));
            continue;
        }
        finding.help(match guess.how {
            How::Written => format!("write `{right}`{}", lookalike::note(&entry.key)),
            _ => format!("did you mean `{right}`?"),
        });
        if guess.is_certain() && file.text().get(entry.key_span.range()) == Some(&entry.key) {
            finding.fix(format!("call the key `{right}`"), entry.key_span.range(), right);
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
                &with("forumTopicID: 301515\n", SECTIONS),
                &with("", SECTIONS).replace("dashedName", "dashed-name"),
                &with("Title: twice\n", SECTIONS),
                &with("helpCatgory: Backend\n", SECTIONS),
            ],
        );
    }

    #[test]
    fn near_ones_do_not() {
        silent(
            &RULE,
            &[
                &with("forumTopicId: 301515\n", SECTIONS),
                &with("author: me\nvideo: none\n", SECTIONS),
                &with("", SECTIONS).replace("title", "Title"),
            ],
        );
    }

    #[test]
    fn fixes() {
        let file = with("forumTopicId: 301515\n", SECTIONS).replace('\n', "\r\n");
        for (key, wrong) in [("dashedName", "dashedname"), ("forumTopicId", "forumTopicIds")] {
            let text = fixed(&RULE, &file.replace(key, wrong));
            assert_eq!(text, file);
            assert!(parse(&Source::new("a.md", text)).unwrap().dashed_name.is_some());
        }
        assert!(findings(&RULE, &with("Title: twice\n", SECTIONS))[0].fix.is_none());
    }
}
