//! Changes to a tree that scripts ask for.

use super::{
    html,
    tree::{Attribute, Kind, NodeId, Tree, is_named, plain_name},
};

/// The name of the `DOMException` for a change that would break the tree.
const HIERARCHY: &str = "HierarchyRequestError";

/// Sets an attribute by its qualified name.
pub(super) fn set_attribute(tree: &mut Tree, id: NodeId, name: &str, value: String) {
    tree.with(id, |node| {
        if let Kind::Element { attributes, .. } = &mut node.kind {
            match attributes.iter_mut().find(|a| is_named(&a.name, name)) {
                Some(found) => found.value = value,
                None => attributes.push(Attribute { name: plain_name(name), value }),
            }
        }
    });
}

pub(super) fn remove_attribute(tree: &mut Tree, id: NodeId, name: &str) {
    tree.with(id, |node| {
        if let Kind::Element { attributes, .. } = &mut node.kind {
            attributes.retain(|a| !is_named(&a.name, name));
        }
    });
}

/// `textContent = text`: the children go, one text node comes.
pub(super) fn set_text(tree: &mut Tree, id: NodeId, text: String) {
    match &mut tree.node_mut(id).map(|node| &mut node.kind) {
        Some(Kind::Text(data) | Kind::CData(data) | Kind::Comment(data) | Kind::Instruction { data, .. }) => {
            *data = text;
        }
        Some(Kind::Element { .. } | Kind::Fragment) => {
            clear(tree, id);
            if !text.is_empty() {
                let node = tree.create(Kind::Text(text));
                tree.append(id, node);
            }
        }
        _ => {}
    }
}

pub(super) fn clear(tree: &mut Tree, id: NodeId) {
    while let Some(child) = tree.node(id).first {
        tree.detach(child);
    }
}

/// Parses `text` as the content of an element of that name, into a new fragment of `tree`.
pub(super) fn parse_into(tree: &mut Tree, context: &str, text: &str, max_nodes: usize) -> Option<NodeId> {
    let parsed = html::fragment(text, context, max_nodes)?;
    let fragment = tree.create(Kind::Fragment);
    if let Some(root) = html::fragment_root(&parsed) {
        let children: Vec<NodeId> = parsed.children(root).collect();
        for child in children {
            let copy = copy(&parsed, child, tree);
            tree.append(fragment, copy);
        }
    }
    Some(fragment)
}

/// A copy of a node within its tree, with all that is below it if `deep`.
pub(super) fn clone(tree: &mut Tree, id: NodeId, deep: bool) -> NodeId {
    if !deep {
        return bare(tree.node(id).kind.clone(), tree);
    }
    let top = bare(tree.node(id).kind.clone(), tree);
    let mut work = vec![(id, top)];
    while let Some((from, to)) = work.pop() {
        let children: Vec<NodeId> = tree.children(from).collect();
        for child in children {
            let copy = bare(tree.node(child).kind.clone(), tree);
            tree.append(to, copy);
            work.push((child, copy));
        }
        if let (Some(from), Some(to)) = (tree.template(from), tree.template(to)) {
            work.push((from, to));
        }
    }
    top
}

/// Copies a node and all below it from one tree to another.
fn copy(source: &Tree, id: NodeId, target: &mut Tree) -> NodeId {
    let top = bare(source.node(id).kind.clone(), target);
    let mut work = vec![(id, top)];
    while let Some((from, to)) = work.pop() {
        for child in source.children(from) {
            let copy = bare(source.node(child).kind.clone(), target);
            target.append(to, copy);
            work.push((child, copy));
        }
        if let (Some(from), Some(to)) = (source.template(from), target.template(to)) {
            work.push((from, to));
        }
    }
    top
}

/// A new node of that kind, with a template fragment of its own.
fn bare(kind: Kind, target: &mut Tree) -> NodeId {
    match kind {
        Kind::Element { name, attributes, .. } => target.create_element(name, attributes),
        other => target.create(other),
    }
}

/// Puts a node (or the children of a fragment) below `parent`; the name of the error if that is not allowed.
pub(super) fn insert(
    tree: &mut Tree,
    parent: NodeId,
    child: NodeId,
    before: Option<NodeId>,
) -> Result<(), &'static str> {
    let holds = matches!(tree.node(parent).kind, Kind::Element { .. } | Kind::Fragment | Kind::Document);
    if !holds || tree.contains(child, parent) || matches!(tree.node(child).kind, Kind::Document) {
        return Err(HIERARCHY);
    }
    if before.is_some_and(|b| tree.node(b).parent != Some(parent)) {
        return Err("NotFoundError");
    }
    if matches!(tree.node(child).kind, Kind::Fragment) {
        while let Some(first) = tree.node(child).first {
            tree.insert(parent, first, before);
        }
    } else if before != Some(child) {
        tree.insert(parent, child, before);
    }
    Ok(())
}
