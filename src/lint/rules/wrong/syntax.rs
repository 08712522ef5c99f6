//! A test block that is no JavaScript.

use std::ops::Range;

use oxc_allocator::Allocator;
use oxc_parser::Parser;
use oxc_span::SourceType;

use crate::challenge::Code;
use crate::lint::nearest::nearest;
use crate::lint::{Block, Check, Findings, Group, Level, Rule};
use crate::port::Dialect;

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L301",
    name: "syntax-error",
    group: Group::Wrong,
    level: Level::Error,
    summary: "a test block is no JavaScript",
    fixable: false,
    // The linter itself finds what no dialect allows, when it parses a block.
    check: Check::Block(check),
};

const UNTIL: &str = "until it is mended, the hint fails in every project";

/// Reports what the parser said about the bytes `range` of the code.
pub(in crate::lint) fn broken(code: &Code, message: &str, range: Range<usize>, findings: &mut Findings<'_>) {
    let text = code.text.as_str();
    let kept = text.trim_end().len();
    let at_end = range.start >= kept;
    let start = if at_end {
        text.get(..kept).and_then(|text| text.char_indices().last()).map_or(0, |(at, _)| at)
    } else {
        range.start
    };
    let next = text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let end = if at_end { start + next } else { range.end.max(start + next) };
    let words = match message {
        "Unexpected token" if at_end => "something is missing at its end, or a `}` is too many",
        other => other.trim_end_matches('.'),
    };
    let words = words.replace("`EOF`", "the end of the block");
    let finding = findings.add(code.span(start..end), format!("this test is no JavaScript: {words}"));
    finding.help(help(text, message, start).unwrap_or_else(|| UNTIL.to_owned()));
}

/// What to do about some mistakes.
fn help(text: &str, message: &str, at: usize) -> Option<String> {
    if message.starts_with("`await` is only allowed") {
        return Some("write `async` before the function that the `await` stands in".to_owned());
    }
    if message.contains("strict mode") || message.starts_with("'with'") || message.contains("octal") {
        return Some("tests run in strict mode, which refuses this".to_owned());
    }
    if message.contains("import statement") {
        return Some("tests are no modules: write `const { name } = await import('..')`".to_owned());
    }
    if text.get(at..)?.starts_with(['“', '”', '„', '‘', '’']) {
        return Some("write straight quotes: `'` or `\"`".to_owned());
    }
    if message.contains("semicolon") {
        let word = text.get(..at)?.rsplit(|it: char| !it.is_alphanumeric()).next()?;
        let words = ["await", "async", "return", "throw", "const", "typeof"];
        let meant = nearest(word, words.into_iter()).filter(|meant| *meant != word)?;
        return Some(format!("did you mean `{meant}` instead of `{word}`?"));
    }
    None
}

/// Blocks that ask for `getUserInput` are evaluated as scripts, in which `await` and `return` stand within functions only.
fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    if block.dialect != Dialect::GetUserInput || block.function.is_some() {
        return;
    }
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, &block.code.text, SourceType::script()).parse();
    if let Some(error) = parsed.diagnostics.first() {
        let at = error.labels.first().map_or(0, |label| label.span().start as usize).min(block.code.text.len());
        let rest = block.code.text.get(at..).unwrap_or("");
        let word = ["await", "return"].into_iter().find(|word| rest.starts_with(word));
        let end = at + word.map_or(1, str::len).min(rest.len());
        let word = word.map_or_else(|| "this".to_owned(), |word| format!("`{word}`"));
        findings
            .add(
                block.code.span(at..end),
                format!("{word} stands outside of a function, which a block with `getUserInput` may not have"),
            )
            .help(
                "write `async (getUserInput) => { .. }` around the block, or take the address from the variable `code`",
            );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{in_code, nothing, places};

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, "assert.equal(1, 1;"), [(1, 18)]);
        assert_eq!(places(&RULE, "const a = 1;\nconst a = 2;").len(), 1);
        assert_eq!(places(&RULE, "}\n{").len(), 1);
        assert_eq!(places(&RULE, "assert(true);\nif (code) {\n\n"), [(2, 11)]);
    }

    #[test]
    fn what_only_sloppy_mode_and_modules_allow() {
        assert_eq!(places(&RULE, "with (code) { length; }"), [(1, 1)]);
        assert_eq!(places(&RULE, "const a = '\\07';"), [(1, 11)]);
        assert_eq!(places(&RULE, "import a from 'a';"), [(1, 1)]);
    }

    #[test]
    fn scripts_do_not_wait_outside_of_functions() {
        let code = "const url = getUserInput('url');\nconst res = await fetch(url);";
        assert_eq!(places(&RULE, code), [(2, 13)]);
        assert_eq!(places(&RULE, "if (!getUserInput('url')) return;"), [(1, 27)]);
        nothing(&RULE, "async (getUserInput) => { await fetch(getUserInput('url')); return; };");
        nothing(&RULE, "$.get(getUserInput('url')).then(async (data) => { await data; });");
    }

    #[test]
    fn says_what_to_do() {
        let help = |code: &str| in_code(&RULE, code)[0].help.clone().unwrap();
        assert_eq!(
            help("[code].forEach((a) => { await a; });"),
            "write `async` before the function that the `await` stands in"
        );
        assert_eq!(help("const res = awiat fetch(code);"), "did you mean `await` instead of `awiat`?");
        assert_eq!(help("assert.equal(“a”, 'a');"), "write straight quotes: `'` or `\"`");
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, "const r = await fetch(code); return;");
        nothing(&RULE, "async (getUserInput) => {};");
        nothing(&RULE, "if (code) { const a = 1; }\nconst a = 2;");
    }
}
