//! `^a|b$`, which is `(^a)|(b$)`.

use oxc_regular_expression::ast::{Alternative, BoundaryAssertionKind, Term};

use crate::lint::words::shown;
use crate::lint::{Block, Check, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L408",
    name: "loose-anchor",
    group: Group::Pattern,
    level: Level::Warning,
    summary: "`^` and `$` of a regular expression belong to one of its choices only",
    fixable: false,
    check: Check::Block(check),
};

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    for regex in &block.survey().regexes {
        let choices = &regex.pattern.body.body;
        let [first, .., last] = choices.as_slice() else { continue };
        let opens = |choice: &&Alternative<'_>| is(choice.body.first(), BoundaryAssertionKind::Start);
        let closes = |choice: &&Alternative<'_>| is(choice.body.last(), BoundaryAssertionKind::End);
        // `^a$|^b` and the like are meant as they stand.
        let loose = opens(&first) && closes(&last) && choices.iter().filter(opens).count() == 1;
        if !loose || choices.iter().filter(closes).count() != 1 {
            continue;
        }
        let (start, end) = (shown(block.text(first.span)), shown(block.text(last.span)));
        findings
            .add(
                block.span(regex.span),
                format!("this is found where `{start}` is or where `{end}` is: `|` binds less than `^` and `$`"),
            )
            .help("put the choices into a group: `^(?:a|b)$`");
    }
}

fn is(term: Option<&Term<'_>>, kind: BoundaryAssertionKind) -> bool {
    matches!(term, Some(Term::BoundaryAssertion(assertion)) if assertion.kind == kind)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{nothing, places};

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, "assert.match(code, /^ok|fine$/);"), [(1, 20)]);
        assert_eq!(places(&RULE, "assert.match(code, /^a|b|c$/i);"), [(1, 20)]);
        assert_eq!(places(&RULE, "new RegExp('^a|b$');"), [(1, 1)]);
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, "assert.match(code, /^(?:ok|fine)$/);");
        nothing(&RULE, "assert.match(code, /^ok$|^fine$/);");
        nothing(&RULE, "assert.equal(code.replace(/^\\s+|,\\s*/g, ''), 'a');\n/^a|b/;\n/\\^a|b\\$/;");
    }
}
