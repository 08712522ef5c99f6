//! Where errors go: a graph whose nodes are places that an error can come to, and whose edges say where it goes next.
//!
//! The tree is walked once and makes the graph; what can fail a hint is then a question of what is reached from where.

use oxc_span::Span;

use crate::verdict::Rules;

/// A node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Node(u32);

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An error here fails the hint.
    Root,
    /// What the block leaves as its value where the runner ignores it; honest rules look at it.
    Tail,
    /// A promise that is rejected. Where no edge leads away, nobody waits for it.
    Promise(Form),
    /// Code that the event loop calls: nobody sees what it throws.
    Handler {
        /// A timer calls it.
        timer: bool,
    },
    /// A `catch`.
    Caught {
        /// It does nothing about the error.
        idle: bool,
    },
    /// A place on the way: what a function throws, a variable with several promises.
    Joint,
}

/// How a promise came about, where that matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// An expression.
    Plain,
    /// A request of an `XMLHttpRequest`, which is no promise but goes on as one.
    Xhr,
    /// What calls of an async callback give, in the hands of this method.
    Callback(&'static str),
}

/// What can go wrong somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    /// An assertion.
    Assertion,
    /// A `throw`, or a call of a promise's `reject`.
    Throw,
    /// A request that may find no server.
    Request,
    /// A value that may lack what is asked of it, or a function that nothing is known of.
    Other,
}

/// Something that can go wrong.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fail {
    pub(super) what: What,
    pub(super) at: Span,
    pub(super) node: Node,
}

struct Place {
    kind: Kind,
    at: Span,
    /// Inside of `new Promise(...)`: that promise. What goes wrong unseen there keeps it from being resolved.
    stall: Option<Node>,
    leaves: bool,
}

struct Edge {
    from: u32,
    to: u32,
    /// An error goes this way; otherwise the target merely comes later.
    error: bool,
}

/// The graph.
pub(super) struct Graph {
    places: Vec<Place>,
    edges: Vec<Edge>,
    pub(super) fails: Vec<Fail>,
}

impl Graph {
    pub(super) const ROOT: Node = Node(0);

    pub(super) fn new() -> Self {
        let root = Place { kind: Kind::Root, at: Span::default(), stall: None, leaves: false };
        Self { places: vec![root], edges: Vec::new(), fails: Vec::new() }
    }

    pub(super) fn node(&mut self, kind: Kind, at: Span, stall: Option<Node>) -> Node {
        let index = u32::try_from(self.places.len()).unwrap_or(0);
        self.places.push(Place { kind, at, stall, leaves: false });
        Node(index)
    }

    /// An error at `from` becomes one at `to`.
    pub(super) fn edge(&mut self, from: Node, to: Node) {
        self.link(from, to, true);
    }

    /// `to` comes after `from`, whose errors end there.
    pub(super) fn after(&mut self, from: Node, to: Node) {
        self.link(from, to, false);
    }

    fn link(&mut self, from: Node, to: Node, error: bool) {
        if from == to {
            return;
        }
        if let Some(place) = self.places.get_mut(from.0 as usize) {
            place.leaves = true;
        }
        self.edges.push(Edge { from: from.0, to: to.0, error });
    }

    pub(super) fn fail(&mut self, what: What, at: Span, node: Node) {
        self.fails.push(Fail { what, at, node });
    }

    fn place(&self, node: Node) -> Option<&Place> {
        self.places.get(node.0 as usize)
    }

    pub(super) fn at(&self, node: Node) -> Span {
        self.place(node).map_or(Span::default(), |place| place.at)
    }

