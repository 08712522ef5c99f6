//! How the selector engine sees an element of a [`Tree`].

use std::{cell::Cell, fmt};

use html5ever::{Namespace, local_name, ns};
use selectors::{
    OpaqueElement,
    attr::{AttrSelectorOperation, CaseSensitivity, NamespaceConstraint},
    bloom::BloomFilter,
    context::MatchingContext,
    matching::ElementSelectorFlags,
};

use super::{
    select::{NoPseudoElement, State, Text, Web},
    tree::{Node, NodeId, Tree},
};

/// An element, and the steps that may still be taken.
#[derive(Clone, Copy)]
pub(super) struct Element<'a> {
    tree: &'a Tree,
    id: NodeId,
    steps: &'a Cell<u64>,
}

impl fmt::Debug for Element<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Element({})", self.id.0)
    }
}

impl<'a> Element<'a> {
    pub(super) fn new(tree: &'a Tree, id: NodeId, steps: &'a Cell<u64>) -> Self {
        Self { tree, id, steps }
    }

    fn node(&self) -> &'a Node {
        self.tree.node(self.id)
    }

    /// Follows `link` to the next element; out of steps, there is no further one.
    fn walk(&self, start: Option<NodeId>, link: impl Fn(&Node) -> Option<NodeId>) -> Option<Self> {
        let mut at = start;
        while let Some(id) = at {
            self.steps.set(self.steps.get().checked_sub(1)?);
            let node = self.tree.node(id);
            if node.is_element() {
                return Some(Self { id, ..*self });
            }
            at = link(node);
        }
        None
    }

    fn local(&self) -> &'a str {
        self.tree.name(self.id).map_or("", |name| &*name.local)
    }

    fn html(&self) -> bool {
        self.tree.html && self.tree.name(self.id).is_some_and(|name| name.ns == ns!(html))
    }

    fn has(&self, attribute: &str) -> bool {
        self.tree.attribute(self.id, attribute).is_some()
    }

    fn can_be_disabled(&self) -> bool {
        matches!(self.local(), "button" | "input" | "select" | "textarea" | "optgroup" | "option" | "fieldset")
    }

    fn is_disabled(&self) -> bool {
        // Inside a disabled fieldset too, except in its first legend, which nobody tests for.
        self.can_be_disabled()
            && (self.has("disabled")
                || self.tree.ancestors(self.id).any(|up| {
                    self.tree.name(up).is_some_and(|name| name.local == local_name!("fieldset"))
                        && self.tree.attribute(up, "disabled").is_some()
                }))
    }

    fn is_in(&self, state: State) -> bool {
        match state {
            State::Never => false,
            State::Link => matches!(self.local(), "a" | "area") && self.has("href"),
            State::Checked => match self.local() {
                "input" => {
                    let kind = self.tree.attribute(self.id, "type").unwrap_or_default().to_ascii_lowercase();
                    matches!(kind.as_str(), "checkbox" | "radio") && self.has("checked")
                }
                "option" => self.has("selected"),
                _ => false,
            },
            State::Disabled => self.is_disabled(),
            State::Enabled => self.can_be_disabled() && !self.is_disabled(),
            State::Required => matches!(self.local(), "input" | "select" | "textarea") && self.has("required"),
            State::Optional => matches!(self.local(), "input" | "select" | "textarea") && !self.has("required"),
        }
    }
}

impl selectors::Element for Element<'_> {
    type Impl = Web;

    fn opaque(&self) -> OpaqueElement {
        OpaqueElement::new(self.node())
    }

    fn parent_element(&self) -> Option<Self> {
        // The parent of an element is an element, or the walk ends.
        self.walk(self.node().parent, |_| None)
    }

    fn parent_node_is_shadow_root(&self) -> bool {
        false
    }

    fn containing_shadow_host(&self) -> Option<Self> {
        None
    }

    fn is_pseudo_element(&self) -> bool {
        false
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.walk(self.node().previous, |node| node.previous)
    }

    fn next_sibling_element(&self) -> Option<Self> {
        self.walk(self.node().next, |node| node.next)
    }

    fn first_element_child(&self) -> Option<Self> {
        self.walk(self.node().first, |node| node.next)
    }

    fn is_html_element_in_html_document(&self) -> bool {
        self.html()
    }

    fn has_local_name(&self, local_name: &str) -> bool {
        self.local() == local_name
    }

    fn has_namespace(&self, ns: &Namespace) -> bool {
        self.tree.name(self.id).is_some_and(|name| name.ns == *ns)
    }

    fn is_same_type(&self, other: &Self) -> bool {
        match (self.tree.name(self.id), self.tree.name(other.id)) {
            (Some(a), Some(b)) => a.local == b.local && a.ns == b.ns,
            _ => false,
        }
    }

    fn attr_matches(
        &self,
        ns: &NamespaceConstraint<&Namespace>,
        local_name: &Text,
        operation: &AttrSelectorOperation<&Text>,
    ) -> bool {
        self.tree.attributes(self.id).iter().any(|a| {
            &*a.name.local == AsRef::<str>::as_ref(local_name)
                && match ns {
                    NamespaceConstraint::Any => true,
                    NamespaceConstraint::Specific(ns) => a.name.ns == **ns,
                }
                && operation.eval_str(&a.value)
        })
    }

    fn match_non_ts_pseudo_class(&self, pc: &State, _: &mut MatchingContext<Web>) -> bool {
        self.is_in(*pc)
    }

    fn match_pseudo_element(&self, pe: &NoPseudoElement, _: &mut MatchingContext<Web>) -> bool {
        match *pe {}
    }

    fn apply_selector_flags(&self, _: ElementSelectorFlags) {}

    fn is_link(&self) -> bool {
        self.is_in(State::Link)
    }

    fn is_html_slot_element(&self) -> bool {
        false
    }

    fn has_id(&self, id: &Text, case_sensitivity: CaseSensitivity) -> bool {
        self.tree
            .attribute(self.id, "id")
            .is_some_and(|value| case_sensitivity.eq(value.as_bytes(), id.as_ref().as_bytes()))
    }

    fn has_class(&self, name: &Text, case_sensitivity: CaseSensitivity) -> bool {
        self.tree.attribute(self.id, "class").is_some_and(|value| {
            value.split_ascii_whitespace().any(|c| case_sensitivity.eq(c.as_bytes(), name.as_ref().as_bytes()))
        })
    }

    fn has_custom_state(&self, _: &Text) -> bool {
        false
    }

    fn imported_part(&self, _: &Text) -> Option<Text> {
        None
    }

    fn is_part(&self, _: &Text) -> bool {
        false
    }

    fn is_empty(&self) -> bool {
        use super::tree::Kind;
        self.tree.children(self.id).all(|child| match &self.tree.node(child).kind {
            Kind::Element { .. } => false,
            Kind::Text(text) | Kind::CData(text) => text.is_empty(),
            _ => true,
        })
    }

    fn is_root(&self) -> bool {
        self.node().parent == Some(super::tree::DOCUMENT)
    }

    fn add_element_unique_hashes(&self, _: &mut BloomFilter) -> bool {
        false
    }
}
