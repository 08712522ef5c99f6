//! A dot that stands for itself, and matches anything.

use oxc_regular_expression::ast::Term;
use oxc_span::{GetSpan, Span};

use crate::lint::regex::{Regex, Written, walk};
use crate::lint::{Block, Check, Edit, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L401",
    name: "bare-dot",
    group: Group::Pattern,
    level: Level::Warning,
    summary: "a dot between the words of a name matches any character",
    fixable: true,
    check: Check::Block(check),
};

/// Shorter words on either side may be a pattern for one character: `gr.y`, `a.b`.
const SHORTEST: usize = 2;

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    for regex in &block.survey().regexes {
        look(block, regex, findings);
    }
}

fn look(block: &Block<'_, '_>, regex: &Regex<'_>, findings: &mut Findings<'_>) {
    let mut dots: Vec<(Span, Span)> = Vec::new();
    walk(&regex.pattern.body, &mut |terms| dots.extend(bare(terms)));
    dots.sort_unstable_by_key(|(dot, _)| dot.start);
    let Some((first, name)) = dots.first().copied() else { return };
    let name = block.text(name);
    let message = format!("a bare `.` matches any character: `{name}` is also found in `{}`", name.replace('.', "_"));
    let escape = if regex.written == Written::Literal { r"\" } else { r"\\" };
    let edits = dots
        .iter()
        .map(|(dot, _)| {
            let at = block.span(*dot).start;
            Edit { range: at..at, text: escape.to_owned() }
        })
        .collect();
    let finding = findings.add(block.span(first), message);
    for (dot, _) in dots.iter().skip(1) {
        finding.label(block.span(*dot), "here too");
    }
    finding.help(format!("write `{escape}.` where a dot is meant")).edits("escape the dots", edits);
}

/// The dots between words, each with the whole name.
fn bare(terms: &[Term<'_>]) -> Vec<(Span, Span)> {
    let mut dots = Vec::new();
    let mut rest = terms;
    while let Some(start) = rest.iter().position(in_name) {
        let from = rest.get(start..).unwrap_or_default();
        let length = from.iter().position(|term| !in_name(term)).unwrap_or(from.len());
        let (name, after) = from.split_at_checked(length).unwrap_or((from, &[]));
        rest = after;
        let words: Vec<&[Term<'_>]> = name.split(|term| matches!(term, Term::Dot(_))).collect();
        let (Some(first), Some(last)) = (name.first(), name.last()) else { continue };
        let whole = Span::new(first.span().start, last.span().end);
        for pair in words.windows(2) {
            if let [before, after] = pair
                && before.len() >= SHORTEST
                && after.len() >= SHORTEST
                && let (Some(left), Some(right)) = (before.last(), after.first())
            {
                dots.push((Span::new(left.span().end, right.span().start), whole));
            }
        }
    }
    dots
}

fn in_name(term: &Term<'_>) -> bool {
    match term {
        Term::Dot(_) => true,
        Term::Character(character) => char::from_u32(character.value)
            .is_some_and(|it| it.is_ascii_alphanumeric() || matches!(it, '_' | '$' | '-')),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{challenge, fixed, in_code, nothing, places};

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, "assert.match(code, /require.*socket.io/);"), [(1, 36)]);
        assert_eq!(places(&RULE, "assert.match(code, /(req.body.username|\\bpackage.json)/);"), [(1, 25)]);
        assert_eq!(places(&RULE, "new RegExp('bcrypt.hash\\\\(');"), [(1, 19)]);
        let found = in_code(&RULE, "/req.body.username/;");
        assert_eq!(
            found[0].message,
            "a bare `.` matches any character: `req.body.username` is also found in `req_body_username`"
        );
        assert_eq!(found[0].labels.len(), 1);
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, r"assert.match(code, /socket\.io|gr.y|a.*b.+c|x.{3}y/);");
        nothing(&RULE, "assert.match(code, /'.socket. io[a.b]/);");
        nothing(&RULE, "assert.include(code, 'socket.io');\nRegExp('socket' + '.io');");
        nothing(&RULE, "/one..two/;");
    }

    #[test]
    fn is_escaped() {
        let file = challenge("assert.match(code, /req.body.name/);\nassert.match(code, new RegExp('socket.io', 'i'));");
        let wanted = challenge(
            "assert.match(code, /req\\.body\\.name/);\nassert.match(code, new RegExp('socket\\\\.io', 'i'));",
        );
        assert_eq!(fixed(&RULE, &file), wanted);
    }
}
