//! The Markdown of a file as the list of its top level blocks.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, OffsetIter, Options, Parser, Tag, TagEnd};

use super::directive;
use super::source::{line_at, without_ending};

/// A child of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) kind: BlockKind,
    /// Bytes in the file, from the first character of the block.
    pub(super) range: Range<usize>,
    /// What a reader sees, without markup; kept for blocks that may be hint texts.
    pub(super) text: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum BlockKind {
    Paragraph,
    /// Index into [`Document::headings`].
    Heading(usize),
    Fenced(Option<String>),
    Indented,
    Html,
    ThematicBreak,
    /// A list, quote or table.
    Group,
    Definition,
    /// `::name{..}`: its name and its attributes.
    Leaf(String, String),
    Container,
}

/// A heading anywhere in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) level: u8,
    pub(super) range: Range<usize>,
    /// The text nodes that are direct children.
    pub(super) texts: Vec<String>,
    /// Whether the first child is a text node.
    pub(super) text_first: bool,
    /// The index of its block, if it is a child of the document itself.
    pub(super) block: Option<usize>,
}

impl Heading {
    /// The marker, if the heading is one: `--name--`.
    pub(super) fn marker(&self) -> Option<&str> {
        let first = self.texts.first().filter(|_| self.text_first)?;
        (first.starts_with("--") && first.ends_with("--")).then_some(first.as_str())
    }
}

#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) blocks: Vec<Block>,
    pub(super) headings: Vec<Heading>,
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH
}

/// Reads the Markdown of `text` from `base` on.
pub(super) fn read(text: &str, base: usize) -> Document {
    // A lone CR ends a line, but not everywhere in the reader; LF is as long, so offsets stay.
    let text = if lone_carriage_return(text) { Cow::Owned(only_line_feeds(text)) } else { Cow::Borrowed(text) };
    let mut document = Document::default();
    segment(&text, base, text.len(), false, &mut 0, &mut document);
    document
}

fn lone_carriage_return(text: &str) -> bool {
    text.match_indices('\r').any(|(at, _)| text.as_bytes().get(at + 1) != Some(&b'\n'))
}

fn only_line_feeds(text: &str) -> String {
    text.char_indices()
        .map(|(at, character)| match character {
            '\r' if text.as_bytes().get(at + 1) != Some(&b'\n') => '\n',
            other => other,
        })
        .collect()
}

/// More containers than this are read as text: each one costs another look at the rest of the file.
const MAX_CONTAINERS: usize = 8;

/// Reads `text[base..end]`. Inside a container only headings are recorded.
fn segment(text: &str, base: usize, end: usize, nested: bool, containers: &mut usize, document: &mut Document) {
    let mut base = base;
    while base < end {
        let Some(part) = text.get(base..end) else { return };
        let mut reader = Reader::new(part, base, nested, *containers < MAX_CONTAINERS);
        let Some((start, colons)) = reader.run(text, document) else { return };
        *containers += 1;
        let inner = start + line_at(text, start).len();
        let (close, after) = container_end(text, inner, end, colons);
        if !nested {
            document.blocks.push(Block { kind: BlockKind::Container, range: start..close, text: String::new() });
        }
        segment(text, inner, close, true, containers, document);
        base = after;
    }
}

fn container_end(text: &str, inner: usize, end: usize, colons: usize) -> (usize, usize) {
    let mut at = inner;
    while at < end {
        let line = line_at(text, at);
        if directive::closes(without_ending(line), colons) {
            return (at, at + line.len());
        }
        at += line.len();
    }
    (end, end)
}

struct Reader<'a> {
    base: usize,
    part: &'a str,
    nested: bool,
    containers: bool,
    events: OffsetIter<'a>,
    definitions: Vec<usize>,
}

