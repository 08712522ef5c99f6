//! The challenges that are part of the program.

use include_dir::{Dir, include_dir};

use super::entry::{Entry, Origin};
use super::index::Index;
use super::place::Place;
use crate::challenge::{Source, parse};

static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/challenges");

/// The built-in challenges.
pub fn builtin() -> Index {
    let mut entries = Vec::new();
    collect(&FOLDER, &mut entries);
    Index::new(entries)
}

fn collect(folder: &Dir<'_>, entries: &mut Vec<Entry>) {
    for file in folder.files().filter(|file| file.path().extension().is_some_and(|ending| ending == "md")) {
        let name = file.path().display().to_string();
        let source = Source::from_bytes(name, file.contents().to_vec());
        if super::read::looks_like_a_challenge(&source) {
            entries.push(Entry {
                path: file.path().to_owned(),
                place: Place::of(file.path()),
                origin: Origin::BuiltIn,
                parsed: parse(&source),
            });
        }
    }
    for folder in folder.dirs() {
        collect(folder, entries);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_challenge_is_valid_and_graded() {
        let index = builtin();
        for entry in index.entries() {
            let challenge = entry.parsed.as_ref().unwrap_or_else(|errors| panic!("{errors}"));
            assert_eq!(challenge.warnings, [], "{}", entry.path.display());
            assert!(entry.not_gradable().is_none(), "{}", entry.path.display());
            assert!(entry.place.language.is_some() && entry.place.block.is_some(), "{}", entry.path.display());
        }
        let found = index.select("handle-a-disconnect", None).unwrap();
        assert_eq!(found[0].place.full_name(), "espanol/advanced-node-and-express/handle-a-disconnect");
        assert_eq!(found[0].challenge().unwrap().hints.len(), 2);
    }
}
