//! A regular expression that takes for ever on some text.

use crate::lint::regex::attack;
use crate::lint::words::grouped;
use crate::lint::{Block, Check, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L407",
    name: "slow-regex",
    group: Group::Pattern,
    level: Level::Warning,
    summary: "a regular expression goes back and forth so often on some text that the hint runs out of time",
    fixable: false,
    check: Check::Block(check),
};

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    for regex in &block.survey().regexes {
        let Some(found) = attack(regex, &block.file.trials) else { continue };
        let (short, long) = (found.short, found.long);
        let message = format!(
            "this expression takes {} steps on {} characters, {}{} on {}, and so on: a long answer makes the hint run out of time",
            grouped(short.1),
            short.0,
            if found.cut { "more than " } else { "" },
            grouped(long.1),
            long.0
        );
        findings.add(block.span(regex.span), message).help(format!("try it on {}", found.text));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{in_code, nothing, places};

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, "assert.match(code, /^(a+)+$/);"), [(1, 20)]);
        assert_eq!(places(&RULE, "assert.match(code, /(?:\\w|\\d)*;/);\n/(x+x+)+y/;"), [(1, 20), (2, 1)]);
        assert_eq!(places(&RULE, "assert.match(code, /\\s*\\s*\\s*x/);"), [(1, 20)]);
        let real = "/START[^]*bcrypt.hash[^]*bcrypt.compare.*END/;";
        assert_eq!(places(&RULE, real), [(1, 1)]);
        let quotes = r#"/('|")chat\1[^]*emit.*('|")chat\2.*name.*message/s;"#;
        assert_eq!(places(&RULE, quotes), [(1, 1)]);
    }

    #[test]
    fn shows_a_text_that_proves_it() {
        let found = in_code(&RULE, "/^(a+)+$/;");
        let help = found[0].help.clone().unwrap();
        assert!(help.starts_with("try it on 'a'.repeat(") && help.ends_with(" + '!'"), "{help}");
        assert!(found[0].message.contains(" characters, "), "{}", found[0].message);
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, "assert.match(code, /a.*b/);\nassert.match(code, /(?:ab)+c/);\nassert.match(code, /(a+)+/);");
        nothing(&RULE, "assert.match(code, /^\\s*(\\w+)\\s*=\\s*('|\")(.*)\\2$/);");
        nothing(&RULE, "assert.match(code, /(?:a|b)*c/);\nassert.match(code, /body\\s*\\{[^\\}]*\\}/);");
        nothing(&RULE, "assert.match(code, /socket[^]*emit/);");
    }
}
