//! Where a file has comments that begin with a word: JavaScript's in tests, YAML's in the front matter, HTML's in prose.

use std::ops::Range;

use super::block::comments;
use super::file::File;
use crate::challenge::Code;

/// Longest comment, in bytes, whose end is looked for on further lines.
const LONGEST: usize = 4096;

/// A comment that begins with the word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Comment {
    /// All of it, with what opens and closes it.
    pub whole: Range<usize>,
    /// From the word to the end of its text.
    pub text: Range<usize>,
}

/// The comments of a file that begin with `word`, in order. The same words in a string, or in a sentence, are none.
pub(super) fn beginning_with(file: &File<'_>, word: &str) -> Vec<Comment> {
    let text = file.text();
    let mut places = text
        .match_indices(word)
        .filter(|(at, _)| {
            let next = text.get(at + word.len()..).and_then(|rest| rest.chars().next());
            next.is_none_or(|next| next == ':' || next.is_whitespace())
        })
        .map(|(at, _)| at)
        .peekable();
    if places.peek().is_none() {
        return Vec::new();
    }
    let mut regions = Regions::of(file);
    places.filter_map(|at| regions.comment(at)).collect()
}

/// What is what in a file.
struct Regions<'f, 's> {
    file: &'f File<'s>,
    front_matter: Range<usize>,
    /// Test blocks and hooks in the order of the file; the comments of those that were asked for.
    blocks: Vec<(Range<usize>, &'f Code, Option<Found>)>,
}

/// Comments of a block, as bytes of the file; nothing where the parser gave up before it had them.
type Found = Option<Vec<Range<usize>>>;

impl<'f, 's> Regions<'f, 's> {
    fn of(file: &'f File<'s>) -> Self {
        let hooks = file.hooks();
        let hooks = [&hooks.before_all, &hooks.before_each, &hooks.after_each, &hooks.after_all].into_iter().flatten();
        let codes = file.hints().iter().map(|hint| &hint.code).chain(hooks);
        let mut blocks: Vec<_> = codes
            .map(|code| (code.file_offset(0)..code.file_offset(code.text.len()), code, None))
            .filter(|(range, ..)| range.start < range.end)
            .collect();
        blocks.sort_by_key(|(range, ..)| range.start);
        Self { file, front_matter: front_matter(file.text()), blocks }
    }

    fn comment(&mut self, at: usize) -> Option<Comment> {
        if self.front_matter.contains(&at) {
            return self.yaml(at);
        }
        let index = self.blocks.partition_point(|(range, ..)| range.end <= at);
        match self.blocks.get_mut(index).filter(|(range, ..)| range.start <= at) {
            Some((_, code, found)) => {
                let found = found.get_or_insert_with(|| {
                    let file_range = |range: Range<usize>| code.file_offset(range.start)..code.file_offset(range.end);
                    Some(comments(code)?.into_iter().map(file_range).collect())
                });
                script(self.file.text(), at, found.as_deref())
            }
            None => html(self.file.text(), at),
        }
    }

