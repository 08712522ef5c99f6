//! A test whose code is not the original's.

use oxc_allocator::Allocator;

use super::code::{Item, items};
use super::typography;
use crate::challenge::{Code, Span};
use crate::lint::block::with_block;
use crate::lint::rules::shorten::shorten;
use crate::lint::{Check, File, Findings, Group, Level, Role, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L603",
    name: "other-code",
    group: Group::Translation,
    level: Level::Error,
    summary: "the code of a test differs from the original's in more than comments and messages",
    fixable: true,
    check: Check::Translation(check),
};

/// Differences of a block that are reported.
const MOST: usize = 3;

fn check(original: &File<'_>, translated: &File<'_>, findings: &mut Findings<'_>) {
    if original.hints().len() == translated.hints().len() {
        let pairs = original.hints().iter().zip(translated.hints()).enumerate();
        for (index, (original_hint, hint)) in pairs {
            let pair = Pair { name: format!("hint {}", index + 1), role: Role::Hint(index), original, translated };
            pair.compare(&original_hint.code, &hint.code, findings);
        }
    }
    let hooks = |file: &File<'_>| {
        let hooks = file.hooks().clone();
        [hooks.before_all, hooks.before_each, hooks.after_each, hooks.after_all]
    };
    let names = ["before-all", "before-each", "after-each", "after-all"];
    for (name, (before, after)) in names.into_iter().zip(hooks(original).into_iter().zip(hooks(translated))) {
        let (Some(before), Some(after)) = (before, after) else { continue };
        let pair = Pair { name: format!("`--{name}--`"), role: Role::Hook(name), original, translated };
        pair.compare(&before, &after, findings);
    }
}

/// Two blocks that should be one.
struct Pair<'p> {
    name: String,
    role: Role,
    original: &'p File<'p>,
    translated: &'p File<'p>,
}

impl Pair<'_> {
    fn compare(&self, original: &Code, translated: &Code, findings: &mut Findings<'_>) {
        if original.text == translated.text || original.text.lines().eq(translated.text.lines()) {
            return;
        }
        match (nodes(self.original, self.role, original), nodes(self.translated, self.role, translated)) {
            (Parsed::Items(before), Parsed::Items(after)) => {
                if before.len() == after.len() && before.iter().zip(&after).all(|(one, other)| one.same_shape(other)) {
                    let differences = before.iter().zip(&after).filter(|(one, other)| !one.same(other));
                    for (one, other) in differences.take(MOST) {
                        self.report(original, Some(one), translated, Some(other), findings);
                    }
                    return;
                }
                let at = before.iter().zip(&after).take_while(|(one, other)| one.same(other)).count();
                self.report(original, before.get(at), translated, after.get(at), findings);
            }
            (Parsed::Items(_), Parsed::Broken(at)) => {
                let message = format!("the code of {} is no JavaScript, unlike the original's", self.name);
                findings.add(translated.span(at), message).help(self.advice(original, 0));
            }
            // Whoever reads the original's report mends it there first.
            (Parsed::Broken(_) | Parsed::Unseen, _) | (_, Parsed::Unseen) => {}
        }
    }

    fn report(
        &self,
        original: &Code,
        before: Option<&Item>,
        translated: &Code,
        after: Option<&Item>,
        findings: &mut Findings<'_>,
    ) {
        let shown = |code: &Code, item: Option<&Item>| match item {
            Some(item) => format!("`{}`", shorten(code.text.get(item.range.clone()).unwrap_or(""))),
            None => "nothing more".to_owned(),
        };
        let end = |code: &Code| code.text.trim_end().len();
        let range = after.map_or(end(translated)..end(translated), |item| item.range.clone());
        let span = visible(translated, range);
        let message = format!(
            "the code of {} is not the original's: {} here, {} there",
            self.name,
            shown(translated, after),
            shown(original, before)
        );
        let at = before.map_or(end(original), |item| item.range.start);
        let finding = findings.add(span, message).help(self.advice(original, at));
        let (Some(before), Some(after)) = (before, after) else { return };
        if after.is_text() && after.same_shape(before) && typography::alike(&after.text, &before.text) {
            let text = original.text.get(before.range.clone()).unwrap_or("").to_owned();
            finding.fix("take the text of the original", translated.span(after.range.clone()).range(), text);
        }
    }

    /// What to do, with the place of the original.
    fn advice(&self, original: &Code, at: usize) -> String {
        let at = original.position(at);
        format!(
            "the original is at {}:{}:{}; only comments and messages are translated",
            self.original.source.name, at.line, at.column
        )
    }
}

