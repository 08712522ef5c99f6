//! Two values that should be the same, or in order, and are not.

use super::Case;
use super::kinds::with_place;
use super::structure::{Change, Difference, differences, lines};
use super::texts::near;
use crate::explain::code::Code;
use crate::explain::json_text::path_text;
use crate::explain::model::Explanation;
use crate::explain::show;
use crate::verdict::Value;

/// Longest value that is repeated in a sentence.
const SHORT: usize = 40;

pub fn explain(case: &Case<'_>) -> Option<Explanation> {
    let facts = case.facts;
    let name = facts.name.as_str();
    if matches!(name, "isTrue" | "isFalse" | "isOk" | "ok" | "isNotOk" | "notOk" | "assert")
        && facts.failed_part.is_none()
    {
        return None;
    }
    let actual = facts.actual.as_ref()?;
    if let Some((wanted, help)) = about_one(name) {
        let explanation = Explanation::new(
            Code::ValueDiffers,
            format!("{} is {}; the test wants {wanted}", case.named.begin(), short(actual)),
        );
        return Some(with_place(case, explanation, actual).help(help));
    }
    let expected = facts.expected.as_ref().filter(|_| facts.show_diff || facts.failed_part.is_some())?;
    if name == "oneOf" {
        return Some(one_of(case, expected, actual));
    }
    if let Some(order) = order(case) {
        let explanation = Explanation::new(
            Code::ValueDiffers,
            format!("{} is {}; the test wants {order} {}", case.named.begin(), short(actual), short(expected)),
        );
        return Some(with_place(case, explanation, actual).values(show::pair(expected, actual)));
    }
    let negated = name.starts_with("not") || facts.failed_part.as_ref().is_some_and(|part| part.contains("!="));
    if negated {
        let explanation = Explanation::new(
            Code::Unwanted,
            format!("{} is {}, which is what the test does not want", case.named.begin(), short(actual)),
        );
        return Some(with_place(case, explanation, actual).help("look what the project does differently in this case"));
    }
    Some(same(case, expected, actual))
}

/// Two values that should be the same.
fn same(case: &Case<'_>, expected: &Value, actual: &Value) -> Explanation {
    let name = case.named.begin();
    match (expected, actual) {
        (Value::String(wanted), Value::String(got)) => {
            if let Some(near) = near(wanted, got) {
                let values = if near.space && wanted.chars().count().max(got.chars().count()) < show::LONGEST {
                    (show::with_visible_space(wanted), show::with_visible_space(got))
                } else {
                    show::pair(expected, actual)
                };
                let explanation =
                    Explanation::new(Code::TextDiffers, format!("{name} differs from the wanted text {}", near.how));
                let help = if near.space {
                    "leave the difference in white space out"
                } else {
                    "write the text exactly as the test wants it"
                };
                return with_place(case, explanation, actual).values(values).help(help);
            }
        }
        (Value::Object(_), Value::Object(_)) | (Value::Array(_), Value::Array(_)) => {
            let found = differences(expected, actual);
            if let Some(first) = found.first() {
                return structures(case, expected, actual, first, found.len());
            }
        }
        _ => {}
    }
    if case.named.is_length {
        let explanation = Explanation::new(
            Code::ValueDiffers,
            format!("{name} is {}; the test wants {}", short(actual), short(expected)),
        );
        let found = case.answer.as_ref().and_then(|answer| {
            let value = crate::explain::json_text::get(answer.json()?, case.named.path.as_ref()?)?;
            Some(show::brief(value, 300))
        });
        return explanation.maybe_fact("found", found).values(show::pair(expected, actual));
    }
    let headline = match (show::brief(expected, SHORT), show::brief(actual, SHORT)) {
        (wanted, got) if wanted.ends_with('…') || got.ends_with('…') => format!("{name} is not the wanted value"),
        (wanted, got) => format!("{name} is {got}; the test wants {wanted}"),
    };
    with_place(case, Explanation::new(Code::ValueDiffers, headline), actual).values(show::pair(expected, actual))
}

