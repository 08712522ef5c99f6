//! Letters of other scripts that pass for Latin ones.

use super::lookalike;
use super::script::{self, Foreign, Part, by_line};
use crate::challenge::Code;
use crate::lint::{Check, Edit, File, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L131",
    name: "confusable-character",
    group: Group::File,
    level: Level::Warning,
    summary: "a character of test code looks like an ASCII one and is another",
    fixable: true,
    check: Check::File(check),
};

/// Letters to each side that are looked at to judge a word.
const REACH: usize = 32;

fn check(file: &File<'_>, findings: &mut Findings<'_>) {
    for code in script::codes(file) {
        let mut found = script::foreign(&code.text);
        found.retain(|foreign| is_wrong(&code.text, *foreign));
        for line in by_line(&code.text, &found, |one| one.at) {
            report(code, line, findings);
        }
    }
}

fn is_wrong(code: &str, foreign: Foreign) -> bool {
    let Foreign { at, character, part } = foreign;
    if lookalike::of(character).is_none() || part == Part::Comment {
        return false;
    }
    if !character.is_alphanumeric() {
        // Prose in Chinese has wide punctuation; code never has.
        return part == Part::Code;
    }
    let before = code.get(..at).unwrap_or("").chars().rev().take(REACH).take_while(|letter| letter.is_alphanumeric());
    let after = code.get(at..).unwrap_or("").chars().take(REACH).take_while(|letter| letter.is_alphanumeric());
    let (mut latin, mut alike, mut all) = (0, 0, 0);
    for letter in before.chain(after) {
        all += 1;
        latin += usize::from(letter.is_ascii_alphabetic());
        alike += usize::from(lookalike::of(letter).is_some());
    }
    // A word of another script is what it seems to be.
    match part {
        Part::Code => latin > 0 || alike == all,
        _ => latin > 0 && latin + alike == all && all >= 3,
    }
}

/// What was found on one line.
fn report(code: &Code, line: &[Foreign], findings: &mut Findings<'_>) {
    let Some(Foreign { at, character, .. }) = line.first().copied() else { return };
    let Some(latin) = lookalike::of(character) else { return };
    let more = match line.len() {
        1 => String::new(),
        count => format!("; there are {} more on this line", count - 1),
    };
    let kind = lookalike::kind(character);
    let message = format!("`{character}` (U+{:04X}) is {kind} that looks like `{latin}`{more}", u32::from(character));
    let finding = findings.add(code.span(at..at + character.len_utf8()), message).help(format!("write `{latin}`"));
    let edit = |one: &Foreign| {
        let start = code.file_offset(one.at);
        let range = start..start + one.character.len_utf8();
        Some(Edit { range, text: lookalike::of(one.character).filter(|_| one.part == Part::Code)?.to_string() })
    };
    let edits: Vec<Edit> = line.iter().filter_map(edit).collect();
    if edits.len() == line.len() {
        finding.edits("write the ASCII characters", edits);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{challenge, findings, fixed, nothing, trips};

    #[test]
    fn trips_over() {
        trips(
            &RULE,
            &[
                &challenge("аssert(true);"),
                &challenge("assert（true）;"),
                &challenge("const о = 1;"),
                &challenge("assert.match(text, /аpp.get/);"),
                &challenge("assert.equal(name, `sосket`);"),
            ],
        );
        let found = findings(&RULE, &challenge("assert(true)；"));
        assert_eq!(found[0].message, "`；` (U+FF1B) is a wide character that looks like `;`");
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, "assert(true, 'це повідомлення，так');");
        nothing(&RULE, "// аssert\nassert(true, 'é à ñ');");
        nothing(&RULE, "const привет = /[а-я]+/;");
        nothing(&RULE, "assert.equal(a, 'к в');");
    }

    #[test]
    fn fixes() {
        let file = challenge("assert(true);").replace('\n', "\r\n");
        assert_eq!(fixed(&RULE, &file.replace("assert(true);", "аssert（true）；")), file);
        assert!(findings(&RULE, &challenge("match(/аpp/);"))[0].fix.is_none());
    }
}
