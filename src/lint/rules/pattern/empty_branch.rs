//! A choice with nothing on one side.

use oxc_regular_expression::ast::{Alternative, Disjunction, Term};
use oxc_span::{GetSpan, Span};

use crate::lint::regex::{Regex, Written, walk};
use crate::lint::words::shown;
use crate::lint::{Block, Check, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L403",
    name: "empty-branch",
    group: Group::Pattern,
    level: Level::Warning,
    summary: "a choice in a regular expression has nothing on one side",
    fixable: true,
    check: Check::Block(check),
};

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    for regex in &block.survey().regexes {
        let mut groups: Vec<(Span, &Disjunction<'_>)> = Vec::new();
        walk(&regex.pattern.body, &mut |terms| {
            groups.extend(terms.iter().filter_map(|term| match term {
                Term::CapturingGroup(group) => Some((group.span, &group.body)),
                Term::IgnoreGroup(group) => Some((group.span, &group.body)),
                _ => None,
            }));
        });
        groups.sort_unstable_by_key(|(span, _)| span.start);
        // A group that is repeated is seen with its repetition, and by itself.
        groups.dedup_by_key(|(span, _)| span.start);
        for (span, body) in groups {
            if body.body.len() > 1 && body.body.iter().any(|branch| branch.body.is_empty()) {
                report(block, regex, span, body, findings);
            }
        }
    }
}

fn report(block: &Block<'_, '_>, regex: &Regex<'_>, span: Span, body: &Disjunction<'_>, findings: &mut Findings<'_>) {
    let group = shown(block.text(span));
    let finding = findings.add(block.span(span), format!("`{}` may match nothing at all", block.text(span)));
    let [first, second] = body.body.as_slice() else {
        finding.help("make the whole group optional with `?`");
        return;
    };
    let (branch, lazy) = if first.body.is_empty() { (second, "?") } else { (first, "") };
    let text = block.text(branch.span);
    if text.trim().is_empty() {
        finding.help("write `\\s*` where any white space will do, ` ?` where one blank at most is right");
    } else {
        finding.help(format!("say so with `?` instead of `{group}`"));
    }
    if regex.written != Written::Literal {
        return;
    }
    let optional = if is_one(branch) { format!("{text}?{lazy}") } else { format!("(?:{text})?{lazy}") };
    finding.fix("write `?`", block.span(body.span).range(), optional);
}

/// Whether a `?` behind the branch is about all of it.
fn is_one(branch: &Alternative<'_>) -> bool {
    match branch.body.as_slice() {
        [Term::Quantifier(_) | Term::BoundaryAssertion(_) | Term::LookAroundAssertion(_)] => false,
        [one] => one.span() == branch.span,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{challenge, fixed, in_code, nothing, places};

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, "assert.match(code, /showLogin:( |)true/);"), [(1, 31)]);
        assert_eq!(places(&RULE, "assert.match(code, /a(?:|b+)c(?<x>d|)*/);"), [(1, 22), (1, 30)]);
        assert_eq!(places(&RULE, "new RegExp('a(b||c)');"), [(1, 14)]);
        let help = "write `\\s*` where any white space will do, ` ?` where one blank at most is right";
        assert_eq!(in_code(&RULE, "/a( |)b/;")[0].help.as_deref(), Some(help));
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, "assert.match(code, /a( ?)b()c(?:a|b)/);");
        nothing(&RULE, r"assert.match(code, /a[ |]b\( |\)/);");
        nothing(&RULE, "assert.match(code, '( |)');");
    }

    #[test]
    fn is_made_optional() {
        let file = challenge("/a:( |)b(|cd)(e+|)\\1/;");
        assert_eq!(fixed(&RULE, &file), challenge("/a:( ?)b((?:cd)??)((?:e+)?)\\1/;"));
    }
}
