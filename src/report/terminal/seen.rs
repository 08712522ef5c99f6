//! Which causes were explained before: the same one is not explained again for every hint.

use std::collections::HashMap;

use crate::explain::{Evidence, Explanation};

/// Explanations of a run so far.
#[derive(Debug, Default)]
pub struct Seen {
    first: HashMap<String, First>,
}

/// Where a cause was explained first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct First {
    /// Id and title of the challenge.
    pub challenge: (String, String),
    /// Number of the hint, from 1.
    pub hint: usize,
}

impl Seen {
    /// Where these very facts were explained before; else takes note of them.
    pub fn note(&mut self, explanation: &Explanation, here: First) -> Option<First> {
        let key = facts(explanation);
        if let Some(first) = self.first.get(&key) {
            return Some(first.clone());
        }
        self.first.insert(key, here);
        None
    }
}

/// What makes an explanation the same as another: all of it, except which of a hint's requests it is about.
fn facts(explanation: &Explanation) -> String {
    let mut text = format!("{} {} {:?}", explanation.code, explanation.headline, explanation.help);
    for evidence in &explanation.evidence {
        match evidence {
            Evidence::Excerpt(excerpt) => {
                text.push_str(&format!("{} {:?} {:?}", excerpt.source.name, excerpt.lines, excerpt.marks));
            }
            // How long it took is another number each time, and tests look for the same with other patterns.
            Evidence::Fact { label, .. } if matches!(label.as_str(), "while" | "wanted") => {}
            other => text.push_str(&format!("{other:?}")),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::{Code, Fault};

    #[test]
    fn the_same_facts_are_known_again_and_others_are_not() {
        let explanation = |headline: &str, text: &str, label: &str| Explanation {
            code: Code::NotFound,
            headline: headline.to_owned(),
            evidence: vec![Evidence::Fact { label: label.to_owned(), text: text.to_owned() }],
            help: None,
            fault: Fault::Project,
        };
        let here = |hint| First { challenge: ("id".to_owned(), "Chat".to_owned()), hint };
        let mut seen = Seen::default();
        assert_eq!(seen.note(&explanation("a", "x", "page"), here(1)), None);
        assert_eq!(seen.note(&explanation("a", "x", "page"), here(2)), Some(here(1)));
        assert_eq!(seen.note(&explanation("a", "y", "page"), here(3)), None);
        assert_eq!(seen.note(&explanation("b", "x", "page"), here(4)), None);
        assert_eq!(seen.note(&explanation("c", "1 s", "while"), here(5)), None);
        assert_eq!(seen.note(&explanation("c", "2 s", "while"), here(6)), Some(here(5)));
    }
}