impl<'a> Reader<'a> {
    fn new(part: &'a str, base: usize, nested: bool, containers: bool) -> Self {
        let events = Parser::new_ext(part, options()).into_offset_iter();
        let mut definitions: Vec<usize> =
            events.reference_definitions().iter().map(|(_, definition)| definition.span.start).collect();
        definitions.sort_unstable();
        Self { base, part, nested, containers, events, definitions }
    }

    /// Adds the blocks until the end or until a container begins, whose place and colons are returned.
    fn run(&mut self, text: &str, document: &mut Document) -> Option<(usize, usize)> {
        let mut covered = 0;
        while let Some((event, range)) = self.events.next() {
            let start = self.base + range.start;
            self.gap(covered..range.start, document);
            covered = covered.max(range.end);
            let range = start..self.base + range.end;
            let index = document.blocks.len();
            let kind = match event {
                Event::Start(Tag::Paragraph) => {
                    let body = self.collect(document);
                    if let Some(container) = self.paragraph(text, range, body, document) {
                        return Some(container);
                    }
                    continue;
                }
                Event::Start(Tag::Heading { level, .. }) => {
                    let body = self.heading(level as u8, range.clone(), (!self.nested).then_some(index), document);
                    let kind = BlockKind::Heading(document.headings.len() - 1);
                    self.push(document, kind, range, body);
                    continue;
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    self.skip();
                    match kind {
                        CodeBlockKind::Indented => BlockKind::Indented,
                        CodeBlockKind::Fenced(info) => {
                            BlockKind::Fenced(info.split_whitespace().next().map(str::to_owned))
                        }
                    }
                }
                Event::Start(Tag::HtmlBlock) => {
                    self.skip();
                    let slice = text.get(range.clone()).unwrap_or("").trim_end().to_owned();
                    self.push(document, BlockKind::Html, range, slice);
                    continue;
                }
                Event::Rule => BlockKind::ThematicBreak,
                Event::Start(_) => {
                    let body = self.collect(document);
                    self.push(document, BlockKind::Group, range, body);
                    continue;
                }
                _ => continue,
            };
            self.push(document, kind, range, String::new());
        }
        self.gap(covered..self.part.len(), document);
        None
    }

    fn push(&self, document: &mut Document, kind: BlockKind, range: Range<usize>, text: String) {
        if !self.nested {
            document.blocks.push(Block { kind, range, text });
        }
    }

    /// Text between two blocks that no event speaks of: link definitions, which are nodes of their own.
    fn gap(&self, gap: Range<usize>, document: &mut Document) {
        let Some(between) = self.part.get(gap.clone()) else { return };
        if between.trim_matches([' ', '\t', '\r', '\n']).is_empty() {
            return;
        }
        let first = self.definitions.partition_point(|start| *start < gap.start);
        let known: Vec<usize> =
            self.definitions.iter().skip(first).copied().take_while(|start| *start < gap.end).collect();
        let starts = if known.is_empty() { vec![gap.start] } else { known };
        for (index, start) in starts.iter().enumerate() {
            let end = starts.get(index + 1).copied().unwrap_or(gap.end);
            self.push(document, BlockKind::Definition, self.base + start..self.base + end, String::new());
        }
    }

    /// Skips to the end of the block that was just begun.
    fn skip(&mut self) {
        let mut depth = 1usize;
        while depth > 0 {
            match self.events.next() {
                Some((Event::Start(_), _)) => depth += 1,
                Some((Event::End(_), _)) => depth -= 1,
                Some(_) => {}
                None => return,
            }
        }
    }

