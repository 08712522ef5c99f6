//! `# --before-all--` and its kin: exactly one JavaScript block each.

use super::blocks::BlockKind;
use super::code::Code;
use super::model::Hooks;
use super::outline::File;
use super::problem::{Problem, ProblemKind, Stage};

pub(super) fn read(file: &File<'_>, problems: &mut Vec<Problem>) -> Hooks {
    Hooks {
        before_all: hook(file, "before-all", problems),
        before_each: hook(file, "before-each", problems),
        after_each: hook(file, "after-each", problems),
        after_all: hook(file, "after-all", problems),
    }
}

fn hook(file: &File<'_>, name: &str, problems: &mut Vec<Problem>) -> Option<Code> {
    let section = file.section(name, Stage::Hooks, problems)?;
    let heading = file.lines.position(section.heading.range.start);
    let mut wrong = |at, message: String| {
        problems.push(Problem::error(
            ProblemKind::HookInvalid,
            Some(Stage::Hooks),
            at,
            message,
            format!("write exactly one block that begins with ```js below `# --{name}--`"),
        ));
    };
    let [block] = section.blocks else {
        let (at, message) = match section.blocks.get(1) {
            Some(second) => {
                (file.position(second), format!("`--{name}--` has {} blocks, but takes one", section.blocks.len()))
            }
            None => (heading, format!("`--{name}--` has no code block")),
        };
        wrong(at, message);
        return None;
    };
    match &block.kind {
        BlockKind::Fenced(Some(language)) if matches!(language.as_str(), "js" | "javascript") => file.code(block),
        BlockKind::Fenced(Some(language)) => {
            wrong(file.position(block), format!("`--{name}--` must be JavaScript, but this block is `{language}`"));
            None
        }
        BlockKind::Fenced(None) | BlockKind::Indented => {
            wrong(file.position(block), format!("the block of `--{name}--` does not say that it is JavaScript"));
            None
        }
        _ => {
            wrong(file.position(block), format!("`--{name}--` must contain a code block"));
            None
        }
    }
}
