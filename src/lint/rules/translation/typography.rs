//! What word processors and translation tools do to punctuation.

/// A text with plain quotes, dashes and blanks, without characters that nobody sees.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => {}
            '“' | '”' | '„' | '‟' | '″' | '«' | '»' | '「' | '」' | '『' | '』' => out.push('"'),
            '‘' | '’' | '‚' | '‛' | '′' => out.push('\''),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
            '…' => out.push_str("..."),
            '\u{ff01}'..='\u{ff5e}' => {
                out.extend(char::from_u32(u32::from(character) - 0xff01 + 0x21));
            }
            '。' => out.push('.'),
            '、' => out.push(','),
            blank if blank.is_whitespace() => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

/// Whether two texts are one but for typography.
pub(super) fn alike(one: &str, other: &str) -> bool {
    let squeezed = |text: &str| plain(text).chars().filter(|character| *character != ' ').collect::<String>();
    squeezed(one) == squeezed(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography() {
        assert!(alike("“a” – b’s…", "\"a\" - b's..."));
        assert!(alike("a\u{a0}: b", "a: b"));
        assert!(alike("（a，b）", "(a,b)"));
        assert!(!alike("a b", "a c"));
    }
}
