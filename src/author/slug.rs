//! Names: what freeCodeCamp makes of a title, and what can be the name of a file on every system.

use super::error::NewError;
use crate::curriculum::{is_language, is_level};

/// Longest title, dashedName and block, in characters.
const LONGEST: usize = 120;
/// Names that Windows keeps for devices, with any ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// What freeCodeCamp makes of a title: lower case, a hyphen for each blank and each dot, and of the rest only a to z, 0 to 9
/// and hyphens. Empty where nothing is left.
pub fn dashed_name(title: &str) -> String {
    title
        .to_lowercase()
        .trim()
        .chars()
        .filter_map(|character| match character {
            '.' => Some('-'),
            blank if blank.is_whitespace() => Some('-'),
            'a'..='z' | '0'..='9' | '-' => Some(character),
            _ => None,
        })
        .collect()
}

/// Whether a title can be one.
pub fn check_title(title: &str) -> Result<(), NewError> {
    let wrong = |why| Err(NewError::Title { title: title.to_owned(), why });
    if title.trim().is_empty() {
        wrong("it is empty")
    } else if title.chars().any(char::is_control) {
        wrong("it has line breaks or other control characters")
    } else if title.chars().count() > LONGEST {
        wrong("it has more than 120 characters")
    } else {
        Ok(())
    }
}

/// Whether a dashedName can be one, and the name of a file.
pub fn check_name(name: &str) -> Result<(), NewError> {
    match wrong(name) {
        Some(why) => Err(NewError::Name { name: name.to_owned(), why }),
        None => Ok(()),
    }
}

/// Whether a block can be one: `block`, or `superblock/block`. Blocks that are there already may be called as they like.
pub fn check_block(block: &str) -> Result<(), NewError> {
    let refuse = |why| Err(NewError::Block { block: block.to_owned(), why });
    let (level, name) = match block.split_once('/') {
        Some((level, name)) => (Some(level), name),
        None => (None, block),
    };
    if level.is_some_and(|level| !is_level(level) || wrong(level).is_some()) {
        return refuse("a superblock is called like 06-quality-assurance");
    }
    match wrong(name) {
        Some(why) => refuse(why),
        None if is_language(name) => refuse("it is the folder of a language"),
        None if name == "blocks" => refuse("it is a folder for blocks"),
        None => Ok(()),
    }
}

/// What is wrong with the name of a file or folder.
fn wrong(name: &str) -> Option<&'static str> {
    let has_letter = name.bytes().any(|byte| byte.is_ascii_alphanumeric());
    if !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
        Some("it may have a to z, 0 to 9 and hyphens only")
    } else if !has_letter {
        Some("it needs a letter or a digit")
    } else if name.starts_with('-') {
        Some("it begins with a hyphen, as options do")
    } else if name.len() > LONGEST {
        Some("it has more than 120 characters")
    } else if is_device(name) {
        Some("Windows keeps this name for a device")
    } else {
        None
    }
}

fn is_device(name: &str) -> bool {
    let numbered = |kind: &str| {
        name.strip_prefix(kind).is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    DEVICES.contains(&name) || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_names_as_on_freecodecamp() {
        for (title, name) in [
            ("Say Hello", "say-hello"),
            ("Use a Template Engine's Powers", "use-a-template-engines-powers"),
            ("Start a Working Express Server with Node.js", "start-a-working-express-server-with-node-js"),
            ("  Use  the .env File ", "use--the--env-file"),
            ("Tom & Jerry", "tom--jerry"),
            ("Año Nuevo", "ao-nuevo"),
            ("ÉCOLE 2", "cole-2"),
            ("日本語", ""),
            ("HTTP/2: what\u{a0}for?", "http2-what-for"),
            ("A_b-c", "ab-c"),
        ] {
            assert_eq!(dashed_name(title), name, "{title}");
        }
    }

    #[test]
    fn names_that_some_system_refuses() {
        for name in ["say-hello", "a", "2-b", "con-x", "com", "com10", "nulls"] {
            assert!(check_name(name).is_ok(), "{name}");
        }
        for name in ["", "-", "--", "-a", "Say", "a b", "a/b", "..", "a.b", "é", "con", "nul", "com1", "lpt9", "a\0"] {
            assert!(check_name(name).is_err(), "{name:?}");
        }
        assert!(check_name(&"a".repeat(121)).is_err());
        for block in ["chat", "06-quality-assurance/chat", "blocks/chat", "06-x"] {
            assert!(check_block(block).is_ok(), "{block}");
        }
        for block in ["", "english", "blocks", "../x", "x/chat", "/chat", "06-a/b/c", "aux", "06-a/english"] {
            assert!(check_block(block).is_err(), "{block:?}");
        }
        for title in ["", "  ", "a\nb", "a\u{7}"] {
            assert!(check_title(title).is_err(), "{title:?}");
        }
        assert!(check_title("Ünïcödé: \"quoted\" # and all").is_ok());
    }
}
