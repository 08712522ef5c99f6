//! Names that the code of a file makes globals of its page.

use std::collections::HashSet;

use super::file::File;

/// What `window.x = ..` and its kin may define, in any block, and every word of the hooks, which run as scripts of the page.
pub(super) fn page_names(file: &File<'_>) -> HashSet<String> {
    let mut names = HashSet::new();
    let hooks = file.hooks();
    for code in [&hooks.before_all, &hooks.before_each, &hooks.after_each, &hooks.after_all].into_iter().flatten() {
        names.extend(words(&code.text).map(str::to_owned));
    }
    for hint in file.hints() {
        for object in ["window", "globalThis", "self"] {
            for (at, _) in hint.code.text.match_indices(object) {
                let rest = hint.code.text.get(at + object.len()..).unwrap_or("");
                names.extend(words(rest).next().map(str::to_owned));
            }
        }
    }
    names
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '$')
}

fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|character| !is_word(character)).filter(|word| !word.is_empty())
}
