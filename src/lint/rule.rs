//! What a rule is.

use std::fmt;

use super::block::Block;
use super::file::File;
use super::finding::Findings;
use super::level::Level;
use super::tree::Tree;

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// The file's form: `L1..`.
    File,
    /// Tests that cannot fail: `L2..`.
    Vacuous,
    /// Tests that are wrong: `L3..`.
    Wrong,
    /// Regular expressions: `L4..`.
    Pattern,
    /// Whether the learner is treated fairly: `L5..`.
    Fairness,
    /// Translations against the original: `L6..`.
    Translation,
}

impl Group {
    /// All of them, in the order of their codes.
    pub const ALL: [Self; 6] =
        [Self::File, Self::Vacuous, Self::Wrong, Self::Pattern, Self::Fairness, Self::Translation];

    /// The digit that follows the `L` of its rules' codes.
    pub fn digit(self) -> char {
        match self {
            Self::File => '1',
            Self::Vacuous => '2',
            Self::Wrong => '3',
            Self::Pattern => '4',
            Self::Fairness => '5',
            Self::Translation => '6',
        }
    }

    /// What it is about, in a few words.
    pub fn title(self) -> &'static str {
        match self {
            Self::File => "the file's form",
            Self::Vacuous => "tests that cannot fail",
            Self::Wrong => "tests that are wrong",
            Self::Pattern => "regular expressions",
            Self::Fairness => "fairness to the learner",
            Self::Translation => "translations",
        }
    }
}

/// What a rule looks at.
#[derive(Clone, Copy)]
pub enum Check {
    /// A file by itself, be it a challenge or not.
    File(for<'f> fn(&File<'f>, &mut Findings<'_>)),
    /// Each test block and hook of a file that is a challenge, where the code parses.
    Block(for<'b, 'a> fn(&Block<'b, 'a>, &mut Findings<'_>)),
    /// All files that are linted together.
    Tree(for<'t> fn(&Tree<'t>, &mut Findings<'_>)),
    /// A translated file (the second) against its original (the first), both of them challenges.
    Translation(for<'f> fn(&File<'f>, &File<'f>, &mut Findings<'_>)),
}

/// A rule. Its file holds this and its tests, nothing else.
pub struct Rule {
    /// Stable, never reused: `L201`.
    pub code: &'static str,
    /// A name for people, in words with dashes: `promise-not-awaited`.
    pub name: &'static str,
    /// What it is about.
    pub group: Group,
    /// Unless settings say otherwise.
    pub level: Level,
    /// What it reports, in one sentence without a full stop.
    pub summary: &'static str,
    /// Whether it ever offers a fix.
    pub fixable: bool,
    /// The rule itself.
    pub check: Check,
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.code, self.name)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Rule {}
