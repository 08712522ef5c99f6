//! The documents of one page, by number.

use std::collections::BTreeMap;

use super::{
    edit, html,
    tree::{NodeId, Tree},
    xml,
};

/// How many nodes all documents of a page may have together.
const MAX_NODES: usize = 600_000;

/// The documents that scripts still hold.
#[derive(Debug)]
pub(super) struct Store {
    trees: BTreeMap<u32, Tree>,
    next: u32,
    /// What an unknown number shows.
    nothing: Tree,
}

impl Store {
    pub(super) fn new() -> Self {
        Self { trees: BTreeMap::new(), next: 0, nothing: Tree::new(true) }
    }

    /// How many nodes may still be made.
    fn room(&self) -> usize {
        MAX_NODES.saturating_sub(self.trees.values().map(Tree::len).sum())
    }

    fn add(&mut self, tree: Tree) -> u32 {
        self.next = self.next.wrapping_add(1);
        self.trees.insert(self.next, tree);
        self.next
    }

    /// `None` if the document is too large or too deeply nested.
    pub(super) fn parse(&mut self, text: &str, as_html: bool) -> Option<u32> {
        let room = self.room();
        if room == 0 {
            return None;
        }
        let tree = if as_html { html::document(text, room)? } else { xml::document(text, room) };
        Some(self.add(tree))
    }

    pub(super) fn drop_tree(&mut self, number: u32) {
        self.trees.remove(&number);
    }

    pub(super) fn tree(&self, number: u32) -> &Tree {
        self.trees.get(&number).unwrap_or(&self.nothing)
    }

    pub(super) fn tree_mut(&mut self, number: u32) -> Option<&mut Tree> {
        self.trees.get_mut(&number)
    }

    /// A tree that may grow by `count` nodes.
    pub(super) fn growing(&mut self, number: u32, count: usize) -> Option<&mut Tree> {
        if self.room() < count { None } else { self.trees.get_mut(&number) }
    }

    /// A fragment with what `innerHTML = text` makes.
    pub(super) fn fragment(&mut self, number: u32, context: &str, text: &str) -> Option<NodeId> {
        let room = self.room() / 2;
        edit::parse_into(self.trees.get_mut(&number)?, context, text, room)
    }
}
