//! A regular expression as a program for a machine that goes back, as the browsers' machines do.

use oxc_regular_expression::ast::{
    BoundaryAssertionKind, CapturingGroup, CharacterClass, CharacterClassContents, CharacterClassContentsKind,
    CharacterClassEscapeKind, Disjunction, Pattern, Quantifier, Term,
};

use super::literal::Regex;
use super::terms::{may_be_empty, walk};

/// Longer programs are not made: counted repetitions are written out.
const LONGEST: usize = 3_000;

/// One instruction.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// One character of a set.
    One(Set),
    /// Goes on at the first place, and at the second when that fails.
    Split(usize, usize),
    /// Goes on elsewhere.
    Jump(usize),
    /// Remembers the place in a slot.
    Save(usize),
    /// Fails unless the text went on since the slot was filled.
    Moved(usize),
    /// `^`, `$`, `\b`, `\B`.
    Boundary(BoundaryAssertionKind),
    /// What a group has matched, from and to which the slots say.
    Again(usize),
    /// Found.
    Found,
}

/// Characters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Set {
    negative: bool,
    ranges: Vec<(u32, u32)>,
    ignore_case: bool,
}

impl Set {
    fn of(unit: u32, ignore_case: bool) -> Self {
        Self { negative: false, ranges: vec![(unit, unit)], ignore_case }
    }

    /// Whether it has a character.
    pub(super) fn has(&self, unit: u32) -> bool {
        let within = |unit: u32| self.ranges.iter().any(|(low, high)| (*low..=*high).contains(&unit));
        let mut hit = within(unit);
        if !hit && self.ignore_case {
            hit = char::from_u32(unit).is_some_and(|character| {
                within(u32::from(character.to_ascii_lowercase())) || within(u32::from(character.to_ascii_uppercase()))
            });
        }
        hit != self.negative
    }

    /// A character that it has, a plain one where it can be.
    pub(super) fn sample(&self) -> Option<u32> {
        let first = self.ranges.first().filter(|_| !self.negative).map(|(low, _)| *low);
        first.into_iter().chain("ax0 _-.,;:'\"/<>{}()[]=\n\t".chars().map(u32::from)).find(|unit| self.has(*unit))
    }
}

/// A whole program.
#[derive(Debug, Default)]
pub(super) struct Program {
    pub(super) steps: Vec<Step>,
    /// How many slots it needs.
    pub(super) slots: usize,
    /// Whether `^` and `$` stand at lines.
    pub(super) multiline: bool,
}

/// Groups by the place of their parentheses, with their names: their order is that of their numbers.
pub fn groups<'a>(pattern: &Pattern<'a>) -> Vec<(u32, Option<&'a str>)> {
    let mut groups = Vec::new();
    walk(&pattern.body, &mut |terms| {
        groups.extend(terms.iter().filter_map(|term| match term {
            Term::CapturingGroup(group) => Some((group.span.start, group.name.map(|name| name.as_str()))),
            _ => None,
        }));
    });
    groups.sort_unstable();
    groups.dedup();
    groups
}

impl Program {
    /// The program of an expression; `None` for what this machine does not know and for very long ones.
    pub(super) fn of(regex: &Regex<'_>) -> Option<Self> {
        let groups = groups(regex.pattern);
        let mut writer = Writer {
            program: Self { steps: Vec::new(), slots: groups.len() * 2, multiline: regex.has('m') },
            groups,
            ignore_case: regex.has('i'),
            dot_all: regex.has('s'),
        };
        writer.disjunction(&regex.pattern.body)?;
        writer.push(Step::Found)?;
        Some(writer.program)
    }
}

struct Writer<'a> {
    program: Program,
    groups: Vec<(u32, Option<&'a str>)>,
    ignore_case: bool,
    dot_all: bool,
}

