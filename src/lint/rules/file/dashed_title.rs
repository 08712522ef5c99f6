//! A `dashedName` that is not the title's.

use super::place::Place;
use crate::lint::{Check, File, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L124",
    name: "dashed-name-title",
    group: Group::File,
    level: Level::Warning,
    summary: "`dashedName` has no word of the English title",
    fixable: false,
    check: Check::File(check),
};

/// Longer ones are not compared.
const LONGEST: usize = 1000;

fn check(file: &File<'_>, findings: &mut Findings<'_>) {
    let Some(challenge) = file.challenge() else { return };
    let Some(name) = challenge.dashed_name.as_deref() else { return };
    // Translations keep the name, not the title; a title of other letters has no name that follows from it.
    if name.len() + challenge.title.len() > LONGEST
        || !challenge.title.is_ascii()
        || Place::of(&file.source.name).is_translation()
    {
        return;
    }
    let title = challenge.title.to_ascii_lowercase();
    let telling = |word: &&str| word.len() >= 3 || word.bytes().any(|byte| byte.is_ascii_digit());
    let mut words = name.split('-').filter(telling).peekable();
    if words.peek().is_none() || words.any(|word| title.contains(word)) {
        return;
    }
    let Some(entry) = challenge.front_matter.get("dashedName") else { return };
    findings
        .add(
            file.rest_of_line(entry.key_span.position),
            format!("the dashedName `{name}` has no word of the title `{}`", challenge.title),
        )
        .help("check that it was not copied from another challenge; do not change it once the challenge is published");
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::challenge::Source;
    use crate::lint::Linter;
    use crate::lint::rules::testing::{SECTIONS, silent, trips, with};

    #[test]
    fn trips_over() {
        let file = with("", SECTIONS);
        trips(
            &RULE,
            &[
                &file.replace("a-challenge", "another-one"),
                &file.replace("title: A challenge", "title: A task"),
                &file.replace("a-challenge", "step-2"),
            ],
        );
    }

    #[test]
    fn near_ones_do_not() {
        let file = with("", SECTIONS);
        silent(
            &RULE,
            &[
                &file,
                &file.replace("title: A challenge", "title: A *Challenge*!"),
                &file.replace("title: A challenge", "title: Un desafío"),
                &file.replace("title: A challenge", "title: 'C# & .NET'").replace("a-challenge", "c-sharp-and-net"),
                &file.replace("title: A challenge", "title: Aufgabe 9").replace("a-challenge", "task-9"),
                &file.replace("a-challenge", "lab-challenge"),
            ],
        );
        let text = file.replace("title: A challenge", "title: Un desafio");
        let found = |name: &str| {
            let findings = Linter::default().file(&Source::new(name, text.as_str())).findings;
            findings.iter().any(|finding| finding.rule == &RULE)
        };
        assert!(found("x/english/a/b.md") && !found("x/espanol/a/b.md") && !found("x\\espanol\\a\\b.md"));
    }
}
