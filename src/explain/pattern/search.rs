//! From the facts of a search to the one cause that explains it best.

use std::collections::HashMap;

use super::case::{Case, Finding, Look};
use super::cause::{comment, construct, extra, name, order, rest, slip, syntax, unwanted};
use super::chain::{Chain, Hit, longest};
use super::hunt::{Compiler, Hunt};
use super::origin::Origin;
use super::relax::{Relax, source};
use super::script::{Comment, blanked};
use super::split::split;
use super::token::{Piece, Way, plain};
use crate::explain::Subject;
use crate::explain::code::Code;
use crate::explain::excerpt::TextIndex;
use crate::explain::model::Explanation;
use crate::port::regex::{Finder, Haystack};
use crate::verdict::{Failure, TextFacts};

/// Most memory of the test's own expression.
const LARGEST: usize = 1024 * 1024;
/// In a longer text, not even all ways are searched for.
const LONG: usize = 256 * 1024;
/// Ways that are looked at more closely.
const MOST_WAYS: usize = 3;
/// A longer text is not searched again with its comments as code.
const LONGEST_OPENED: usize = 256 * 1024;

/// Explains a search that did not end as the test wants.
pub(in crate::explain) fn explain_search(
    subject: &Subject<'_>,
    failure: &Failure,
    facts: &TextFacts,
) -> Option<Explanation> {
    // Every text holds the empty one; such facts say nothing.
    if facts.flags.is_none() && facts.pattern.is_empty() {
        return None;
    }
    let request = failure.assertion.as_ref().and_then(|assertion| assertion.request);
    let origin = Origin::of(subject, &facts.text, request);
    let haystack = Haystack::new(&origin.searched);
    let flags = facts.flags.as_deref().unwrap_or_default();
    let wanted = match &facts.flags {
        Some(flags) => format!("/{}/{flags}", facts.pattern),
        None => facts.pattern.clone(),
    };
    let case = Case { origin: &origin, haystack: &haystack, wanted: &wanted };
    if facts.negated {
        let found = match &facts.flags {
            Some(flags) => exact(&facts.pattern, flags).and_then(|finder| finder.find_at(haystack.text(), 0)),
            None => haystack
                .text()
                .find(Haystack::new(&facts.pattern).text())
                .map(|at| at..at + Haystack::new(&facts.pattern).text().len()),
        };
        return Some(case.explain(unwanted::explain(&case, found)));
    }
    if let Some(mistake) = origin.script.as_ref().and_then(|script| script.mistake.as_ref()) {
        return Some(syntax::explain(&origin, mistake));
    }
    let ways = match &facts.flags {
        Some(flags) => split(&facts.pattern, flags),
        None => plain(&facts.pattern),
    };
    let commented = || {
        let finder = match &facts.flags {
            Some(flags) => exact(&facts.pattern, flags)?,
            None => exact(&literal(&facts.pattern), "")?,
        };
        comment::explain(&case, &finder)
    };
    if origin.shown.len() <= LONGEST_OPENED
        && let Some(finding) = commented()
    {
        return Some(case.explain(finding));
    }
    Some(case.explain(miss(&case, &ways, flags)))
}

fn exact(pattern: &str, flags: &str) -> Option<Finder> {
    let flags: String = flags.chars().filter(|flag| !matches!(flag, 'g' | 'y' | 'd')).collect();
    Finder::new(pattern, &flags, LARGEST)
}

/// A plain text as an expression.
fn literal(text: &str) -> String {
    plain(text).iter().flat_map(|way| &way.pieces).map(|piece| source(&piece.tokens, Relax::Nothing)).collect()
}

/// Longest text, as expressions see it, in which near misses are looked for. Characters beyond U+FFFF count twice there, so
/// that only a long text of emoji is longer.
const LONGEST_HUNTED: usize = 3 * 1024 * 1024;

/// What a search that found nothing comes nearest to.
fn miss(case: &Case<'_>, ways: &[Way], flags: &str) -> Finding {
    let name = case.origin.name();
    let nothing = || {
        let headline = format!("{name} has nothing that matches {}.", super::case::code(case.wanted));
        Finding::new(Code::Absent, headline, Vec::new())
    };
    if case.haystack.text().len() > LONGEST_HUNTED {
        return nothing();
    }
    // Comments are not what a learner means; but where they lead further, the test has matched them.
    let code = case.origin.script.as_ref().filter(|script| !script.comments.is_empty()).and_then(|script| {
        let same = case.origin.searched.len() == case.origin.shown.len() && !case.origin.without_comments;
        let there = |comment: &Comment| Comment {
            place: case.haystack.place(comment.place.start)..case.haystack.place(comment.place.end),
        };
        same.then(|| blanked(case.haystack.text(), &script.comments.iter().map(there).collect::<Vec<_>>()))
    });
    let index = TextIndex::new(case.haystack.text());
    let compiler = Compiler::new(flags, case.haystack.text().len());
    let all = nearest(&Hunt::new(case.haystack.text(), &index, &compiler), ways);
    // Blanks have taken the place of comments, so lines are where they were.
    let without = code.as_deref().map(|code| (code, nearest(&Hunt::new(code, &index, &compiler), ways)));
    let (text, nearest) = match without {
        Some((code, without)) if without.first().map(Near::depth) >= all.first().map(Near::depth) => (code, without),
        _ => (case.haystack.text(), all),
    };
    let mut hunt = Hunt::new(text, &index, &compiler);
    hunt.focus_on(nearest.first().map_or(0, |near| near.chain.end()));
    let looks: Vec<Look<'_>> = nearest
        .into_iter()
        .map(|near| Look { way: near.way, chain: near.chain, hunt: &hunt, hits: near.hits })
        .collect();
    better(&looks).or_else(|| looks.first().map(|look| rest::find(look, name))).unwrap_or_else(nothing)
}

