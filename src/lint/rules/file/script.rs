//! The characters of a file's code that are not ASCII, and whether they stand in a literal. The code need not be
//! correct: such a character is often why it is not.

use crate::challenge::Code;
use crate::lint::File;

/// What a character of code is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The code itself.
    Code,
    /// A string, a template or a regular expression.
    Literal,
    /// A comment.
    Comment,
}

/// A character that is not ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Foreign {
    /// Byte of the code.
    pub(super) at: usize,
    pub(super) character: char,
    pub(super) part: Part,
}

/// All code of a file that is looked at: tests and hooks.
pub(super) fn codes<'f>(file: &'f File<'_>) -> impl Iterator<Item = &'f Code> {
    let hooks = file.hooks();
    let hooks = [&hooks.before_all, &hooks.before_each, &hooks.after_each, &hooks.after_all];
    file.hints().iter().map(|hint| &hint.code).chain(hooks.into_iter().flatten())
}

/// Those items, one group for each line that has any. They are in the order of the text, `at` is their place.
pub(super) fn by_line<'i, T>(text: &str, items: &'i [T], at: impl Fn(&T) -> usize) -> Vec<&'i [T]> {
    items
        .chunk_by(|one, next| text.get(at(one)..at(next)).is_some_and(|between| !between.contains(['\n', '\r'])))
        .collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Code,
    Quote(char),
    Template,
    Pattern { class: bool },
    LineComment,
    Comment,
}

/// The characters that are not ASCII, in order.
pub(super) fn foreign(code: &str) -> Vec<Foreign> {
    let mut found = Vec::new();
    if code.is_ascii() {
        return found;
    }
    let mut state = State::Code;
    // For each template that is open, the braces that are open within its expression.
    let mut templates: Vec<usize> = Vec::new();
    let mut escaped = false;
    let mut characters = code.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if !character.is_ascii() {
            let part = match state {
                State::Code => Part::Code,
                State::Quote(_) | State::Template | State::Pattern { .. } => Part::Literal,
                State::LineComment | State::Comment => Part::Comment,
            };
            found.push(Foreign { at, character, part });
        }
        if std::mem::take(&mut escaped) {
            continue;
        }
        let next = characters.peek().map(|(_, next)| *next);
        state = match (state, character) {
            (State::Code, '\'' | '"') => State::Quote(character),
            (State::Code, '`') => State::Template,
            (State::Code, '/') if next == Some('/') => State::LineComment,
            (State::Code, '/') if next == Some('*') => {
                characters.next();
                State::Comment
            }
            (State::Code, '/') if begins_pattern(code.get(..at).unwrap_or("")) => State::Pattern { class: false },
            (State::Code, '{') => {
                if let Some(depth) = templates.last_mut() {
                    *depth += 1;
                }
                state
            }
            (State::Code, '}') => match templates.last_mut() {
                Some(0) => {
                    templates.pop();
                    State::Template
                }
                Some(depth) => {
                    *depth -= 1;
                    state
                }
                None => state,
            },
            (State::Quote(_) | State::Template | State::Pattern { .. }, '\\') => {
                escaped = true;
                state
            }
            (State::Quote(quote), _) if character == quote || character == '\n' => State::Code,
            (State::Template, '$') if next == Some('{') => {
                characters.next();
                templates.push(0);
                State::Code
            }
            (State::Pattern { .. }, '[') => State::Pattern { class: true },
            (State::Pattern { .. }, ']') => State::Pattern { class: false },
            (State::Template, '`')
            | (State::Pattern { class: false }, '/')
            | (State::Pattern { .. } | State::LineComment, '\n') => State::Code,
            (State::Comment, '*') if next == Some('/') => {
                characters.next();
                State::Code
            }
            _ => state,
        };
    }
    found
}

/// Whether a slash behind that code begins a regular expression, not a division.
fn begins_pattern(before: &str) -> bool {
    const KEYWORDS: [&str; 8] = ["await", "case", "delete", "in", "of", "return", "throw", "typeof"];
    let before = before.trim_end();
    match before.chars().next_back() {
        Some(last) if last.is_alphanumeric() || matches!(last, '_' | '$') => {
            let word = before.rsplit(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '_' | '$')).next();
            word.is_some_and(|word| KEYWORDS.contains(&word))
        }
        Some(last) => !matches!(last, ')' | ']' | '"' | '\'' | '`'),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(code: &str) -> Vec<Part> {
        foreign(code).into_iter().map(|foreign| foreign.part).collect()
    }

    #[test]
    fn literals_and_comments() {
        use Part::{Code, Comment, Literal};
        assert_eq!(parts("é 'é\\'é' é \"é'\" é"), [Code, Literal, Literal, Code, Literal, Code]);
        assert_eq!(parts("`é${é + {é: `é`}}é` é"), [Literal, Code, Code, Literal, Literal, Code]);
        assert_eq!(parts("a // é\né /* é */ é"), [Comment, Code, Comment, Code]);
        assert_eq!(parts("x(/[/é]é\\/é/) é a / é / b"), [Literal, Literal, Literal, Code, Code]);
        assert_eq!(parts("return /é/; a.b / é"), [Literal, Code]);
        assert_eq!(parts("'é\né"), [Literal, Code]);
        assert_eq!(parts("plain"), []);
    }

    #[test]
    fn lines() {
        let text = "é é\r\n\r\né";
        let found = foreign(text);
        let lengths: Vec<usize> = by_line(text, &found, |one| one.at).into_iter().map(<[Foreign]>::len).collect();
        assert_eq!(lengths, [2, 1]);
    }
}
