//! Reads every part of a file and gathers the problems.

use super::blocks::{Block, BlockKind, Document};
use super::code::Code;
use super::markers::{self, Found, Lookup};
use super::model::{Markdown, Outline};
use super::problem::{Problem, ProblemKind, Stage};
use super::source::{Lines, Position, line_at, without_ending};
use super::{hints, hooks, seed};

/// What the readers of the parts share.
pub(super) struct File<'a> {
    pub(super) text: &'a str,
    pub(super) lines: &'a Lines<'a>,
    pub(super) document: &'a Document,
}

impl<'a> File<'a> {
    /// Finds a section; a marker that is not at the top level is a problem.
    pub(super) fn section(&self, name: &str, stage: Stage, problems: &mut Vec<Problem>) -> Option<Found<'a>> {
        match markers::find(self.document, None, name, self.text.len()) {
            Lookup::Missing => None,
            Lookup::Found(found) => Some(found),
            Lookup::Nested(heading) => {
                problems.push(Problem::error(
                    ProblemKind::SectionNested,
                    Some(stage),
                    self.lines.position(heading.range.start),
                    format!("the marker `--{name}--` is inside a list or a quote, where no section can begin"),
                    "write the marker at the start of its line, with a blank line before it",
                ));
                None
            }
        }
    }

    pub(super) fn position(&self, block: &Block) -> Position {
        self.lines.position(block.range.start)
    }

    /// The code of a block that can hold some.
    pub(super) fn code(&self, block: &Block) -> Option<Code> {
        let start = self.lines.line_start(block.range.start);
        match &block.kind {
            BlockKind::Fenced(language) => {
                Code::fenced(self.text, self.lines, start, self.text.len(), language.clone()).map(|(code, _)| code)
            }
            BlockKind::Indented => Some(Code::indented(self.text, self.lines, start, block.range.end)),
            BlockKind::Html => Some(Code::verbatim(self.text, self.lines, start, block.range.end)),
            _ => None,
        }
    }

    /// The source of a block or section without the blank lines around it.
    pub(super) fn markdown(&self, range: std::ops::Range<usize>) -> Markdown {
        let slice = self.text.get(range.clone()).unwrap_or("");
        // Blanks at the end of the last line stay, as in the official parser's source slices.
        let last = slice.trim_end().len();
        let kept = slice.get(..last + without_ending(line_at(slice, last)).len()).unwrap_or(slice);
        let mut start = 0;
        while start < kept.len() {
            let line = line_at(kept, start);
            if !line.trim().is_empty() {
                break;
            }
            start += line.len();
        }
        let span = self.lines.span(range.start + start..range.start + kept.len().max(start));
        Markdown { text: kept.get(start..).unwrap_or("").to_owned(), span }
    }

    fn prose(&self, name: &str, problems: &mut Vec<Problem>) -> Option<Markdown> {
        self.section(name, Stage::Text, problems).map(|found| self.markdown(found.body))
    }
}

/// Reads all parts but the front matter.
pub(super) fn read(file: &File<'_>, problems: &mut Vec<Problem>) -> Outline {
    let sections = markers::sections(file.document, file.lines);
    markers::validate(&sections, problems);
    unclosed(file, problems);
    imports(file, problems);
    seed::check(file, problems);
    Outline {
        front_matter: None,
        sections,
        hints: hints::read(file, problems),
        hooks: hooks::read(file, problems),
        description: file.prose("description", problems),
        instructions: file.prose("instructions", problems),
        notes: file.prose("notes", problems),
    }
}

/// Only the last fenced block of a document can be open.
fn unclosed(file: &File<'_>, problems: &mut Vec<Problem>) {
    let last = file.document.blocks.iter().rev().find(|block| matches!(block.kind, BlockKind::Fenced(_)));
    let Some(block) = last else { return };
    let start = file.lines.line_start(block.range.start);
    let code = Code::fenced(file.text, file.lines, start, file.text.len(), None);
    if let Some((_, false)) = code {
        problems.push(Problem::warning(
            ProblemKind::FenceUnclosed,
            file.position(block),
            "this code block is never closed: everything to the end of the file is code",
            "close it with a line of the same marks that opened it",
        ));
    }
}

fn imports(file: &File<'_>, problems: &mut Vec<Problem>) {
    for block in &file.document.blocks {
        let BlockKind::Leaf(name, attributes) = &block.kind else { continue };
        if name == "import" && (attributes.contains("component") || attributes.contains("from")) {
            problems.push(Problem::warning(
                ProblemKind::Import,
                file.position(block),
                "`::import` takes text from another file, which is not read here",
                "write the text into this file",
            ));
        }
    }
}
