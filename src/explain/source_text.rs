//! Looks at the text of a test, without parsing it: what a statement says, which properties it reads.
//!
//! Everything here is a guess that others check against facts before they say it.

/// Longest statement that is looked at, in bytes.
const LONGEST: usize = 4000;

/// The statement that begins at a line (from 0) and a column (in characters, from 0) of a text. A column beyond its line counts
/// from the line's first character: blocks may be indented in their file.
pub fn statement(text: &str, line: usize, column: usize) -> Option<&str> {
    let before: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let content = text.get(before..)?.lines().next()?;
    let indent = content.len() - content.trim_start().len();
    let start = before + content.char_indices().nth(column).map_or(indent, |(at, _)| at);
    let rest = text.get(start..)?;
    Some(rest.get(..end(rest)).unwrap_or(rest).trim())
}

/// End of a statement: a semicolon, or a line break, outside of brackets and texts.
fn end(text: &str) -> usize {
    let mut scan = Scanner::new(text);
    let mut last = text.len();
    while let Some((at, character)) = scan.next() {
        last = at + character.len_utf8();
        if at > LONGEST || (scan.depth == 0 && matches!(character, ';' | '\n')) || scan.depth < 0 {
            return at;
        }
    }
    last.max(text.len().min(LONGEST))
}

/// The arguments of the first call in a statement, as they are written.
pub fn arguments(statement: &str) -> Vec<&str> {
    let Some(open) = statement.find('(') else { return Vec::new() };
    let Some(inner) = statement.get(open + 1..) else { return Vec::new() };
    let mut out = Vec::new();
    let mut scan = Scanner::new(inner);
    let mut start = 0;
    while let Some((at, character)) = scan.next() {
        let ends = scan.depth < 0;
        if ends || (scan.depth == 0 && character == ',') {
            let argument = inner.get(start..at).unwrap_or_default().trim();
            if !argument.is_empty() {
                out.push(argument);
            }
            start = at + 1;
        }
        if ends {
            break;
        }
    }
    out
}

/// A chain of properties: `data.users[0]["x"]` is `data` and `users`, `0`, `x`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// The variable that it begins with.
    pub root: String,
    /// The properties.
    pub keys: Vec<String>,
}

/// Reads an expression that is nothing but a chain of properties.
pub fn chain(expression: &str) -> Option<Chain> {
    let (chain, length) = chain_at(expression)?;
    (expression.get(length..)?.trim().is_empty()).then_some(chain)
}

/// A chain of properties at the start of a text, and its length in bytes.
pub fn chain_at(text: &str) -> Option<(Chain, usize)> {
    let mut at = identifier(text)?;
    let root = text.get(..at)?.to_owned();
    let mut keys = Vec::new();
    loop {
        let rest = text.get(at..)?;
        let blank = rest.len() - rest.trim_start().len();
        let Some((key, length)) = step(rest.get(blank..)?) else { break };
        keys.push(key);
        at += blank + length;
    }
    Some((Chain { root, keys }, at))
}

/// `.x`, `?.x`, `["x"]`, `[0]`, `?.[0]`
fn step(text: &str) -> Option<(String, usize)> {
    let after = text.strip_prefix("?.").or_else(|| text.strip_prefix('.'));
    if let Some(name) = after
        && let Some(length) = identifier(name)
    {
        return Some((name.get(..length)?.to_owned(), text.len() - name.len() + length));
    }
    let inner = after.filter(|_| text.starts_with("?.")).unwrap_or(text).strip_prefix('[')?;
    let close = inner.find(']')?;
    let key = inner.get(..close)?.trim();
    let length = text.len() - inner.len() + close + 1;
    if key.bytes().all(|byte| byte.is_ascii_digit()) && !key.is_empty() {
        return Some((key.to_owned(), length));
    }
    let quote = key.chars().next().filter(|first| matches!(first, '"' | '\'' | '`'))?;
    let name = key.strip_prefix(quote)?.strip_suffix(quote)?;
    (!name.contains(['\\', quote])).then(|| (name.to_owned(), length))
}

