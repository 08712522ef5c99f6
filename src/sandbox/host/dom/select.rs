//! `querySelector` and its kin, on the `selectors` crate.

use std::{cell::Cell, fmt};

use cssparser::{Parser as CssParser, ToCss, serialize_identifier};
use html5ever::{Namespace, interface::QuirksMode as HtmlQuirks};
use precomputed_hash::PrecomputedHash;
use selectors::{
    Element as _, Parser, SelectorList,
    context::{MatchingContext, MatchingForInvalidation, MatchingMode, NeedsSelectorFlags, QuirksMode, SelectorCaches},
    matching::matches_selector_list,
    parser::{NonTSPseudoClass, ParseRelative, PseudoElement, SelectorImpl, SelectorParseErrorKind},
};

use super::{
    select_element::Element,
    tree::{NodeId, Tree},
};

/// Longer selectors are refused: matching recurses once for each combinator.
const MAX_LENGTH: usize = 2048;
/// How deep brackets may nest.
const MAX_NESTING: usize = 16;
/// How many steps through the tree one call may take.
const MAX_STEPS: u64 = 50_000_000;

/// Why a selector gave no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SelectError {
    /// It is no selector.
    Syntax,
    /// It would take too long on this document.
    TooCostly,
}

/// The types of our selectors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Web;

/// A name or a value in a selector.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Text(Box<str>);

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl std::borrow::Borrow<str> for Text {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl ToCss for Text {
    fn to_css<W: fmt::Write>(&self, dest: &mut W) -> fmt::Result {
        serialize_identifier(&self.0, dest)
    }
}

impl PrecomputedHash for Text {
    fn precomputed_hash(&self) -> u32 {
        self.0.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
    }
}

/// The pseudo-classes that say something about a document nobody looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Link,
    Checked,
    Disabled,
    Enabled,
    Required,
    Optional,
    /// Hovered, focused, visited, ...: never true here.
    Never,
}

impl State {
    fn parse(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "link" | "any-link" => Self::Link,
            "checked" => Self::Checked,
            "disabled" => Self::Disabled,
            "enabled" => Self::Enabled,
            "required" => Self::Required,
            "optional" => Self::Optional,
            "hover" | "active" | "focus" | "focus-within" | "focus-visible" | "visited" | "target" => Self::Never,
            _ => return None,
        })
    }
}

impl ToCss for State {
    fn to_css<W: fmt::Write>(&self, dest: &mut W) -> fmt::Result {
        write!(dest, ":{}", format!("{self:?}").to_ascii_lowercase())
    }
}

impl NonTSPseudoClass for State {
    fn is_active_or_hover(&self) -> bool {
        false
    }

    fn is_user_action_state(&self) -> bool {
        false
    }
}

/// There is none: `::before` and the like match no element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoPseudoElement {}

impl ToCss for NoPseudoElement {
    fn to_css<W: fmt::Write>(&self, _: &mut W) -> fmt::Result {
        match *self {}
    }
}

impl PseudoElement for NoPseudoElement {}

impl SelectorImpl for Web {
    type ExtraMatchingData<'a> = ();
    type AttrValue = Text;
    type Identifier = Text;
    type LocalName = Text;
    type NamespaceUrl = Namespace;
    type NamespacePrefix = Text;
    type BorrowedNamespaceUrl = Namespace;
    type BorrowedLocalName = str;
    type NonTSPseudoClass = State;
    type PseudoElement = NoPseudoElement;
}

struct Grammar;

/// What is wrong with a selector does not matter: browsers only say that it is not valid.
struct Invalid;

impl From<SelectorParseErrorKind> for Invalid {
    fn from(_: SelectorParseErrorKind) -> Self {
        Self
    }
}

impl Parser<'_> for Grammar {
    type Impl = Web;
    type Error = Invalid;

    fn parse_nth_child_of(&self) -> bool {
        true
    }

    fn parse_is_and_where(&self) -> bool {
        true
    }

    fn parse_has(&self) -> bool {
        true
    }

    fn parse_non_ts_pseudo_class(&self, name: &str) -> Result<State, cssparser::ParseError<Invalid>> {
        State::parse(name).ok_or_else(|| cssparser::ParseError::custom(Invalid))
    }
}

fn parse(text: &str) -> Result<SelectorList<Web>, SelectError> {
    if text.len() > MAX_LENGTH || nesting(text) > MAX_NESTING {
        return Err(SelectError::TooCostly);
    }
    let mut input = CssParser::new(text);
    SelectorList::parse(&Grammar, &mut input, ParseRelative::No).map_err(|_| SelectError::Syntax)
}

fn nesting(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut deepest = 0;
    for byte in text.bytes() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// The elements below `root` that match, in document order, at most `limit`.
pub(super) fn below(tree: &Tree, root: NodeId, selector: &str, limit: usize) -> Result<Vec<NodeId>, SelectError> {
    let candidates = tree.descendants(root).filter(|&id| tree.node(id).is_element());
    matching(tree, root, selector, candidates, limit)
}

/// Whether the element itself matches.
pub(super) fn is(tree: &Tree, id: NodeId, selector: &str) -> Result<bool, SelectError> {
    Ok(!matching(tree, id, selector, std::iter::once(id), 1)?.is_empty())
}

/// The nearest match among the element and its ancestors.
pub(super) fn closest(tree: &Tree, id: NodeId, selector: &str) -> Result<Option<NodeId>, SelectError> {
    let up = std::iter::once(id).chain(tree.ancestors(id)).filter(|&at| tree.node(at).is_element());
    Ok(matching(tree, id, selector, up, 1)?.first().copied())
}

fn matching(
    tree: &Tree,
    scope: NodeId,
    selector: &str,
    candidates: impl Iterator<Item = NodeId>,
    limit: usize,
) -> Result<Vec<NodeId>, SelectError> {
    let list = parse(selector)?;
    let quirks = match tree.quirks {
        HtmlQuirks::Quirks => QuirksMode::Quirks,
        HtmlQuirks::LimitedQuirks => QuirksMode::LimitedQuirks,
        HtmlQuirks::NoQuirks => QuirksMode::NoQuirks,
    };
    let steps = Cell::new(MAX_STEPS);
    let mut caches = SelectorCaches::default();
    let mut context = MatchingContext::new(
        MatchingMode::Normal,
        None,
        &mut caches,
        quirks,
        NeedsSelectorFlags::No,
        MatchingForInvalidation::No,
    );
    if tree.node(scope).is_element() {
        context.scope_element = Some(Element::new(tree, scope, &steps).opaque());
    }
    let mut found = Vec::new();
    for id in candidates {
        if found.len() >= limit {
            break;
        }
        let element = Element::new(tree, id, &steps);
        if matches_selector_list(&list, element, &mut context) {
            found.push(id);
        }
        if steps.get() == 0 {
            return Err(SelectError::TooCostly);
        }
    }
    Ok(found)
}
