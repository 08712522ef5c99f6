//! Characters that nobody sees.

use super::prose;
use super::script::{self, Foreign, Part, by_line};
use crate::lint::{Check, Edit, File, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L130",
    name: "invisible-character",
    group: Group::File,
    level: Level::Warning,
    summary: "a character that nobody sees stands where it does harm",
    fixable: true,
    check: Check::File(check),
};

/// What an invisible character does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// Has no width and no use: `a zero width space`.
    Nothing,
    /// Has no width; some scripts need it between their letters.
    Joiner,
    /// Turns the direction of the text; prose in Arabic may need it.
    Direction,
    /// Turns the direction by force, so that code reads otherwise than it runs.
    Override,
    /// Looks like a blank.
    Blank,
    /// Stands for bytes that could not be read.
    Broken,
}

fn sort(character: char) -> Option<(Sort, &'static str)> {
    Some(match character {
        '\u{200b}' => (Sort::Nothing, "a zero width space"),
        '\u{2060}' => (Sort::Nothing, "a word joiner"),
        '\u{feff}' => (Sort::Nothing, "a byte order mark"),
        '\u{ad}' => (Sort::Joiner, "a soft hyphen"),
        '\u{200c}' => (Sort::Joiner, "a zero width non-joiner"),
        '\u{200d}' => (Sort::Joiner, "a zero width joiner"),
        '\u{61c}' | '\u{200e}' | '\u{200f}' => (Sort::Direction, "a mark of direction"),
        '\u{202a}'..='\u{202c}' => (Sort::Direction, "an embedding of direction"),
        '\u{2066}'..='\u{2069}' => (Sort::Direction, "an isolate of direction"),
        '\u{202d}' | '\u{202e}' => (Sort::Override, "an override of direction"),
        '\u{a0}' | '\u{202f}' => (Sort::Blank, "a no-break space"),
        '\u{2000}'..='\u{200a}' | '\u{205f}' | '\u{3000}' => (Sort::Blank, "a blank of another width"),
        '\u{fffd}' => (Sort::Broken, "a replacement character: what stood here was no UTF-8"),
        _ => return None,
    })
}

/// One that is to be reported.
#[derive(Debug, Clone, Copy)]
struct Found {
    /// Bytes of the file.
    start: usize,
    character: char,
    what: &'static str,
    /// What to write instead, where that is certain.
    instead: Option<&'static str>,
}

fn check(file: &File<'_>, findings: &mut Findings<'_>) {
    let text = file.text();
    if text.is_ascii() {
        return;
    }
    let mut found: Vec<Found> = Vec::new();
    for code in script::codes(file) {
        for foreign in script::foreign(&code.text) {
            found.extend(in_code(foreign, code.file_offset(foreign.at)));
        }
    }
    let body = prose::body(file);
    let front_matter = text.get(..body).unwrap_or("").char_indices().filter(|(_, character)| !character.is_ascii());
    found.extend(front_matter.filter_map(|(at, character)| in_prose(text, at, character)));
    for (start, line) in prose::lines(file).filter(|(_, line)| !line.is_ascii()) {
        // Where no fence tells them from prose, tests have been looked at already.
        let characters = line.char_indices().filter(|(_, character)| !character.is_ascii());
        let characters = characters.map(|(at, character)| (start + at, character));
        found.extend(characters.filter_map(|(at, character)| in_prose(text, at, character)));
    }
    found.sort_by_key(|one| one.start);
    found.dedup_by_key(|one| one.start);
    for line in by_line(text, &found, |one| one.start) {
        report(file, line, findings);
    }
}

fn in_code(foreign: Foreign, start: usize) -> Option<Found> {
    let Foreign { character, part, .. } = foreign;
    let (sort, what) = sort(character)?;
    let instead = match (sort, part) {
        (Sort::Blank, Part::Comment) => return None,
        // A test may mean it.
        (_, Part::Literal) | (Sort::Broken, _) => None,
        (Sort::Blank, Part::Code) => Some(" "),
        _ => Some(""),
    };
    Some(Found { start, character, what, instead })
}

