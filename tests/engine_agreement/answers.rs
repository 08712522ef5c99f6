//! One answer that keeps a hint becomes many: damaged, of another type, not there at all.

use serde_json::{Value as Json, json};

use super::satisfy::change;
use super::world::{Answer, Way, World};

const JSON: &str = "application/json; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";
const PAGE: &str =
    "<!DOCTYPE html>\n<html><head><title>Error</title></head><body><pre>Cannot GET /x</pre></body></html>";

type Edit = Box<dyn Fn(&mut Answer)>;

/// What every hint gets; the others take turns.
const ALWAYS: [&str; 16] = [
    "damaged",
    "damaged late",
    "upper case",
    "unusual characters",
    "a missing key",
    "wrong types",
    "404 page",
    "500 JSON",
    "204",
    "refused",
    "cut",
    "empty",
    "a page as JSON",
    "JSON in a page's place",
    "null",
    "a list",
];
/// Each of the others is used for one of so many hints.
const TURNS: usize = 4;

/// The answer itself, and what may become of it.
pub fn worlds(kept: &World, turn: usize) -> Vec<World> {
    let mut worlds = vec![kept.clone()];
    let chosen = edits()
        .into_iter()
        .enumerate()
        .filter(|(number, (name, _))| ALWAYS.contains(name) || number % TURNS == turn % TURNS);
    for (_, (name, edit)) in chosen {
        let mut world = World { name: name.to_owned(), ..kept.clone() };
        world.known.values_mut().for_each(&edit);
        edit(&mut world.otherwise);
        worlds.push(world);
    }
    // Only one of the answers is wrong.
    for (number, key) in kept.known.keys().enumerate().take(3) {
        for (name, edit) in edits().into_iter().filter(|(name, _)| matches!(*name, "404" | "null" | "refused")) {
            let mut world = World { name: format!("{name}, answer {number} alone"), ..kept.clone() };
            world.known.get_mut(key).map(edit);
            worlds.push(world);
        }
    }
    worlds
}

#[allow(clippy::too_many_lines, reason = "a table")]
fn edits() -> Vec<(&'static str, Edit)> {
    let mut edits: Vec<(&'static str, Edit)> = vec![
        ("damaged", text(|it| without_one(it, it.chars().count() / 2))),
        ("damaged early", text(|it| without_one(it, 3))),
        ("damaged late", text(|it| without_one(it, it.chars().count().saturating_sub(4)))),
        (
            "one character changed",
            text(|it| it.chars().enumerate().map(|(i, c)| if i % 11 == 7 { '#' } else { c }).collect()),
        ),
        ("cut in half", text(|it| it.chars().take(it.chars().count() / 2).collect())),
        ("upper case", text(str::to_uppercase)),
        ("on one line", text(|it| it.replace('\n', " "))),
        ("a word a line", text(|it| it.replace(' ', "\n"))),
        ("other quotes", text(|it| it.replace('"', "'"))),
        ("with a byte order mark", text(|it| format!("\u{feff}{it}"))),
        ("two byte order marks", text(|it| format!("\u{feff}\u{feff}{it}"))),
        ("unusual characters", text(|it| format!("{it}\u{2028}\u{2029}\u{85}\u{a0}😀 é \" ' \\ ` \u{0} \u{7f}ſ K"))),
        ("unusual characters before", text(|it| format!("\u{2028}😀\u{feff}'\"{it}"))),
        ("twice", text(|it| format!("{it}{it}"))),
        ("long", text(|it| format!("{it}{}", "x y\n".repeat(2000)))),
        ("blanks around", text(|it| format!(" \n\t{it}\r\n "))),
        ("a missing key", data(|it| without_key(it, 0))),
        ("another missing key", data(|it| without_key(it, 1))),
        (
            "wrong types",
            data(|it| {
                change(it, &mut wrong_type);
            }),
        ),
        (
            "leaves null",
            data(|it| {
                change(it, &mut |leaf| is_leaf(leaf).then_some(Json::Null));
            }),
        ),
        (
            "leaves empty",
            data(|it| {
                change(it, &mut |leaf| is_leaf(leaf).then(|| json!("")));
            }),
        ),
        (
            "leaves lists",
            data(|it| {
                change(it, &mut |leaf| is_leaf(leaf).then(|| json!([leaf, [], {}])));
            }),
        ),
        (
            "leaves objects",
            data(|it| {
                change(it, &mut |leaf| is_leaf(leaf).then(|| json!({"toString": 1, "length": 2, "b": leaf})));
            }),
        ),
        (
            "leaves unusual",
            data(|it| {
                change(it, &mut |leaf| is_leaf(leaf).then(|| json!("it's \"so\"\n\u{2028}😀\\ `${x}` \u{1}")));
            }),
        ),
        (
            "leaves long",
            data(|it| {
                change(it, &mut |leaf| is_leaf(leaf).then(|| json!("long ".repeat(30))));
            }),
        ),
        (
            "numbers as text",
            data(|it| {
                change(it, &mut |leaf| leaf.is_number().then(|| Json::String(leaf.to_string())));
            }),
        ),
        ("wrapped", data(|it| *it = json!({"data": it.clone(), "__proto__": 1, "constructor": null}))),
        ("in a list", data(|it| *it = json!([it.clone()]))),
        (
            "the first of a list",
            data(|it| {
                if let Some(first) = it.get(0) {
                    *it = first.clone();
                }
            }),
        ),
        ("deep", data(|it| *it = (0..60).fold(it.clone(), |inner, _| json!({"a": [inner]})))),
        ("many keys", data(many_keys)),
        (
            "404",
            Box::new(|it| {
                it.status = 404;
            }),
        ),
        (
            "404 page",
            Box::new(|it| {
                it.status = 404;
                put(it, HTML, PAGE);
            }),
        ),
        (
            "500 page",
            Box::new(|it| {
                it.status = 500;
                put(it, HTML, PAGE);
            }),
        ),
        (
            "500 JSON",
            Box::new(|it| {
                it.status = 500;
                put(it, JSON, "{\"error\":\"it's broken\"}");
            }),
        ),
        (
            "204",
            Box::new(|it| {
                it.status = 204;
                put(it, JSON, "");
            }),
        ),
        ("201", Box::new(|it| it.status = 201)),
        ("302 without a place", Box::new(|it| it.status = 302)),
        ("status 299", Box::new(|it| it.status = 299)),
        ("no type", Box::new(|it| it.content_type = None)),
        ("plain text", Box::new(|it| it.content_type = Some("text/plain"))),
        ("typed as HTML", Box::new(|it| it.content_type = Some(HTML))),
        ("typed as JSON", Box::new(|it| it.content_type = Some("application/json"))),
        ("typed as a script", Box::new(|it| it.content_type = Some("application/javascript; charset=UTF-8"))),
        ("HTML around it", text(|it| format!("<html><body><pre>{it}</pre></body></html>"))),
        (
            "broken UTF-8",
            Box::new(|it| {
                let at = it.body.len() / 2;
                it.body.splice(at..at, [0xff, 0xc3, 0x28, 0xf0, 0x9f]);
            }),
        ),
        ("redirected", Box::new(|it| it.way = Way::Redirected)),
        ("refused", Box::new(|it| it.way = Way::Refused)),
        ("cut", Box::new(|it| it.way = Way::Cut)),
        ("body cut", Box::new(|it| it.way = Way::CutBody)),
    ];
    for (name, kind, body) in WHOLE {
        edits.push((name, Box::new(move |it| put(it, kind, body))));
    }
    edits
}

