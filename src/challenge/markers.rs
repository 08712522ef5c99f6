//! Which markers there are, where sections begin and end, and what has been refused since 2025.

use std::ops::Range;

use super::blocks::{Block, BlockKind, Document, Heading};
use super::model::Section;
use super::problem::{Problem, ProblemKind};
use super::source::Lines;

/// The names of the markers of each heading level from 1, as validated since 2025.
pub const LEVELS: [&[&str]; 4] = [
    &[
        "after-all",
        "after-each",
        "assignment",
        "before-all",
        "before-each",
        "description",
        "explanation",
        "fillInTheBlank",
        "hints",
        "instructions",
        "interactive",
        "notes",
        "questions",
        "quizzes",
        "scene",
        "seed",
        "speaking-section",
        "solutions",
        "transcript",
    ],
    &["answers", "blanks", "quiz", "seed-contents", "sentence", "speaking-audio", "text", "video-solution"],
    &["audio-id", "feedback", "question"],
    &["answer", "audio", "distractors", "text"],
];

/// Names that may not be headings at all.
const NO_HEADINGS: [&str; 1] = ["fcc-editable-region"];

/// The name in a marker: what is between the dashes.
fn name(marker: &str) -> &str {
    marker.get(2..marker.len().saturating_sub(2).max(2)).unwrap_or("")
}

pub(super) fn sections(document: &Document, lines: &Lines<'_>) -> Vec<Section> {
    let markers = document.headings.iter().filter_map(|heading| heading.marker().map(|marker| (heading, marker)));
    markers
        .map(|(heading, marker)| Section {
            name: name(marker).to_owned(),
            level: heading.level,
            span: lines.span(heading.range.clone()),
            top_level: heading.block.is_some(),
        })
        .collect()
}

/// A section of the document.
#[derive(Debug, Clone)]
pub(super) struct Found<'a> {
    pub(super) heading: &'a Heading,
    pub(super) blocks: &'a [Block],
    /// From the end of the heading to the end of the section.
    pub(super) body: Range<usize>,
}

/// Where a marker was looked for.
pub(super) enum Lookup<'a> {
    Missing,
    /// The first heading of that name is inside a list or quote.
    Nested(&'a Heading),
    Found(Found<'a>),
}

/// Finds a section: the first heading of the name, whatever its level, in the part that the `blocks` are.
pub(super) fn find<'a>(document: &'a Document, within: Option<&Found<'a>>, name: &str, end: usize) -> Lookup<'a> {
    let wanted = |text: &String| {
        text.strip_prefix("--").and_then(|rest| rest.strip_suffix("--")).is_some_and(|inner| inner == name)
    };
    let area = within.map_or(0..end, |found| found.body.clone());
    let heading = document
        .headings
        .iter()
        .filter(|heading| area.contains(&heading.range.start))
        .find(|heading| heading.texts.iter().any(wanted));
    let Some(heading) = heading else { return Lookup::Missing };
    let Some(index) = heading.block else { return Lookup::Nested(heading) };
    let rest = document.blocks.get(index + 1..).unwrap_or(&[]);
    let ends = |block: &Block| {
        if block.range.start >= area.end {
            return true;
        }
        let BlockKind::Heading(index) = block.kind else { return false };
        document.headings.get(index).is_some_and(|other| other.level <= heading.level && other.marker().is_some())
    };
    let count = rest.iter().position(ends).unwrap_or(rest.len());
    let blocks = rest.get(..count).unwrap_or(&[]);
    let stop = rest.get(count).map_or(end, |block| block.range.start);
    Lookup::Found(Found { heading, blocks, body: heading.range.end..stop.max(heading.range.end) })
}

/// What the validation of 2025 refuses, and sections that are there twice: warnings.
pub(super) fn validate(sections: &[Section], warnings: &mut Vec<Problem>) {
    for (index, section) in sections.iter().enumerate() {
        let Section { name, level, span, .. } = section;
        let hashes = "#".repeat(usize::from(*level));
        let shown = format!("{hashes} --{name}--");
        let at = span.position;
        let allowed = LEVELS.get(usize::from(*level).saturating_sub(1)).copied().unwrap_or(&[]);
        let elsewhere = LEVELS.iter().position(|names| names.contains(&name.as_str()));
        if NO_HEADINGS.contains(&name.as_str()) {
            warnings.push(Problem::warning(
                ProblemKind::MarkerNoHeading,
                at,
                format!("`{shown}` is a heading, but this marker belongs into code"),
                format!("remove the `{hashes}`, or write it inside a code block"),
            ));
        } else if allowed.contains(&name.as_str()) {
            let twice = *level == 1 && sections.iter().take(index).any(|other| other.name == *name && other.level == 1);
            if twice {
                warnings.push(Problem::warning(
                    ProblemKind::SectionRepeated,
                    at,
                    format!("the section `{shown}` is there twice, and only the first one counts"),
                    "move the contents into the first section",
                ));
            }
        } else if let Some(right) = elsewhere {
            warnings.push(Problem::warning(
                ProblemKind::MarkerLevel,
                at,
                format!("`{shown}` is at the wrong heading level; freeCodeCamp has refused this since 2025"),
                // `# --question--` of before 2024 is `# --questions--` now.
                match allowed.iter().find(|known| known.strip_suffix('s') == Some(name.as_str())) {
                    Some(plural) => format!("write `{hashes} --{plural}--`"),
                    None => format!("write `{} --{name}--`", "#".repeat(right + 1)),
                },
            ));
        } else {
            warnings.push(Problem::warning(
                ProblemKind::MarkerUnknown,
                at,
                format!("`{shown}` is no known marker, and what follows it is left out; freeCodeCamp has refused this since 2025"),
                unknown_help(name),
            ));
        }
    }
}

/// The most letters that a slip gets wrong.
const SLIP: usize = 3;

fn unknown_help(name: &str) -> String {
    let name = name.to_lowercase();
    let length = name.chars().take(100).count();
    let nearest = LEVELS
        .iter()
        .enumerate()
        .flat_map(|(level, names)| names.iter().map(move |known| (level, *known)))
        // Names of other lengths are further away than that, and finding out how far takes long in a file of many markers.
        .filter(|(_, known)| known.len().abs_diff(length) <= SLIP)
        .map(|(level, known)| (strsim::damerau_levenshtein(known, &name), level, known))
        .min_by_key(|(distance, ..)| *distance)
        .filter(|(distance, ..)| *distance <= SLIP);
    match nearest {
        Some((_, level, known)) => format!("did you mean `{} --{known}--`?", "#".repeat(level + 1)),
        None => {
            "markers stay in English: `# --description--`, `# --hints--`, `# --seed--`, `# --solutions--`".to_owned()
        }
    }
}
