//! The flag `g` where only one hit counts.

use oxc_span::Span;

use crate::lint::regex::{Use, Written};
use crate::lint::{Block, Check, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L406",
    name: "needless-g",
    group: Group::Pattern,
    level: Level::Warning,
    summary: "the flag `g` means nothing where a regular expression is only looked for, or makes a second search go wrong",
    fixable: true,
    check: Check::Block(check),
};

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    for regex in &block.survey().regexes {
        let Some(at) = regex.flags.find('g').and_then(|at| u32::try_from(at).ok()) else { continue };
        let uses = block.uses(regex);
        let is_search = |one: &Use<'_>| matches!(one, Use::Search { .. });
        if uses.is_empty() || !uses.iter().all(is_search) {
            continue;
        }
        let direct = uses.iter().all(|one| matches!(one, Use::Search { direct: true, .. }));
        let message = if direct {
            "the flag `g` means nothing here: one hit is all that counts"
        } else {
            "the flag `g` makes each search begin where the last one ended"
        };
        let flag = match (regex.written, u32::try_from(regex.flags.len())) {
            (Written::Literal, Ok(length)) => {
                let start = regex.span.end - length + at;
                Some(Span::new(start, start + 1))
            }
            _ => None,
        };
        let finding = findings.add(block.span(flag.unwrap_or(regex.span)), message);
        finding.help("leave the `g` out");
        if let Some(flag) = flag {
            finding.fix("leave the `g` out", block.span(flag).range(), "");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{challenge, fixed, nothing, places};

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, "assert.match(code, /Home/gi);"), [(1, 26)]);
        assert_eq!(
            places(&RULE, "assert(/a/g.test(code));\nassert.notMatch(code, new RegExp('a', 'g'));"),
            [(1, 11), (2, 23)]
        );
        assert_eq!(places(&RULE, "assert(code.match(/a/g), 'no a');"), [(1, 22)]);
        assert_eq!(places(&RULE, "const re = /a/sg;\nassert(re.test(code));\nassert.match(code, re);"), [(1, 16)]);
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, "assert(code.match(/a/g).length > 1);\nassert.lengthOf(code.match(/a/g), 2);");
        nothing(&RULE, "assert.match(code.replace(/\\s/g, ''), /a/);\nassert.equal(code.match(/a/g).length, 2);");
        nothing(&RULE, "const re = /a/g;\nre.test(code);\nassert.equal(re.lastIndex, 1);");
        nothing(&RULE, "for (const hit of code.matchAll(/a/g)) assert.isOk(hit);\nassert.match(code, /g/i);");
    }

    #[test]
    fn is_left_out() {
        let file = challenge("assert.match(code, /Home/gi);\nconst re = /a/g;\nassert(re.test(code));");
        assert_eq!(
            fixed(&RULE, &file),
            challenge("assert.match(code, /Home/i);\nconst re = /a/;\nassert(re.test(code));")
        );
    }
}
