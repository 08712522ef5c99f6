//! A regular expression that is found in every text.

use crate::lint::regex::{Use, matches_empty};
use crate::lint::words::shown;
use crate::lint::{Block, Check, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L405",
    name: "matches-everything",
    group: Group::Pattern,
    level: Level::Warning,
    summary: "a regular expression matches the empty text, so it is found in every text",
    fixable: false,
    check: Check::Block(check),
};

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    for regex in &block.survey().regexes {
        if regex.has('y') || !matches_empty(&regex.pattern.body) {
            continue;
        }
        let search = block.uses(regex).into_iter().find_map(|one| match one {
            Use::Search { wanted, asserted, .. } => Some((wanted, asserted)),
            Use::Other => None,
        });
        let outcome = match search {
            Some((true, true)) => "so this always passes",
            Some((false, _)) => "so this always fails",
            Some((true, false)) => "so this is always true",
            None => continue,
        };
        let code = shown(block.text(regex.span));
        findings
            .add(block.span(regex.span), format!("`{code}` is found in every text, even in an empty one, {outcome}"))
            .help("leave nothing but what must be there: `+` instead of `*`, or `^` and `$` around it");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{in_code, nothing, places};

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, "assert.match(code, /.*/);"), [(1, 20)]);
        assert_eq!(places(&RULE, "const re = /(a|b?)c*/;\nassert(re.test(code));"), [(1, 12)]);
        assert_eq!(places(&RULE, "assert.notMatch(code, new RegExp('x|'));"), [(1, 23)]);
        let message = "`/a*/` is found in every text, even in an empty one, so this always passes";
        assert_eq!(in_code(&RULE, "assert.match(code, /a*/);")[0].message, message);
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, "assert.match(code, /.+/);\nassert.match(code, /^a*$/);");
        nothing(&RULE, "assert.equal(code.replace(/\\s*/g, ''), 'a');\nassert.equal(code.split(/,?/).length, 1);");
        nothing(&RULE, "assert.match(code, /(?=a)b*/);\nassert.match(code, /(a*)b/);");
    }
}
