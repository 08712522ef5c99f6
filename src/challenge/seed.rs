//! `# --seed--` and `# --solutions--`: only checked, since nothing here runs them.

use super::blocks::{Block, BlockKind};
use super::directive;
use super::markers::{self, Lookup};
use super::outline::File;
use super::problem::{Problem, ProblemKind, Stage};

const LANGUAGES: [(&str, &str); 11] = [
    ("css", "css"),
    ("html", "html"),
    ("javascript", "js"),
    ("js", "js"),
    ("json", "json"),
    ("jsx", "jsx"),
    ("py", "py"),
    ("python", "py"),
    ("ts", "ts"),
    ("tsx", "tsx"),
    ("typescript", "ts"),
];

const REGION: &str = "--fcc-editable-region--";
const BROKEN_REGION: &str = "--fcc - editable - region--";

pub(super) fn check(file: &File<'_>, problems: &mut Vec<Problem>) {
    if let Some(seed) = file.section("seed", Stage::Seed, problems).filter(|seed| !seed.blocks.is_empty()) {
        match markers::find(file.document, Some(&seed), "seed-contents", file.text.len()) {
            Lookup::Found(contents) if !contents.blocks.is_empty() => {
                code_only(file, contents.blocks, Stage::Seed, problems);
            }
            _ => problems.push(Problem::error(
                ProblemKind::SeedContentsMissing,
                Some(Stage::Seed),
                file.lines.position(seed.heading.range.start),
                "`# --seed--` has no `## --seed-contents--` with a code block",
                "add `## --seed-contents--` and a code block, or leave the section empty",
            )),
        }
    }
    if let Some(solutions) = file.section("solutions", Stage::Solutions, problems) {
        for solution in solutions.blocks.split(|block| matches!(block.kind, BlockKind::ThematicBreak)) {
            code_only(file, solution, Stage::Solutions, problems);
        }
    }
}

/// One file of a seed: all blocks of a language.
struct Part {
    language: &'static str,
    regions: usize,
    first: super::source::Position,
}

fn code_only(file: &File<'_>, blocks: &[Block], stage: Stage, problems: &mut Vec<Problem>) {
    let mut parts: Vec<Part> = Vec::new();
    // Most files have no editable region; taking their code out would be for nothing.
    let marked = file.text.contains("--fcc");
    for (index, block) in blocks.iter().enumerate() {
        let at = file.position(block);
        match &block.kind {
            BlockKind::Fenced(_) | BlockKind::Indented => {
                if let Some(language) = language(block) {
                    let regions =
                        if marked { file.code(block).map_or(0, |code| regions(&code, stage, problems)) } else { 0 };
                    match parts.iter_mut().find(|part| part.language == language) {
                        Some(part) => part.regions += regions,
                        None => parts.push(Part { language, regions, first: at }),
                    }
                } else {
                    problems.push(unsupported(block, stage, at));
                }
            }
            BlockKind::Leaf(name, attributes) if name == "id" && directive::id(attributes).is_some() => {
                let next = blocks.get(index + 1).and_then(language);
                if !next.is_some_and(|next| parts.iter().all(|part| part.language != next)) {
                    problems.push(Problem::error(
                        ProblemKind::CodeOnly,
                        Some(stage),
                        at,
                        "`::id` must stand directly before the first code block of a language",
                        "move it there, or remove it",
                    ));
                }
            }
            _ => problems.push(Problem::error(
                ProblemKind::CodeOnly,
                Some(stage),
                at,
                format!("only code blocks may stand in the {}", stage.name()),
                "remove it, or write it as a comment in the code",
            )),
        }
    }
    if stage != Stage::Seed {
        return;
    }
    for part in parts.iter().filter(|part| !matches!(part.regions, 0 | 2)) {
        problems.push(Problem::error(
            ProblemKind::EditableRegion,
            Some(stage),
            part.first,
            format!("the {} code has {} `{REGION}` lines, but needs none or two", part.language, part.regions),
            format!("put one `{REGION}` line before and one after what the learner edits"),
        ));
    }
}

fn language(block: &Block) -> Option<&'static str> {
    let BlockKind::Fenced(Some(language)) = &block.kind else { return None };
    LANGUAGES.iter().find(|(name, _)| name == language).map(|(_, short)| *short)
}

fn unsupported(block: &Block, stage: Stage, at: super::source::Position) -> Problem {
    let message = match &block.kind {
        BlockKind::Fenced(Some(language)) => format!("`{language}` is not a supported language"),
        _ => "this code block does not name its language".to_owned(),
    };
    Problem::error(
        ProblemKind::LanguageUnknown,
        Some(stage),
        at,
        message,
        "the languages are js, css, html, jsx, py, ts, tsx and json",
    )
}

/// Counts the lines that mark an editable region.
fn regions(code: &super::code::Code, stage: Stage, problems: &mut Vec<Problem>) -> usize {
    let mut count = 0;
    let mut at = 0;
    for line in code.text.split_inclusive('\n') {
        let found = line.matches(REGION).count();
        let problem = if line.contains(BROKEN_REGION) {
            Some("the marker of the editable region is broken")
        } else if found > 1 {
            Some("there are two markers of the editable region on one line")
        } else if found > 0 && stage == Stage::Solutions {
            Some("a solution has a marker of the editable region")
        } else {
            None
        };
        if let Some(message) = problem {
            let help = if stage == Stage::Solutions {
                format!("remove `{REGION}`")
            } else {
                format!("write `{REGION}` on a line of its own")
            };
            let place = code.position(at);
            problems.push(Problem::error(ProblemKind::EditableRegion, Some(stage), place, message, help));
        }
        count += found;
        at += line.len();
    }
    count
}
