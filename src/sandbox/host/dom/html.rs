//! HTML text to a tree, by html5ever.

use html5ever::{
    ParseOpts, Parser, parse_document, parse_fragment,
    tendril::{StrTendril, TendrilSink},
    tree_builder::TreeBuilderOpts,
};

use super::{
    sink::Sink,
    tree::{DOCUMENT, Tree, html_name},
};

/// The parser is fed in pieces of this size, with a look at the limits after each.
const PIECE: usize = 4096;

fn options() -> ParseOpts {
    // A DOMParser runs no scripts, so the content of <noscript> is elements.
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    ParseOpts { tree_builder, ..ParseOpts::default() }
}

/// `None` if the document is too large or too deeply nested.
pub(super) fn document(text: &str, max_nodes: usize) -> Option<Tree> {
    feed(parse_document(Sink::new(max_nodes), options()), text)
}

/// What `innerHTML = text` makes in an element of that name: the nodes are below the tree's first element.
pub(super) fn fragment(text: &str, context: &str, max_nodes: usize) -> Option<Tree> {
    feed(parse_fragment(Sink::new(max_nodes), options(), html_name(context), Vec::new(), false), text)
}

fn feed(mut parser: Parser<Sink>, text: &str) -> Option<Tree> {
    let mut rest = text;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE.min(rest.len())));
        parser.process(StrTendril::from(piece));
        if parser.tokenizer.sink.sink.exceeded() {
            return None;
        }
        rest = after;
    }
    parser.finish()
}

/// The element below which a fragment's nodes are.
pub(super) fn fragment_root(tree: &Tree) -> Option<super::tree::NodeId> {
    tree.children(DOCUMENT).find(|&id| tree.node(id).is_element())
}
