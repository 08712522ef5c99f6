//! Strings the places of pieces together: in order, with gaps that the test allows, or nearly.

use std::ops::Range;

use super::hunt::Hunt;
use super::token::{Reach, Way};
use crate::port::regex::Finder;

/// A line break is taken for the cause only where the rest follows this soon.
const FAR_LINES: usize = 12;
const FAR_BYTES: usize = 800;
/// Longest text that a gap of a class is tried on.
const LONGEST_CLASS_GAP: usize = 4096;
/// How many places before are looked at, nearest first.
const NEAREST: usize = 24;

/// A place of a piece.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    pub place: Range<usize>,
    /// What is not as the test has it.
    pub slip: Option<Slip>,
}

/// What is not as the test has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Slip {
    /// The gap before holds line breaks.
    LineBreak,
    /// White space.
    Space,
    /// The kind of quotes.
    Quote,
    /// Upper and lower case.
    Case,
    /// More than one of the three.
    Style,
    /// Something stands between two tokens.
    Extra(Range<usize>),
    /// There is another name.
    Name(Rename),
}

/// A name that stands where the test wants another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rename {
    /// Where it is.
    pub place: Range<usize>,
    /// What the test wants there.
    pub wanted: String,
    /// How far the two are from each other.
    pub distance: usize,
    /// Whether it is what something belongs to: `client` of `client.on(`.
    pub owner: bool,
}

impl Slip {
    /// Which slip explains better: the lower the likelier.
    fn cost(&self) -> usize {
        match self {
            Self::LineBreak => 10,
            Self::Space => 11,
            Self::Quote => 12,
            Self::Case => 14,
            Self::Extra(place) => 18 + place.len() / 4,
            Self::Style => 28,
            Self::Name(rename) => 30 + rename.distance,
        }
    }

    /// Whether it is a matter of style only, for which nobody would call a project wrong.
    pub fn style(&self) -> bool {
        matches!(self, Self::LineBreak | Self::Space | Self::Quote)
    }
}

/// Places in order.
#[derive(Debug, Clone)]
pub(super) struct Chain {
    pub links: Vec<Link>,
    pub cost: usize,
}

/// A place, and the gap before it.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub hit: Hit,
    /// Whether the gap before holds a line break that the test does not allow.
    pub broken: bool,
}

impl Chain {
    /// Where it ends.
    pub fn end(&self) -> usize {
        self.links.last().map_or(0, |link| link.hit.place.end)
    }

    /// All slips in order, each with the index of its piece.
    pub fn slips(&self) -> impl Iterator<Item = (usize, Slip)> + '_ {
        self.links.iter().enumerate().flat_map(|(index, link)| {
            let broken = link.broken.then_some((index, Slip::LineBreak));
            broken.into_iter().chain(link.hit.slip.clone().map(|slip| (index, slip)))
        })
    }
}

#[derive(Clone)]
struct State {
    cost: usize,
    before: Option<usize>,
    broken: bool,
}

/// The longest chain, of several the one with the fewest slips and the shortest way. `hits[i]` are places of piece `i`.
pub(super) fn longest(way: &Way, hits: &[Vec<Hit>], hunt: &Hunt<'_>) -> Chain {
    let mut sorted: Vec<Vec<&Hit>> = hits.iter().map(|hits| hits.iter().collect()).collect();
    for hits in &mut sorted {
        hits.sort_by_key(|hit| (hit.place.end, hit.place.start));
    }
    let mut table: Vec<Vec<Option<State>>> = Vec::new();
    for (index, hits) in sorted.iter().enumerate() {
        let states: Vec<Option<State>> = match index.checked_sub(1) {
            None => hits.iter().map(|hit| Some(State { cost: own_cost(hit), before: None, broken: false })).collect(),
            Some(previous) => {
                let gap = GapRule::new(way, index, hunt);
                match (sorted.get(previous), table.get(previous)) {
                    (Some(places), Some(states)) => {
                        hits.iter().map(|hit| follow(hit, places, states, &gap, hunt)).collect()
                    }
                    _ => Vec::new(),
                }
            }
        };
        if states.iter().all(Option::is_none) {
            break;
        }
        table.push(states);
    }
    trace(&sorted, &table)
}

