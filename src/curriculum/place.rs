//! What a path says about a challenge: its language, its block, its name.

use std::path::{Component, Path};

/// The language folders of the curriculum.
const LANGUAGES: [&str; 17] = [
    "arabic",
    "chinese",
    "chinese-traditional",
    "dutch",
    "english",
    "espanol",
    "french",
    "german",
    "hindi",
    "italian",
    "japanese",
    "korean",
    "polish",
    "portuguese",
    "swahili",
    "turkish",
    "ukrainian",
];

/// Where in a curriculum a file stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The language folder above the block.
    pub language: Option<String>,
    /// The folder of the file.
    pub block: Option<String>,
    /// The file's name without its ending.
    pub stem: String,
}

impl Place {
    /// Reads a path of one of the layouts `<language>/<block>/<name>.md`, `<language>/NN-superblock/<block>/<name>.md`
    /// and `<language>/blocks/<block>/<name>.md`. Folders further up are not looked at: they are the user's own.
    pub fn of(path: &Path) -> Self {
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let folders: Vec<String> = path
            .parent()
            .into_iter()
            .flat_map(Path::components)
            .filter_map(|part| match part {
                Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
                _ => None,
            })
            .collect();
        let mut up = folders.into_iter().rev();
        let Some(parent) = up.next() else { return Self { stem, ..Self::default() } };
        if is_language(&parent) {
            return Self { language: Some(parent), block: None, stem };
        }
        let mut above = up.next();
        if above.as_deref().is_some_and(is_level) {
            above = up.next();
        }
        Self { language: above.filter(|name| is_language(name)), block: Some(parent), stem }
    }

    /// The way to write this place unambiguously: `language/block/name`.
    pub fn full_name(&self) -> String {
        let parts = [self.language.as_deref(), self.block.as_deref(), Some(self.stem.as_str())];
        parts.into_iter().flatten().collect::<Vec<_>>().join("/")
    }
}

/// Whether a word is the name of a language folder.
pub fn is_language(name: &str) -> bool {
    LANGUAGES.contains(&name)
}

/// Whether a word is the name of a folder between language and block: `blocks`, or `06-quality-assurance` and its kin.
pub fn is_level(name: &str) -> bool {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    name == "blocks" || (digits > 0 && name.as_bytes().get(digits) == Some(&b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layouts() {
        let place = |path: &str| Place::of(Path::new(path)).full_name();
        assert_eq!(place("/x/espanol/chat/a.md"), "espanol/chat/a");
        assert_eq!(place("challenges/english/06-quality-assurance/chat/socket.io.md"), "english/chat/socket.io");
        assert_eq!(place("german/blocks/chat/5e12.md"), "german/chat/5e12");
        assert_eq!(place("/home/german/work/chat/a.md"), "chat/a");
        assert_eq!(place("english/a.md"), "english/a");
        assert_eq!(place("a.md"), "a");
    }
}
