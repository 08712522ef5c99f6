//! Which folders of a repository hold challenges, and which of them are wanted. Pure.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::curriculum::{Place, nearest};

/// Repositories with more challenge files than this are not taken whole.
const MANY: usize = 2_000;
/// The most files of one collection.
const MOST: usize = 20_000;

/// Blocks of freeCodeCamp whose challenges are graded by URL. Only asked for in repositories that are too large to be
/// taken whole.
const KNOWN: [&str; 11] = [
    "advanced-node-and-express",
    "apis-and-microservices-projects",
    "back-end-development-and-apis-projects",
    "basic-node-and-express",
    "information-security-and-quality-assurance-projects",
    "information-security-projects",
    "information-security-with-helmetjs",
    "managing-packages-with-npm",
    "mongodb-and-mongoose",
    "quality-assurance-and-testing-with-chai",
    "quality-assurance-projects",
];

/// Files that stand beside challenges and are none.
const OTHERS: [&str; 6] = ["readme", "contributing", "code_of_conduct", "license", "changelog", "security"];

/// What is wanted of a repository.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Want {
    /// Folders or files within it; none means that they are looked for.
    pub paths: Vec<String>,
    /// Only blocks of these names.
    pub blocks: Vec<String>,
}

/// Why nothing can be chosen.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unfit {
    Missing { what: &'static str, name: String, nearest: Vec<String> },
    Empty,
    TooMany(usize),
}

/// The folders to take, and those wishes that cannot be fulfilled.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) folders: Vec<String>,
    pub(super) files: usize,
    pub(super) missing: Vec<(String, Vec<String>)>,
}

/// A path within a repository that leads nowhere else: no `..`, no root, no control characters.
pub(super) fn is_inner(path: &str) -> bool {
    !path.is_empty()
        && path.len() < 1000
        && !path.chars().any(|character| character.is_control() || character == '\\')
        && path
            .split('/')
            .all(|part| !part.is_empty() && part != "." && part != ".." && !part.eq_ignore_ascii_case(".git"))
}

/// The folders of Markdown files, with how many each has; `""` is the root.
pub(super) fn folders<'f>(files: impl Iterator<Item = &'f str>) -> BTreeMap<&'f str, usize> {
    let mut folders = BTreeMap::new();
    for file in files {
        let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
        let stem = name.strip_suffix(".md").unwrap_or(name).to_ascii_lowercase();
        if !OTHERS.contains(&stem.as_str()) {
            *folders.entry(folder).or_insert(0) += 1;
        }
    }
    folders
}

/// Chooses among the folders of a repository. Blocks that are wanted and not there are an error only if all of them
/// are; the caller decides about the others.
pub(super) fn choose(all: &BTreeMap<&str, usize>, want: &Want) -> Result<Choice, Unfit> {
    let mut chosen: BTreeSet<&str> = BTreeSet::new();
    if want.paths.is_empty() {
        let in_language = |folder: &&str| place(folder).language.is_some();
        chosen.extend(all.keys().copied().filter(in_language));
        if chosen.is_empty() {
            chosen.extend(all.keys());
        }
    }
    for path in &want.paths {
        let before = chosen.len();
        let within = format!("{path}/");
        chosen.extend(all.keys().filter(|folder| **folder == path || folder.starts_with(&within)));
        if chosen.len() == before {
            return Err(Unfit::Missing {
                what: "folder with challenges",
                name: path.clone(),
                nearest: near_path(all, path),
            });
        }
    }
    let mut missing = Vec::new();
    if !want.blocks.is_empty() {
        for block in &want.blocks {
            if !chosen.iter().any(|folder| is_block(folder, block)) {
                let names: BTreeSet<&str> = chosen.iter().map(|folder| last(folder)).collect();
                missing.push((block.clone(), nearest(last(block), names.into_iter())));
            }
        }
        chosen.retain(|folder| want.blocks.iter().any(|block| is_block(folder, block)));
        if chosen.is_empty()
            && let Some((name, nearest)) = missing.first().cloned()
        {
            return Err(Unfit::Missing { what: "block", name, nearest });
        }
    }
    let count = |chosen: &BTreeSet<&str>| chosen.iter().filter_map(|folder| all.get(folder)).sum::<usize>();
    if want.paths.is_empty() && want.blocks.is_empty() && count(&chosen) > MANY {
        let files = count(&chosen);
        chosen.retain(|folder| KNOWN.contains(&last(folder)));
        if chosen.is_empty() {
            return Err(Unfit::TooMany(files));
        }
    }
    match count(&chosen) {
        0 => Err(Unfit::Empty),
        files if files > MOST => Err(Unfit::TooMany(files)),
        files => Ok(Choice { folders: chosen.into_iter().map(str::to_owned).collect(), files, missing }),
    }
}

