//! Small helpers for messages.

/// Longer pieces of code are cut.
const LONGEST: usize = 50;

/// A piece of code as a part of a sentence: on one line, and not too long.
pub fn shown(code: &str) -> String {
    let mut out = String::new();
    for word in code.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
        if out.len() > LONGEST * 4 {
            break;
        }
    }
    if out.chars().count() > LONGEST {
        out = out.chars().take(LONGEST - 1).collect();
        out.push('…');
    }
    out
}

/// A number as people write it: `12,345`.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_one_short_line() {
        assert_eq!(shown("a\n   .b()"), "a .b()");
        assert_eq!(shown(&"x".repeat(60)).chars().count(), LONGEST);
    }

    #[test]
    fn numbers_have_commas() {
        assert_eq!([7, 999, 1_000, 1_234_567].map(grouped), ["7", "999", "1,000", "1,234,567"]);
    }
}
