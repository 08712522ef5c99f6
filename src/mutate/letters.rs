//! Changes of one character: small enough to be overlooked, and never none.

use std::ops::Range;

use super::random::Random;

/// Only so much of a word is looked at.
const LOOKED_AT: usize = 64;

/// A character of `text[at]` and what to put in its place: a letter or digit, not the second half of an escape.
pub fn change(text: &str, at: &Range<usize>, random: &mut Random) -> Option<(Range<usize>, char)> {
    let mut places = Vec::new();
    let mut escaped = false;
    for (offset, character) in text.get(at.clone())?.char_indices().take(LOOKED_AT) {
        if character.is_alphanumeric() && !escaped {
            places.push((at.start + offset, character));
        }
        escaped = character == '\\' && !escaped;
    }
    let (start, character) = *random.pick(&places)?;
    Some((start..start + character.len_utf8(), another(character, random)))
}

/// The last digit of a number, and another one.
pub fn change_number(text: &str, at: &Range<usize>, random: &mut Random) -> Option<(Range<usize>, char)> {
    let number = text.get(at.clone())?;
    let offset = number.rfind(|character: char| character.is_ascii_digit())?;
    let digit = number.get(offset..)?.chars().next()?;
    let start = at.start + offset;
    Some((start..start + 1, another(digit, random)))
}

/// Another character of the same sort.
pub fn another(character: char, random: &mut Random) -> char {
    let first = match character {
        '0'..='9' => b'0',
        'a'..='z' => b'a',
        'A'..='Z' => b'A',
        // Of other alphabets little is known.
        _ => return 'x',
    };
    let count = if first == b'0' { 10 } else { 26 };
    let position = u32::from(character) - u32::from(first);
    let step = u32::try_from(1 + random.below(count - 1)).unwrap_or(1);
    let count = u32::try_from(count).unwrap_or(1);
    char::from_u32(u32::from(first) + (position + step) % count).unwrap_or('x')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_becomes_another_of_its_sort() {
        let mut random = Random::new(1, &[]);
        for character in ['a', 'z', 'Q', '0', '9', 'é', '漢'] {
            for _ in 0..200 {
                let other = another(character, &mut random);
                assert_ne!(other, character);
                assert_eq!(other.is_ascii_digit(), character.is_ascii_digit());
                assert!(character.is_ascii() || other == 'x');
            }
        }
    }

    #[test]
    fn escapes_stay() {
        let mut random = Random::new(1, &[]);
        for _ in 0..50 {
            let (at, _) = change(r"\n\\a", &(0..5), &mut random).unwrap();
            assert_eq!(at, 4..5);
        }
        assert_eq!(change(r"\n--", &(0..4), &mut random), None);
        assert_eq!(change_number("x 4.10 y", &(2..6), &mut random).map(|(at, _)| at), Some(5..6));
    }
}
