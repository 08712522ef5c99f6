//! Reads the tables of cases: `tests/browser/cases/*.yaml`.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

/// Blocks that are the hints of one challenge, for each combination of what stands for the words of `for`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// What of the browser's behaviour is looked at.
    pub about: String,
    /// How Chromium evaluates the blocks.
    #[serde(default)]
    pub dialect: Dialect,
    /// The project that is asked.
    #[serde(default)]
    pub project: Asked,
    /// Whether grade has to say that it lacks what these blocks need.
    #[serde(default)]
    pub unsupported: bool,
    /// Words of the blocks and what to put in their place.
    #[serde(default, rename = "for")]
    pub each: BTreeMap<String, Vec<String>>,
    /// The blocks.
    pub blocks: Vec<String>,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub enum Dialect {
    A,
    #[serde(rename = "BC")]
    Bc,
    #[default]
    C,
}

impl Dialect {
    pub fn name(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::Bc => "BC",
            Self::C => "C",
        }
    }
}

/// Which project is asked.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Asked {
    /// The one with an answer for everything.
    #[default]
    Plain,
    /// One whose connections break.
    Broken,
    /// One with sessions and messages, which keeps its state.
    Stateful,
    /// Nobody listens.
    Dead,
}

/// One challenge: its hints run one after the other in one realm.
#[derive(Debug)]
pub struct Challenge {
    pub about: String,
    pub dialect: Dialect,
    pub project: Asked,
    pub unsupported: bool,
    pub blocks: Vec<String>,
}

/// All challenges of all tables, in the order of files and lines.
pub fn read(folder: &Path) -> Vec<Challenge> {
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut challenges = Vec::new();
    for file in files.iter().filter(|file| file.extension().is_some_and(|it| it == "yaml")) {
        let text = std::fs::read_to_string(file).unwrap();
        let groups: Vec<Group> =
            serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        challenges.extend(groups.into_iter().map(|group| expand(&name, group)));
    }
    challenges
}

fn expand(file: &str, group: Group) -> Challenge {
    let mut blocks = Vec::new();
    for block in &group.blocks {
        let mut made = vec![block.clone()];
        for (word, values) in group.each.iter().filter(|(word, _)| block.contains(word.as_str())) {
            made = values.iter().flat_map(|value| made.iter().map(|block| block.replace(word, value))).collect();
        }
        blocks.extend(made);
    }
    let Group { about, dialect, project, unsupported, .. } = group;
    Challenge { about: format!("{file}: {about}"), dialect, project, unsupported, blocks }
}
