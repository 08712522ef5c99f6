//! Names of markers and keys that are nearly right.

use std::sync::LazyLock;

use super::lookalike;
use super::translated::MARKERS as TRANSLATED;
use crate::challenge::MARKERS;

/// The keys that freeCodeCamp reads, or once read, from front matter.
const KEYS: &[&str] = &[
    "audioPath",
    "bilibiliIds",
    "block",
    "certification",
    "challengeType",
    "dashedName",
    "demoType",
    "disableLoopProtectPreview",
    "disableLoopProtectTests",
    "fluidsVideoId",
    "forumTopicId",
    "guideUrl",
    "helpCategory",
    "hasEditableBoundaries",
    "id",
    "inputType",
    "isBeta",
    "isComingSoon",
    "isExam",
    "isHidden",
    "isPrivate",
    "isRequired",
    "lang",
    "localeTitle",
    "msTrophyId",
    "notes",
    "order",
    "prerequisites",
    "removeComments",
    "required",
    "saveSubmissionToDB",
    "showSpeakingButton",
    "superBlock",
    "template",
    "time",
    "title",
    "url",
    "usesMultifileEditor",
    "videoId",
    "videoLocaleIds",
    "videoUrl",
];

/// The names as they are compared.
static FOLDED_MARKERS: LazyLock<Vec<(String, &str)>> = LazyLock::new(|| folded(MARKERS.iter().copied().flatten()));
static FOLDED_KEYS: LazyLock<Vec<(String, &str)>> = LazyLock::new(|| folded(KEYS));

/// Longer names are not compared.
const LONGEST: usize = 60;

/// A name that another one stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Guess {
    /// The right name.
    pub(super) name: &'static str,
    /// How it was found.
    pub(super) how: How,
}

/// How far a name is from the right one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// The same but for case, blanks, dashes and letters that look alike.
    Written,
    /// The same in another language.
    Translated,
    /// One letter is wrong, missing or too many.
    Letter,
    /// Two letters or so.
    Far,
}

impl Guess {
    /// Whether nothing else can have been meant.
    pub(super) fn is_certain(self) -> bool {
        self.how != How::Far
    }
}

/// Whether there is a marker of that name at some level.
pub(super) fn is_marker(name: &str) -> bool {
    MARKERS.iter().any(|names| names.contains(&name))
}

/// The marker that a name stands for which is none.
pub(super) fn marker(name: &str) -> Option<Guess> {
    if name.len() > LONGEST {
        return None;
    }
    // A tool may put a translation behind a name: `--questions----questions--`.
    let name = name.split("--").find(|part| !part.is_empty())?;
    let plain: String = name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if let Some((_, name)) = TRANSLATED.iter().find(|(word, _)| *word == plain) {
        return Some(Guess { name, how: How::Translated });
    }
    nearest(name, &FOLDED_MARKERS)
}

/// Whether freeCodeCamp reads, or once read, a key.
pub(super) fn is_key(name: &str) -> bool {
    KEYS.contains(&name)
}

/// The key that a name stands for which is none.
pub(super) fn key(name: &str) -> Option<Guess> {
    if name.len() > LONGEST { None } else { nearest(name, &FOLDED_KEYS) }
}

/// The heading of a marker: `## --seed-contents--`. Where the marker may stand at several levels, `level` chooses;
/// nothing if it does not.
pub(super) fn heading(name: &str, level: u8) -> Option<String> {
    let mut levels = (1u8..).zip(MARKERS).filter(|(_, names)| names.contains(&name)).map(|(level, _)| level);
    let first = levels.next()?;
    let right = match levels.next() {
        Some(second) if second == level => second,
        Some(_) if first != level => return None,
        _ => first,
    };
    Some(format!("{} --{name}--", "#".repeat(usize::from(right))))
}

fn fold(name: &str) -> String {
    name.chars()
        .map(|letter| lookalike::of(letter).unwrap_or(letter))
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}

fn folded(names: impl IntoIterator<Item = &'static &'static str>) -> Vec<(String, &'static str)> {
    names.into_iter().map(|name| (fold(name), *name)).collect()
}

/// Names further away than this are others.
const FAR: usize = 2;

fn nearest(name: &str, known: &[(String, &'static str)]) -> Option<Guess> {
    let name = fold(name);
    let mut best: Option<(usize, &'static str)> = None;
    let mut alone = true;
    for (folded, known) in known.iter().filter(|(folded, _)| folded.len().abs_diff(name.len()) <= FAR) {
        let distance = strsim::osa_distance(folded, &name);
        match best {
            Some((least, other)) if distance == least => alone &= *known == other,
            Some((least, _)) if distance > least => {}
            _ => (best, alone) = (Some((distance, *known)), true),
        }
    }
    let (distance, known) = best?;
    let how = match distance {
        0 => How::Written,
        1 if alone && name.len() >= 4 => How::Letter,
        FAR if alone && name.len() >= 6 => How::Far,
        _ => return None,
    };
    Some(Guess { name: known, how })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(name: &str) -> Option<(&'static str, How)> {
        marker(name).map(|guess| (guess.name, guess.how))
    }

    #[test]
    fn markers() {
        assert_eq!(guess("hint"), Some(("hints", How::Letter)));
        assert_eq!(guess(" hints "), Some(("hints", How::Written)));
        assert_eq!(guess("Fill-in the blank"), Some(("fillInTheBlank", How::Written)));
        assert_eq!(guess("hіnts"), Some(("hints", How::Written)), "with a Cyrillic letter");
        assert_eq!(guess("antes de todo"), Some(("before-all", How::Translated)));
        assert_eq!(guess("preguntas----preguntas"), Some(("questions", How::Translated)));
        assert_eq!(guess("feedback-"), Some(("feedback", How::Written)));
        assert_eq!(guess("assigmnet"), Some(("assignment", How::Far)));
        assert_eq!(guess("cat"), None);
        assert_eq!(guess("chapter"), None);
        assert_eq!(guess(""), None);
        assert_eq!(guess(&"hints".repeat(1000)), None);
    }

    #[test]
    fn keys() {
        assert_eq!(key("challengetype").map(|guess| guess.name), Some("challengeType"));
        assert_eq!(key("dashed-name").map(|guess| guess.name), Some("dashedName"));
        assert_eq!(key("forumTopicID").map(|guess| guess.name), Some("forumTopicId"));
        assert_eq!(key("titel").map(|guess| guess.name), Some("title"));
        assert_eq!(key("author"), None);
        assert_eq!(key("it"), None);
    }

    #[test]
    fn headings() {
        assert_eq!(heading("hints", 3).as_deref(), Some("# --hints--"));
        assert_eq!(heading("text", 4).as_deref(), Some("#### --text--"));
        assert_eq!(heading("text", 2).as_deref(), Some("## --text--"));
        assert_eq!(heading("text", 1), None);
        assert_eq!(heading("nothing", 1), None);
    }
}
