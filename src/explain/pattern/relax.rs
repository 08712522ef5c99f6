//! Writes tokens as an expression again, exactly or with one thing allowed that the test does not allow.

use super::token::{Kind, Token};

/// What is allowed beyond the test's own expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relax {
    /// Nothing.
    Nothing,
    /// White space between all tokens, and none where the test has some.
    Space,
    /// Any kind of quote.
    Quote,
    /// Upper for lower case and the other way round.
    Case,
    /// All three.
    Style,
}

/// The expression's source. References to quotes become named ones, so that several pieces do not count on each other.
pub(super) fn source(tokens: &[Token], relax: Relax) -> String {
    let quotes = matches!(relax, Relax::Quote | Relax::Style);
    let spaces = matches!(relax, Relax::Space | Relax::Style);
    let mut out = String::new();
    for (index, token) in tokens.iter().enumerate() {
        if spaces && index > 0 && token.kind != Kind::Edge {
            out.push_str(r"\s*");
        }
        match &token.kind {
            Kind::Quote { group } => {
                let class = if quotes { "['\"`]" } else { &token.source };
                quote(tokens, index, *group, class, &mut out);
            }
            // Between two words there has to be some, or they would be one.
            Kind::Space { .. } if spaces => out.push_str(if parts_words(tokens, index) { r"\s+" } else { r"\s*" }),
            _ => out.push_str(&token.source),
        }
    }
    out
}

/// Flags of the expression, from those of the test.
pub(super) fn flags(own: &str, relax: Relax) -> String {
    let mut flags: String = own.chars().filter(|flag| matches!(flag, 'i' | 's')).collect();
    if matches!(relax, Relax::Case | Relax::Style) && !flags.contains('i') {
        flags.push('i');
    }
    flags
}

fn quote(tokens: &[Token], index: usize, group: Option<usize>, class: &str, out: &mut String) {
    let same = |token: &Token| group.is_some() && token.kind == Kind::Quote { group };
    let before = tokens.iter().take(index).any(same);
    let after = tokens.iter().skip(index + 1).any(same);
    match group {
        Some(group) if before => out.push_str(&format!(r"\k<quote{group}>")),
        Some(group) if after => out.push_str(&format!("(?<quote{group}>{class})")),
        _ => out.push_str(class),
    }
}

fn parts_words(tokens: &[Token], index: usize) -> bool {
    let word = |at: Option<usize>| at.and_then(|at| tokens.get(at)).is_some_and(|token| token.kind == Kind::Word);
    word(index.checked_sub(1)) && word(Some(index + 1))
}

#[cfg(test)]
mod tests {
    use super::super::split::split;
    use super::*;
    use crate::port::regex::Finder;

    fn matches(pattern: &str, relax: Relax, text: &str) -> bool {
        let ways = split(pattern, "");
        let tokens = &ways[0].pieces[0].tokens;
        Finder::new(&source(tokens, relax), &flags("", relax), 1 << 20).unwrap().is_match(text)
    }

    #[test]
    fn each_allows_one_thing_only() {
        let pattern = r#"on\(('|")user count\1, x\)"#;
        let texts = [
            (Relax::Nothing, "on('user count', x)"),
            (Relax::Space, "on ( \"usercount\",\n x)"),
            (Relax::Quote, "on(`user count`, x)"),
            (Relax::Case, "On('User count', x)"),
        ];
        for (relax, _) in texts {
            for (index, (other, text)) in texts.iter().enumerate() {
                let text = if index == 1 { "on ( \"user  count\",\n x)" } else { text };
                let wanted = relax == *other || index == 0;
                assert_eq!(matches(pattern, relax, text), wanted, "{relax:?} on {text}");
            }
        }
        assert!(matches(pattern, Relax::Style, "ON( `user count`,x )"));
        assert!(!matches(pattern, Relax::Quote, "on(`user count', x)"), "a pair of quotes is of one kind");
        assert!(!matches("var x", Relax::Space, "varx"));
    }
}