/// The place of the challenges in a folder.
pub(super) fn place(folder: &str) -> Place {
    Place::of(&Path::new(folder).join("x.md"))
}

pub(super) fn last(folder: &str) -> &str {
    folder.rsplit('/').next().unwrap_or(folder)
}

/// `block`, or `language/block`.
fn is_block(folder: &str, block: &str) -> bool {
    match block.split_once('/') {
        None => last(folder) == block,
        Some((language, block)) => last(folder) == block && place(folder).language.as_deref() == Some(language),
    }
}

/// Folders, also those further up, that are much like a path.
fn near_path(all: &BTreeMap<&str, usize>, path: &str) -> Vec<String> {
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for folder in all.keys() {
        let mut folder = *folder;
        while known.insert(folder) {
            match folder.rsplit_once('/') {
                Some((above, _)) => folder = above,
                None => break,
            }
        }
    }
    nearest(path, known.into_iter().filter(|folder| !folder.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(files: &[&str], paths: &[&str], blocks: &[&str]) -> Result<Vec<String>, Unfit> {
        let owned = |all: &[&str]| all.iter().map(|text| (*text).to_owned()).collect();
        let want = Want { paths: owned(paths), blocks: owned(blocks) };
        choose(&folders(files.iter().copied()), &want).map(|choice| choice.folders)
    }

    const FILES: [&str; 7] = [
        "README.md",
        "docs/how.md",
        "curriculum/challenges/english/blocks/chat/65.md",
        "curriculum/challenges/english/06-quality-assurance/node/a.md",
        "curriculum/challenges/espanol/blocks/chat/65.md",
        "curriculum/challenges/espanol/blocks/chat/README.md",
        "curriculum/i18n/x.md",
    ];

    #[test]
    fn folders_are_found_by_their_layout() {
        assert_eq!(
            chosen(&FILES, &[], &[]).unwrap(),
            [
                "curriculum/challenges/english/06-quality-assurance/node",
                "curriculum/challenges/english/blocks/chat",
                "curriculum/challenges/espanol/blocks/chat"
            ]
        );
        assert_eq!(chosen(&FILES, &[], &["espanol/chat"]).unwrap(), ["curriculum/challenges/espanol/blocks/chat"]);
        assert_eq!(chosen(&FILES, &["docs"], &[]).unwrap(), ["docs"]);
        assert_eq!(chosen(&["chat/a.md", "b.md"], &[], &[]).unwrap(), ["", "chat"], "without languages, all of them");
        assert_eq!(chosen(&["README.md"], &[], &[]), Err(Unfit::Empty));
    }

    #[test]
    fn what_is_not_there_brings_the_nearest() {
        let missing = |what, name: &str, nearest: &[&str]| {
            let nearest = nearest.iter().map(|name| (*name).to_owned()).collect();
            Err(Unfit::Missing { what, name: name.to_owned(), nearest })
        };
        assert_eq!(chosen(&FILES, &[], &["chad"]), missing("block", "chad", &["chat"]));
        assert_eq!(chosen(&FILES, &["dogs"], &[]), missing("folder with challenges", "dogs", &["docs"]));
    }

    #[test]
    fn large_repositories_are_not_taken_whole() {
        let mut files: Vec<String> = (0..3000).map(|n| format!("english/blocks/css-{n}/a.md")).collect();
        let borrowed: Vec<&str> = files.iter().map(String::as_str).collect();
        assert_eq!(chosen(&borrowed, &[], &[]), Err(Unfit::TooMany(3000)));
        assert_eq!(chosen(&borrowed, &[], &["css-7"]).unwrap(), ["english/blocks/css-7"]);
        files.push("english/blocks/basic-node-and-express/a.md".to_owned());
        let borrowed: Vec<&str> = files.iter().map(String::as_str).collect();
        assert_eq!(chosen(&borrowed, &[], &[]).unwrap(), ["english/blocks/basic-node-and-express"]);
    }

    #[test]
    fn paths_stay_inside() {
        for good in ["a", "curriculum/challenges", "a b/c"] {
            assert!(is_inner(good), "{good}");
        }
        for bad in ["", "/etc", "..", "a/../b", "a//b", "./a", "a/", ".git", "a/.GIT/config", "a\nb", "C:\\x"] {
            assert!(!is_inner(bad), "{bad}");
        }
    }
}
