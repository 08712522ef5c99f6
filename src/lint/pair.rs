//! Which translated file belongs to which original: by path below the two folders, else by id.

use std::collections::HashMap;

/// Who belongs to whom, as places in the two lists that were paired.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pairs {
    /// Originals with their translations, in the order of the translations.
    pub pairs: Vec<(usize, usize)>,
    /// Originals that have no translation, in order.
    pub originals: Vec<usize>,
    /// Translations that have no original, in order.
    pub translations: Vec<usize>,
}

/// A file that is alone so far: its place in its list, and its id, if it has one.
pub type Lonely = (usize, Option<String>);

impl Pairs {
    /// Pairs files that have the same path below their folders.
    pub fn by_path(originals: &[String], translations: &[String]) -> Self {
        let mut places: HashMap<&str, usize> = HashMap::with_capacity(originals.len());
        for (index, path) in originals.iter().enumerate() {
            places.entry(path).or_insert(index);
        }
        let mut pairs = Self::default();
        for (index, path) in translations.iter().enumerate() {
            match places.remove(path.as_str()) {
                Some(original) => pairs.pairs.push((original, index)),
                None => pairs.translations.push(index),
            }
        }
        let mut taken = vec![false; originals.len()];
        for (original, _) in &pairs.pairs {
            if let Some(taken) = taken.get_mut(*original) {
                *taken = true;
            }
        }
        pairs.originals = taken.iter().enumerate().filter(|(_, taken)| !**taken).map(|(index, _)| index).collect();
        pairs
    }

    /// Pairs what is left by id. What is not in the lists is no challenge, and not missed. An id that several files of a
    /// side have is taken in their order: ids are not unique, as old and new blocks share some.
    #[must_use]
    pub fn by_id(self, originals: Vec<Lonely>, translations: Vec<Lonely>) -> Self {
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        let mut left: Vec<usize> = Vec::new();
        for (index, id) in originals.into_iter().rev() {
            match id {
                Some(id) => places.entry(id).or_default().push(index),
                None => left.push(index),
            }
        }
        let mut found = Self { pairs: self.pairs, ..Self::default() };
        for (index, id) in translations {
            match id.and_then(|id| places.get_mut(&id)?.pop()) {
                Some(original) => found.pairs.push((original, index)),
                None => found.translations.push(index),
            }
        }
        left.extend(places.into_values().flatten());
        left.sort_unstable();
        found.originals = left;
        found.pairs.sort_unstable_by_key(|(_, translation)| *translation);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(paths: &[&str]) -> Vec<String> {
        paths.iter().map(|&path| path.to_owned()).collect()
    }

    #[test]
    fn by_path_then_by_id() {
        let pairs =
            Pairs::by_path(&paths(&["a.md", "x/b.md", "c.md", "README.md"]), &paths(&["c.md", "y/b.md", "d.md"]));
        assert_eq!(pairs, Pairs { pairs: vec![(2, 0)], originals: vec![0, 1, 3], translations: vec![1, 2] });
        let id = |id: &str| Some(id.to_owned());
        let pairs = pairs.by_id(vec![(0, None), (1, id("b"))], vec![(1, id("b")), (2, id("d"))]);
        assert_eq!(pairs, Pairs { pairs: vec![(2, 0), (1, 1)], originals: vec![0], translations: vec![2] });
    }

    #[test]
    fn nobody_is_paired_twice() {
        let id = Some("same".to_owned());
        let pairs = Pairs::by_path(&paths(&["a", "a", "b"]), &paths(&["a", "a", "c"]));
        assert_eq!(pairs, Pairs { pairs: vec![(0, 0)], originals: vec![1, 2], translations: vec![1, 2] });
        let pairs = pairs.by_id(vec![(1, id.clone()), (2, id.clone())], vec![(1, id.clone()), (2, id)]);
        assert_eq!(pairs, Pairs { pairs: vec![(0, 0), (1, 1), (2, 2)], originals: vec![], translations: vec![] });
    }

    #[test]
    fn nothing_and_nobody() {
        assert_eq!(Pairs::by_path(&[], &[]), Pairs::default());
        assert_eq!(Pairs::by_path(&paths(&["a"]), &[]).originals, [0]);
        assert_eq!(Pairs::by_path(&[], &paths(&["a"])).by_id(Vec::new(), vec![(0, None)]).translations, [0]);
    }
}
