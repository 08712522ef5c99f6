//! XML text to a tree, or to the `parsererror` document that browsers show.

use std::borrow::Cow;

use html5ever::{LocalName, Namespace, Prefix, QualName, ns};
use quick_xml::{
    Reader,
    escape::{resolve_xml_entity, unescape},
    events::{BytesStart, Event},
};

use super::tree::{Attribute, DOCUMENT, Kind, NodeId, Tree, html_name};

/// Deeper XML is refused, as libxml2 does.
const MAX_DEPTH: usize = 256;

/// What `XMLHttpRequest` and `DOMParser` make of a text: always a document.
pub(super) fn document(text: &str, max_nodes: usize) -> Tree {
    match parse(text, max_nodes) {
        Ok(tree) => tree,
        Err(why) => error_document(&why),
    }
}

fn error_document(why: &str) -> Tree {
    let mut tree = Tree::new(false);
    let mut at = DOCUMENT;
    for name in ["html", "body", "parsererror"] {
        let element = tree.create_element(html_name(name), Vec::new());
        tree.append(at, element);
        at = element;
    }
    for (name, text) in
        [("h3", "This page contains the following errors:"), ("div", why), ("h3", "The document could not be read.")]
    {
        let element = tree.create_element(html_name(name), Vec::new());
        let text = tree.create(Kind::Text(text.to_owned()));
        tree.append(element, text);
        tree.append(at, element);
    }
    tree
}

/// Prefixes in scope: the element's depth, the prefix, its namespace.
type Scope = Vec<(usize, String, Namespace)>;

struct Builder {
    tree: Tree,
    open: Vec<NodeId>,
    scope: Scope,
    has_root: bool,
}

fn parse(text: &str, max_nodes: usize) -> Result<Tree, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_comments = true;
    let mut builder = Builder { tree: Tree::new(false), open: Vec::new(), scope: Vec::new(), has_root: false };
    loop {
        let position = reader.buffer_position();
        let event = reader.read_event().map_err(|e| located(text, reader.error_position(), &e.to_string()))?;
        if matches!(event, Event::Eof) {
            break;
        }
        builder.take(event, position).map_err(|why| located(text, position, &why))?;
        if builder.tree.len() > max_nodes {
            return Err("The document is too large.".to_owned());
        }
    }
    if !builder.open.is_empty() {
        return Err(located(text, text.len() as u64, "an element is not closed"));
    }
    if !builder.has_root {
        return Err(located(text, text.len() as u64, "Document is empty"));
    }
    Ok(builder.tree)
}

fn located(text: &str, position: u64, why: &str) -> String {
    let position = text.floor_char_boundary(usize::try_from(position).unwrap_or(usize::MAX).min(text.len()));
    let before = text.get(..position).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
    format!("error on line {line} at column {column}: {why}")
}

impl Builder {
    fn at(&self) -> NodeId {
        self.open.last().copied().unwrap_or(DOCUMENT)
    }

    fn add(&mut self, kind: Kind) {
        let node = self.tree.create(kind);
        let at = self.at();
        self.tree.append(at, node);
    }

    fn text(&mut self, text: &str) -> Result<(), String> {
        if self.open.is_empty() {
            let blank = text.chars().all(|c| matches!(c, ' ' | '\t' | '\r' | '\n'));
            return if blank { Ok(()) } else { Err("text outside of the root element".to_owned()) };
        }
        if text.contains("]]>") {
            return Err("']]>' in text".to_owned());
        }
        legal(text)?;
        let last = self.tree.node(self.at()).last;
        if let Some(Kind::Text(old)) = last.and_then(|id| self.tree.node_mut(id)).map(|n| &mut n.kind) {
            old.push_str(text);
        } else {
            self.add(Kind::Text(text.to_owned()));
        }
        Ok(())
    }