    /// The plain text up to the end of the block that was just begun; headings in it are recorded as nested.
    fn collect(&mut self, document: &mut Document) -> String {
        let mut plain = Plain::default();
        let mut depth = 1usize;
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::Start(Tag::Heading { level, .. }) => {
                    let range = self.base + range.start..self.base + range.end;
                    let body = self.heading(level as u8, range, None, document);
                    plain.flush();
                    plain.out.push_str(&body);
                    continue;
                }
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
            plain.add(&event);
        }
        plain.finish()
    }

    /// Reads a heading to its end and records it. Returns its plain text.
    fn heading(&mut self, level: u8, range: Range<usize>, block: Option<usize>, document: &mut Document) -> String {
        let mut plain = Plain::default();
        let mut texts = Vec::new();
        let mut current: Option<String> = None;
        let mut text_first = false;
        let mut seen = false;
        let mut depth = 0usize;
        for (event, _) in self.events.by_ref() {
            if matches!(event, Event::End(TagEnd::Heading(_))) {
                break;
            }
            plain.add(&event);
            let direct = depth == 0;
            match &event {
                Event::Text(text) if direct => {
                    text_first |= !seen;
                    current.get_or_insert_default().push_str(text);
                }
                // A line break inside a setext heading is part of its text.
                Event::SoftBreak if direct => current.get_or_insert_default().push('\n'),
                _ => texts.extend(current.take()),
            }
            seen = true;
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        texts.extend(current);
        document.headings.push(Heading { level, range, texts, text_first, block });
        plain.finish()
    }

    /// Adds a paragraph, cut where directives stand on lines of their own.
    fn paragraph(
        &self,
        text: &str,
        range: Range<usize>,
        body: String,
        document: &mut Document,
    ) -> Option<(usize, usize)> {
        if !text.get(range.clone()).is_some_and(|slice| slice.contains("::")) {
            self.push(document, BlockKind::Paragraph, range, body);
            return None;
        }
        let mut piece = range.start;
        let mut at = range.start;
        let mut cut = false;
        while at < range.end {
            let line = line_at(text, at);
            let next = at + line.len();
            match directive::line(without_ending(line)) {
                Some(directive::Line::Container { colons }) if self.containers => {
                    self.rest(text, piece..at, document);
                    return Some((at, colons));
                }
                Some(directive::Line::Leaf { name, attributes }) => {
                    cut = true;
                    self.rest(text, piece..at, document);
                    let kind = BlockKind::Leaf(name.to_owned(), attributes.to_owned());
                    let line = without_ending(line).trim_end();
                    let shown = directive::restore(line).unwrap_or_else(|| line.trim().to_owned());
                    self.push(document, kind, at..at + line.len(), shown);
                    piece = next;
                }
                _ => {}
            }
            at = next;
        }
        if cut {
            self.rest(text, piece..range.end, document);
        } else {
            self.push(document, BlockKind::Paragraph, range, body);
        }
        None
    }

    /// A piece of a paragraph that a directive cut off.
    fn rest(&self, text: &str, range: Range<usize>, document: &mut Document) {
        let slice = text.get(range.clone()).unwrap_or("");
        if !slice.trim().is_empty() {
            self.push(document, BlockKind::Paragraph, range, plain(slice));
        }
    }
}

/// Gathers what a reader sees. Raw HTML stays, as the official parser keeps it; line breaks by two blanks vanish.
#[derive(Default)]
struct Plain {
    out: String,
    run: String,
}

impl Plain {
    fn add(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(text) => self.run.push_str(text),
            Event::SoftBreak => self.run.push('\n'),
            Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                self.flush();
                self.out.push_str(text);
            }
            _ => self.flush(),
        }
    }

    fn flush(&mut self) {
        match directive::restore(&self.run) {
            Some(text) => self.out.push_str(&text),
            None => self.out.push_str(&self.run),
        }
        self.run.clear();
    }

    fn finish(mut self) -> String {
        self.flush();
        self.out
    }
}

fn plain(markdown: &str) -> String {
    let mut plain = Plain::default();
    for event in Parser::new_ext(markdown, options()) {
        plain.add(&event);
    }
    plain.finish()
}

/// Markdown as HTML.
pub(super) fn html(markdown: &str) -> String {
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, Parser::new_ext(markdown, options()));
    out.truncate(out.trim_end().len());
    out
}