    /// `# word ...`, unless the `#` belongs to a value.
    fn yaml(&self, at: usize) -> Option<Comment> {
        let text = self.file.text();
        let sign = opening(text, at, "#")?;
        let before = text.get(..sign)?.chars().next_back();
        if before.is_some_and(|before| !before.is_whitespace()) {
            return None;
        }
        let inside = |entry: &crate::challenge::Entry| {
            entry.value.scalar().is_some() && entry.value_span.range().contains(&sign)
        };
        let quoted = self.file.front_matter().is_some_and(|matter| matter.entries.iter().any(inside));
        (!quoted).then(|| to_end_of_line(text, sign, at))
    }
}

/// The front matter with its fences; empty where there is none.
fn front_matter(text: &str) -> Range<usize> {
    let mut end = 0;
    for (index, line) in text.split_inclusive(['\n', '\r']).enumerate() {
        let is_fence = line.trim_end() == "---";
        if index == 0 && !is_fence {
            return 0..0;
        }
        end += line.len();
        if index > 0 && is_fence {
            break;
        }
    }
    0..end
}

/// Where `sign` stands, if nothing but blanks is between it and the word at `at`.
fn opening(text: &str, at: usize, sign: &str) -> Option<usize> {
    let before = text.get(..at)?.trim_end_matches([' ', '\t']);
    before.ends_with(sign).then(|| before.len() - sign.len())
}

fn to_end_of_line(text: &str, start: usize, at: usize) -> Comment {
    let rest = text.get(at..).unwrap_or("");
    let line = rest.split(['\n', '\r']).next().unwrap_or(rest).trim_end();
    let end = at + line.len();
    Comment { whole: start..end, text: at..end }
}

/// A comment that is closed, on the same line or soon after; else to the end of the line.
fn until(text: &str, start: usize, at: usize, close: &str) -> Comment {
    let near = text.get(at..text.floor_char_boundary(at + LONGEST)).unwrap_or("");
    match near.find(close) {
        Some(length) => {
            let words = near.get(..length).unwrap_or(near).trim_end();
            Comment { whole: start..at + length + close.len(), text: at..at + words.len() }
        }
        None => to_end_of_line(text, start, at),
    }
}

/// A comment of JavaScript. `known` are those that the parser found.
fn script(text: &str, at: usize, known: Option<&[Range<usize>]>) -> Option<Comment> {
    let (mut start, line) = match (opening(text, at, "//"), opening(text, at, "/*").or(opening(text, at, "/**"))) {
        (Some(start), _) => (start, true),
        (None, Some(start)) => (start, false),
        (None, None) => return None,
    };
    if let Some(known) = known {
        let index = known.partition_point(|range| range.end <= at);
        // `////` and `/**` begin earlier than their last sign.
        start = known.get(index).map(|range| range.start).filter(|first| *first <= start && start < first + 4)?;
    }
    Some(if line { to_end_of_line(text, start, at) } else { until(text, start, at, "*/") })
}

fn html(text: &str, at: usize) -> Option<Comment> {
    let start = opening(text, at, "<!--")?;
    Some(until(text, start, at, "-->"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::challenge::Source;

    fn found(text: &str) -> Vec<(String, String)> {
        let source = Source::new("a.md", text);
        let all = beginning_with(&File::new(&source), "mark");
        all.into_iter().map(|it| (source.text[it.whole].to_owned(), source.text[it.text].to_owned())).collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|(whole, text)| ((*whole).to_owned(), (*text).to_owned())).collect()
    }

    fn with_code(code: &str) -> String {
        crate::lint::rules::testing::challenge(code)
    }

    #[test]
    fn javascript() {
        let all = found(&with_code("a(); // mark one\n/* mark\n   two */ b();\n/** mark three */"));
        let expected =
            [("// mark one", "mark one"), ("/* mark\n   two */", "mark\n   two"), ("/** mark three */", "mark three")];
        assert_eq!(all, pairs(&expected));
        assert_eq!(found(&with_code("//// mark one")), pairs(&[("//// mark one", "mark one")]));
        assert_eq!(found(&with_code("const a = '// mark one';\nconst b = `\n// mark two`;")), []);
        assert_eq!(found(&with_code("const a = /\\/\\/ mark one/; // not marked")), []);
        // Code that does not parse has comments as well.
        assert_eq!(found(&with_code("assert((; // mark one")).len(), 1);
    }

    #[test]
    fn yaml() {
        let file = |line: &str| with_code("a();").replace("title: A challenge", line);
        assert_eq!(found(&file("title: A # mark one")), pairs(&[("# mark one", "mark one")]));
        assert_eq!(found(&file("# mark one\ntitle: A")), pairs(&[("# mark one", "mark one")]));
        assert_eq!(found(&file("title: 'A # mark one'")), []);
        assert_eq!(found(&file("title: \"A # mark one\"")), []);
        assert_eq!(found(&file("title: A# mark one")), []);
        assert_eq!(found(&file("title: |\n  A\n  # mark one")), []);
        assert_eq!(found(&file("title: A // mark one")), []);
    }

    #[test]
    fn prose() {
        let file = |text: &str| with_code("a();").replace("Text.", text);
        assert_eq!(found(&file("Text <!-- mark one --> more")), pairs(&[("<!-- mark one -->", "mark one")]));
        assert_eq!(found(&file("Text <!-- mark\r\none --> more")), pairs(&[("<!-- mark\r\none -->", "mark\r\none")]));
        assert_eq!(found(&file("Text <!-- mark one")), pairs(&[("<!-- mark one", "mark one")]));
        assert_eq!(found(&file("Text // mark one\n# mark two\nmark three <!-- marked -->")), []);
    }
}
