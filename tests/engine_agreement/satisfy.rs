//! Finds answers that keep a hint: JSON made of the names in its code, every value a mark of its own, put right mark by
//! mark by what the failures say.

use std::time::{SystemTime, UNIX_EPOCH};

use grade::fetch::Request;
use grade::port::{Ending, Plan, Run, ThrownFacts, Wanted};
use grade::verdict::Value;
use jiff::tz::TimeZone;
use regex::Regex;
use serde_json::{Map, Value as Json, json};

use super::sample::sample;
use super::world::{Answer, CODE, World};

const JSON: &str = "application/json; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";
const REPAIRS: usize = 40;

/// An answer to start from, and whether the hint passes with it.
pub fn answer(plan: &Plan, code: &str) -> (World, bool) {
    let object = object_of(code);
    let texts = [
        (JSON, object.to_string()),
        (HTML, "<p>m0m</p>".to_owned()),
        (JSON, json!([object.clone(), object.clone()]).to_string()),
        (HTML, object.to_string()),
    ];
    let mut furthest: Option<(usize, World)> = None;
    for status in [200, 404, 201] {
        for (kind, text) in &texts {
            let answer = Answer { status, ..Answer::new(kind, text.clone()) };
            let mut world = World { name: "kept".to_owned(), known: [].into(), otherwise: answer };
            let (repairs, kept) = repair(plan, code, &mut world);
            if kept {
                return (world, true);
            }
            if furthest.as_ref().is_none_or(|(most, _)| repairs > *most) {
                furthest = Some((repairs, world));
            }
        }
    }
    let (_, world) = furthest.expect("something was tried");
    (world, false)
}

fn repair(plan: &Plan, code: &str, world: &mut World) -> (usize, bool) {
    for number in 0..REPAIRS {
        let mut requests = Vec::new();
        let ending = run(plan, world, &mut requests);
        let facts = match ending {
            Ending::Passed => return (number, true),
            Ending::Threw(facts) => facts,
            Ending::Undecided(_) => return (number, false),
        };
        // Every answer gets a place of its own, so that it can be changed alone.
        for request in &requests {
            let key = World::key(&request.method, &request.url);
            world.known.entry(key).or_insert_with(|| world.otherwise.clone());
        }
        let changed = requests.iter().rev().any(|request| {
            let key = World::key(&request.method, &request.url);
            world.known.get_mut(&key).is_some_and(|answer| put_right(answer, &facts, code))
        });
        if !changed {
            return (number, false);
        }
    }
    (REPAIRS, false)
}

fn run(plan: &Plan, world: &World, requests: &mut Vec<Request>) -> Ending {
    let seen = grade::port::World::new(CODE, TimeZone::UTC);
    let mut machine = Run::new(plan, &seen);
    let mut answer = None;
    loop {
        match machine.step(answer.take(), now()) {
            Wanted::Nothing(ending) => return ending,
            Wanted::Detached => {}
            Wanted::Answer(request) => {
                answer = Some(world.answer(&request).result);
                requests.push(*request);
            }
        }
    }
}

fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs_f64().mul_add(1000.0, 0.0).floor()
}

/// Changes an answer so that the failure may go away; false if nothing in it has to do with the failure.
fn put_right(answer: &mut Answer, facts: &ThrownFacts, code: &str) -> bool {
    let text = String::from_utf8(answer.body.clone()).unwrap();
    let Some(assertion) = &facts.assertion else { return false };
    let mut body: Option<Json> = serde_json::from_str(&text).ok();
    if let Some(search) = assertion.text.as_ref().filter(|search| !search.negated) {
        let found = if search.flags.is_some() { sample(&search.pattern) } else { search.pattern.clone() };
        if *search.text == *text {
            answer.body = if body.is_some() { found.into() } else { format!("{text}\n{found}").into() };
            return true;
        }
        let Some(body) = &mut body else { return false };
        let changed =
            change(body, &mut |leaf| (leaf.as_str() == Some(&search.text)).then(|| Json::String(found.clone())));
        answer.body = body.to_string().into();
        return changed;
    }
    let Some(body) = &mut body else {
        // A whole text that is to be equal to another.
        let expected = assertion.expected.as_ref().and_then(json_of);
        let whole = matches!(&assertion.actual, Some(Value::String(actual)) if **actual == *text);
        if let (true, Some(Json::String(expected))) = (whole, expected) {
            answer.body = expected.into();
            return true;
        }
        return false;
    };
    let actual = assertion.actual.as_ref().and_then(json_of);
    let mut wanted = assertion.expected.as_ref().and_then(json_of);
    let mark = Regex::new("m[0-9]+m").unwrap().find(&facts.message).map(|found| Json::from(found.as_str()));
    let target = match (mark, actual) {
        (_, Some(actual)) if actual == *body || is_marked(&actual) => actual,
        (Some(mark), _) => mark,
        (None, Some(actual)) => actual,
        (None, None) => return false,
    };
    match assertion.name.as_str() {
        "isNumber" | "isNotNaN" | "isFinite" | "isAtLeast" | "isAbove" => wanted = Some(json!(12)),
        "isArray" | "lengthOf" => wanted = Some(json!([object_of(code)])),
        "isObject" => wanted = Some(object_of(code)),
        "isTrue" | "isBoolean" => wanted = Some(json!(true)),
        "isFalse" => wanted = Some(json!(false)),
        "isNull" => wanted = Some(Json::Null),
        "approximately" | "closeTo" => wanted = Some(json!(now())),
        _ => {}
    }
    let Some(wanted) = wanted else { return false };
    if target == wanted {
        return false;
    }
    if *body == target {
        answer.body = wanted.to_string().into();
        return true;
    }
    let changed = change(body, &mut |leaf| (*leaf == target).then(|| wanted.clone()));
    answer.body = body.to_string().into();
    changed
}

