//! What the value that a test looked at is called, and where in the answer it stands.

use crate::explain::answer::Answer;
use crate::explain::json_text::{child, get, path_text, path_to};
use crate::explain::show::{self, capital};
use crate::explain::source_text::{arguments, chain};
use crate::explain::subject::Subject;
use crate::verdict::{AssertionFacts, Failure, Value};

/// Longest expression that is repeated in a sentence.
const SHORT: usize = 50;

/// The looked-at value's name and place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Named {
    /// The expression of the test, where it is known.
    pub expression: Option<String>,
    /// The properties that the expression reads, one after the other.
    pub keys: Vec<String>,
    /// Its path in the answer's JSON, where that is certain.
    pub path: Option<Vec<String>>,
    /// Whether it is the length of what stands at the path.
    pub is_length: bool,
}

impl Named {
    /// Finds out what a failed assertion looked at.
    pub fn of(subject: &Subject<'_>, failure: &Failure, facts: &AssertionFacts, answer: Option<&Answer<'_>>) -> Self {
        let expression = match &facts.failed_part {
            Some(part) => Some(left_side(part).to_owned()),
            None => subject.statement(failure).and_then(|it| arguments(it).first().map(|first| (*first).to_owned())),
        };
        let mut named = Self { is_length: facts.name == "lengthOf", ..Self::default() };
        let property = facts.name.ends_with("ropertyVal").then(|| property_of(subject, failure)).flatten();
        if let Some(mut expression) = expression {
            if let Some(found) = chain(&expression) {
                named.keys = found.keys;
                if let Some(property) = property {
                    expression = format!("{expression}.{property}");
                    named.keys.push(property);
                }
                if let Some(answer) = answer {
                    named.find(&found.root, facts.actual.as_ref(), answer);
                }
            }
            named.expression = Some(expression.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        // `await res.text()`
        if let (Some(answer), Some(Value::String(text))) = (answer, &facts.actual)
            && **text == *answer.text
        {
            named.path = Some(Vec::new());
        }
        if named.path.is_none()
            && let (Some(answer), Some(actual)) = (answer, &facts.actual)
        {
            named.path = answer.json().and_then(|json| path_to(json, actual));
        }
        named
    }

    /// The place in the answer that the expression names, if the value there is the one that the test saw.
    fn find(&mut self, root: &str, actual: Option<&Value>, answer: &Answer<'_>) {
        let (Some(json), Some(actual)) = (answer.json(), actual) else { return };
        if !self.keys.is_empty() || matches!(actual, Value::Object(_) | Value::Array(_)) {
            if get(json, &self.keys).is_some_and(|found| same(found, actual)) {
                self.path = Some(self.keys.clone());
                return;
            }
            if self.is_length && matches!(get(json, &self.keys), Some(Value::Array(_) | Value::String(_))) {
                self.path = Some(self.keys.clone());
                return;
            }
            if let Some((last, container)) = self.keys.split_last()
                && last == "length"
                && matches!(get(json, container), Some(Value::Array(_) | Value::String(_)))
            {
                self.path = Some(container.to_vec());
                self.is_length = true;
                return;
            }
        }
        // `const { x } = await res.json()`
        let taken: Vec<String> = std::iter::once(root.to_owned()).chain(self.keys.iter().cloned()).collect();
        if get(json, &taken).is_some_and(|found| same(found, actual)) {
            self.path = Some(taken);
        }
    }

    /// The name to use in a sentence: `users[0].name`, or `the value`.
    pub fn name(&self) -> String {
        let name = match (&self.path, &self.expression) {
            (Some(path), _) if !path.is_empty() => path_text(path),
            (Some(_), _) => return if self.is_length { "the length of the answer" } else { "the answer" }.to_owned(),
            (None, Some(expression)) if expression.chars().count() <= SHORT => show::line(expression, SHORT),
            _ => return "the value".to_owned(),
        };
        if self.is_length && self.path.is_some() { format!("the length of `{name}`") } else { format!("`{name}`") }
    }

    /// The name at the beginning of a sentence.
    pub fn begin(&self) -> String {
        capital(&self.name())
    }
}

/// The property that `propertyVal(object, 'x', value)` looks at.
fn property_of(subject: &Subject<'_>, failure: &Failure) -> Option<String> {
    let arguments = arguments(subject.statement(failure)?);
    let literal = arguments.get(1)?;
    let quote = literal.chars().next().filter(|first| matches!(first, '"' | '\'' | '`'))?;
    let name = literal.strip_prefix(quote)?.strip_suffix(quote)?;
    (!name.contains(['\\', quote])).then(|| name.to_owned())
}

/// Left side of a comparison.
fn left_side(part: &str) -> &str {
    ["===", "!==", "==", "!=", ">=", "<=", ">", "<"]
        .iter()
        .find_map(|operator| part.split_once(operator))
        .map_or(part, |(left, _)| left)
        .trim()
}

/// Whether a value of the test is the one of the document: `NaN` has no place in JSON, and dates are none.
fn same(found: &Value, actual: &Value) -> bool {
    found == actual
}

/// The deepest value on a path that is there, how many keys lead to it, and the first key that is not there.
pub fn deepest<'v>(document: &'v Value, keys: &[String]) -> (&'v Value, usize) {
    let mut value = document;
    for (depth, key) in keys.iter().enumerate() {
        match child(value, key) {
            Some(next) => value = next,
            None => return (value, depth),
        }
    }
    (value, keys.len())
}
