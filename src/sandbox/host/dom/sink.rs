//! What html5ever calls while it reads: it fills a [`Tree`] within limits.

use std::{
    borrow::Cow,
    cell::{Cell, RefCell},
    rc::Rc,
};

use html5ever::{
    QualName,
    interface::{ElementFlags, ExpandedName, NodeOrText, QuirksMode, TreeSink},
    tendril::StrTendril,
};

use super::tree::{Attribute, DOCUMENT, Kind, NodeId, Tree};

/// The depth at which browsers stop nesting: what is deeper becomes a sibling.
const MAX_DEPTH: u32 = 512;
/// How often the parser may look at an element on its stack: nesting costs it the square of the depth.
const MAX_LOOKS: u64 = 40_000_000;

/// A node with its name at hand, because the parser asks for names all the time.
#[derive(Debug, Clone)]
pub(super) struct Handle {
    pub(super) id: NodeId,
    name: Rc<QualName>,
}

/// A tree in the making.
pub(super) struct Sink {
    tree: RefCell<Tree>,
    looks: Cell<u64>,
    max_nodes: usize,
    exceeded: Cell<bool>,
    nameless: Rc<QualName>,
}

impl Sink {
    pub(super) fn new(max_nodes: usize) -> Self {
        Self {
            tree: RefCell::new(Tree::new(true)),
            looks: Cell::new(0),
            max_nodes,
            exceeded: Cell::new(false),
            nameless: Rc::new(super::tree::plain_name("")),
        }
    }

    /// True once the document went beyond a limit; the tree is no longer filled then.
    pub(super) fn exceeded(&self) -> bool {
        self.exceeded.get() || self.looks.get() > MAX_LOOKS
    }

    fn full(&self) -> bool {
        if self.tree.borrow().len() >= self.max_nodes {
            self.exceeded.set(true);
        }
        self.exceeded()
    }

    fn anonymous(&self, kind: Kind) -> Handle {
        // Beyond the limit every node is the document: nothing is linked any more, so that does no harm.
        let id = if self.full() { DOCUMENT } else { self.tree.borrow_mut().create(kind) };
        Handle { id, name: Rc::clone(&self.nameless) }
    }

    /// The node that takes what is to go below `parent`.
    fn shallow(&self, parent: NodeId) -> NodeId {
        let tree = self.tree.borrow();
        let node = tree.node(parent);
        if node.depth >= MAX_DEPTH { node.parent.unwrap_or(parent) } else { parent }
    }

    fn insert(&self, parent: NodeId, child: NodeOrText<Handle>, before: Option<NodeId>) {
        if self.full() {
            return;
        }
        let mut tree = self.tree.borrow_mut();
        match child {
            NodeOrText::AppendNode(node) => {
                // A cycle would make every walk endless.
                if !tree.contains(node.id, parent) {
                    tree.insert(parent, node.id, before);
                }
            }
            NodeOrText::AppendText(text) => {
                let neighbour = match before {
                    Some(next) => tree.node(next).previous,
                    None => tree.node(parent).last,
                };
                if let Some(Kind::Text(old)) = neighbour.and_then(|id| tree.node_mut(id)).map(|n| &mut n.kind) {
                    old.push_str(&text);
                } else {
                    let id = tree.create(Kind::Text(text.to_string()));
                    tree.insert(parent, id, before);
                }
            }
        }
    }
}

fn own(attributes: Vec<html5ever::Attribute>) -> Vec<Attribute> {
    attributes.into_iter().map(|a| Attribute { name: a.name, value: a.value.to_string() }).collect()
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Option<Tree>;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Option<Tree> {
        if self.exceeded() { None } else { Some(self.tree.into_inner()) }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { id: DOCUMENT, name: Rc::clone(&self.nameless) }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        self.looks.set(self.looks.get() + 1);
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, attrs: Vec<html5ever::Attribute>, _: ElementFlags) -> Handle {
        let shared = Rc::new(name.clone());
        let id = if self.full() { DOCUMENT } else { self.tree.borrow_mut().create_element(name, own(attrs)) };
        Handle { id, name: shared }
    }

    fn create_comment(&self, text: StrTendril) -> Handle {
        self.anonymous(Kind::Comment(text.to_string()))
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> Handle {
        self.anonymous(Kind::Instruction { target: target.to_string(), data: data.to_string() })
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.insert(self.shallow(parent.id), child, None);
    }

    fn append_based_on_parent_node(&self, element: &Handle, prev_element: &Handle, child: NodeOrText<Handle>) {
        if self.tree.borrow().node(element.id).parent.is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(prev_element, child);
        }
    }

    fn append_doctype_to_document(&self, name: StrTendril, public_id: StrTendril, system_id: StrTendril) {
        let kind =
            Kind::Doctype { name: name.to_string(), public: public_id.to_string(), system: system_id.to_string() };
        let doctype = self.anonymous(kind);
        self.insert(DOCUMENT, NodeOrText::AppendNode(doctype), None);
    }

    fn get_template_contents(&self, target: &Handle) -> Handle {
        let id = self.tree.borrow().template(target.id).unwrap_or(target.id);
        Handle { id, name: Rc::clone(&self.nameless) }
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.tree.borrow_mut().quirks = mode;
    }

    fn append_before_sibling(&self, sibling: &Handle, new_node: NodeOrText<Handle>) {
        let parent = self.tree.borrow().node(sibling.id).parent;
        if let Some(parent) = parent {
            self.insert(parent, new_node, Some(sibling.id));
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, attrs: Vec<html5ever::Attribute>) {
        self.tree.borrow_mut().with(target.id, |node| {
            if let Kind::Element { attributes, .. } = &mut node.kind {
                for new in own(attrs) {
                    if !attributes.iter().any(|a| a.name == new.name) {
                        attributes.push(new);
                    }
                }
            }
        });
    }

    fn remove_from_parent(&self, target: &Handle) {
        if !self.exceeded() {
            self.tree.borrow_mut().detach(target.id);
        }
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        if self.exceeded() {
            return;
        }
        let mut tree = self.tree.borrow_mut();
        if tree.contains(node.id, new_parent.id) {
            return;
        }
        while let Some(child) = tree.node(node.id).first {
            tree.append(new_parent.id, child);
        }
    }
}
