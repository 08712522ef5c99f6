//! Quotes and dashes of books in code.

use super::script::{self, Foreign, Part, by_line};
use crate::challenge::Code;
use crate::lint::{Check, Edit, File, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L132",
    name: "typographic-code",
    group: Group::File,
    level: Level::Error,
    summary: "test code has a quote, dash or the like of a word processor, which is no JavaScript",
    fixable: true,
    check: Check::File(check),
};

/// What was typed before a word processor or a translation tool changed it.
fn plain(character: char) -> Option<&'static str> {
    Some(match character {
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => "\"",
        '‘' | '’' | '‚' | '‛' | '′' => "'",
        '–' | '—' | '−' | '‐' | '‑' => "-",
        '…' => "...",
        '×' => "*",
        '÷' => "/",
        '≤' => "<=",
        '≥' => ">=",
        '≠' => "!=",
        '→' => "->",
        '⇒' => "=>",
        _ => return None,
    })
}

fn check(file: &File<'_>, findings: &mut Findings<'_>) {
    for code in script::codes(file) {
        let mut found = script::foreign(&code.text);
        found.retain(|foreign| foreign.part == Part::Code && plain(foreign.character).is_some());
        for line in by_line(&code.text, &found, |one| one.at) {
            report(code, line, findings);
        }
    }
}

fn report(code: &Code, line: &[Foreign], findings: &mut Findings<'_>) {
    let Some(Foreign { at, character, .. }) = line.first().copied() else { return };
    let Some(instead) = plain(character) else { return };
    let finding = findings
        .add(code.span(at..at + character.len_utf8()), format!("`{character}` is no JavaScript"))
        .help(format!("write `{instead}`"));
    let start = code.text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let whole = code.text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("");
    // A long dash may have been one or two, and a quote within quotes would end them.
    let quotes = ["'", "\""].map(|quote| (quote, whole.contains(quote)));
    let certain = |one: &Foreign| match plain(one.character) {
        Some("-" | "!=" | "->") | None => None,
        Some(quote) if quotes.contains(&(quote, true)) => None,
        Some(other) => {
            let start = code.file_offset(one.at);
            Some(Edit { range: start..start + one.character.len_utf8(), text: other.to_owned() })
        }
    };
    let edits: Vec<Edit> = line.iter().filter_map(certain).collect();
    if edits.len() == line.len() {
        finding.edits("write the characters of a keyboard", edits);
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
                &challenge("assert.equal(a, “b”);"),
                &challenge("const a = b – 1;"),
                &challenge("const f = (…all) => all;"),
                &challenge("assert(`${“a”}`);"),
            ],
        );
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, "assert(true, 'the “quoted” – one’s…');");
        nothing(&RULE, "// “a”\nassert(`“${1}”`);");
        nothing(&RULE, "assert.match(a, /[“”]/);");
    }

    #[test]
    fn fixes() {
        let file = challenge("assert.equal(a, \"b\");").replace('\n', "\r\n");
        assert_eq!(fixed(&RULE, &file.replace("\"b\"", "“b”")), file);
        assert!(findings(&RULE, &challenge("a(“b\"”);"))[0].fix.is_none());
        assert!(findings(&RULE, &challenge("a — 1;"))[0].fix.is_none());
    }
}
