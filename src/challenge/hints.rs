//! `# --hints--`: texts and test blocks in turn.

use super::blocks::{Block, BlockKind};
use super::model::Hint;
use super::outline::File;
use super::problem::{Problem, ProblemKind, Stage};

fn has_code(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Fenced(_) | BlockKind::Indented | BlockKind::Html)
}

pub(super) fn read(file: &File<'_>, problems: &mut Vec<Problem>) -> Vec<Hint> {
    let Some(section) = file.section("hints", Stage::Hints, problems) else { return Vec::new() };
    if !section.blocks.len().is_multiple_of(2) {
        problems.push(not_in_pairs(file, section.blocks));
        return Vec::new();
    }
    let before = problems.len();
    let mut hints = Vec::new();
    for pair in section.blocks.chunks_exact(2) {
        let [text, block] = pair else { continue };
        // A link definition shows nothing, so it is no text.
        if matches!(text.kind, BlockKind::Definition) {
            problems.push(Problem::error(
                ProblemKind::HintTextMissing,
                Some(Stage::Hints),
                file.position(text),
                "this hint has no text: a link definition shows nothing",
                "write the requirement as a sentence above its test block",
            ));
        }
        let Some(code) = file.code(block) else {
            problems.push(Problem::error(
                ProblemKind::HintCodeMissing,
                Some(Stage::Hints),
                file.position(block),
                format!("a test block was expected here, but this is {}", described(block)),
                "write one block that begins with ```js below each hint text, and one paragraph above it",
            ));
            continue;
        };
        let markdown = file.markdown(text.range.clone());
        let shown = match file.code(text) {
            Some(code) => code.text,
            None => text.text.clone(),
        };
        hints.push(Hint { text: shown, markdown, code });
    }
    if problems.len() > before { Vec::new() } else { hints }
}

fn described(block: &Block) -> &'static str {
    match block.kind {
        BlockKind::Paragraph => "a paragraph",
        BlockKind::Heading(_) => "a heading",
        BlockKind::Fenced(_) | BlockKind::Indented => "a code block",
        BlockKind::Html => "HTML",
        BlockKind::ThematicBreak => "a `---` line",
        BlockKind::Group => "a list, a quote or a table",
        BlockKind::Definition => "a link definition",
        BlockKind::Leaf(..) | BlockKind::Container => "a directive",
    }
}

/// Says where the turns of text and test first break.
fn not_in_pairs(file: &File<'_>, blocks: &[Block]) -> Problem {
    let odd = blocks.iter().enumerate().find(|(index, block)| has_code(block) == index.is_multiple_of(2));
    let (block, message, help) = match odd {
        Some((0, block)) => (
            Some(block),
            "the first hint has a test block but no text".to_owned(),
            "write the requirement as one paragraph above the block",
        ),
        Some((index, block)) if index.is_multiple_of(2) => (
            Some(block),
            "this test block has no hint text above it: two blocks follow one another".to_owned(),
            "write one paragraph above each block, or join the two blocks",
        ),
        Some((_, block)) => (
            Some(block),
            format!("a test block was expected here, but this is {}: hints must be in pairs", described(block)),
            "a hint is one paragraph and one ```js block; join the paragraphs or add the missing block",
        ),
        None => (
            blocks.last(),
            "the last hint has a text but no test block".to_owned(),
            "add a ```js block below it; an empty one stands for a test still to be written",
        ),
    };
    let at = block.map_or_else(|| file.lines.position(0), |block| file.position(block));
    Problem::error(ProblemKind::HintsNotInPairs, Some(Stage::Hints), at, message, help)
}
