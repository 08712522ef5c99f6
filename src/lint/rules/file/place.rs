//! What the path of a file says about it.

/// The folders of languages.
const LANGUAGES: [&str; 20] = [
    "arabic",
    "chinese",
    "chinese-traditional",
    "dothraki",
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
    "russian",
    "spanish",
    "swahili",
    "turkish",
    "ukrainian",
    "vietnamese",
];

/// Where a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place<'p> {
    /// The path to the folder of the language, with it; empty without one.
    pub(super) language: &'p str,
    /// The path to the folder of the file.
    pub(super) block: &'p str,
}

impl<'p> Place<'p> {
    pub(super) fn of(path: &'p str) -> Self {
        let block = path.rfind(['/', '\\']).and_then(|end| path.get(..end)).unwrap_or("");
        let mut language = "";
        let mut start = 0;
        for folder in block.split(['/', '\\']) {
            let end = start + folder.len();
            if LANGUAGES.contains(&folder) {
                language = block.get(..end).unwrap_or("");
            }
            start = end + 1;
        }
        Self { language, block }
    }

    /// Whether it stands in the folder of another language than English.
    pub(super) fn is_translation(self) -> bool {
        !self.language.is_empty() && !self.language.ends_with("english")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        let place = Place::of("x/espanol/05-a/b/c.md");
        assert_eq!(place, Place { language: "x/espanol", block: "x/espanol/05-a/b" });
        assert!(place.is_translation() && !Place::of("english/a.md").is_translation());
        assert_eq!(Place::of("a.md"), Place { language: "", block: "" });
        assert_eq!(Place::of("x\\german\\b\\c.md").language, "x\\german");
    }
}
