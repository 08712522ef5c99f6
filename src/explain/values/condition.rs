//! Conditions that do not hold: what they say, and what the project answered.

use super::Case;
use crate::explain::code::Code;
use crate::explain::model::{Explanation, Fault};
use crate::explain::show;
use crate::explain::source_text::arguments;
use crate::verdict::Value;

/// Longest condition that is repeated in a sentence.
const SHORT: usize = 80;

pub fn explain(case: &Case<'_>) -> Explanation {
    let facts = case.facts;
    match facts.name.as_str() {
        "fail" => return author(case),
        "isTrue" | "isFalse" | "isOk" | "ok" | "isNotOk" | "notOk" | "assert" | "isNotTrue" | "isNotFalse" => {}
        _ => return other(case),
    }
    let condition = match &facts.failed_part {
        Some(part) => Some(part.clone()),
        None => case
            .subject
            .statement(case.failure)
            .and_then(|statement| arguments(statement).first().map(|it| (*it).to_owned())),
    };
    if let Some(constant) = condition.as_deref().filter(|it| is_constant(it)) {
        // `assert(false, 'what went wrong')` within a branch is how some tests give up.
        return if facts.author_message.is_some() { author(case) } else { constant_condition(case, constant) };
    }
    let negative = matches!(facts.name.as_str(), "isFalse" | "isNotOk" | "notOk" | "isNotTrue");
    let verb = if negative { "holds, and must not" } else { "does not hold" };
    let headline = match condition.as_deref().map(|it| show::line(it, 400)) {
        Some(condition) if condition.chars().count() <= SHORT => format!("The condition `{condition}` {verb}"),
        _ => format!("The test's condition {verb}"),
    };
    let mut explanation = Explanation::new(Code::ConditionFalse, headline);
    if let Some(condition) = condition.filter(|it| it.chars().count() > SHORT) {
        explanation = explanation.fact("test", show::line(&condition, 300));
    }
    if let (Some(Value::Bool(_) | Value::Null) | None, _) | (_, true) = (&facts.actual, facts.failed_part.is_some()) {
        // What was compared is not known, or already said.
    } else if let Some(actual) = &facts.actual {
        explanation = explanation.fact("found", show::value(actual));
    }
    explanation.maybe_fact("answer", says(case)).help("compare the answer with what the hint asks for")
}

/// The payload, always: the condition alone says little.
fn says(case: &Case<'_>) -> Option<String> {
    case.answer.as_ref().map(|answer| answer.says().unwrap_or_else(|| "empty".to_owned()))
}

fn is_constant(condition: &str) -> bool {
    matches!(condition.trim(), "false" | "0" | "null" | "undefined" | "\"\"" | "''" | "!1" | "!true")
}

fn author(case: &Case<'_>) -> Explanation {
    let message = case.facts.author_message.as_deref().unwrap_or(&case.failure.message);
    Explanation::new(Code::AuthorMessage, format!("The test gives up: {}", show::line(message, 300)))
        .maybe_fact("answer", says(case))
}

/// A condition that never holds, whether the statement is reached or not.
fn constant_condition(case: &Case<'_>, constant: &str) -> Explanation {
    let top_level = case
        .subject
        .statement(case.failure)
        .is_some_and(|statement| case.subject.test.trim_start().starts_with(statement));
    if top_level {
        return Explanation::new(
            Code::TestCannotPass,
            format!("No project can pass this test: it asserts `{}`", constant.trim()),
        )
        .fault(Fault::Test)
        .help("the project is not at fault; tell whoever maintains the challenge");
    }
    Explanation::new(Code::AuthorMessage, "The test gives up without a message").maybe_fact("answer", says(case))
}

/// Assertions that nobody else knows: what they say, with the values.
fn other(case: &Case<'_>) -> Explanation {
    let message = case.failure.message.as_str();
    let own = case
        .facts
        .author_message
        .as_deref()
        .and_then(|author| message.strip_prefix(author))
        .map_or(message, |rest| rest.trim_start_matches([':', ' ']));
    let explanation =
        Explanation::new(Code::ValueDiffers, format!("The assertion does not hold: {}", show::line(own, 300)));
    match (&case.facts.expected, &case.facts.actual) {
        (Some(expected), Some(actual)) if case.facts.show_diff => explanation.values(show::pair(expected, actual)),
        (_, Some(actual)) => explanation.fact("found", show::value(actual)),
        _ => explanation.maybe_fact("answer", says(case)),
    }
}