impl Writer<'_> {
    fn push(&mut self, step: Step) -> Option<usize> {
        let at = self.here();
        (at < LONGEST).then(|| self.program.steps.push(step))?;
        Some(at)
    }

    fn here(&self) -> usize {
        self.program.steps.len()
    }

    fn set(&mut self, at: usize, step: Step) {
        if let Some(place) = self.program.steps.get_mut(at) {
            *place = step;
        }
    }

    fn disjunction(&mut self, body: &Disjunction<'_>) -> Option<()> {
        let mut ends = Vec::new();
        let last = body.body.len().saturating_sub(1);
        for (index, alternative) in body.body.iter().enumerate() {
            let split = if index < last { Some(self.push(Step::Found)?) } else { None };
            for term in &alternative.body {
                self.term(term)?;
            }
            if let Some(split) = split {
                ends.push(self.push(Step::Found)?);
                let next = self.here();
                self.set(split, Step::Split(split + 1, next));
            }
        }
        let end = self.here();
        for at in ends {
            self.set(at, Step::Jump(end));
        }
        Some(())
    }

    fn term(&mut self, term: &Term<'_>) -> Option<()> {
        if let Some(set) = set_of(term, self.ignore_case, self.dot_all) {
            self.push(Step::One(set))?;
            return Some(());
        }
        match term {
            Term::BoundaryAssertion(assertion) => {
                self.push(Step::Boundary(assertion.kind))?;
            }
            Term::Quantifier(quantifier) => self.quantifier(quantifier)?,
            Term::CapturingGroup(group) => self.group(group)?,
            Term::IgnoreGroup(group) if group.modifiers.is_none() => self.disjunction(&group.body)?,
            Term::IndexedReference(reference) => self.again((reference.index as usize).checked_sub(1)?)?,
            Term::NamedReference(reference) => {
                let group = self.groups.iter().position(|(_, name)| *name == Some(reference.name.as_str()))?;
                self.again(group)?;
            }
            _ => return None,
        }
        Some(())
    }

    fn group(&mut self, group: &CapturingGroup<'_>) -> Option<()> {
        let number = self.groups.binary_search_by_key(&group.span.start, |(start, _)| *start).ok()?;
        self.push(Step::Save(number * 2))?;
        self.disjunction(&group.body)?;
        self.push(Step::Save(number * 2 + 1))?;
        Some(())
    }

    fn again(&mut self, group: usize) -> Option<()> {
        (group < self.groups.len()).then_some(())?;
        self.push(Step::Again(group * 2))?;
        Some(())
    }

    fn quantifier(&mut self, quantifier: &Quantifier<'_>) -> Option<()> {
        let least = usize::try_from(quantifier.min).ok().filter(|least| *least < LONGEST)?;
        for _ in 0..least {
            self.term(&quantifier.body)?;
        }
        let order = |into: usize, past: usize| {
            if quantifier.greedy { Step::Split(into, past) } else { Step::Split(past, into) }
        };
        if let Some(most) = quantifier.max {
            let more = usize::try_from(most.saturating_sub(quantifier.min)).ok().filter(|more| *more < LONGEST)?;
            let mut splits = Vec::new();
            for _ in 0..more {
                splits.push(self.push(Step::Found)?);
                self.term(&quantifier.body)?;
            }
            let end = self.here();
            for at in splits {
                self.set(at, order(at + 1, end));
            }
            return Some(());
        }
        let split = self.push(Step::Found)?;
        // A round that matches nothing would go on for ever.
        let slot = may_be_empty(&quantifier.body).then_some(self.program.slots);
        if let Some(slot) = slot {
            self.program.slots += 1;
            self.push(Step::Save(slot))?;
        }
        self.term(&quantifier.body)?;
        if let Some(slot) = slot {
            self.push(Step::Moved(slot))?;
        }
        self.push(Step::Jump(split))?;
        let end = self.here();
        self.set(split, order(split + 1, end));
        Some(())
    }
}

/// The characters that a term matches, where it matches one.
pub(super) fn set_of(term: &Term<'_>, ignore_case: bool, dot_all: bool) -> Option<Set> {
    Some(match term {
        Term::Character(character) => Set::of(character.value, ignore_case),
        Term::Dot(_) if dot_all => Set { negative: true, ..Set::default() },
        Term::Dot(_) => {
            Set { negative: true, ranges: vec![(0x0a, 0x0a), (0x0d, 0x0d), (0x2028, 0x2029)], ignore_case: false }
        }
        Term::CharacterClassEscape(escape) => Set { ranges: escaped(escape.kind), ..Set::default() },
        Term::CharacterClass(class) => set_of_class(class, ignore_case)?,
        _ => return None,
    })
}

fn set_of_class(class: &CharacterClass<'_>, ignore_case: bool) -> Option<Set> {
    if class.kind != CharacterClassContentsKind::Union {
        return None;
    }
    let mut ranges = Vec::new();
    for item in &class.body {
        match item {
            CharacterClassContents::Character(character) => ranges.push((character.value, character.value)),
            CharacterClassContents::CharacterClassRange(range) => ranges.push((range.min.value, range.max.value)),
            CharacterClassContents::CharacterClassEscape(escape) => ranges.extend(escaped(escape.kind)),
            _ => return None,
        }
    }
    Some(Set { negative: class.negative, ranges, ignore_case })
}

const DIGIT: &[(u32, u32)] = &[(0x30, 0x39)];
const WORD: &[(u32, u32)] = &[(0x30, 0x39), (0x41, 0x5a), (0x5f, 0x5f), (0x61, 0x7a)];
const SPACE: &[(u32, u32)] = &[
    (0x09, 0x0d),
    (0x20, 0x20),
    (0xa0, 0xa0),
    (0x1680, 0x1680),
    (0x2000, 0x200a),
    (0x2028, 0x2029),
    (0x202f, 0x202f),
    (0x205f, 0x205f),
    (0x3000, 0x3000),
    (0xfeff, 0xfeff),
];

fn escaped(kind: CharacterClassEscapeKind) -> Vec<(u32, u32)> {
    use CharacterClassEscapeKind::{D, NegativeD, NegativeS, NegativeW, S, W};
    match kind {
        D => DIGIT.to_vec(),
        W => WORD.to_vec(),
        S => SPACE.to_vec(),
        NegativeD => all_but(DIGIT),
        NegativeW => all_but(WORD),
        NegativeS => all_but(SPACE),
    }
}

fn all_but(ranges: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut others = Vec::with_capacity(ranges.len() + 1);
    let mut from = 0;
    for (low, high) in ranges {
        if *low > from {
            others.push((from, low - 1));
        }
        from = high + 1;
    }
    others.push((from, u32::MAX));
    others
}
