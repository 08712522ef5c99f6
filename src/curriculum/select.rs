//! From a name to the challenges that it means. Pure.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::entry::Entry;
use super::error::SelectError;
use super::index::Index;
use super::nearest::nearest;
use super::place::is_language;

/// What a name turned out to mean.
#[derive(Debug, Clone)]
pub(super) enum Meaning {
    /// One challenge.
    Challenge(Arc<Entry>),
    /// All challenges of a block or language.
    Group(Vec<Arc<Entry>>),
}

impl Index {
    /// The challenges that `name` means: an id, a dashedName, a file name, `block/name`, a block (`block` or `block/`),
    /// or any of these behind `language/`. Where several languages have it, `language` decides, if it is one of them.
    pub fn select(&self, name: &str, language: Option<&str>) -> Result<Vec<Arc<Entry>>, SelectError> {
        Ok(match self.meaning(name, language)? {
            Meaning::Challenge(entry) => vec![entry],
            Meaning::Group(entries) => entries,
        })
    }

    pub(super) fn meaning(&self, name: &str, language: Option<&str>) -> Result<Meaning, SelectError> {
        let parts: Vec<&str> = name.split('/').filter(|part| !part.is_empty()).collect();
        let only_group = name.ends_with('/');
        let (explicit, rest) = match parts.as_slice() {
            [first, rest @ ..] if is_language(first) => (Some(*first), rest),
            all => (None, all),
        };
        let within =
            |entry: &&Arc<Entry>| explicit.is_none_or(|wanted| entry.place.language.as_deref() == Some(wanted));
        let pick = |test: &dyn Fn(&Entry) -> bool| -> Vec<Arc<Entry>> {
            self.entries().iter().filter(within).filter(|entry| test(entry)).cloned().collect()
        };
        let in_block = |entry: &Entry, block: &str| entry.place.block.as_deref() == Some(block);
        match rest {
            [] if explicit.is_some() => {
                let found = pick(&|_| true);
                if !found.is_empty() {
                    return Ok(Meaning::Group(found));
                }
            }
            [challenge] if !only_group => {
                let found = prefer(pick(&|entry| entry.is_called(challenge)), language);
                if !found.is_empty() {
                    return one(name, found);
                }
            }
            [block, challenge] => {
                let found = pick(&|entry| in_block(entry, block) && entry.is_called(challenge));
                let found = prefer(found, language);
                if !found.is_empty() {
                    return one(name, found);
                }
            }
            _ => {}
        }
        if let [block] = rest {
            let found = prefer(pick(&|entry| in_block(entry, block)), language);
            if !found.is_empty() {
                return group(name, block, found);
            }
        }
        Err(SelectError::Unknown { name: name.to_owned(), nearest: self.suggestions(name, rest) })
    }

    fn suggestions(&self, name: &str, rest: &[&str]) -> Vec<String> {
        let last = rest.last().copied().unwrap_or(name);
        let blocks: BTreeSet<&str> = self.entries().iter().filter_map(|entry| entry.place.block.as_deref()).collect();
        let names = self
            .entries()
            .iter()
            .flat_map(|entry| [Some(entry.place.stem.as_str()), entry.dashed_name(), entry.id()].into_iter().flatten());
        nearest(last, names.chain(blocks))
    }
}

/// Only those in the preferred language, if there are any.
fn prefer(found: Vec<Arc<Entry>>, language: Option<&str>) -> Vec<Arc<Entry>> {
    let Some(language) = language else { return found };
    let fits = |entry: &Arc<Entry>| entry.place.language.as_deref() == Some(language);
    if found.iter().any(fits) { found.into_iter().filter(fits).collect() } else { found }
}

fn one(name: &str, mut found: Vec<Arc<Entry>>) -> Result<Meaning, SelectError> {
    if found.len() == 1
        && let Some(entry) = found.pop()
    {
        return Ok(Meaning::Challenge(entry));
    }
    let full: BTreeSet<String> = found.iter().map(|entry| entry.place.full_name()).collect();
    // Where even the full names are the same, only the paths differ.
    let candidates = if full.len() == found.len() {
        full.into_iter().collect()
    } else {
        found.iter().map(|entry| entry.path.display().to_string()).collect()
    };
    Err(SelectError::Ambiguous { name: name.to_owned(), candidates })
}