    /// Every node with its kind, in the order in which they were made.
    pub(super) fn nodes(&self) -> impl Iterator<Item = (Node, Kind)> + '_ {
        (0u32..).zip(&self.places).map(|(index, place)| (Node(index), place.kind))
    }

    /// Follows all errors to where they end.
    pub(super) fn solve(mut self) -> Solved {
        // A promise that nobody waits for inside of `new Promise(...)` keeps that one from being resolved.
        let stalled: Vec<(Node, Node)> = self
            .nodes()
            .filter_map(|(node, kind)| {
                let place = self.place(node)?;
                let lost = matches!(kind, Kind::Promise(_) | Kind::Handler { .. }) && !place.leaves;
                Some((node, place.stall.filter(|_| lost)?))
            })
            .collect();
        for (from, to) in stalled {
            self.edge(from, to);
        }
        let forward = Lists::new(self.places.len(), self.edges.iter().map(|edge| (edge.from, edge.to, edge.error)));
        let back = Lists::new(self.places.len(), self.edges.iter().map(|edge| (edge.to, edge.from, edge.error)));
        let is_sink = |place: &Place, rules: Rules| match place.kind {
            Kind::Root => true,
            Kind::Tail | Kind::Handler { .. } => rules == Rules::Honest,
            Kind::Promise(_) => rules == Rules::Honest && !place.leaves,
            Kind::Caught { .. } | Kind::Joint => false,
        };
        let counts = |rules: Rules| {
            let sinks = (0u32..).zip(&self.places).filter(|(_, place)| is_sink(place, rules)).map(|(index, _)| index);
            let mut seen = vec![false; self.places.len()];
            back.reach(sinks, false, &mut |node| !std::mem::replace(seen.get_mut(node).unwrap_or(&mut true), true));
            seen
        };
        let counts = (counts(Rules::Browser), counts(Rules::Honest));
        let mut order: Vec<usize> = (0..self.fails.len()).collect();
        order.sort_by_key(|&index| self.fails.get(index).map(|fail| fail.what));
        let mut carried: Vec<Option<usize>> = vec![None; self.places.len()];
        for index in order {
            let Some(fail) = self.fails.get(index) else { continue };
            forward.reach([fail.node.0], false, &mut |node| match carried.get_mut(node) {
                Some(slot) if slot.is_none() => {
                    *slot = Some(index);
                    true
                }
                _ => false,
            });
        }
        let requests = self.fails.iter().filter(|fail| fail.what == What::Request).map(|fail| fail.node.0);
        let mut busy = vec![false; self.places.len()];
        forward.reach(requests, true, &mut |node| !std::mem::replace(busy.get_mut(node).unwrap_or(&mut true), true));
        Solved { graph: self, counts, carried, busy }
    }
}

/// For each node the nodes at the other ends of its edges.
struct Lists {
    starts: Vec<u32>,
    ends: Vec<(u32, bool)>,
}

impl Lists {
    fn new(nodes: usize, edges: impl Iterator<Item = (u32, u32, bool)> + Clone) -> Self {
        let mut starts = vec![0u32; nodes + 1];
        let mut total = 0;
        for (from, ..) in edges.clone() {
            if let Some(count) = starts.get_mut(from as usize + 1) {
                *count += 1;
                total += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut ends = vec![(0, false); total];
        for (from, to, error) in edges {
            if let Some(slot) = next.get_mut(from as usize)
                && let Some(end) = ends.get_mut(*slot as usize)
            {
                *end = (to, error);
                *slot += 1;
            }
        }
        Self { starts, ends }
    }

    /// Calls `enter` for each node on the way, the first ones included; goes on from where it says so.
    fn reach(&self, from: impl IntoIterator<Item = u32>, all: bool, enter: &mut dyn FnMut(usize) -> bool) {
        let mut open: Vec<u32> = from.into_iter().filter(|&node| enter(node as usize)).collect();
        while let Some(node) = open.pop() {
            let at = node as usize;
            let (Some(&start), Some(&end)) = (self.starts.get(at), self.starts.get(at + 1)) else { continue };
            for &(to, error) in self.ends.get(start as usize..end as usize).unwrap_or_default() {
                if (error || all) && enter(to as usize) {
                    open.push(to);
                }
            }
        }
    }
}

/// The graph with what follows from it.
pub(super) struct Solved {
    pub(super) graph: Graph,
    /// By the browser's rules and by honest ones: whether an error at a node fails the hint.
    counts: (Vec<bool>, Vec<bool>),
    carried: Vec<Option<usize>>,
    busy: Vec<bool>,
}

impl Solved {
    /// Whether an error at a node fails the hint.
    pub(super) fn counts(&self, node: Node, rules: Rules) -> bool {
        let counts = match rules {
            Rules::Browser => &self.counts.0,
            Rules::Honest => &self.counts.1,
        };
        counts.get(node.0 as usize).copied().unwrap_or(true)
    }

    /// The weightiest thing that can go wrong there.
    pub(super) fn carried(&self, node: Node) -> Option<&Fail> {
        self.graph.fails.get(self.carried.get(node.0 as usize).copied().flatten()?)
    }

    /// Whether a node is a promise that nobody waits for, or code that only the event loop calls.
    pub(super) fn is_loose(&self, node: Node) -> bool {
        self.graph.place(node).is_some_and(|place| match place.kind {
            Kind::Promise(_) | Kind::Handler { .. } => !place.leaves,
            _ => false,
        })
    }

    /// Whether a request has to end before this is settled.
    pub(super) fn is_busy(&self, node: Node) -> bool {
        self.busy.get(node.0 as usize).copied().unwrap_or(false)
    }
}
