//! Strings as sequences of UTF-16 code units.

/// Length in UTF-16 code units (`string.length`).
pub fn units(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.encode_utf16().count() }
}

/// The code units from `start` to `end` (both clamped); `None` when a surrogate pair would be cut in two, because
/// Rust strings cannot hold halves.
pub fn slice16(text: &str, start: usize, end: usize) -> Option<String> {
    if text.is_ascii() {
        let end = end.min(text.len());
        return Some(text.get(start.min(end)..end).unwrap_or_default().to_owned());
    }
    let wanted: Vec<u16> = text.encode_utf16().skip(start).take(end.saturating_sub(start)).collect();
    String::from_utf16(&wanted).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_cuts_in_code_units() {
        assert_eq!(units("a😀é"), 4);
        assert_eq!(slice16("a😀é", 1, 3).as_deref(), Some("😀"));
        assert_eq!(slice16("a😀é", 2, 4), None);
        assert_eq!(slice16("abc", 2, 99).as_deref(), Some("c"));
        assert_eq!(slice16("abc", 5, 2).as_deref(), Some(""));
    }
}