fn in_prose(text: &str, start: usize, character: char) -> Option<Found> {
    let (sort, what) = sort(character)?;
    let before = text.get(..start).and_then(|before| before.chars().next_back());
    let after = text.get(start + character.len_utf8()..).and_then(|after| after.chars().next());
    // Letters of scripts without blanks between words have it to break lines.
    let needed = |side: Option<char>| side.is_some_and(|side| !side.is_ascii() && side.is_alphanumeric());
    let instead = match sort {
        Sort::Nothing if needed(before) || needed(after) => return None,
        Sort::Joiner if character == '\u{ad}' => return None,
        Sort::Joiner if before.is_some_and(|side| !side.is_ascii()) || after.is_some_and(|side| !side.is_ascii()) => {
            return None;
        }
        Sort::Direction | Sort::Blank => return None,
        Sort::Broken => None,
        Sort::Nothing | Sort::Joiner | Sort::Override => Some(""),
    };
    Some(Found { start, character, what, instead })
}

/// What was found on one line.
fn report(file: &File<'_>, line: &[Found], findings: &mut Findings<'_>) {
    let Some(first) = line.first() else { return };
    let code = u32::from(first.character);
    let more = match line.len() {
        1 => String::new(),
        count => format!(", and {} more on this line", count - 1),
    };
    let span = file.span(first.start..first.start + first.character.len_utf8());
    let finding = findings.add(span, format!("U+{code:04X} is {}{more}", first.what));
    let edit = |found: &Found| {
        let range = found.start..found.start + found.character.len_utf8();
        Some(Edit { range, text: found.instead?.to_owned() })
    };
    let edits: Vec<Edit> = line.iter().filter_map(edit).collect();
    if edits.len() == line.len() {
        let blank = edits.iter().all(|edit| edit.text == " ");
        let title = if blank { "write a plain blank" } else { "remove it" };
        finding.help(title).edits(title, edits);
    } else if first.character == '\u{fffd}' {
        finding.help("save the file as UTF-8, and write anew what is lost");
    } else {
        finding.help(format!("remove it, or write `\\u{code:04x}` if the test means it"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::challenge::{Source, parse};
    use crate::lint::rules::testing::{SECTIONS, challenge, findings, fixed, silent, trips, with};

    #[test]
    fn trips_over() {
        trips(
            &RULE,
            &[
                &challenge("assert(\u{200b}true);"),
                &challenge("assert(\u{a0}true);"),
                &challenge("assert.match(text, /a\u{a0}b/);"),
                &challenge("// \u{202e}\nassert(true);"),
                &with("", &SECTIONS.replace("Text.", "The `model\u{200b}` is.")),
                &with("", &SECTIONS.replace("Text.", "A \u{fffd}.")),
                &with("notes: 'a\u{feff}b'\n", SECTIONS),
            ],
        );
        let found = findings(&RULE, &challenge("a(\u{a0}'\u{a0}',\u{200b}b);\n\u{a0}c();"));
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].message, "U+00A0 is a no-break space, and 2 more on this line");
        assert!(found[0].fix.is_none() && found[1].fix.is_some());
    }

    #[test]
    fn near_ones_do_not() {
        silent(
            &RULE,
            &[
                &with("", SECTIONS),
                &challenge("// a\u{a0}b\nassert(true, 'é');"),
                &with("", &SECTIONS.replace("Text.", "Voilà\u{a0}! \u{1f469}\u{200d}\u{1f4bb} می\u{200c}شود \u{200f}")),
                &with("", &SECTIONS.replace("Text.", "ไทย\u{200b}ไทย, co\u{ad}operate.")),
                &challenge("assert.match(text, /\\u00a0/);"),
            ],
        );
    }

    #[test]
    fn fixes() {
        let file = challenge("assert(true);").replace('\n', "\r\n");
        assert_eq!(fixed(&RULE, &file.replace("(true)", "(\u{200b}true\u{2060})")), file);
        assert_eq!(fixed(&RULE, &file.replace("assert(", "\u{a0}assert(")), file.replace("assert(", " assert("));
        assert_eq!(fixed(&RULE, &file.replace("Text.", "\u{feff}Te\u{200b}xt.")), file);
        assert!(parse(&Source::new("a.md", file)).is_ok());
    }
}