fn own_cost(hit: &Hit) -> usize {
    hit.slip.as_ref().map_or(0, |slip| slip.cost() * 1000)
}

/// The best predecessor of a place.
fn follow(hit: &Hit, places: &[&Hit], states: &[Option<State>], gap: &GapRule<'_>, hunt: &Hunt<'_>) -> Option<State> {
    let end = places.partition_point(|place| place.place.end <= hit.place.start);
    let line = gap.line(hit.place.start, hunt);
    let before = places.iter().zip(states).enumerate().take(end).rev();
    let mut best: Option<State> = None;
    let mut tried = 0;
    for (index, (place, state)) in before {
        let Some(state) = state else { continue };
        tried += 1;
        if tried > NEAREST {
            break;
        }
        let Some(broken) = gap.allows(&(place.place.end..hit.place.start), line, hunt) else { continue };
        // The nearer the likelier.
        let far = ((hit.place.start - place.place.end) / 16).min(999);
        let slip = if broken { Slip::LineBreak.cost() * 1000 } else { 0 };
        let cost = state.cost + own_cost(hit) + slip + far;
        if best.as_ref().is_none_or(|best| cost < best.cost) {
            best = Some(State { cost, before: Some(index), broken });
        }
    }
    best
}

fn trace(sorted: &[Vec<&Hit>], table: &[Vec<Option<State>>]) -> Chain {
    let mut links = Vec::new();
    let last = table.last().and_then(|states| {
        let known = states.iter().enumerate().filter_map(|(at, state)| Some((at, state.as_ref()?.cost)));
        known.min_by_key(|(_, cost)| *cost)
    });
    let Some((mut at, cost)) = last else { return Chain { links, cost: 0 } };
    for (hits, states) in sorted.iter().zip(table).rev() {
        let (Some(hit), Some(Some(state))) = (hits.get(at), states.get(at)) else { break };
        links.push(Link { hit: (*hit).clone(), broken: state.broken });
        match state.before {
            Some(before) => at = before,
            None => break,
        }
    }
    links.reverse();
    Chain { links, cost }
}

/// What may stand in a gap.
struct GapRule<'w> {
    reach: &'w Reach,
    some: bool,
    class: Option<Finder>,
}

impl<'w> GapRule<'w> {
    fn new(way: &'w Way, index: usize, hunt: &Hunt<'_>) -> Self {
        let (reach, some) = way.gaps.get(index).map_or((&Reach::Text, false), |gap| (&gap.reach, gap.some));
        let class = match reach {
            Reach::Class(class) => hunt.own(&format!("^(?:{class})*$")),
            _ => None,
        };
        Self { reach, some, class }
    }

    /// Where the line of a place starts, where that matters.
    fn line(&self, place: usize, hunt: &Hunt<'_>) -> usize {
        if *self.reach == Reach::Line { hunt.index.start_of(hunt.line(place)) } else { 0 }
    }

    /// Whether that may be the gap, and then whether only without its line breaks.
    fn allows(&self, gap: &Range<usize>, line: usize, hunt: &Hunt<'_>) -> Option<bool> {
        if self.some && gap.is_empty() {
            return None;
        }
        match self.reach {
            Reach::Text => Some(false),
            // `line` starts at that place.
            Reach::Line if gap.start >= line => Some(false),
            Reach::Line if gap.len() > FAR_BYTES => None,
            Reach::Line => {
                let crossed = hunt.line(gap.end).saturating_sub(hunt.line(gap.start));
                (crossed <= FAR_LINES).then_some(crossed > 0)
            }
            Reach::Class(_) if gap.len() > LONGEST_CLASS_GAP => None,
            Reach::Class(_) => self.class.as_ref()?.is_match(hunt.slice(gap)).then_some(false),
        }
    }
}
