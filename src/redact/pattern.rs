//! The forms in which a value may appear: as it is, percent-encoded, escaped as in JSON or HTML, and in base64.

use std::fmt::Write as _;

/// Shortest piece of base64 that is looked for within a longer text.
const SHORTEST_PIECE: usize = 6;
const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A regular expression for all forms of a value.
pub(super) fn pattern(value: &str) -> String {
    let mut forms = vec![value.chars().map(character).collect::<String>()];
    forms.extend((0..3).filter_map(|before| base64_piece(value.as_bytes(), before)));
    // JavaScript's `btoa` takes a character for a byte.
    if let Some(latin) =
        value.chars().map(|c| u8::try_from(c).ok()).collect::<Option<Vec<u8>>>().filter(|_| !value.is_ascii())
    {
        forms.extend((0..3).filter_map(|before| base64_piece(&latin, before)));
    }
    forms.join("|")
}

/// One character in all of its forms.
fn character(character: char) -> String {
    if character.is_ascii_alphanumeric() {
        return character.to_string();
    }
    let mut utf8 = [0; 4];
    let mut utf16 = [0; 2];
    let mut percent = String::new();
    for byte in character.encode_utf8(&mut utf8).bytes() {
        percent.push('%');
        percent.push_str(&hex(&format!("{byte:02x}")));
    }
    let mut unicode = String::new();
    for unit in character.encode_utf16(&mut utf16) {
        unicode.push_str(r"\\+u");
        unicode.push_str(&hex(&format!("{unit:04x}")));
    }
    let literal = regex::escape(&character.to_string());
    let mut forms = vec![literal, percent, unicode, format!("&#0*{};", u32::from(character))];
    forms.push(format!("&#[xX]0*{};", hex(&format!("{:x}", u32::from(character)))));
    // A text within a text, as JSON within JSON, is escaped more than once.
    let more: &[&str] = match character {
        ' ' => &[r"\+"],
        '\n' => &[r"\r\n", r"\\+n", r"\\+r\\+n", "%0[dD]%0[aA]"],
        '\r' => &[r"\\+r"],
        '\t' => &[r"\\+t"],
        '"' => &[r#"\\+""#, "&quot;"],
        '\'' => &[r"\\+'", "&apos;"],
        '\\' => &[r"\\+"],
        '/' => &[r"\\+/"],
        '&' => &["&amp;"],
        '<' => &["&lt;"],
        '>' => &["&gt;"],
        _ => &[],
    };
    // Longer forms first: the first that fits is taken.
    forms.extend(more.iter().map(|form| (*form).to_owned()));
    forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
    format!("(?:{})", forms.join("|"))
}

/// Hexadecimal digits in either case.
fn hex(digits: &str) -> String {
    let mut pattern = String::new();
    for digit in digits.chars() {
        if digit.is_ascii_alphabetic() {
            let _ = write!(pattern, "[{}{}]", digit.to_ascii_lowercase(), digit.to_ascii_uppercase());
        } else {
            pattern.push(digit);
        }
    }
    pattern
}

/// What of the value's base64 does not depend on what stands around it, when `before` bytes come before it in its group
/// of three; in the standard and the URL alphabet.
fn base64_piece(value: &[u8], before: usize) -> Option<String> {
    let mut bytes = vec![0; before];
    bytes.extend_from_slice(value);
    let bits = bytes.len() * 8;
    let (first, end) = ((before * 8).div_ceil(6), bits / 6);
    if before > 0 && end.saturating_sub(first) < SHORTEST_PIECE {
        return None;
    }
    let mut pattern = String::new();
    for index in first..end {
        let (byte, shift) = (index * 6 / 8, index * 6 % 8);
        let pair = u16::from(*bytes.get(byte)?) << 8 | u16::from(bytes.get(byte + 1).copied().unwrap_or_default());
        match BASE64.get(usize::from(pair >> (10 - shift) & 0x3f))? {
            b'+' => pattern.push_str("(?:[+-]|%2[bB])"),
            b'/' => pattern.push_str("(?:[/_]|%2[fF])"),
            &letter => pattern.push(char::from(letter)),
        }
    }
    if !bits.is_multiple_of(6) {
        // The last bits share a character with what comes after, or with nothing.
        pattern.push_str("(?:[A-Za-z0-9+/_-](?:=|%3[dD]){0,2})?");
    }
    Some(pattern)
}
