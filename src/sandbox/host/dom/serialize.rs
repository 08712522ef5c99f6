//! A tree back to text: `innerHTML`, `outerHTML` and `XMLSerializer`.

use html5ever::ns;

use super::tree::{Kind, NodeId, Tree, qualified};

const VOID: [&str; 18] = [
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
    "meta", "param", "source", "track", "wbr",
];
const RAW: [&str; 7] = ["style", "script", "xmp", "iframe", "noembed", "noframes", "plaintext"];

enum Step {
    Open(NodeId),
    Close(NodeId),
}

/// The children of `root` as text.
pub(super) fn inner(tree: &Tree, root: NodeId) -> String {
    write(tree, children(tree, root))
}

/// `root` itself as text.
pub(super) fn outer(tree: &Tree, root: NodeId) -> String {
    write(tree, vec![Step::Open(root)])
}

/// The children in reverse, as the stack wants them; a template shows its contents.
fn children(tree: &Tree, id: NodeId) -> Vec<Step> {
    let from = tree.template(id).unwrap_or(id);
    std::iter::successors(tree.node(from).last, |&c| tree.node(c).previous).map(Step::Open).collect()
}

fn write(tree: &Tree, mut steps: Vec<Step>) -> String {
    let mut out = String::new();
    while let Some(step) = steps.pop() {
        match step {
            Step::Close(id) => {
                if let Some(name) = tree.name(id) {
                    out.push_str("</");
                    out.push_str(&qualified(name));
                    out.push('>');
                }
            }
            Step::Open(id) => {
                open(tree, id, &mut out);
                if tree.name(id).is_some() && !is_empty(tree, id) {
                    steps.push(Step::Close(id));
                }
                if !is_void(tree, id) {
                    steps.extend(children(tree, id));
                }
            }
        }
    }
    out
}

fn is_void(tree: &Tree, id: NodeId) -> bool {
    tree.html && tree.name(id).is_some_and(|name| name.ns == ns!(html) && VOID.contains(&&*name.local))
}

/// True if the element is written without an end tag.
fn is_empty(tree: &Tree, id: NodeId) -> bool {
    is_void(tree, id) || (!tree.html && tree.node(id).first.is_none())
}

fn open(tree: &Tree, id: NodeId, out: &mut String) {
    match &tree.node(id).kind {
        Kind::Document | Kind::Fragment => {}
        Kind::Doctype { name, .. } => {
            out.push_str("<!DOCTYPE ");
            out.push_str(name);
            out.push('>');
        }
        Kind::Comment(text) => {
            out.push_str("<!--");
            out.push_str(text);
            out.push_str("-->");
        }
        Kind::CData(text) => {
            out.push_str("<![CDATA[");
            out.push_str(text);
            out.push_str("]]>");
        }
        Kind::Instruction { target, data } => {
            out.push_str("<?");
            out.push_str(target);
            out.push(' ');
            out.push_str(data);
            out.push_str(if tree.html { ">" } else { "?>" });
        }
        Kind::Text(text) => {
            let parent = tree.node(id).parent.and_then(|p| tree.name(p));
            if tree.html && parent.is_some_and(|name| name.ns == ns!(html) && RAW.contains(&&*name.local)) {
                out.push_str(text);
            } else {
                escape(text, false, out);
            }
        }
        Kind::Element { name, attributes, .. } => {
            out.push('<');
            out.push_str(&qualified(name));
            for attribute in attributes {
                out.push(' ');
                out.push_str(&qualified(&attribute.name));
                out.push_str("=\"");
                escape(&attribute.value, true, out);
                out.push('"');
            }
            out.push_str(if !is_void(tree, id) && is_empty(tree, id) { "/>" } else { ">" });
        }
    }
}

fn escape(text: &str, attribute: bool, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '\u{a0}' => out.push_str("&nbsp;"),
            '"' if attribute => out.push_str("&quot;"),
            '<' if !attribute => out.push_str("&lt;"),
            '>' if !attribute => out.push_str("&gt;"),
            _ => out.push(c),
        }
    }
}
