//! Challenges, compiled once for all submissions.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::digest::hex_of;
use super::row::{Reason, ReasonKind};
use crate::grader::Prepared;

/// Challenges that a submission is graded by.
#[derive(Debug)]
pub struct Challenges {
    /// Them, in order.
    pub prepared: Vec<Prepared>,
    print: OnceLock<String>,
}

impl Challenges {
    /// These ones, in this order.
    pub fn new(prepared: Vec<Prepared>) -> Self {
        Self { prepared, print: OnceLock::new() }
    }

    /// SHA-256 of all that was read from their files, positions included, and of where they stand: what a result says
    /// about a challenge depends on nothing else of it.
    pub(super) fn print(&self) -> &str {
        self.print.get_or_init(|| {
            let of = |prepared: &Prepared| {
                let Prepared { challenge, file, block, language, .. } = prepared;
                format!("{challenge:?} {file:?} {block:?} {language:?}")
            };
            let texts: Vec<String> = self.prepared.iter().map(of).collect();
            hex_of(texts.iter().map(String::as_str))
        })
    }
}

/// The challenges of a row, by the names that it gives.
#[derive(Debug)]
pub struct Selections {
    /// For rows that name none.
    pub default: Result<Arc<Challenges>, Reason>,
    /// For the others.
    pub named: HashMap<Vec<String>, Result<Arc<Challenges>, Reason>>,
}

impl Selections {
    /// The challenges for a row.
    pub(super) fn of(&self, names: &[String]) -> Result<Arc<Challenges>, Reason> {
        if names.is_empty() {
            return self.default.clone();
        }
        self.named.get(names).cloned().unwrap_or_else(|| {
            Err(Reason::new(ReasonKind::UnknownChallenges, "the list names too many different lists of challenges"))
        })
    }

    /// All lists that can be graded by.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Challenges>> {
        self.named.values().chain([&self.default]).filter_map(|list| list.as_ref().ok())
    }

    /// SHA-256 of everything that verdicts depend on: ids, texts of hints, tests and hooks.
    pub fn fingerprint(&self) -> String {
        let mut named: Vec<_> = self.named.iter().collect();
        named.sort_by_key(|(names, _)| *names);
        let lists = named.into_iter().map(|(_, challenges)| challenges).chain([&self.default]);
        let prints: Vec<String> = lists
            .map(|list| match list {
                Ok(challenges) => fingerprint_of(&challenges.prepared),
                Err(reason) => hex_of([reason.text.as_str()]),
            })
            .collect();
        hex_of(prints.iter().map(String::as_str))
    }
}

/// SHA-256 of what verdicts on these challenges depend on.
pub fn fingerprint_of(challenges: &[Prepared]) -> String {
    let mut texts: Vec<&str> = Vec::new();
    for Prepared { challenge, .. } in challenges {
        texts.extend([challenge.id.as_str(), challenge.title.as_str()]);
        for hint in &challenge.hints {
            texts.extend([hint.text.as_str(), hint.code.text.as_str()]);
        }
        let hooks = &challenge.hooks;
        for hook in [&hooks.before_all, &hooks.before_each, &hooks.after_each, &hooks.after_all] {
            texts.push(hook.as_ref().map_or("", |code| code.text.as_str()));
        }
    }
    hex_of(texts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::challenge::{Source, parse};

    fn challenge(text: &str) -> Prepared {
        let text =
            format!("---\nid: 1\ntitle: A\nchallengeType: 2\n---\n\n# --hints--\n\nHint.\n\n```js\n{text}\n```\n");
        Prepared::new(Arc::new(parse(&Source::new("a.md", &text)).unwrap()), "a.md", None, None)
    }

    #[test]
    fn another_test_is_another_fingerprint() {
        let one = fingerprint_of(&[challenge("assert(1);")]);
        assert_eq!(one, fingerprint_of(&[challenge("assert(1);")]));
        assert_ne!(one, fingerprint_of(&[challenge("assert(2);")]));
        assert_ne!(one, fingerprint_of(&[challenge("assert(1);"), challenge("assert(1);")]));
    }

    #[test]
    fn rows_get_what_they_name() {
        let list = |text| Ok(Arc::new(Challenges::new(vec![challenge(text)])));
        let mut selections = Selections { default: list("a"), named: HashMap::new() };
        let before = selections.fingerprint();
        selections.named.insert(vec!["b".into()], list("b"));
        assert_ne!(selections.fingerprint(), before);
        assert!(selections.of(&[]).is_ok() && selections.of(&["b".to_owned()]).is_ok());
        assert_eq!(selections.of(&["c".to_owned()]).unwrap_err().kind, ReasonKind::UnknownChallenges);
    }
}