enum Parsed {
    Items(Vec<Item>),
    Broken(std::ops::Range<usize>),
    /// Too long to be looked at.
    Unseen,
}

fn nodes(file: &File<'_>, role: Role, code: &Code) -> Parsed {
    let allocator = Allocator::default();
    let mut parsed = Parsed::Unseen;
    with_block(file, role, code, &allocator, &mut |block| {
        parsed = match block {
            Ok(block) => Parsed::Items(items(block)),
            Err(broken) => Parsed::Broken(broken.range.clone()),
        };
    });
    parsed
}

/// A place in the code that can be shown: its last line where nothing is there.
fn visible(code: &Code, range: std::ops::Range<usize>) -> Span {
    if !range.is_empty() {
        return code.span(range);
    }
    let text = code.text.get(..range.start).unwrap_or("").trim_end();
    let start = text.rfind('\n').map_or(0, |end| end + 1);
    code.span(start..text.len())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::Finding;
    use crate::lint::rules::testing::{challenge, in_translation};

    fn found(original: &str, translated: &str) -> Vec<Finding> {
        in_translation(&RULE, &challenge(original), &challenge(translated))
    }

    #[test]
    fn trips_over() {
        let found_one = found("assert.equal(a, 'b', 'c');", "assert.equal(a, 'd', 'e');");
        assert_eq!(found_one.len(), 1);
        assert_eq!(found_one[0].message, "the code of hint 1 is not the original's: `'d'` here, `'b'` there");
        assert_eq!(found_one[0].span.position.column, 17);
        assert!(found_one[0].help.as_ref().unwrap().contains("english/a.md:17:17;"), "{found_one:?}");
        for (original, translated) in [
            ("assert.match(a, /b/);", "assert.match(a, /b/i);"),
            ("assert(a == 1);", "assert(a === 1);"),
            ("assert(a);\nassert(b);", "assert(a);"),
            ("assert(a);", "assert(a);\nassert(b);"),
            ("assert.equal(a, 1);", "assert.equals(a, 1);"),
            ("assert(a, `b ${c}`);", "assert(a, `b ${d}`);"),
            ("assert(a);", "assert(a;"),
            ("assert(a);", ""),
            ("for (a;;) b;", "for (;a;) b;"),
            ("fetch(code + '/a');", "fetch(code + '/á');"),
        ] {
            assert_eq!(found(original, translated).len(), 1, "{original} {translated}");
        }
        assert_eq!(found("a('b', 'c');", "a('d', 'e');").len(), 2);
    }

    #[test]
    fn near_ones_do_not() {
        for (original, translated) in [
            ("assert.equal(a, 'b', 'it is b');", "assert.equal(a, \"b\", `es b`); // un comentario"),
            ("assert(a, 'b');", "/* c */\r\nassert(\r\n  a,\r\n  'd',\r\n)"),
            ("assert.fail('a');\nthrow new Error('b');", "assert.fail('c');\nthrow new Error('d');"),
            ("assert(a, `b ${c}` + 'd');", "assert(a, `e ${c}` + 'f');"),
            ("console.log('a');", "console.log('b');"),
            ("assert(a;", "assert(b;"),
            ("assert.instanceOf(a, b, 'c');", "assert.instanceOf(a, b, 'd');"),
        ] {
            assert_eq!(found(original, translated), [], "{original} {translated}");
        }
    }

    #[test]
    fn fixes() {
        let original = challenge("assert.match(a, /it's/);\nassert.equal(b, 'c: \"d\"');");
        let translated = original.replace("it's", "it’s").replace("c: \"d\"", "c\u{a0}: «d»").replace('\n', "\r\n");
        let found = in_translation(&RULE, &original, &translated);
        assert_eq!(found.len(), 2);
        let mut text = translated;
        for finding in found.iter().rev() {
            let edit = &finding.fix.as_ref().unwrap().edits[0];
            text.replace_range(edit.range.clone(), &edit.text);
        }
        assert_eq!(text, original.replace('\n', "\r\n"));
        assert_eq!(in_translation(&RULE, &original, &text), []);
    }
}