fn group(name: &str, block: &str, found: Vec<Arc<Entry>>) -> Result<Meaning, SelectError> {
    let languages: BTreeSet<&str> = found.iter().map(|entry| entry.place.language.as_deref().unwrap_or("")).collect();
    if languages.len() > 1 {
        let candidates = languages.iter().filter(|language| !language.is_empty());
        let candidates = candidates.map(|language| format!("{language}/{block}")).collect();
        return Err(SelectError::Ambiguous { name: name.to_owned(), candidates });
    }
    Ok(Meaning::Group(found))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::super::entry::Origin;
    use super::super::place::Place;
    use super::*;
    use crate::challenge::{Source, parse};

    fn entry(path: &str, front_matter: &str) -> Entry {
        let text = format!("---\ntitle: T\n{front_matter}\n---\n\n# --hints--\n");
        Entry {
            path: PathBuf::from(path),
            place: Place::of(PathBuf::from(path).as_path()),
            origin: Origin::File,
            parsed: parse(&Source::new(path, text)),
        }
    }

    fn index() -> Index {
        Index::new([
            entry("english/chat/b.md", "id: 1\nchallengeType: 2\ndashedName: say-hello\norder: 2"),
            entry("english/chat/a.md", "id: 2\nchallengeType: 2\ndashedName: say-bye\norder: 10"),
            entry("english/chat/c.md", "id: 3\nchallengeType: 3"),
            entry("espanol/chat/b.md", "id: 1\nchallengeType: 2\ndashedName: say-hello\norder: 2"),
            entry("espanol/node/old.md", "id: 9\nchallengeType: 2"),
            entry("espanol/broken/e.md", "id: 7"),
            entry("espanol/more/old.md", "id: 9\nchallengeType: 2"),
        ])
    }

    fn selected(name: &str, language: Option<&str>) -> Vec<String> {
        let found = index().select(name, language).unwrap_or_else(|error| panic!("{error}"));
        found.iter().map(|entry| entry.place.full_name()).collect()
    }

    #[test]
    fn the_order_is_language_block_order_name() {
        let names: Vec<String> = index().entries().iter().map(|entry| entry.place.full_name()).collect();
        assert_eq!(
            names,
            [
                "english/chat/b",
                "english/chat/a",
                "english/chat/c",
                "espanol/broken/e",
                "espanol/chat/b",
                "espanol/more/old",
                "espanol/node/old"
            ]
        );
    }

    #[test]
    fn by_every_kind_of_name() {
        for name in ["say-bye", "2", "a", "a.md", "chat/a", "chat/2", "english/chat/a", "english/a", "chat/say-bye"] {
            assert_eq!(selected(name, None), ["english/chat/a"], "{name}");
        }
        assert_eq!(selected("english/chat", None).len(), 3);
        assert_eq!(selected("english/chat/", None).len(), 3);
        assert_eq!(selected("node/", None), ["espanol/node/old"]);
        assert_eq!(selected("espanol", None).len(), 4);
        assert_eq!(selected("7", None), ["espanol/broken/e"], "a file with errors has a name too");
    }

    #[test]
    fn the_language_decides_where_it_can() {
        assert_eq!(selected("say-hello", Some("espanol")), ["espanol/chat/b"]);
        assert_eq!(selected("chat", Some("english")).len(), 3);
        assert_eq!(selected("english/chat/b", Some("espanol")), ["english/chat/b"]);
        assert_eq!(selected("say-bye", Some("espanol")), ["english/chat/a"], "only a preference");
        let error = index().select("say-hello", Some("german")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`say-hello` may mean several; write one of these:\n  english/chat/b\n  espanol/chat/b"
        );
        let error = index().select("chat", None).unwrap_err();
        assert_eq!(error.to_string(), "`chat` may mean several; write one of these:\n  english/chat\n  espanol/chat");
    }

    #[test]
    fn ids_need_not_be_unique() {
        let SelectError::Ambiguous { candidates, .. } = index().select("9", None).unwrap_err() else { panic!() };
        assert_eq!(candidates, ["espanol/more/old", "espanol/node/old"]);
    }

    #[test]
    fn unknown_names_bring_the_nearest() {
        let error = index().select("chat/say-helo", None).unwrap_err();
        assert_eq!(
            error.to_string(),
            "there is no challenge or block called `chat/say-helo`; did you mean:\n  say-hello"
        );
        for name in ["", "/", "zzzzzz", "a/b/c/d", "german", "node/a"] {
            assert!(matches!(index().select(name, None), Err(SelectError::Unknown { .. })), "{name}");
        }
    }
}
