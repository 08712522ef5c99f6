//! A backslash before a letter that needs none.

use oxc_regular_expression::ast::{Character, CharacterClassContents, CharacterKind, Term};

use crate::lint::regex::{Written, walk};
use crate::lint::{Block, Check, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L410",
    name: "needless-escape",
    group: Group::Pattern,
    level: Level::Warning,
    summary: "a backslash stands before a letter that it does not change",
    fixable: true,
    check: Check::Block(check),
};

/// What other languages write with a letter, and what JavaScript has for it.
const ELSEWHERE: &[(char, &str)] = &[
    ('A', "`^`, the beginning of the text"),
    ('Z', "`$`, the end of the text"),
    ('z', "`$`, the end of the text"),
    ('h', "`[ \\t]`, blanks and tabs"),
    ('H', "`[^ \\t]`, all but blanks and tabs"),
    ('R', "`\\r?\\n`, the end of a line"),
    ('N', "`.`, all but the ends of lines"),
    ('X', "`[^]`, any character"),
    ('e', "`\\x1b`"),
    ('a', "`\\x07`"),
    ('p', "`\\p{..}` with the flag `u`"),
    ('P', "`\\P{..}` with the flag `u`"),
    ('u', "`\\u` and four hex digits"),
    ('x', "`\\x` and two hex digits"),
    ('k', "`\\k<name>` with a group of that name"),
    ('c', "`\\c` and a letter"),
];

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    for regex in &block.survey().regexes {
        let mut letters: Vec<&Character> = Vec::new();
        walk(&regex.pattern.body, &mut |terms| {
            for term in terms {
                match term {
                    Term::Character(character) => letters.push(character),
                    Term::CharacterClass(class) => letters.extend(class.body.iter().filter_map(|item| match item {
                        CharacterClassContents::Character(character) => Some(&**character),
                        _ => None,
                    })),
                    _ => {}
                }
            }
        });
        letters.sort_unstable_by_key(|letter| letter.span.start);
        letters.dedup_by_key(|letter| letter.span.start);
        for letter in letters {
            if letter.kind == CharacterKind::Identifier {
                report(block, letter, regex.written, findings);
            }
        }
    }
}

fn report(block: &Block<'_, '_>, character: &Character, written: Written, findings: &mut Findings<'_>) {
    let Some(letter) = char::from_u32(character.value).filter(char::is_ascii_alphabetic) else { return };
    let message = format!(r"`\{letter}` is just the letter `{letter}`");
    let finding = findings.add(block.span(character.span), message);
    if let Some((_, meant)) = ELSEWHERE.iter().find(|(other, _)| *other == letter) {
        finding.help(format!("if it was meant as in other languages, write {meant}"));
        return;
    }
    finding.help("leave the backslash out");
    if written == Written::Literal {
        finding.fix("leave the backslash out", block.span(character.span).range(), letter.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{challenge, findings, fixed, in_code, nothing, places};

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, r"/\Aok\Z/;"), [(1, 2), (1, 6)]);
        assert_eq!(places(&RULE, r"/a\mb[\y]/;"), [(1, 3), (1, 7)]);
        assert_eq!(places(&RULE, r"new RegExp('\\mb');"), [(1, 13)]);
        let help = "if it was meant as in other languages, write `^`, the beginning of the text";
        assert_eq!(in_code(&RULE, r"/\Aok/;")[0].help.as_deref(), Some(help));
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, r"/\bfoo\d\w\s\n\t\x41\u0041\cA\0\S\D\W\B\f\v\r/;");
        nothing(&RULE, r"/\/\-\'\:\}[\}\.]/;");
        nothing(&RULE, r"/(?<q>a)\k<q>\1/;");
    }

    #[test]
    fn is_taken_out_where_nothing_else_was_meant() {
        assert_eq!(fixed(&RULE, &challenge(r"/a\mb[\y]/;")), challenge("/amb[y]/;"));
        assert!(findings(&RULE, &challenge(r"/\Aa/;"))[0].fix.is_none());
    }
}
