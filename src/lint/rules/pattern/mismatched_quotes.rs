//! Two quotes that need not be the same.

use oxc_regular_expression::ast::{CharacterClassContents, Disjunction, Term};
use oxc_span::{GetSpan, Span};

use crate::lint::regex::{groups, walk};
use crate::lint::words::shown;
use crate::lint::{Block, Check, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L404",
    name: "mismatched-quotes",
    group: Group::Pattern,
    level: Level::Warning,
    summary: "a regular expression accepts a text that begins with one quote and ends with another",
    fixable: false,
    check: Check::Block(check),
};

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    for regex in &block.survey().regexes {
        let mut pairs = Vec::new();
        walk(&regex.pattern.body, &mut |terms| pairs.extend(unlike(terms)));
        pairs.sort_unstable_by_key(|pair| pair.close.start);
        let groups = if pairs.is_empty() { Vec::new() } else { groups(regex.pattern) };
        for pair in pairs {
            let whole = Span::new(pair.open.start, pair.close.end);
            let message =
                format!("`{}` accepts one quote at the beginning and another at the end", shown(block.text(whole)));
            let help = match reference(&groups, &pair) {
                Some(again) => format!("write `{again}` for the second one, which repeats the first"),
                None => r#"write `(['"])` for the first one and `\1` (by its number) for the second"#.to_owned(),
            };
            findings.add(block.span(pair.close), message).label(block.span(pair.open), "the other quote").help(help);
        }
    }
}

struct Pair {
    open: Span,
    close: Span,
    /// Whether the first is a group that can be referred to.
    is_group: bool,
}

/// What a term is that matches one of several quotes: a group, or not.
pub(super) fn quotes(term: &Term<'_>) -> Option<bool> {
    match term {
        Term::CapturingGroup(group) => all_quotes(&group.body).then_some(true),
        Term::IgnoreGroup(group) => all_quotes(&group.body).then_some(false),
        Term::CharacterClass(class) => {
            let quote = |item: &CharacterClassContents<'_>| match item {
                CharacterClassContents::Character(character) => is_quote(character.value),
                _ => false,
            };
            (!class.negative && class.body.len() > 1 && class.body.iter().all(quote)).then_some(false)
        }
        _ => None,
    }
}

fn all_quotes(body: &Disjunction<'_>) -> bool {
    let one = |terms: &[Term<'_>]| match terms {
        [Term::Character(character)] => is_quote(character.value),
        [term @ Term::CharacterClass(_)] => quotes(term).is_some(),
        _ => false,
    };
    let is_class = body.body.len() == 1
        && body.body.first().is_some_and(|only| matches!(only.body.as_slice(), [Term::CharacterClass(_)]));
    (body.body.len() > 1 || is_class) && body.body.iter().all(|alternative| one(&alternative.body))
}

fn is_quote(unit: u32) -> bool {
    matches!(char::from_u32(unit), Some('\'' | '"' | '`'))
}

/// Pairs of quotes without a reference from the second to the first.
fn unlike(terms: &[Term<'_>]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut open: Option<(usize, Span, bool)> = None;
    for (index, term) in terms.iter().enumerate() {
        if let Some(is_group) = quotes(term) {
            open = match open {
                Some((at, first, was_group)) if index > at + 1 => {
                    pairs.push(Pair { open: first, close: term.span(), is_group: was_group });
                    None
                }
                _ => Some((index, term.span(), is_group)),
            };
        } else if may_hold_a_quote(term) {
            open = None;
        }
    }
    pairs
}

/// Whether what the quote opened may be closed within the term.
fn may_hold_a_quote(term: &Term<'_>) -> bool {
    match term {
        Term::Character(character) => is_quote(character.value),
        Term::Quantifier(quantifier) => {
            !matches!(quantifier.body, Term::Dot(_) | Term::Character(_) | Term::CharacterClassEscape(_))
        }
        Term::Dot(_) | Term::CharacterClassEscape(_) | Term::BoundaryAssertion(_) => false,
        _ => true,
    }
}

/// How to refer to the first quote.
fn reference(groups: &[(u32, Option<&str>)], pair: &Pair) -> Option<String> {
    let number = groups.binary_search_by_key(&pair.open.start, |(start, _)| *start).ok().filter(|_| pair.is_group)?;
    Some(match groups.get(number)?.1 {
        Some(name) => format!(r"\k<{name}>"),
        None => format!(r"\{}", number + 1),
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{in_code, nothing, places};

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, r#"assert.match(code, /require\(('|")http('|")\)/);"#), [(1, 39)]);
        assert_eq!(places(&RULE, r#"assert.match(code, /['"]a['"] (?<q>'|"|`)b(["'])/);"#), [(1, 26), (1, 43)]);
        assert_eq!(places(&RULE, r#"/(x)(("|').*("|'))/;"#), [(1, 13)]);
        let help = |code: &str| in_code(&RULE, code)[0].help.clone().unwrap();
        assert_eq!(help(r#"/(x)('|")a('|")/;"#), r"write `\2` for the second one, which repeats the first");
        assert_eq!(help(r#"/(?<q>'|")a('|")/;"#), r"write `\k<q>` for the second one, which repeats the first");
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, r#"/('|")a\1('|")b\2/;"#);
        nothing(&RULE, r#"/('|")a[^]*('|")/;"#);
        nothing(&RULE, r#"/['"]['"]|["']a/;"#);
        nothing(&RULE, r#"/'a'[^'"]["x]b["x]/;"#);
    }
}