/// A way and how far it leads.
struct Near<'w> {
    way: &'w Way,
    chain: Chain,
    hits: Vec<Vec<Hit>>,
}

impl Near<'_> {
    /// How much of the way is there, by letters, in hundredths; pieces without letters count a little.
    fn depth(&self) -> usize {
        let weight = |pieces: &[Piece]| pieces.iter().map(|piece| 1 + 4 * piece.weight()).sum::<usize>();
        let matched = self.way.pieces.get(..self.chain.links.len()).unwrap_or_default();
        weight(matched) * 100 / weight(&self.way.pieces).max(1)
    }
}

/// The ways that lead furthest, the best first.
fn nearest<'w>(hunt: &Hunt<'_>, ways: &'w [Way]) -> Vec<Near<'w>> {
    // Ways share most of their pieces.
    let mut known: HashMap<String, Vec<Hit>> = HashMap::new();
    let most = if hunt.text.len() > LONG { MOST_WAYS } else { ways.len() };
    let mut all: Vec<Near<'w>> = ways
        .iter()
        .take(most)
        .map(|way| {
            let hits: Vec<Vec<Hit>> = way
                .pieces
                .iter()
                .map(|piece| {
                    let places =
                        || hunt.exact(&piece.tokens).into_iter().map(|place| Hit { place, slip: None }).collect();
                    known.entry(source(&piece.tokens, Relax::Nothing)).or_insert_with(places).clone()
                })
                .collect();
            Near { way, chain: exact_chain(way, &hits, hunt), hits }
        })
        .collect();
    all.sort_by_key(|near| std::cmp::Reverse(near.depth()));
    all.truncate(MOST_WAYS);
    all
}

/// The longest chain without any slip.
fn exact_chain(way: &Way, hits: &[Vec<Hit>], hunt: &Hunt<'_>) -> Chain {
    let mut chain = longest(way, hits, hunt);
    // What a line break parts belongs to the explanation, not to what matched.
    let exact = chain.links.iter().take_while(|link| !link.broken).count();
    if exact < chain.links.len() {
        let limited: Vec<Vec<Hit>> = hits.iter().take(exact).cloned().collect();
        chain = longest(way, &limited, hunt);
    }
    chain
}

/// The causes from the likeliest on, each on all ways.
fn better(looks: &[Look<'_>]) -> Option<Finding> {
    if looks.iter().any(|look| look.chain.links.len() == look.way.pieces.len()) {
        return None;
    }
    let style: Vec<Hits> =
        looks.iter().map(|look| each(look, &look.hits, |piece, known| slip::hits(piece, known, look.hunt))).collect();
    let more = |find: &dyn Fn(&Look<'_>, &Piece) -> Vec<Hit>| {
        let hits = looks.iter().zip(&style).map(|(look, style)| {
            each(look, style, |piece, known| known.iter().cloned().chain(find(look, piece)).collect())
        });
        best(looks, &hits.collect::<Vec<_>>())
    };
    best(looks, &style)
        .or_else(|| looks.iter().find_map(construct::find))
        .or_else(|| more(&|look, piece| extra::hits(piece, look.hunt)))
        .or_else(|| more(&|look, piece| name::hits(piece, look.way, look.hunt)))
        .or_else(|| looks.iter().find_map(order::find))
        .or_else(|| more(&|look, piece| name::owner_hits(piece, look.way, look.hunt)))
}

/// Places of all pieces of a way.
type Hits = Vec<Vec<Hit>>;

fn each(look: &Look<'_>, known: &Hits, more: impl Fn(&Piece, &[Hit]) -> Vec<Hit>) -> Hits {
    look.way.pieces.iter().zip(known).map(|(piece, known)| more(piece, known)).collect()
}

/// The complete chain with the likeliest slips, of all ways.
fn best(looks: &[Look<'_>], hits: &[Hits]) -> Option<Finding> {
    let chains = looks.iter().zip(hits).filter_map(|(look, hits)| {
        let chain = longest(look.way, hits, look.hunt);
        (chain.links.len() == look.way.pieces.len()).then_some((look, chain))
    });
    let (look, chain) = chains.min_by_key(|(_, chain)| chain.cost)?;
    slip::finding(look.way, &chain, look.hunt)
}
