//! Backreferences to groups that can only match finitely many texts.
//!
//! `('|")x\1` is `'x'` or `"x"`. Sound only where the group has always taken part before the reference, and neither
//! stands inside a repetition; everything else is declined.

use std::collections::BTreeMap;

use oxc_regular_expression::ast::{CapturingGroup, CharacterClassContents, Disjunction, Pattern, Term};

/// More texts than this for one group, or branches for one pattern, are declined.
const MOST_BRANCHES: usize = 64;

/// One text (in UTF-16 code units) per referenced group, by the group's number.
pub type Choice = BTreeMap<u32, Vec<u32>>;

/// What the groups of a pattern can be when something refers back to them.
pub struct Choices {
    /// Numbers of the named groups.
    pub names: BTreeMap<String, u32>,
    /// All combinations of texts of the groups that are referred back to; one empty one when none is.
    pub all: Vec<Choice>,
}

/// Finds the [`Choices`] of a pattern; the error says what stands in the way.
pub fn choices(pattern: &Pattern<'_>) -> Result<Choices, String> {
    let mut walk = Walk::default();
    walk.disjunction(&pattern.body, &mut Vec::new(), false);
    let mut choices = vec![Choice::new()];
    for reference in &walk.references {
        let group = match &reference.target {
            Target::Index(index) => walk.groups.iter().find(|group| group.number == *index),
            Target::Name(name) => walk.groups.iter().find(|group| group.name.as_deref() == Some(name)),
        };
        let group = group
            .filter(|group| group.seen_before < reference.at)
            .ok_or("a backreference to a group that comes later, or to none")?;
        check(group, reference)?;
        if choices.first().is_some_and(|choice| choice.contains_key(&group.number)) {
            continue; // Two references to one group share its text.
        }
        let texts = group.texts.as_ref().ok_or("a backreference to a group with unlimited texts")?;
        if texts.len() * choices.len() > MOST_BRANCHES {
            return Err("backreferences with too many combinations".to_owned());
        }
        choices = choices
            .iter()
            .flat_map(|choice| {
                texts.iter().map(|text| {
                    let mut choice = choice.clone();
                    choice.insert(group.number, text.clone());
                    choice
                })
            })
            .collect();
    }
    let names = walk.groups.iter().filter_map(|group| Some((group.name.clone()?, group.number))).collect();
    Ok(Choices { names, all: choices })
}

fn check(group: &Group, reference: &Reference) -> Result<(), String> {
    if group.repeated || reference.repeated {
        return Err("a backreference, or the group that it refers to, inside a repetition".to_owned());
    }
    // Every choice between alternatives that the group stands in must be the reference's choice too.
    if !reference.path.starts_with(&group.path) {
        return Err("a backreference to a group that may not have taken part".to_owned());
    }
    Ok(())
}

enum Target {
    Index(u32),
    Name(String),
}

struct Reference {
    target: Target,
    at: u32,
    repeated: bool,
    path: Vec<(u32, usize)>,
}

struct Group {
    number: u32,
    name: Option<String>,
    /// End of the group in the source: a reference must stand behind it.
    seen_before: u32,
    repeated: bool,
    /// The alternatives chosen on the way: (start of the disjunction, index), where there is more than one.
    path: Vec<(u32, usize)>,
    texts: Option<Vec<Vec<u32>>>,
}

#[derive(Default)]
struct Walk {
    groups: Vec<Group>,
    references: Vec<Reference>,
    count: u32,
}

impl Walk {
    fn disjunction(&mut self, body: &Disjunction<'_>, path: &mut Vec<(u32, usize)>, repeated: bool) {
        for (index, alternative) in body.body.iter().enumerate() {
            let choice = body.body.len() > 1;
            if choice {
                path.push((body.span.start, index));
            }
            for term in &alternative.body {
                self.term(term, path, repeated);
            }
            if choice {
                path.pop();
            }
        }
    }

    fn term(&mut self, term: &Term<'_>, path: &mut Vec<(u32, usize)>, repeated: bool) {
        match term {
            Term::Quantifier(quantifier) => self.term(&quantifier.body, path, true),
            Term::LookAroundAssertion(assertion) => self.disjunction(&assertion.body, path, repeated),
            Term::IgnoreGroup(group) => self.disjunction(&group.body, path, repeated),
            Term::CapturingGroup(group) => self.group(group, path, repeated),
            Term::IndexedReference(reference) => self.references.push(Reference {
                target: Target::Index(reference.index),
                at: reference.span.start,
                repeated,
                path: path.clone(),
            }),
            Term::NamedReference(reference) => self.references.push(Reference {
                target: Target::Name(reference.name.to_string()),
                at: reference.span.start,
                repeated,
                path: path.clone(),
            }),
            _ => {}
        }
    }

    fn group(&mut self, group: &CapturingGroup<'_>, path: &mut Vec<(u32, usize)>, repeated: bool) {
        self.count += 1;
        self.groups.push(Group {
            number: self.count,
            name: group.name.map(|name| name.to_string()),
            seen_before: group.span.end.saturating_sub(1),
            repeated,
            path: path.clone(),
            texts: texts_of(&group.body),
        });
        self.disjunction(&group.body, path, repeated);
    }
}

/// All texts that the disjunction can match; `None` when there are too many or a part is not a plain text.
/// A group inside it would have to be expanded together with it, so it is declined too.
fn texts_of(body: &Disjunction<'_>) -> Option<Vec<Vec<u32>>> {
    let mut all = Vec::new();
    for alternative in &body.body {
        let mut texts = vec![Vec::new()];
        for term in &alternative.body {
            let next: Vec<Vec<u32>> = match term {
                Term::Character(character) => vec![vec![character.value]],
                Term::CharacterClass(class) if !class.negative => {
                    let mut units = Vec::new();
                    for item in &class.body {
                        match item {
                            CharacterClassContents::Character(character) => units.push(vec![character.value]),
                            CharacterClassContents::CharacterClassRange(range)
                                if range.max.value.saturating_sub(range.min.value) < 16 =>
                            {
                                units.extend((range.min.value..=range.max.value).map(|unit| vec![unit]));
                            }
                            _ => return None,
                        }
                    }
                    units
                }
                Term::IgnoreGroup(group) if group.modifiers.is_none() => texts_of(&group.body)?,
                _ => return None,
            };
            texts = texts
                .iter()
                .flat_map(|text| next.iter().map(|more| text.iter().chain(more).copied().collect::<Vec<u32>>()))
                .collect();
            if texts.len() > MOST_BRANCHES {
                return None;
            }
        }
        all.extend(texts);
    }
    all.sort();
    all.dedup();
    (all.len() <= MOST_BRANCHES).then_some(all)
}