    fn take(&mut self, event: Event<'_>, position: u64) -> Result<(), String> {
        match event {
            Event::Start(start) => {
                let element = self.element(&start)?;
                self.open.push(element);
                if self.open.len() > MAX_DEPTH {
                    return Err("elements are nested too deeply".to_owned());
                }
            }
            Event::Empty(start) => {
                self.element(&start)?;
                self.forget(self.open.len() + 1);
            }
            Event::End(_) => {
                self.forget(self.open.len());
                self.open.pop();
            }
            Event::Text(text) => self.text(&lines(&text))?,
            Event::GeneralRef(name) => {
                let text = match name.resolve_char_ref().map_err(|e| e.to_string())? {
                    Some(c) => c.to_string(),
                    None => {
                        resolve_xml_entity(&name).ok_or_else(|| format!("Entity '{}' not defined", &*name))?.to_owned()
                    }
                };
                if self.open.is_empty() {
                    return Err("a reference outside of the root element".to_owned());
                }
                // A reference may spell `]]>`, which text may not.
                let last = self.tree.node(self.at()).last;
                if let Some(Kind::Text(old)) = last.and_then(|id| self.tree.node_mut(id)).map(|n| &mut n.kind) {
                    old.push_str(&text);
                } else {
                    self.add(Kind::Text(text));
                }
            }
            Event::CData(data) => {
                if self.open.is_empty() {
                    return Err("CDATA outside of the root element".to_owned());
                }
                self.add(Kind::CData(lines(&data).into_owned()));
            }
            Event::Comment(text) => self.add(Kind::Comment(lines(&text).into_owned())),
            Event::PI(pi) => {
                if pi.target().eq_ignore_ascii_case("xml") {
                    return Err("XML declaration allowed only at the start of the document".to_owned());
                }
                let (target, data) = (pi.target().to_owned(), pi.content().trim_start().to_owned());
                self.add(Kind::Instruction { target, data });
            }
            Event::Decl(_) if position == 0 => {}
            Event::Decl(_) => {
                return Err("XML declaration allowed only at the start of the document".to_owned());
            }
            Event::DocType(text) => {
                if self.has_root {
                    return Err("a document type after the root element".to_owned());
                }
                let name = text.split_ascii_whitespace().next().unwrap_or_default().to_owned();
                self.add(Kind::Doctype { name, public: String::new(), system: String::new() });
            }
            Event::Eof => {}
        }
        Ok(())
    }

    /// Drops the prefixes of the element at that depth.
    fn forget(&mut self, depth: usize) {
        while self.scope.last().is_some_and(|(at, ..)| *at >= depth) {
            self.scope.pop();
        }
    }

    fn element(&mut self, start: &BytesStart<'_>) -> Result<NodeId, String> {
        if self.open.is_empty() && std::mem::replace(&mut self.has_root, true) {
            return Err("Extra content at the end of the document".to_owned());
        }
        let depth = self.open.len() + 1;
        let mut raw: Vec<(String, String)> = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|e| e.to_string())?;
            if attribute.value.contains('<') {
                return Err("Unescaped '<' not allowed in attributes values".to_owned());
            }
            let value = unescape(&attribute.value).map_err(|e| e.to_string())?;
            legal(&value)?;
            raw.push((attribute.key.as_ref().to_owned(), value.replace(['\t', '\n', '\r'], " ")));
        }
        for (name, value) in &raw {
            let prefix = if name == "xmlns" { Some("") } else { name.strip_prefix("xmlns:") };
            if let Some(prefix) = prefix {
                self.scope.push((depth, prefix.to_owned(), Namespace::from(value.as_str())));
            }
        }
        let name = self.name(start.name().as_ref(), true)?;
        let mut attributes: Vec<Attribute> = Vec::with_capacity(raw.len());
        for (name, value) in raw {
            attributes.push(Attribute { name: self.name(&name, false)?, value });
        }
        let element = self.tree.create_element(name, attributes);
        let at = self.at();
        self.tree.append(at, element);
        Ok(element)
    }

    fn name(&self, text: &str, element: bool) -> Result<QualName, String> {
        let (prefix, local) = text.split_once(':').map_or((None, text), |(p, l)| (Some(p), l));
        if !is_name(local) || prefix.is_some_and(|p| !is_name(p)) {
            return Err(format!("'{text}' is not a name"));
        }
        let ns = match prefix {
            Some("xml") => ns!(xml),
            Some("xmlns") => ns!(xmlns),
            None if !element => {
                if text == "xmlns" {
                    ns!(xmlns)
                } else {
                    ns!()
                }
            }
            _ => {
                let wanted = prefix.unwrap_or("");
                match self.scope.iter().rev().find(|(_, p, _)| p == wanted) {
                    Some((.., ns)) => ns.clone(),
                    None if prefix.is_none() => ns!(),
                    None => return Err(format!("Namespace prefix {wanted} on {local} is not defined")),
                }
            }
        };
        Ok(QualName::new(prefix.map(Prefix::from), ns, LocalName::from(local)))
    }
}

fn is_name(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c == '_' || c.is_alphabetic())
        && chars.all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '\u{b7}' | '\u{300}'..='\u{36f}'))
}

/// XML forbids control characters.
fn legal(text: &str) -> Result<(), String> {
    if text.chars().any(|c| c < ' ' && !matches!(c, '\t' | '\n' | '\r')) {
        return Err("a control character".to_owned());
    }
    Ok(())
}

fn lines(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text.into() }
}
