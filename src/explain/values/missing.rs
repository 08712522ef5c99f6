//! A property that is not there: what is there instead, and what is nearly called like it.

use super::Case;
use super::named::deepest;
use crate::explain::answer::Answer;
use crate::explain::code::Code;
use crate::explain::json_text::{child, path_text};
use crate::explain::model::Explanation;
use crate::explain::show::{self, capital};
use crate::verdict::Value;

/// How alike two names are that are taken for the same, from 0 to 1.
const ALIKE: f64 = 0.7;
/// Most keys that are compared, and most that are named.
const MOST: usize = 2000;
const NAMED: usize = 8;

pub fn explain(case: &Case<'_>) -> Option<Explanation> {
    named(case).or_else(|| undefined(case, &case.facts.name))
}

/// A property that the assertion names.
fn named(case: &Case<'_>) -> Option<Explanation> {
    let facts = case.facts;
    let answer = case.answer.as_ref();
    let (nested, searched) = match facts.name.as_str() {
        "nestedProperty" | "nestedPropertyVal" => (true, &facts.actual),
        "property" | "propertyVal" | "deepProperty" | "deepPropertyVal" | "ownProperty" | "haveOwnProperty"
        | "include" | "deepInclude" | "" => (false, &facts.actual),
        _ => return None,
    };
    let key = key_of(&case.failure.message)?;
    match searched.as_ref()? {
        container @ (Value::Object(_) | Value::Array(_)) if nested => {
            let keys: Vec<String> = key.split('.').map(str::to_owned).collect();
            let (inner, depth) = deepest(container, &keys);
            let path = case
                .named
                .path
                .as_ref()
                .map(|path| path.iter().chain(keys.iter().take(depth)).cloned().collect::<Vec<_>>());
            Some(missing(answer, path.as_deref(), Some(inner), keys.get(depth)?))
        }
        container @ (Value::Object(_) | Value::Array(_)) if child(container, &key).is_none() => {
            Some(missing(answer, case.named.path.as_deref(), Some(container), &key))
        }
        other @ (Value::String(_) | Value::Number(_) | Value::Bool(_)) => Some(no_container(case, other, &key)),
        _ => None,
    }
}

/// A value that is `undefined` because a key on the way to it is not there.
fn undefined(case: &Case<'_>, name: &str) -> Option<Explanation> {
    let facts = case.facts;
    let target_missing = facts.actual.is_none() && case.failure.message.contains("Target cannot be null or undefined");
    let absent = matches!(facts.actual, Some(Value::Undefined)) || target_missing;
    let negative = matches!(
        name,
        "isUndefined"
            | "notExists"
            | "isNull"
            | "isNotOk"
            | "notOk"
            | "isFalse"
            | "notEqual"
            | "notStrictEqual"
            | "notDeepEqual"
    );
    if !absent || negative || case.named.keys.is_empty() {
        return None;
    }
    let answer = case.answer.as_ref()?;
    let document = answer.json()?;
    let (inner, depth) = deepest(document, &case.named.keys);
    let key = case.named.keys.get(depth)?;
    // Methods and the like are no keys of an answer.
    if key == "length" || matches!(inner, Value::String(_) | Value::Number(_)) && depth == 0 {
        return None;
    }
    Some(missing(Some(answer), case.named.keys.get(..depth), Some(inner), key))
}

/// The key that chai's message ends with: `expected { ... } to have property 'x'`.
fn key_of(message: &str) -> Option<String> {
    let at = message.rfind("property '")?;
    let rest = message.get(at + "property '".len()..)?;
    // `of 1, but got 2` is another assertion.
    let key = rest.strip_suffix('\'')?;
    let plain = !key.contains("' of ") && !key.ends_with('…');
    plain.then(|| key.replace("\\'", "'"))
}

/// Says that a container lacks a key.
pub fn missing(
    answer: Option<&Answer<'_>>,
    path: Option<&[String]>,
    container: Option<&Value>,
    key: &str,
) -> Explanation {
    let place = match (path, answer) {
        (Some([]), Some(answer)) => answer.name(),
        (Some(path), Some(answer)) if answer.name() == "the answer" => format!("`{}`", path_text(path)),
        (Some(path), Some(answer)) => format!("`{}` of {}", path_text(path), answer.name()),
        _ => "the object".to_owned(),
    };
    let shown = format!("`{}`", show::line(key, 60));
    let keys: Vec<&str> = match container {
        Some(Value::Object(object)) => object.iter().map(|(key, _)| &**key).take(MOST).collect(),
        Some(Value::Null) => return null(answer, path, key),
        _ => Vec::new(),
    };
    let near = nearest(key, &keys);
    let headline = match near {
        Some(near) => format!("{} has no {shown}, but `{}`", capital(&place), show::line(near, 60)),
        None => match container {
            Some(Value::Array(items)) => {
                format!("{} is an array of {}, which has no {shown}", capital(&place), items.len())
            }
            Some(Value::Object(object)) if object.is_empty() => {
                format!("{} is empty: there is no {shown} in it", capital(&place))
            }
            _ => format!("{} has no {shown}", capital(&place)),
        },
    };
    let mut explanation = Explanation::new(Code::PropertyMissing, headline);
    let child_path = |key: &str| path.map(|path| [path, &[key.to_owned()]].concat());
    let document = answer.and_then(Answer::json);
    let elsewhere = document.and_then(|document| elsewhere(document, path, key));
    let mut shown_place = false;
    if let (Some(answer), Some(near)) = (answer, near)
        && let Some(path) = child_path(near)
    {
        let excerpt = answer.marked_key(&path, &format!("nearly {shown}"));
        shown_place = excerpt.is_some();
        explanation = explanation.excerpt(excerpt);
    } else if let (Some(answer), Some(other)) = (answer, &elsewhere) {
        let excerpt = answer.marked_key(other, "it is here");
        shown_place = excerpt.is_some();
        explanation = explanation.excerpt(excerpt);
    }
    if !shown_place && !keys.is_empty() {
        explanation = explanation.fact("there is", show::listing(keys.iter().copied(), NAMED));
    }
    let is_package = answer.is_some_and(|answer| answer.name() == "package.json");
    let dependency = is_package && matches!(path, Some([section]) if section.ends_with("ependencies"));
    explanation.help(match (near, elsewhere) {
        (Some(near), _) if dependency => format!(
            "run `npm uninstall {near}`, then `npm install {key}`",
            near = show::line(near, 60),
            key = show::line(key, 60)
        ),
        (Some(_), _) => format!("write {shown}"),
        (None, Some(other)) if dependency => {
            format!(
                "`npm install {}` moves it from `{}` there",
                show::line(key, 60),
                path_text(other.get(..1).unwrap_or_default())
            )
        }
        (None, Some(other)) => format!("it stands at `{}`; the test looks for it in {place}", path_text(&other)),
        (None, None) if dependency => format!("run `npm install {}`, which adds it", show::line(key, 60)),
        (None, None) if is_package => format!("add {shown} to package.json, and restart the project"),
        (None, None) => format!("add {shown} to what the project sends there"),
    })
}

