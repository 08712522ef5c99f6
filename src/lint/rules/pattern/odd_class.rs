//! A set of characters that has more or less than it seems to.

use oxc_regular_expression::ast::{CharacterClass, CharacterClassContents, CharacterClassContentsKind, Term};
use oxc_span::Span;

use crate::lint::regex::walk;
use crate::lint::{Block, Check, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L409",
    name: "odd-class",
    group: Group::Pattern,
    level: Level::Warning,
    summary: "a set of characters has more or less than it seems to: `[A-z]`, `['|\"]`, `[aab]`",
    fixable: false,
    check: Check::Block(check),
};

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    for regex in &block.survey().regexes {
        let mut classes: Vec<&CharacterClass<'_>> = Vec::new();
        walk(&regex.pattern.body, &mut |terms| {
            classes.extend(terms.iter().filter_map(|term| match term {
                Term::CharacterClass(class) => Some(&**class),
                _ => None,
            }));
        });
        classes.sort_unstable_by_key(|class| class.span.start);
        for class in classes {
            if class.kind == CharacterClassContentsKind::Union {
                look(block, class, findings);
            }
        }
    }
}

fn look(block: &Block<'_, '_>, class: &CharacterClass<'_>, findings: &mut Findings<'_>) {
    if class.body.is_empty() && !class.negative {
        findings
            .add(block.span(class.span), "`[]` matches nothing")
            .help("write `\\[\\]` for brackets, `[^]` for any character");
        return;
    }
    for item in &class.body {
        if let CharacterClassContents::CharacterClassRange(range) = item
            && let (Some(low), Some(high)) = (char::from_u32(range.min.value), char::from_u32(range.max.value))
            && let Some(help) = odd_range(low, high)
        {
            let written = block.text(range.span);
            let between = between(low, high);
            findings.add(block.span(range.span), format!("`{written}` also has {between}")).help(help);
            return;
        }
    }
    if let Some(bar) = a_bar_between(class) {
        findings
            .add(block.span(bar), format!("within `{}` the `|` is a character like any other", block.text(class.span)))
            .help("leave it out: a set is a choice already");
        return;
    }
    if let Some((again, span)) = twice(class) {
        findings
            .add(block.span(span), format!("`{}` has `{again}` twice", block.text(class.span)))
            .help("leave it out, or escape what was meant to be more than one character");
    }
}

/// What to write instead of a range whose ends have little to do with each other.
fn odd_range(low: char, high: char) -> Option<&'static str> {
    let sort = |it: char| match it {
        '0'..='9' => 1,
        'A'..='Z' => 2,
        'a'..='z' => 3,
        it if it.is_ascii_punctuation() => 4,
        _ => 5,
    };
    match (sort(low), sort(high)) {
        (2, 3) => Some("write `A-Za-z`"),
        (1, 2 | 3) => Some("write each range by itself: `0-9A-Za-z`"),
        // `!-~` is all that can be seen.
        (4, 4) if (low, high) == ('!', '~') => None,
        (4, 1..=4) | (1..=3, 4) => Some("write `\\-` for a dash, or put it last"),
        _ => None,
    }
}

/// A few characters that a reader would not expect in a range.
fn between(low: char, high: char) -> String {
    let odd: Vec<String> = (u32::from(low) + 1..u32::from(high))
        .filter_map(char::from_u32)
        .filter(char::is_ascii_punctuation)
        .take(3)
        .map(|it| format!("`{it}`"))
        .collect();
    match odd.as_slice() {
        [] => "all that stands between its ends".to_owned(),
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        all => all.join(""),
    }
}

/// `['|"]`: a bar between all other characters.
fn a_bar_between(class: &CharacterClass<'_>) -> Option<Span> {
    let is_bar = |item: &CharacterClassContents<'_>| matches!(item, CharacterClassContents::Character(character) if character.value == u32::from(b'|'));
    let items = class.body.as_slice();
    let alternates = items.len() > 2 && items.len() % 2 == 1 && !class.negative;
    let all = items.iter().enumerate().all(|(index, item)| is_bar(item) == (index % 2 == 1));
    match items.get(1) {
        Some(CharacterClassContents::Character(bar)) if alternates && all => Some(bar.span),
        _ => None,
    }
}

/// A character that stands there a second time.
fn twice(class: &CharacterClass<'_>) -> Option<(char, Span)> {
    let mut seen: Vec<u32> = Vec::new();
    for item in &class.body {
        let CharacterClassContents::Character(character) = item else { continue };
        if seen.contains(&character.value) {
            return Some((char::from_u32(character.value)?, character.span));
        }
        // Characters of a set are few; where they are many, all are told apart by the first ones.
        if seen.len() < 100 {
            seen.push(character.value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{in_code, nothing, places};

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, "/[A-z]+/;"), [(1, 3)]);
        assert_eq!(places(&RULE, r#"/['|"]a['|"]/;"#), [(1, 4), (1, 10)]);
        assert_eq!(places(&RULE, "/[abca]|[]/;\n/[+-.]/;"), [(1, 6), (1, 9), (2, 3)]);
        assert_eq!(in_code(&RULE, "/[A-z]/;")[0].message, "`A-z` also has `[`, `\\` and `]`");
        assert_eq!(in_code(&RULE, "/[+-.]/;")[0].message, "`+-.` also has `,` and `-`");
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, r"/[A-Za-z0-9_$]|[^]|[\w.-]|[a-f]|[^|]|[!-~]|[ -~]/;");
        nothing(&RULE, r"/[a|]|[\s|]|[,|;:]|[(|)a]/;");
        nothing(&RULE, "assert.include('[A-z]', code);");
    }
}
