//! Characters that look like others.

/// Letters of other scripts that no reader can tell from a Latin one, with the Latin one.
const LETTERS: &[(char, char)] = &[
    ('а', 'a'),
    ('с', 'c'),
    ('ԁ', 'd'),
    ('е', 'e'),
    ('һ', 'h'),
    ('і', 'i'),
    ('ј', 'j'),
    ('о', 'o'),
    ('р', 'p'),
    ('ԛ', 'q'),
    ('ѕ', 's'),
    ('ԝ', 'w'),
    ('х', 'x'),
    ('у', 'y'),
    ('А', 'A'),
    ('В', 'B'),
    ('С', 'C'),
    ('Е', 'E'),
    ('Н', 'H'),
    ('І', 'I'),
    ('Ј', 'J'),
    ('К', 'K'),
    ('М', 'M'),
    ('О', 'O'),
    ('Р', 'P'),
    ('Ѕ', 'S'),
    ('Т', 'T'),
    ('Х', 'X'),
    ('Ү', 'Y'),
    ('ο', 'o'),
    ('ν', 'v'),
    ('Α', 'A'),
    ('Β', 'B'),
    ('Ε', 'E'),
    ('Ζ', 'Z'),
    ('Η', 'H'),
    ('Ι', 'I'),
    ('Κ', 'K'),
    ('Μ', 'M'),
    ('Ν', 'N'),
    ('Ο', 'O'),
    ('Ρ', 'P'),
    ('Τ', 'T'),
    ('Υ', 'Y'),
    ('Χ', 'X'),
];

/// The ASCII character that `character` looks like.
pub(super) fn of(character: char) -> Option<char> {
    match character {
        // The wide forms of Chinese and Japanese keyboards stand in the order of ASCII.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xff01 + 0x21),
        _ => LETTERS.iter().find(|(other, _)| *other == character).map(|(_, latin)| *latin),
    }
}

/// What it is, in words: `a Cyrillic letter`.
pub(super) fn kind(character: char) -> &'static str {
    match character {
        '\u{ff01}'..='\u{ff5e}' => "a wide character",
        '\u{370}'..='\u{3ff}' => "a Greek letter",
        _ => "a Cyrillic letter",
    }
}

/// Says which letter of a name is not what it seems to be.
pub(super) fn note(name: &str) -> String {
    match name.chars().find(|letter| of(*letter).is_some()) {
        Some(letter) => format!("; the `{letter}` in it is {}", kind(letter)),
        None => String::new(),
    }
}