fn is_marked(value: &Json) -> bool {
    value.as_str().is_some_and(|text| text.starts_with('m') && text.ends_with('m'))
}

/// Puts another value in the place of every leaf for which there is one.
#[allow(clippy::unnecessary_fold, reason = "all of them are to be changed, not the first only")]
pub fn change(value: &mut Json, by: &mut dyn FnMut(&Json) -> Option<Json>) -> bool {
    if let Some(other) = by(value) {
        *value = other;
        return true;
    }
    match value {
        Json::Array(elements) => elements.iter_mut().fold(false, |changed, element| change(element, by) || changed),
        Json::Object(members) => members.values_mut().fold(false, |changed, member| change(member, by) || changed),
        _ => false,
    }
}

fn json_of(value: &Value) -> Option<Json> {
    Some(match value {
        Value::Null => Json::Null,
        Value::Bool(value) => json!(value),
        Value::Number(value) => json!(value),
        Value::String(text) => json!(**text),
        Value::Array(elements) => Json::Array(elements.iter().map(json_of).collect::<Option<_>>()?),
        Value::Object(object) => Json::Object(
            object.iter().map(|(key, value)| Some((key.to_string(), json_of(value)?))).collect::<Option<_>>()?,
        ),
        _ => return None,
    })
}

/// An object with all that the code reads of an answer, as far as its text shows it.
fn object_of(code: &str) -> Json {
    let mut root = Json::Object(Map::new());
    let mut number = 0;
    let link =
        r#"(?:\??\.?\[[ \t\r\n]*(?:'[^'\n]+'|"[^"\n]+"|[0-9]+)[ \t\r\n]*\]|\??\.[ \t\r\n]*[A-Za-z_$][A-Za-z0-9_$]*)"#;
    let chain = Regex::new(&format!(r"(?-u:\b)[A-Za-z_$][A-Za-z0-9_$]*({link}+)")).unwrap();
    let asserted = Regex::new(&format!(
        r#"(?:P|p)roperty(?:Val)?\([ \t\r\n]*[A-Za-z_$][A-Za-z0-9_$]*({link}*)[ \t\r\n]*,[ \t\r\n]*(?:'([^'\n]+)'|"([^"\n]+)")"#
    ))
    .unwrap();
    let destructured = Regex::new(r"(?:const|let|var)[ \t\r\n]*\{([A-Za-z0-9_ \t\r\n,:]*)\}[ \t\r\n]*=").unwrap();
    let keys = Regex::new(r"allKeys\([^\[]*\[([^\]]*)\]|has(?:All|Any)(?:Deep)?Keys\([^\[]*\[([^\]]*)\]").unwrap();
    let mut paths = Vec::new();
    for found in asserted.captures_iter(code) {
        let mut path = links(&found[1]);
        let name = found.get(2).or(found.get(3)).unwrap().as_str();
        path.extend(name.split('.').map(str::to_owned));
        paths.push(path);
    }
    for found in destructured.captures_iter(code) {
        for name in found[1].split(',') {
            let name = name.split(':').next().unwrap().trim();
            paths.push(vec![name.to_owned()]);
        }
    }
    for found in keys.captures_iter(code) {
        let list = found.get(1).or(found.get(2)).unwrap().as_str();
        paths.extend(list.split(',').map(|name| vec![name.trim().trim_matches(['\'', '"']).to_owned()]));
    }
    paths.extend(chain.captures_iter(code).map(|found| links(&found[1])));
    for path in paths {
        let length = path.iter().position(|name| is_method(name)).unwrap_or(path.len());
        insert(&mut root, &path[..length], &mut number);
    }
    root
}

fn links(text: &str) -> Vec<String> {
    text.split(['.', '[', ']', '?', '\'', '"', ' ', '\n']).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// Names that are asked of responses, strings, arrays and the globals, and hardly ever of an answer's JSON.
fn is_method(name: &str) -> bool {
    matches!(
        name,
        "json"
            | "text"
            | "then"
            | "catch"
            | "ok"
            | "statusText"
            | "length"
            | "match"
            | "includes"
            | "test"
            | "replace"
            | "toLowerCase"
            | "forEach"
            | "filter"
            | "find"
            | "map"
            | "some"
            | "every"
            | "get"
            | "post"
            | "equal"
            | "strictEqual"
            | "property"
            | "isTrue"
            | "stringify"
            | "parse"
            | "responseText"
            | "now"
            | "isArray"
            | "keys"
            | "headers"
            | "message"
            | "include"
            | "deepEqual"
            | "isString"
            | "isNumber"
            | "js"
            | "emit"
            | "on"
            | "join"
    )
}

fn insert(root: &mut Json, path: &[String], number: &mut usize) {
    let Some((name, rest)) = path.split_first() else { return };
    if name.is_empty() {
        return;
    }
    *number += 1;
    let mark = Json::String(format!("m{number}m"));
    let inner = if let Ok(index) = name.parse::<usize>() {
        if !root.is_array() {
            *root = Json::Array(Vec::new());
        }
        let elements = root.as_array_mut().unwrap();
        while elements.len() <= index.min(8) {
            elements.push(mark.clone());
        }
        elements.get_mut(index.min(8)).unwrap()
    } else {
        if !root.is_object() {
            *root = Json::Object(Map::new());
        }
        root.as_object_mut().unwrap().entry(name.clone()).or_insert(mark)
    };
    if !rest.is_empty() {
        insert(inner, rest, number);
    }
}