fn null(answer: Option<&Answer<'_>>, path: Option<&[String]>, key: &str) -> Explanation {
    let name = match path {
        Some(path) if !path.is_empty() => format!("`{}`", path_text(path)),
        _ => "the answer".to_owned(),
    };
    let excerpt = answer.and_then(|answer| answer.marked(path?, "null"));
    Explanation::new(
        Code::PropertyMissing,
        format!("{} is null, so there is no `{}` in it", capital(&name), show::line(key, 60)),
    )
    .excerpt(excerpt)
    .help(format!("send an object with `{}` there", show::line(key, 60)))
}

/// A property is wanted of something that has none.
fn no_container(case: &Case<'_>, value: &Value, key: &str) -> Explanation {
    let shown = show::line(key, 60);
    Explanation::new(
        Code::PropertyMissing,
        format!("{} is {}, so there is no `{shown}` in it", case.named.begin(), show::kind(value)),
    )
    .fact("found", show::value(value))
    .help(format!("send an object with `{shown}` there: res.json({{ ... }})"))
}

/// The only other place near the top of a document that has the key.
fn elsewhere(document: &Value, path: Option<&[String]>, key: &str) -> Option<Vec<String>> {
    let Value::Object(object) = document else { return None };
    let mut found = Vec::new();
    if path.is_some_and(|path| !path.is_empty()) && object.has(key) {
        found.push(vec![key.to_owned()]);
    }
    for (name, inner) in object.iter().take(MOST) {
        let here = path.is_some_and(|path| path.len() == 1 && path.first().is_some_and(|first| **first == **name));
        if !here && matches!(inner, Value::Object(_)) && child(inner, key).is_some() {
            found.push(vec![name.to_string(), key.to_owned()]);
        }
    }
    match found.len() {
        1 => found.pop(),
        _ => None,
    }
}

/// The key that is nearly called like the wanted one.
pub fn nearest<'k>(wanted: &str, keys: &[&'k str]) -> Option<&'k str> {
    if wanted.chars().count() > 100 {
        return None;
    }
    let folded = fold(wanted);
    keys.iter()
        .filter(|key| key.len() <= 400 && !key.is_empty())
        .map(|key| {
            let other = fold(key);
            let alike = if other == folded { 1.0 } else { strsim::normalized_damerau_levenshtein(&folded, &other) };
            (alike, *key)
        })
        .filter(|(alike, key)| *alike >= ALIKE && *key != wanted)
        .max_by(|one, other| one.0.total_cmp(&other.0).then_with(|| other.1.cmp(one.1)))
        .map(|(_, key)| key)
}

/// Names that differ in case and in how words are joined are the same name.
fn fold(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names() {
        for (wanted, keys, near) in [
            ("passport-local", &["passport", "passport-locl"][..], Some("passport-locl")),
            ("userName", &["user_name", "name"], Some("user_name")),
            ("_id", &["ID", "name"], Some("ID")),
            ("short_url", &["shortUrl"], Some("shortUrl")),
            ("express", &["helmet", "pug"], None),
            ("a", &["b"], None),
            ("name", &["name"], None),
            ("socket.io", &["socket.io-client"], None),
        ] {
            assert_eq!(nearest(wanted, keys), near, "{wanted}");
        }
    }

    #[test]
    fn keys_of_messages() {
        for (message, key) in [
            ("Own: expected { a: 1 } to have property 'socket.io'", Some("socket.io")),
            ("expected {} to have deep property 'x'", Some("x")),
            ("expected {} to have property 'it\\'s'", Some("it's")),
            ("expected { a: 1 } to have property 'a' of 2, but got 1", None),
            ("expected { a: 1 } to have property 'a' of 'b', but got 'c'", None),
            ("expected 1 to equal 2", None),
            ("expected {} to have property 'abcdefghijklmnopqrstuvwxyzabcdefghijk…'", None),
        ] {
            assert_eq!(key_of(message).as_deref(), key, "{message}");
        }
    }
}
