//! The whole file: front matter, sections, and the rules that are our own.

use super::blocks;
use super::dialect;
use super::front_matter::{self, Fences, FrontMatter};
use super::model::{Challenge, Outline};
use super::outline::{self, File};
use super::problem::{ParseErrors, Problem, ProblemKind, Severity};
use super::source::{Lines, Position, Source};

/// Types that are graded by URL; a file of these without hints deserves a word.
const BACK_END: [u32; 2] = [2, 4];

/// Reads a challenge file. All problems are reported at once.
pub fn parse(source: &Source) -> Result<Challenge, ParseErrors> {
    let text = source.text.as_str();
    let lines = Lines::new(text);
    let mut problems = Vec::new();
    let mut keys = None;
    let old = dialect::older(text, &lines);
    let fences = front_matter::locate(text);
    let body = match &fences {
        Fences::Found { body, .. } => *body,
        Fences::Missing | Fences::Unclosed => 0,
    };
    let document = blocks::read(text, body);
    let file = File { text, lines: &lines, document: &document };
    let mut outline = outline::read(&file, &mut problems);
    match fences {
        Fences::Found { yaml, .. } => match front_matter::read(text, yaml, &lines) {
            Ok(front_matter) => {
                keys = required(&front_matter, &mut problems);
                outline.front_matter = Some(front_matter);
            }
            Err(problem) => problems.push(*problem),
        },
        // JSON never has front matter: one reason is enough.
        Fences::Missing | Fences::Unclosed if old.is_some() => {}
        Fences::Missing => problems.push(missing_front_matter(text, &lines)),
        Fences::Unclosed => problems.push(Problem::error(
            ProblemKind::FrontMatterUnclosed,
            None,
            Position { line: 1, column: 1 },
            "the front matter has no closing `---`",
            "write `---` on a line of its own after the last key",
        )),
    }
    let back_end = keys.as_ref().is_some_and(|keys| BACK_END.contains(&keys.challenge_type));
    if back_end && old.is_none() && !outline.sections.iter().any(|section| section.name == "hints") {
        problems.push(Problem::warning(
            ProblemKind::HintsMissing,
            lines.position(body),
            "there is no `# --hints--`, so there is nothing to check",
            "add `# --hints--` and below it, for each requirement, a paragraph and a ```js block",
        ));
    }
    problems.extend(old);
    problems.sort_by_key(|problem| (problem.line, problem.column));
    let failed = problems.iter().any(|problem| problem.severity == Severity::Error);
    match (keys, failed) {
        (Some(keys), false) => Ok(challenge(keys, outline, problems)),
        _ => Err(ParseErrors { name: source.name.clone(), problems, outline: Box::new(outline) }),
    }
}

fn challenge(keys: Keys, outline: Outline, warnings: Vec<Problem>) -> Challenge {
    let Outline { front_matter, sections, description, instructions, notes, hints, hooks } = outline;
    let Keys { id, title, challenge_type, dashed_name, order } = keys;
    let front_matter = front_matter.unwrap_or_default();
    Challenge {
        id,
        title,
        challenge_type,
        dashed_name,
        order,
        front_matter,
        sections,
        description,
        instructions,
        notes,
        hints,
        hooks,
        warnings,
    }
}

fn missing_front_matter(text: &str, lines: &Lines<'_>) -> Problem {
    let blank = text.len() - text.trim_start().len();
    let late = text.get(blank..).is_some_and(|rest| rest.starts_with("---"));
    let (message, help) = if late {
        ("the front matter must begin in the first column of the first line", "remove what is before the first `---`")
    } else {
        (
            "the file has no front matter",
            "begin with a line `---`, then `id: ..`, `title: ..`, `challengeType: 2`, then a line `---`",
        )
    };
    let at = lines.position(if late { blank } else { 0 });
    Problem::error(ProblemKind::FrontMatterMissing, None, at, message, help)
}

/// The keys that a challenge cannot do without, and two that order and name it.
struct Keys {
    id: String,
    title: String,
    challenge_type: u32,
    dashed_name: Option<String>,
    order: Option<f64>,
}

fn required(front_matter: &FrontMatter, problems: &mut Vec<Problem>) -> Option<Keys> {
    let id = text(front_matter, "id", "24 hexadecimal digits, such as 589fc831f9fc0f352b528e77", problems);
    let title = text(front_matter, "title", "the title of the challenge", problems);
    let challenge_type = challenge_type(front_matter, problems);
    let entry = front_matter.get("id");
    if let (Some(id), Some(entry)) = (&id, entry)
        && !(id.len() == 24 && id.bytes().all(|byte| byte.is_ascii_hexdigit()))
    {
        problems.push(Problem::warning(
            ProblemKind::UnusualId,
            entry.value_span.position,
            format!("the id `{id}` is not of 24 hexadecimal digits; freeCodeCamp refuses it"),
            "write an id such as 589fc831f9fc0f352b528e77",
        ));
    }
    let dashed_name = front_matter.get("dashedName").and_then(|entry| entry.value.scalar()).map(str::to_owned);
    let order = front_matter.get("order").and_then(|entry| match &entry.value {
        super::yaml::Yaml::Number(value, _) => Some(*value),
        _ => None,
    });
    Some(Keys { id: id?, title: title?, challenge_type: challenge_type?, dashed_name, order })
}

fn missing(key: &str, what: &str) -> Problem {
    Problem::error(
        ProblemKind::KeyMissing,
        None,
        Position { line: 1, column: 1 },
        format!("the front matter has no `{key}`"),
        format!("add a line `{key}: ...` with {what}"),
    )
}

fn text(front_matter: &FrontMatter, key: &str, what: &str, problems: &mut Vec<Problem>) -> Option<String> {
    let Some(entry) = front_matter.get(key) else {
        problems.push(missing(key, what));
        return None;
    };
    let found = entry.value.scalar().filter(|text| !text.trim().is_empty());
    if found.is_none() {
        problems.push(Problem::error(
            ProblemKind::KeyInvalid,
            None,
            entry.key_span.position,
            format!("`{key}` must be text, but is {}", entry.value.kind()),
            format!("write {what}"),
        ));
    }
    found.map(str::to_owned)
}

fn challenge_type(front_matter: &FrontMatter, problems: &mut Vec<Problem>) -> Option<u32> {
    const WHAT: &str = "a number: 2 for a back-end challenge, 4 for a back-end project";
    let Some(entry) = front_matter.get("challengeType") else {
        problems.push(missing("challengeType", WHAT));
        return None;
    };
    if let super::yaml::Yaml::Number(value, _) = &entry.value
        && value.fract() == 0.0
        && (0.0..=f64::from(u32::MAX)).contains(value)
    {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked above")]
        return Some(*value as u32);
    }
    let found = match entry.value.scalar() {
        Some(text) => format!("`{text}`"),
        None => entry.value.kind().to_owned(),
    };
    problems.push(Problem::error(
        ProblemKind::KeyInvalid,
        None,
        entry.value_span.position,
        format!("`challengeType` must be a number, but is {found}"),
        format!("write {WHAT}"),
    ));
    None
}
