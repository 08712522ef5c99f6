//! A line that was meant as a marker and is none.

use std::collections::HashSet;

use super::names::{self, How};
use super::prose;
use crate::lint::{Check, File, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L118",
    name: "lost-marker",
    group: Group::File,
    level: Level::Warning,
    summary: "a line was meant as a marker, but is written so that it is none",
    fixable: true,
    check: Check::File(check),
};

/// Sections whose plain heading means that the dashes were forgotten, where the section is missing.
const BARE: [&str; 5] = ["description", "hints", "instructions", "seed", "solutions"];
/// Longer lines are no markers.
const LONGEST: usize = 60;

fn check(file: &File<'_>, findings: &mut Findings<'_>) {
    let mut there: Option<HashSet<&str>> = None;
    for (start, line) in prose::lines(file) {
        let text = line.trim();
        if text.len() > LONGEST || !text.starts_with(['#', '-', '–', '—', '\\']) {
            continue;
        }
        let at = start + (line.len() - line.trim_start().len());
        if file.sections().binary_search_by(|section| section.span.start.cmp(&at)).is_ok() {
            continue;
        }
        let Some(lost) = lost(text) else { continue };
        let names = || file.sections().iter().map(|section| section.name.as_str()).collect();
        let there = there.get_or_insert_with(names).contains(lost.name);
        let Some(right) = names::heading(lost.name, lost.level) else { continue };
        if lost.bare && (there || !right.starts_with("# ")) {
            continue;
        }
        let span = file.span(at..at + text.len());
        let finding = findings
            .add(span, format!("`{text}` begins no section"))
            .help(format!("write `{right}` at the start of the line"));
        let doubled = there && right.starts_with("# ");
        if !lost.bare && !doubled {
            finding.fix(format!("write `{right}`"), start..at + text.len(), right);
        }
    }
}

pub(super) struct Lost {
    name: &'static str,
    level: u8,
    /// A heading without any dash.
    bare: bool,
}

fn is_dash(character: char) -> bool {
    matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// What a line was meant to be.
pub(super) fn lost(text: &str) -> Option<Lost> {
    let rest = text.trim_start_matches('#');
    let level = u8::try_from(text.len() - rest.len()).ok()?;
    let frame = |character: char| is_dash(character) || matches!(character, '*' | '_' | '`' | '\\' | ' ' | '#');
    let core = rest.trim_matches(frame);
    let at = rest.find(core).filter(|_| !core.is_empty())?;
    let (before, after) = (rest.get(..at)?, rest.get(at + core.len()..)?);
    let dashes = |part: &str| part.chars().filter(|character| is_dash(*character)).count();
    let (opening, closing) = (dashes(before), dashes(after));
    if !core.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | ' ')) {
        return None;
    }
    let bare = opening == 0 && closing == 0;
    if level == 0 {
        // `- text` is an item of a list, a long dash at both ends no doubt a marker.
        let long = before.chars().any(|character| !character.is_ascii() && is_dash(character));
        if before.contains([' ', '`']) || !(opening >= 2 || long) || closing == 0 {
            return None;
        }
    } else if bare && (level != 1 || !before.starts_with(' ')) {
        return None;
    }
    if bare {
        let name = BARE.iter().find(|name| core.eq_ignore_ascii_case(name))?;
        return Some(Lost { name, level, bare });
    }
    let guess = names::marker(core)?;
    matches!(guess.how, How::Written | How::Translated).then_some(Lost { name: guess.name, level, bare })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::challenge::{Source, parse};
    use crate::lint::rules::testing::{SECTIONS, findings, fixed, silent, trips, with};

    #[test]
    fn trips_over() {
        for line in [
            "#--hints--",
            "# -hints-",
            "# --hints-",
            "# --hints",
            "# hints--",
            "# –hints–",
            "# —hints—",
            "--hints--",
            "—hints—",
            "# `--hints--`",
            "# **--hints--**",
            "# Hints",
            "    # --hints--",
            "# -Pistas-",
        ] {
            let file = with("", &format!("# --description--\n\nText.\n\n{line}\n\nText.\n"));
            assert_eq!(findings(&RULE, &file).len(), 1, "{line}");
        }
        trips(&RULE, &[&with("", "#--seed--"), &with("", "##--seed-contents--"), &with("", "#### -text-")]);
    }

    #[test]
    fn near_ones_do_not() {
        silent(
            &RULE,
            &[
                &with("", SECTIONS),
                &with("", &format!("{SECTIONS}\n# Hints\n\n- text\n- answers -\n\n-- notes\n")),
                &with("", "# --description--\n\n## Notes\n\n# Notes\n\n---\n\n# A - b\n\nSee `# --hints--`.\n"),
                &with("", "```md\n#--hints--\n```\n\n--hints--\n===\n"),
                &with("", "--fcc-editable-region--\n"),
            ],
        );
    }

    #[test]
    fn fixes() {
        let file = with("", &SECTIONS.replace("# --hints--", "#--hints--")).replace('\n', "\r\n");
        let text = fixed(&RULE, &file);
        assert_eq!(text, file.replace("#--hints--", "# --hints--"));
        assert_eq!(parse(&Source::new("a.md", text)).unwrap().hints.len(), 1);
        assert_eq!(fixed(&RULE, &with("", "Text.\n\n   —seed—\n")), with("", "Text.\n\n# --seed--\n"));
        assert!(findings(&RULE, &with("", "# Hints\n"))[0].fix.is_none());
        assert!(findings(&RULE, &with("", &format!("{SECTIONS}\n#--hints--\n")))[0].fix.is_none());
    }
}
