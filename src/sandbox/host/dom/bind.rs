//! The functions that `web/dom.js` is built on. Documents and nodes are numbers here.

use std::{cell::RefCell, rc::Rc};

use html5ever::ns;
use rquickjs::{Ctx, Object, Result, prelude::Func};

use super::{
    edit,
    select::{self, SelectError},
    serialize,
    store::Store,
    tree::{Kind, NodeId, Tree, html_name, plain_name, qualified},
};
use crate::sandbox::host::nullable::Nullable;

type Id = Nullable<u32>;

fn id(node: Option<NodeId>) -> Id {
    Nullable(node.map(|n| n.0))
}

fn ids(nodes: impl IntoIterator<Item = NodeId>) -> Vec<u32> {
    nodes.into_iter().map(|n| n.0).collect()
}

/// Defines a function that works on the store.
macro_rules! put {
    ($native:expr, $store:expr, $name:literal, |$s:ident $(, $arg:ident: $ty:ty)*| $body:expr) => {{
        let store = Rc::clone($store);
        $native.set($name, Func::from(move |$($arg: $ty),*| {
            let mut guard = store.borrow_mut();
            let $s = &mut *guard;
            $body
        }))?;
    }};
}

/// Puts the native half of `web/dom.js` on `native`.
pub(in crate::sandbox::host) fn install<'js>(_: &Ctx<'js>, native: &Object<'js>) -> Result<()> {
    let store = &Rc::new(RefCell::new(Store::new()));
    put!(native, store, "parse", |s, text: String, as_html: bool| Nullable(s.parse(&text, as_html)));
    put!(native, store, "free", |s, doc: u32| s.drop_tree(doc));
    install_reading(native, store)?;
    install_searching(native, store)?;
    install_writing(native, store)
}

fn install_reading(native: &Object<'_>, store: &Rc<RefCell<Store>>) -> Result<()> {
    put!(native, store, "kind", |s, doc: u32, node: u32| kind(s.tree(doc), NodeId(node)));
    put!(native, store, "quirks", |s, doc: u32| s.tree(doc).quirks == html5ever::interface::QuirksMode::Quirks);
    put!(native, store, "name", |s, doc: u32, node: u32| name(s.tree(doc), NodeId(node)));
    put!(native, store, "link", |s, doc: u32, node: u32, which: u32| id(link(s.tree(doc), NodeId(node), which)));
    put!(native, store, "children", |s, doc: u32, node: u32, elements: bool| {
        let tree = s.tree(doc);
        ids(tree.children(NodeId(node)).filter(|&c| !elements || tree.node(c).is_element()))
    });
    put!(native, store, "contains", |s, doc: u32, node: u32, other: u32| {
        s.tree(doc).contains(NodeId(node), NodeId(other))
    });
    put!(native, store, "text", |s, doc: u32, node: u32| s.tree(doc).text(NodeId(node)));
    put!(native, store, "data", |s, doc: u32, node: u32| data(s.tree(doc), NodeId(node)));
    put!(native, store, "inner", |s, doc: u32, node: u32| serialize::inner(s.tree(doc), NodeId(node)));
    put!(native, store, "outer", |s, doc: u32, node: u32| serialize::outer(s.tree(doc), NodeId(node)));
    put!(native, store, "template", |s, doc: u32, node: u32| id(s.tree(doc).template(NodeId(node))));
    put!(native, store, "attribute", |s, doc: u32, node: u32, name: String| {
        Nullable(s.tree(doc).attribute(NodeId(node), &name).map(str::to_owned))
    });
    put!(native, store, "attributes", |s, doc: u32, node: u32| {
        let all = s.tree(doc).attributes(NodeId(node));
        all.iter().flat_map(|a| [qualified(&a.name), a.value.clone()]).collect::<Vec<String>>()
    });
    Ok(())
}

fn install_searching(native: &Object<'_>, store: &Rc<RefCell<Store>>) -> Result<()> {
    put!(native, store, "select", |s, doc: u32, node: u32, selector: String, first: bool| {
        let limit = if first { 1 } else { usize::MAX };
        select::below(s.tree(doc), NodeId(node), &selector, limit).map_or_else(failed, ids)
    });
    put!(native, store, "matches", |s, doc: u32, node: u32, selector: String| {
        select::is(s.tree(doc), NodeId(node), &selector).map_or_else(code, i32::from)
    });
    put!(native, store, "closest", |s, doc: u32, node: u32, selector: String| {
        select::closest(s.tree(doc), NodeId(node), &selector).map_or_else(failed, ids)
    });
    put!(native, store, "byId", |s, doc: u32, node: u32, wanted: String| {
        let tree = s.tree(doc);
        id(tree.descendants(NodeId(node)).find(|&n| !wanted.is_empty() && tree.attribute(n, "id") == Some(&wanted)))
    });
    put!(native, store, "byTag", |s, doc: u32, node: u32, wanted: String| {
        let tree = s.tree(doc);
        ids(tree.descendants(NodeId(node)).filter(|&n| has_tag(tree, n, &wanted)))
    });
    put!(native, store, "byClass", |s, doc: u32, node: u32, wanted: String| {
        let tree = s.tree(doc);
        let classes: Vec<&str> = wanted.split_ascii_whitespace().collect();
        ids(tree.descendants(NodeId(node)).filter(|&n| has_classes(tree, n, &classes)))
    });
    Ok(())
}