/// Bodies that have nothing to do with what was there.
const WHOLE: [(&str, &str, &str); 24] = [
    ("empty", JSON, ""),
    ("empty page", HTML, ""),
    ("a page", HTML, PAGE),
    ("a page as JSON", JSON, PAGE),
    ("JSON in a page's place", HTML, "{\"a\":1}"),
    ("null", JSON, "null"),
    ("a list", JSON, "[]"),
    ("an object", JSON, "{}"),
    ("a number", JSON, "42"),
    ("a text", JSON, "\"text\""),
    ("an empty text", JSON, "\"\""),
    ("true", JSON, "true"),
    ("nested lists", JSON, "[[[[[[[[[[1]]]]]]]]]]"),
    ("a list of odd things", JSON, "[null,1,\"a\",[],{},true,-0,1e400,0.1]"),
    ("large numbers", JSON, "[12345678901234567890,1e21,1e-7,123456789.125]"),
    ("repeated keys", JSON, "{\"b\":1,\"a\":2,\"b\":3,\"10\":1,\"2\":1,\"\":0}"),
    ("the word undefined", JSON, "undefined"),
    ("open object", JSON, "{\"a\":"),
    ("open text", JSON, "{\"a\":\"b"),
    ("single quotes", JSON, "{'a':1}"),
    ("trailing comma", JSON, "{\"a\":1,}"),
    ("rubbish after", JSON, "{\"a\":1} x"),
    ("bad escape", JSON, "[\"\\x\"]"),
    ("raw line break", JSON, "[\"a\nb\"]"),
];

fn put(answer: &mut Answer, kind: &'static str, body: &str) {
    answer.content_type = Some(kind);
    answer.body = body.into();
}

fn text(by: impl Fn(&str) -> String + 'static) -> Edit {
    Box::new(move |answer| answer.body = by(&String::from_utf8_lossy(&answer.body)).into())
}

fn data(by: impl Fn(&mut Json) + 'static) -> Edit {
    Box::new(move |answer| {
        let parsed = serde_json::from_slice(&answer.body);
        let mut data = parsed.unwrap_or_else(|_| Json::String(String::from_utf8_lossy(&answer.body).into_owned()));
        by(&mut data);
        answer.body = data.to_string().into();
    })
}

fn without_one(text: &str, at: usize) -> String {
    text.chars().enumerate().filter(|(index, _)| *index != at).map(|(_, character)| character).collect()
}

fn is_leaf(value: &Json) -> bool {
    !value.is_array() && !value.is_object()
}

fn wrong_type(value: &Json) -> Option<Json> {
    match value {
        Json::String(text) => Some(text.parse::<f64>().map_or(json!(7), |number| json!(number))),
        Json::Number(number) => Some(json!({ "value": number })),
        Json::Bool(value) => Some(json!(value.to_string())),
        _ => None,
    }
}

/// Takes a key out of every object.
fn without_key(value: &mut Json, number: usize) {
    match value {
        Json::Object(members) => {
            if let Some(key) = members.keys().nth(number).cloned() {
                members.remove(&key);
            }
            members.values_mut().for_each(|inner| without_key(inner, number));
        }
        Json::Array(elements) => elements.iter_mut().for_each(|inner| without_key(inner, number)),
        _ => {}
    }
}

fn many_keys(value: &mut Json) {
    if let Json::Object(members) = value {
        for number in 0..40 {
            members.insert(format!("key {number}"), json!({ "number": number }));
        }
    }
}
