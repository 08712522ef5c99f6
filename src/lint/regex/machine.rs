//! Runs a program on a text and counts its steps: a regular expression that goes back as often as it can.

use oxc_regular_expression::ast::BoundaryAssertionKind;

use super::program::{Program, Step};

/// What a search came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    /// Instructions that were carried out.
    pub(super) steps: usize,
    /// Whether it came to an end within the budget.
    pub(super) finished: bool,
    /// Whether something was found.
    pub(super) found: bool,
}

/// What is undone on the way back.
enum Back {
    Branch { step: usize, at: usize },
    Slot { slot: usize, old: usize },
}

const UNSET: usize = usize::MAX;

/// Searches the text from its beginning, and from every later character as long as nothing is found.
pub(super) fn search(program: &Program, text: &[u32], budget: usize) -> Run {
    let mut machine = Machine { program, text, slots: Vec::new(), back: Vec::new(), steps: 0, budget };
    for start in 0..=text.len() {
        match machine.from(start) {
            Some(true) => return Run { steps: machine.steps, finished: true, found: true },
            Some(false) => {}
            None => return Run { steps: machine.steps, finished: false, found: false },
        }
    }
    Run { steps: machine.steps, finished: true, found: false }
}

struct Machine<'m> {
    program: &'m Program,
    text: &'m [u32],
    slots: Vec<usize>,
    back: Vec<Back>,
    steps: usize,
    budget: usize,
}

impl Machine<'_> {
    /// Whether the text matches from `start` on; `None` when the budget is used up.
    fn from(&mut self, start: usize) -> Option<bool> {
        self.slots.clear();
        self.slots.resize(self.program.slots, UNSET);
        self.back.clear();
        let (mut step, mut at) = (0, start);
        loop {
            self.steps += 1;
            if self.steps > self.budget {
                return None;
            }
            let next = match self.program.steps.get(step) {
                None | Some(Step::Found) => return Some(true),
                Some(Step::One(set)) => {
                    self.text.get(at).is_some_and(|unit| set.has(*unit)).then(|| (step + 1, at + 1))
                }
                Some(Step::Split(first, second)) => {
                    self.back.push(Back::Branch { step: *second, at });
                    Some((*first, at))
                }
                Some(Step::Jump(to)) => Some((*to, at)),
                Some(Step::Save(slot)) => {
                    if let Some(place) = self.slots.get_mut(*slot) {
                        self.back.push(Back::Slot { slot: *slot, old: *place });
                        *place = at;
                    }
                    Some((step + 1, at))
                }
                Some(Step::Moved(slot)) => (self.slots.get(*slot) != Some(&at)).then_some((step + 1, at)),
                Some(Step::Boundary(kind)) => self.stands_at(*kind, at).then_some((step + 1, at)),
                Some(Step::Again(slot)) => self.again(*slot, at).map(|at| (step + 1, at)),
            };
            match next.or_else(|| self.go_back()) {
                Some(next) => (step, at) = next,
                None => return Some(false),
            }
        }
    }

    fn go_back(&mut self) -> Option<(usize, usize)> {
        loop {
            match self.back.pop()? {
                Back::Branch { step, at } => return Some((step, at)),
                Back::Slot { slot, old } => {
                    if let Some(place) = self.slots.get_mut(slot) {
                        *place = old;
                    }
                }
            }
        }
    }

    /// Where the text goes on behind what a group has matched, which counts a step for each character.
    fn again(&mut self, slot: usize, at: usize) -> Option<usize> {
        let (from, to) = (*self.slots.get(slot)?, *self.slots.get(slot + 1)?);
        if from == UNSET || to == UNSET || to < from {
            return Some(at);
        }
        let wanted = self.text.get(from..to)?;
        self.steps += wanted.len();
        self.text.get(at..)?.starts_with(wanted).then_some(at + wanted.len())
    }

    fn stands_at(&self, kind: BoundaryAssertionKind, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.text.get(before)).copied();
        let after = self.text.get(at).copied();
        let is_line_end = |unit: u32| matches!(unit, 0x0a | 0x0d | 0x2028 | 0x2029);
        let edge = |unit: Option<u32>| unit.is_none_or(|unit| self.program.multiline && is_line_end(unit));
        let is_word = |unit: Option<u32>| {
            unit.and_then(char::from_u32).is_some_and(|unit| unit.is_ascii_alphanumeric() || unit == '_')
        };
        match kind {
            BoundaryAssertionKind::Start => edge(before),
            BoundaryAssertionKind::End => edge(after),
            BoundaryAssertionKind::Boundary => is_word(before) != is_word(after),
            BoundaryAssertionKind::NegativeBoundary => is_word(before) == is_word(after),
        }
    }
}