fn install_writing(native: &Object<'_>, store: &Rc<RefCell<Store>>) -> Result<()> {
    put!(native, store, "setAttribute", |s, doc: u32, node: u32, name: String, value: String| {
        if let Some(tree) = s.tree_mut(doc) {
            edit::set_attribute(tree, NodeId(node), &name, value);
        }
    });
    put!(native, store, "removeAttribute", |s, doc: u32, node: u32, name: String| {
        if let Some(tree) = s.tree_mut(doc) {
            edit::remove_attribute(tree, NodeId(node), &name);
        }
    });
    put!(native, store, "setText", |s, doc: u32, node: u32, text: String| {
        s.growing(doc, 1).map(|tree| edit::set_text(tree, NodeId(node), text)).is_some()
    });
    put!(native, store, "clear", |s, doc: u32, node: u32| {
        if let Some(tree) = s.tree_mut(doc) {
            edit::clear(tree, NodeId(node));
        }
    });
    put!(native, store, "fragment", |s, doc: u32, context: String, text: String| id(s.fragment(doc, &context, &text)));
    put!(native, store, "create", |s, doc: u32, kind: u32, text: String| {
        id(s.growing(doc, 2).map(|tree| create(tree, kind, text)))
    });
    put!(native, store, "clone", |s, doc: u32, node: u32, deep: bool| {
        let size = if deep { s.tree(doc).len() } else { 2 };
        id(s.growing(doc, size).map(|tree| edit::clone(tree, NodeId(node), deep)))
    });
    put!(native, store, "insert", |s, doc: u32, parent: u32, child: u32, before: Option<u32>| {
        let tree = s.tree_mut(doc);
        Nullable(tree.and_then(|t| edit::insert(t, NodeId(parent), NodeId(child), before.map(NodeId)).err()))
    });
    put!(native, store, "detach", |s, doc: u32, node: u32| {
        if let Some(tree) = s.tree_mut(doc) {
            tree.detach(NodeId(node));
        }
    });
    Ok(())
}

/// Errors of a search, as numbers that are no nodes: the list then has a single one of these.
fn failed(error: SelectError) -> Vec<u32> {
    vec![u32::MAX - u32::from(error == SelectError::TooCostly)]
}

fn code(error: SelectError) -> i32 {
    match error {
        SelectError::Syntax => -1,
        SelectError::TooCostly => -2,
    }
}

/// `nodeType`.
fn kind(tree: &Tree, node: NodeId) -> u32 {
    match tree.node(node).kind {
        Kind::Element { .. } => 1,
        Kind::Text(_) => 3,
        Kind::CData(_) => 4,
        Kind::Instruction { .. } => 7,
        Kind::Comment(_) => 8,
        Kind::Document => 9,
        Kind::Doctype { .. } => 10,
        Kind::Fragment => 11,
    }
}

/// Qualified name, local name, prefix, namespace; or the name of what is no element.
fn name(tree: &Tree, node: NodeId) -> Vec<String> {
    match &tree.node(node).kind {
        Kind::Element { name, .. } => vec![
            qualified(name),
            name.local.to_string(),
            name.prefix.as_ref().map(ToString::to_string).unwrap_or_default(),
            name.ns.to_string(),
        ],
        Kind::Doctype { name, public, system } => vec![name.clone(), public.clone(), system.clone()],
        Kind::Instruction { target, .. } => vec![target.clone()],
        _ => Vec::new(),
    }
}

fn data(tree: &Tree, node: NodeId) -> String {
    match &tree.node(node).kind {
        Kind::Text(data) | Kind::CData(data) | Kind::Comment(data) | Kind::Instruction { data, .. } => data.clone(),
        _ => String::new(),
    }
}

/// The neighbours of a node; from 5 on, only elements.
fn link(tree: &Tree, node: NodeId, which: u32) -> Option<NodeId> {
    let start = tree.node(node);
    let element = |from: Option<NodeId>, forward: bool| {
        let mut all = std::iter::successors(from, |&at| {
            let node = tree.node(at);
            if forward { node.next } else { node.previous }
        });
        all.find(|&at| tree.node(at).is_element())
    };
    match which {
        0 => start.parent,
        1 => start.first,
        2 => start.last,
        3 => start.previous,
        4 => start.next,
        5 => start.parent.filter(|&p| tree.node(p).is_element()),
        6 => element(start.first, true),
        7 => element(start.last, false),
        8 => element(start.previous, false),
        9 => element(start.next, true),
        _ => None,
    }
}

fn has_tag(tree: &Tree, node: NodeId, wanted: &str) -> bool {
    tree.name(node).is_some_and(|name| {
        let lower = tree.html && name.ns == ns!(html);
        wanted == "*" || if lower { (*name.local).eq_ignore_ascii_case(wanted) } else { qualified(name) == wanted }
    })
}

fn has_classes(tree: &Tree, node: NodeId, wanted: &[&str]) -> bool {
    let quirks = tree.quirks == html5ever::interface::QuirksMode::Quirks;
    let same = |a: &str, b: &str| if quirks { a.eq_ignore_ascii_case(b) } else { a == b };
    !wanted.is_empty()
        && tree
            .attribute(node, "class")
            .is_some_and(|value| wanted.iter().all(|w| value.split_ascii_whitespace().any(|c| same(c, w))))
}

/// A new node by its `nodeType`.
fn create(tree: &mut Tree, kind: u32, text: String) -> NodeId {
    match kind {
        1 if tree.html => tree.create_element(html_name(&text), Vec::new()),
        1 => tree.create_element(plain_name(&text), Vec::new()),
        3 => tree.create(Kind::Text(text)),
        8 => tree.create(Kind::Comment(text)),
        _ => tree.create(Kind::Fragment),
    }
}