fn structures(case: &Case<'_>, expected: &Value, actual: &Value, first: &Difference, count: usize) -> Explanation {
    let base = match &case.named.path {
        Some(path) => path.clone(),
        None => Vec::new(),
    };
    let whole: Vec<String> = base.iter().chain(&first.path).cloned().collect();
    let place = if whole.is_empty() { case.named.name() } else { format!("`{}`", path_text(&whole)) };
    let what = match &first.change {
        Change::Missing(value) => format!("{place} is missing; the test wants {} there", short(value)),
        Change::Extra(value) => format!("{place} is {}, which the test does not want", short(value)),
        Change::Other { expected, actual } => {
            format!("{place} is {}; the test wants {}", short(actual), short(expected))
        }
    };
    let headline = match count {
        1 => show::capital(&what),
        _ if count >= 20 => format!("{} differs in many places; the first: {what}", case.named.begin()),
        _ => format!("{} differs in {count} places; the first: {what}", case.named.begin()),
    };
    let excerpt = match &first.change {
        Change::Missing(_) => None,
        _ => case
            .answer
            .as_ref()
            .filter(|_| case.named.path.is_some())
            .and_then(|answer| answer.marked(&whole, "this differs")),
    };
    let shown = excerpt.is_some() && count == 1;
    let explanation = Explanation::new(Code::StructureDiffers, headline).excerpt(excerpt);
    if shown {
        return explanation;
    }
    let lines = lines(expected, actual);
    if lines.is_empty() { explanation.values(show::pair(expected, actual)) } else { explanation.diff(lines) }
}

fn one_of(case: &Case<'_>, expected: &Value, actual: &Value) -> Explanation {
    let near = match (expected, actual) {
        (Value::Array(items), Value::String(got)) => items.iter().find_map(|item| match item {
            Value::String(wanted) => {
                near(wanted, got).map(|near| format!("nearly {}, which differs {}", show::quote(wanted), near.how))
            }
            _ => None,
        }),
        _ => None,
    };
    let explanation = Explanation::new(
        Code::ValueDiffers,
        format!("{} is {}, which is none of the wanted values", case.named.begin(), short(actual)),
    );
    with_place(case, explanation, actual)
        .maybe_fact("found", near)
        .values((format!("one of {}", show::value(expected)), show::value(actual)))
}

/// What an assertion about one value wants, and what to do.
fn about_one(name: &str) -> Option<(&'static str, &'static str)> {
    Some(match name {
        "isNull" => ("null", "send null there"),
        "isNotNull" | "exists" | "isDefined" => ("a value", "send a value there"),
        "isUndefined" | "notExists" => ("nothing to be there", "leave it out"),
        "isNaN" => ("NaN", "look how the project computes it"),
        "isNotNaN" | "isFinite" => ("a number", "look how the project computes it"),
        "isEmpty" => ("it to be empty", "look what is in it, and why"),
        "isNotEmpty" => {
            ("it not to be empty", "look whether the project stores and sends what the test gave it before")
        }
        _ => return None,
    })
}

/// The order that is wanted, in words.
fn order(case: &Case<'_>) -> Option<&'static str> {
    if let Some(part) = &case.facts.failed_part {
        return [(">=", "at least"), ("<=", "at most"), ("=>", ""), (">", "more than"), ("<", "less than")]
            .iter()
            .find(|(operator, _)| part.contains(operator))
            .map(|(_, words)| *words)
            .filter(|words| !words.is_empty());
    }
    Some(match case.facts.name.as_str() {
        "isAbove" => "more than",
        "isAtLeast" => "at least",
        "isBelow" => "less than",
        "isAtMost" => "at most",
        _ => return None,
    })
}

fn short(value: &Value) -> String {
    let shown = show::brief(value, SHORT);
    if shown.ends_with('…') { show::kind(value) } else { shown }
}