fn identifier(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    if !(first.is_alphabetic() || matches!(first, '_' | '$')) {
        return None;
    }
    Some(text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$'))).unwrap_or(text.len()))
}

/// The chains of a text that read the property `key` of something.
pub fn chains_reading<'t>(text: &'t str, key: &'t str) -> impl Iterator<Item = Chain> + use<'t> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let starts = identifier(rest).is_some() && !text.get(..at).is_some_and(in_word);
            let Some((chain, length)) = chain_at(rest).filter(|_| starts) else {
                at += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            };
            at += length.max(1);
            if let Some(end) = chain.keys.iter().position(|name| name == key) {
                let keys = chain.keys.into_iter().take(end).collect();
                return Some(Chain { root: chain.root, keys });
            }
        }
        None
    })
}

fn in_word(before: &str) -> bool {
    before.chars().next_back().is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '$' | '.'))
}

/// Whether a text has a word that is no part of another.
pub fn has_word(text: &str, word: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|it| it.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|it| it.chars().next());
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    })
}

/// Walks over a text; knows brackets and quoted texts. Regular expressions are taken for what they are not.
struct Scanner<'t> {
    characters: std::str::CharIndices<'t>,
    quote: Option<char>,
    depth: isize,
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str) -> Self {
        Self { characters: text.char_indices(), quote: None, depth: 0 }
    }

    /// The next character that is not within a quoted text; the depth counts it.
    fn next(&mut self) -> Option<(usize, char)> {
        loop {
            let (at, character) = self.characters.next()?;
            if let Some(quote) = self.quote {
                match character {
                    '\\' => {
                        self.characters.next();
                    }
                    _ if character == quote => self.quote = None,
                    // Only template literals go over several lines: this was no quote.
                    '\n' if quote != '`' => self.quote = None,
                    _ => {}
                }
                continue;
            }
            match character {
                '"' | '\'' | '`' => self.quote = Some(character),
                '(' | '[' | '{' => self.depth += 1,
                ')' | ']' | '}' => self.depth -= 1,
                _ => {}
            }
            return Some((at, character));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_end_where_they_end() {
        let text = "const a = 1;\n  assert.equal(data.x, 'a;)', \"m\");\nmore();";
        assert_eq!(statement(text, 1, 2), Some("assert.equal(data.x, 'a;)', \"m\")"));
        assert_eq!(statement(text, 0, 0), Some("const a = 1"));
        assert_eq!(statement(text, 9, 0), None);
        assert_eq!(statement("assert(\n  a &&\n  b\n);", 0, 0), Some("assert(\n  a &&\n  b\n)"));
        assert_eq!(statement("x => { f(1) }", 0, 7), Some("f(1)"));
    }

    #[test]
    fn arguments_are_told_apart() {
        assert_eq!(arguments("assert.equal(f(a, b), [1, 2], 'x, y')"), ["f(a, b)", "[1, 2]", "'x, y'"]);
        assert_eq!(arguments("assert.equal(a, b,)"), ["a", "b"]);
        assert!(arguments("nothing").is_empty());
    }

    #[test]
    fn chains_are_properties_and_nothing_else() {
        let keys = |text: &str| chain(text).map(|it| (it.root, it.keys.join("/")));
        assert_eq!(keys("data.users[0]?.[\"a b\"]"), Some(("data".into(), "users/0/a b".into())));
        assert_eq!(keys("data"), Some(("data".into(), String::new())));
        for other in ["data.map(f)", "a + b", "'x'", "", "a[b]", "a.b c"] {
            assert_eq!(keys(other), None, "{other}");
        }
        let found: Vec<_> = chains_reading("a.scripts.start; pkg.dev.start; start.x", "start").collect();
        assert_eq!(found.iter().map(|it| it.keys.join("/")).collect::<Vec<_>>(), ["scripts", "dev"]);
    }

    #[test]
    fn words_are_whole() {
        assert!(has_word("res.status === 404", "404") && !has_word("1404", "404") && !has_word("x404_", "404"));
    }
}
