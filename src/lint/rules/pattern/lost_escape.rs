//! `new RegExp('\d')`, in which the text has no backslash.

use oxc_span::Span;

use crate::lint::{Block, Check, Edit, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L411",
    name: "lost-escape",
    group: Group::Pattern,
    level: Level::Warning,
    summary: "a backslash in the text of `new RegExp(..)` is lost before the regular expression sees it",
    fixable: true,
    check: Check::Block(check),
};

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    for text in &block.survey().regex_texts {
        let lost = lost(block.text(*text));
        let place = |at: &usize| u32::try_from(*at).map_or(*text, |at| Span::new(text.start + at, text.start + at + 2));
        let Some(first) = lost.first().map(place) else { continue };
        let written = block.text(first);
        let arrives = match written {
            r"\b" => "a backspace".to_owned(),
            _ => format!("`{}`", written.trim_start_matches('\\')),
        };
        let message = format!("of `{written}` in a text only {arrives} is left for the regular expression");
        let edits = lost
            .iter()
            .map(|at| {
                let start = block.span(place(at)).start;
                Edit { range: start..start, text: r"\".to_owned() }
            })
            .collect();
        let finding = findings.add(block.span(first), message);
        finding.help(format!(r"write `\{written}`, or a literal `/../`")).edits("double the backslashes", edits);
        for other in lost.iter().skip(1) {
            finding.label(block.span(place(other)), "here too");
        }
    }
}

/// Where backslashes stand that mean something to regular expressions only.
fn lost(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        if byte == b'\\'
            && let Some((_, next)) = bytes.next()
            && (b"dDwWsSbB".contains(&next) || b".()[]{}+*?^|$".contains(&next))
        {
            found.push(at);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{challenge, fixed, in_code, nothing, places};

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, r"new RegExp('^\d+$');"), [(1, 14)]);
        assert_eq!(places(&RULE, r#"RegExp("a\.b\(");"#), [(1, 10)]);
        assert_eq!(places(&RULE, r"new RegExp(`\b${code}\b`);"), [(1, 13)]);
        let message = r"of `\d` in a text only `d` is left for the regular expression";
        assert_eq!(in_code(&RULE, r"new RegExp('\d');")[0].message, message);
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, r"new RegExp('^\\d+\n\t\'\u0041$');");
        nothing(&RULE, r"new RegExp(String.raw`\d`);\n/\d/;");
        nothing(&RULE, r"assert.equal(code, '\d');new RegExp(code + '\/');");
    }

    #[test]
    fn is_doubled() {
        let file = challenge(r"new RegExp('^\d+\.$');");
        assert_eq!(fixed(&RULE, &file), challenge(r"new RegExp('^\\d+\\.$');"));
    }
}
