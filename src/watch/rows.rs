//! Painted lines as rows of a screen: whatever is too wide goes on in the next row.

use unicode_width::UnicodeWidthChar;

const RESET: &str = "\u{1b}[0m";

/// Breaks a line into rows of at most `columns` columns. Of escape sequences, only colours may be in it; they go on in the next row.
pub fn fold(line: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut rows = Vec::new();
    let mut row = String::new();
    let mut used = 0;
    // The colours that are in force.
    let mut painted = String::new();
    let mut rest = line;
    while let Some(character) = rest.chars().next() {
        if character == '\u{1b}' {
            let length = rest.find('m').map_or(rest.len(), |at| at + 1);
            let (sequence, after) = rest.split_at(length);
            row.push_str(sequence);
            if sequence == RESET {
                painted.clear();
            } else {
                painted.push_str(sequence);
            }
            rest = after;
            continue;
        }
        let width = UnicodeWidthChar::width(character).unwrap_or(0);
        if used + width > columns && used > 0 {
            if !painted.is_empty() {
                row.push_str(RESET);
            }
            rows.push(std::mem::replace(&mut row, painted.clone()));
            used = 0;
        }
        // What is wider than the whole screen cannot be shown on it.
        if width <= columns {
            row.push(character);
            used += width;
        }
        rest = rest.get(character.len_utf8()..).unwrap_or_default();
    }
    rows.push(row);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_go_on_in_the_next_row() {
        assert_eq!(fold("abc", 3), ["abc"]);
        assert_eq!(fold("", 3), [""]);
        assert_eq!(fold("a\u{1b}[1;31mbcd\u{1b}[0me", 2), ["a\u{1b}[1;31mb\u{1b}[0m", "\u{1b}[1;31mcd\u{1b}[0m", "e"]);
    }

    #[test]
    fn wide_characters_are_not_cut() {
        assert_eq!(fold("漢字a", 3), ["漢", "字a"]);
        assert_eq!(fold("漢a", 1), ["a"]);
        assert_eq!(fold("abc", 0), ["a", "b", "c"]);
    }
}
