//! `.*` in a search through a program, which may break its lines anywhere.

use oxc_regular_expression::ast::{Quantifier, Term};
use oxc_span::Span;

use crate::lint::regex::{Regex, Use, walk};
use crate::lint::words::shown;
use crate::lint::{Block, Check, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L402",
    name: "dot-stops-at-line-end",
    group: Group::Pattern,
    level: Level::Warning,
    summary: "`.*` does not cross lines, and the text that is searched is the source of a program",
    fixable: false,
    check: Check::Block(check),
};

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    for regex in &block.survey().regexes {
        if regex.has('s') {
            continue;
        }
        let mut gaps = Vec::new();
        walk(&regex.pattern.body, &mut |terms| gaps.extend(between(terms)));
        gaps.sort_unstable_by_key(|gap| gap.start);
        let Some(first) = gaps.first().copied() else { continue };
        let Some(path) = searched_in(block, regex) else { continue };
        let gap = block.text(first);
        let message = format!("`{gap}` stops at the end of the line, and `{}` may go on on the next one", shown(path));
        let finding = findings.add(block.span(first), message);
        for other in gaps.iter().skip(1) {
            finding.label(block.span(*other), "here too");
        }
        let lazy = if gap.ends_with('?') { "?" } else { "" };
        let sign = if gap.starts_with(".+") { '+' } else { '*' };
        finding.help(format!("write `[^]{sign}{lazy}`, which crosses lines, or add the flag `s`"));
    }
}

/// The file in whose text the expression is searched.
fn searched_in<'a>(block: &Block<'_, 'a>, regex: &Regex<'a>) -> Option<&'a str> {
    block.uses(regex).into_iter().find_map(|one| match one {
        Use::Search { subject, .. } => block.source_file(subject),
        Use::Other => None,
    })
}

/// The gaps of any width between other terms.
fn between(terms: &[Term<'_>]) -> Vec<Span> {
    let gap = |(index, term): (usize, &Term<'_>)| {
        let Term::Quantifier(quantifier) = term else { return None };
        let (before, after) = (terms.get(..index)?, terms.get(index + 1..)?);
        let is_gap = matches!(quantifier.body, Term::Dot(_)) && quantifier.max.is_none();
        (is_gap && !before.is_empty() && !after.is_empty() && !stays_on_one_line(before, after))
            .then(|| span(quantifier))
    };
    terms.iter().enumerate().filter_map(gap).collect()
}

fn span(quantifier: &Quantifier<'_>) -> Span {
    quantifier.span
}

/// What nobody breaks: `require('x')`, and what stands within quotes.
fn stays_on_one_line(before: &[Term<'_>], after: &[Term<'_>]) -> bool {
    let word: String = before
        .iter()
        .rev()
        .map_while(|term| match term {
            Term::Character(character) => char::from_u32(character.value),
            _ => None,
        })
        .take(7)
        .collect();
    word == "eriuqer" || (before.last().is_some_and(is_quote) && after.first().is_some_and(is_quote))
}

fn is_quote(term: &Term<'_>) -> bool {
    super::mismatched_quotes::quotes(term).is_some()
        || matches!(term, Term::Character(character) if character.value == 0x22 || character.value == 0x27)
        || matches!(term, Term::IndexedReference(_) | Term::NamedReference(_))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{in_code, nothing, places};

    const SERVER: &str = "const url = new URL('/_api/server.js', code);\nconst res = await fetch(url);\nconst data = await res.text();\n";

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, &format!("{SERVER}assert.match(data, /passport\\.use.*new Git/);")), [(4, 34)]);
        assert_eq!(places(&RULE, &format!("{SERVER}const re = /io.+?on/i;\nassert(re.test(data));")), [(4, 15)]);
        let old = "(getUserInput) => $.get(getUserInput('url') + '/public/client.js').then((data) => { assert.match(data, /a.*b/); });";
        assert_eq!(places(&RULE, old), [(1, 106)]);
        let chain =
            "await fetch(code + '/_api/server.js').then((r) => r.text()).then((d) => assert.match(d, /a(b.*c)/));";
        assert_eq!(places(&RULE, chain), [(1, 93)]);
        let found = in_code(&RULE, &format!("{SERVER}assert.match(data, /io.*?on.*x/);"));
        assert_eq!((found.len(), found[0].labels.len()), (1, 1));
        assert_eq!(found[0].help.as_deref(), Some("write `[^]*?`, which crosses lines, or add the flag `s`"));
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, &format!("{SERVER}assert.match(data, /a.*b/s);\nassert.match(data, /a[^]*b.{{3}}c/);"));
        nothing(
            &RULE,
            &format!("{SERVER}assert.match(data, /require.*('|\")http\\1/);\nassert.match(data, /\"a\".*/);"),
        );
        nothing(&RULE, &format!("{SERVER}assert.match(data.replace(/\\s/g, ''), /a.*b/);"));
        nothing(&RULE, "const data = await (await fetch(code + '/api/users')).text();\nassert.match(data, /a.*b/);");
    }
}
