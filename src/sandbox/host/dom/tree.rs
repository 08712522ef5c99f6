//! A document: nodes in one vector, linked by index. Every walk is a loop, so no depth can overflow the stack.

use html5ever::{LocalName, Namespace, QualName, interface::QuirksMode, ns};

/// The index of a node in its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct NodeId(pub(super) u32);

/// The document node itself.
pub(super) const DOCUMENT: NodeId = NodeId(0);

/// An attribute of an element.
#[derive(Debug, Clone)]
pub(super) struct Attribute {
    pub(super) name: QualName,
    pub(super) value: String,
}

/// What a node is.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    Document,
    Fragment,
    Doctype { name: String, public: String, system: String },
    Element { name: QualName, attributes: Vec<Attribute>, template: Option<NodeId> },
    Text(String),
    CData(String),
    Comment(String),
    Instruction { target: String, data: String },
}

/// A node and its place in the tree.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) kind: Kind,
    pub(super) parent: Option<NodeId>,
    pub(super) first: Option<NodeId>,
    pub(super) last: Option<NodeId>,
    pub(super) previous: Option<NodeId>,
    pub(super) next: Option<NodeId>,
    /// The depth at which it was first put into the tree; a limit for parsers, not a truth.
    pub(super) depth: u32,
}

impl Node {
    fn new(kind: Kind) -> Self {
        Self { kind, parent: None, first: None, last: None, previous: None, next: None, depth: 0 }
    }

    pub(super) fn is_element(&self) -> bool {
        matches!(self.kind, Kind::Element { .. })
    }
}

/// A document and all the nodes that were made for it, in the tree or out of it.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    /// What an unknown index shows.
    nothing: Node,
    pub(super) html: bool,
    pub(super) quirks: QuirksMode,
}

impl Tree {
    pub(super) fn new(html: bool) -> Self {
        Self {
            nodes: vec![Node::new(Kind::Document)],
            nothing: Node::new(Kind::Fragment),
            html,
            quirks: QuirksMode::NoQuirks,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn node(&self, id: NodeId) -> &Node {
        usize::try_from(id.0).ok().and_then(|i| self.nodes.get(i)).unwrap_or(&self.nothing)
    }

    pub(super) fn node_mut(&mut self, id: NodeId) -> Option<&mut Node> {
        usize::try_from(id.0).ok().and_then(|i| self.nodes.get_mut(i))
    }

    pub(super) fn create(&mut self, kind: Kind) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(Node::new(kind));
        id
    }

    pub(super) fn create_element(&mut self, name: QualName, attributes: Vec<Attribute>) -> NodeId {
        let template = (name.ns == ns!(html) && &*name.local == "template").then(|| self.create(Kind::Fragment));
        self.create(Kind::Element { name, attributes, template })
    }

    pub(super) fn name(&self, id: NodeId) -> Option<&QualName> {
        match &self.node(id).kind {
            Kind::Element { name, .. } => Some(name),
            _ => None,
        }
    }

    pub(super) fn attributes(&self, id: NodeId) -> &[Attribute] {
        match &self.node(id).kind {
            Kind::Element { attributes, .. } => attributes,
            _ => &[],
        }
    }

    pub(super) fn template(&self, id: NodeId) -> Option<NodeId> {
        match self.node(id).kind {
            Kind::Element { template, .. } => template,
            _ => None,
        }
    }

    /// The value of the attribute with that qualified name.
    pub(super) fn attribute(&self, id: NodeId, name: &str) -> Option<&str> {
        self.attributes(id).iter().find(|a| is_named(&a.name, name)).map(|a| a.value.as_str())
    }

    pub(super) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.node(id).first, |&child| self.node(child).next)
    }

    /// The nodes below `root` in document order; contents of templates are not below them.
    pub(super) fn descendants(&self, root: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.node(root).first, move |&at| self.following(at, root))
    }

    /// The next node in document order within `root`.
    fn following(&self, from: NodeId, root: NodeId) -> Option<NodeId> {
        let node = self.node(from);
        node.first.or_else(|| {
            let mut at = from;
            while at != root {
                if let Some(next) = self.node(at).next {
                    return Some(next);
                }
                at = self.node(at).parent?;
            }
            None
        })
    }

    pub(super) fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.node(id).parent, |&at| self.node(at).parent)
    }

    pub(super) fn contains(&self, root: NodeId, id: NodeId) -> bool {
        root == id || self.ancestors(id).any(|at| at == root)
    }

    /// The text of all the text nodes below.
    pub(super) fn text(&self, root: NodeId) -> String {
        let mut out = String::new();
        for id in self.descendants(root) {
            if let Kind::Text(text) | Kind::CData(text) = &self.node(id).kind {
                out.push_str(text);
            }
        }
        out
    }

    pub(super) fn detach(&mut self, id: NodeId) {
        let Node { parent, previous, next, .. } = *self.node(id);
        let Some(parent) = parent else { return };
        match previous.and_then(|p| self.node_mut(p)) {
            Some(node) => node.next = next,
            None => self.with(parent, |n| n.first = next),
        }
        match next.and_then(|n| self.node_mut(n)) {
            Some(node) => node.previous = previous,
            None => self.with(parent, |n| n.last = previous),
        }
        self.with(id, |n| {
            n.parent = None;
            n.previous = None;
            n.next = None;
        });
    }

    pub(super) fn append(&mut self, parent: NodeId, child: NodeId) {
        self.insert(parent, child, None);
    }

    /// Puts `child` below `parent`, before `before` or at the end. The caller sees to it that no cycle comes of it.
    pub(super) fn insert(&mut self, parent: NodeId, child: NodeId, before: Option<NodeId>) {
        self.detach(child);
        let previous = match before {
            Some(next) => self.node(next).previous,
            None => self.node(parent).last,
        };
        let depth = self.node(parent).depth.saturating_add(1);
        self.with(child, |n| {
            n.parent = Some(parent);
            n.previous = previous;
            n.next = before;
            n.depth = depth;
        });
        match previous {
            Some(previous) => self.with(previous, |n| n.next = Some(child)),
            None => self.with(parent, |n| n.first = Some(child)),
        }
        match before {
            Some(next) => self.with(next, |n| n.previous = Some(child)),
            None => self.with(parent, |n| n.last = Some(child)),
        }
    }

    pub(super) fn with(&mut self, id: NodeId, change: impl FnOnce(&mut Node)) {
        if let Some(node) = self.node_mut(id) {
            change(node);
        }
    }
}

/// True if `name` as a whole, with its prefix, reads `text`.
pub(super) fn is_named(name: &QualName, text: &str) -> bool {
    match &name.prefix {
        None => &*name.local == text,
        Some(prefix) => text
            .strip_prefix(&**prefix)
            .and_then(|rest| rest.strip_prefix(':'))
            .is_some_and(|rest| rest == &*name.local),
    }
}

/// The name as it is written, with its prefix.
pub(super) fn qualified(name: &QualName) -> String {
    match &name.prefix {
        None => name.local.to_string(),
        Some(prefix) => format!("{prefix}:{}", name.local),
    }
}

/// The name of an attribute that has no namespace.
pub(super) fn plain_name(local: &str) -> QualName {
    QualName::new(None, Namespace::default(), LocalName::from(local))
}

/// The name of an HTML element.
pub(super) fn html_name(local: &str) -> QualName {
    QualName::new(None, ns!(html), LocalName::from(local))
}
