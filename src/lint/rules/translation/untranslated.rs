//! Text that nobody has translated.

use crate::challenge::Markdown;
use crate::lint::{Check, File, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L604",
    name: "untranslated",
    group: Group::Translation,
    level: Level::Warning,
    summary: "a title, description or hint is still that of the original",
    fixable: false,
    check: Check::Translation(check),
};

/// Shorter titles may well be names.
const TITLE: usize = 4;
/// Shorter texts may well be all names and code.
const TEXT: usize = 5;

fn check(original: &File<'_>, translated: &File<'_>, findings: &mut Findings<'_>) {
    let (Some(before), Some(after)) = (original.challenge(), translated.challenge()) else { return };
    let same =
        |one: &str, other: &str, least: usize| words(one) >= least && one.trim().lines().eq(other.trim().lines());
    let mut places = Vec::new();
    if same(&before.title, &after.title, TITLE)
        && let Some(entry) = after.front_matter.get("title")
    {
        places.push(("the title".to_owned(), translated.rest_of_line(entry.key_span.position)));
    }
    let parts = [
        ("description", &before.description, &after.description),
        ("instructions", &before.instructions, &after.instructions),
        ("notes", &before.notes, &after.notes),
    ];
    let mut compared = 0;
    for (name, one, other) in parts {
        let (Some(one), Some(other)) = (one, other) else { continue };
        compared += usize::from(words(&one.text) >= TEXT);
        if same(&one.text, &other.text, TEXT) {
            places.push((format!("the {name}"), first_line(translated, other)));
        }
    }
    if before.hints.len() == after.hints.len() {
        for (index, (one, other)) in before.hints.iter().zip(&after.hints).enumerate() {
            compared += usize::from(words(&one.markdown.text) >= TEXT);
            if same(&one.markdown.text, &other.markdown.text, TEXT) {
                places.push((format!("hint {}", index + 1), first_line(translated, &other.markdown)));
            }
        }
    }
    let texts = places.iter().filter(|(what, _)| what != "the title").count();
    if let Some((_, span)) = places.first().filter(|_| texts > 1 && texts == compared) {
        findings.add(*span, "nothing in this file is translated").help(help(original));
        return;
    }
    for (what, span) in places {
        findings
            .add(span, format!("{what} {} not translated", if what.ends_with('s') { "are" } else { "is" }))
            .help(help(original));
    }
}

fn help(original: &File<'_>) -> String {
    format!("translate it; the original is {}", original.source.name)
}

fn first_line(file: &File<'_>, text: &Markdown) -> crate::challenge::Span {
    file.rest_of_line(text.span.position)
}

/// How many words for people a text has: those in backticks are code.
fn words(text: &str) -> usize {
    let prose = text.split('`').step_by(2);
    let is_word = |word: &&str| word.chars().filter(|letter| letter.is_alphabetic()).count() > 1 && !word.contains('/');
    prose.flat_map(str::split_whitespace).filter(is_word).count()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{SECTIONS, in_translation, with};

    fn messages(changes: &[(&str, &str)]) -> Vec<String> {
        let file = with("", SECTIONS)
            .replace("title: A challenge", "title: Build a small time server")
            .replace("Text.", "Build a server which tells the time.")
            .replace("It should answer.", "It should answer with the time.");
        let other = changes.iter().fold(file.clone(), |text, (from, to)| text.replace(from, to));
        in_translation(&RULE, &file, &other).into_iter().map(|found| found.message).collect()
    }

    const TITLE: (&str, &str) = ("title: Build a small time server", "title: Un servidor");
    const DESCRIPTION: (&str, &str) = ("Build a server which tells the time.", "Haz un servidor que diga la hora.");
    const HINT: (&str, &str) = ("It should answer with the time.", "Debe responder con la hora.");

    #[test]
    fn trips_over() {
        assert_eq!(messages(&[]), ["nothing in this file is translated"]);
        assert_eq!(messages(&[TITLE]), ["nothing in this file is translated"]);
        assert_eq!(messages(&[DESCRIPTION]), ["the title is not translated", "hint 1 is not translated"]);
        assert_eq!(messages(&[TITLE, HINT]), ["the description is not translated"]);
    }

    #[test]
    fn near_ones_do_not() {
        assert_eq!(messages(&[TITLE, DESCRIPTION, HINT]), [""; 0]);
        let file = with("", SECTIONS);
        for other in [file.clone(), file.replace("title: A challenge", "title: Un desafío")] {
            assert_eq!(in_translation(&RULE, &file, &other), [], "short texts may be names");
        }
        let code = file.replace("Text.", "`app.use(cors({ optionsSuccessStatus: 200 }))` GET /api/users/:_id");
        assert_eq!(in_translation(&RULE, &code, &code), []);
    }
}
