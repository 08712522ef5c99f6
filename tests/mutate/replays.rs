//! What hints depend on besides their answers: each other, the time, chance, and requests that were not recorded.

use grade::mutate::{Verdict, WhyUnknown};
use grade::testbed::{Route, samples};
use grade::verdict::Rules;
use serde_json::json;

use crate::support::{World, challenge};

fn world_with(route: Route) -> World {
    let sample = samples().unwrap().into_iter().find(|sample| sample.name == "complete").unwrap();
    World::with(Rules::Honest, sample.project.with_route(route), sample.faults)
}

#[test]
fn the_project_is_asked_once() {
    let world = World::complete(Rules::Honest);
    let prepared = challenge(&[
        "const res = await fetch(code + '/_api/server.js'); assert.match(await res.text(), /disconnect/);",
        "const res = await fetch(code + '/api/messages', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: \
         JSON.stringify({ author: 'Ada', text: 'now ' + Date.now() }) }); assert.equal((await res.json()).text, 'now ' + Date.now());",
    ]);
    let mutated = world.mutate(&prepared, &world.settings());
    assert_eq!(world.running.hits(), 3, "two requests and a preflight");
    for hint in &mutated.hints {
        assert_eq!((hint.verdict, hint.counts.not_checked), (Verdict::CanFail, 0), "{hint:?}");
    }
}

#[test]
fn a_hint_that_needs_an_earlier_one_is_replayed_after_it() {
    let world = World::complete(Rules::Honest);
    let prepared = challenge(&[
        "globalThis.wanted = (await (await fetch(code + '/_api/package.json')).json()).name; assert.isString(globalThis.wanted);",
        "const status = await (await fetch(code + '/api/status')).json(); assert.equal(status.name, globalThis.wanted);",
    ]);
    let mutated = world.mutate(&prepared, &world.settings());
    assert!(mutated.hints.iter().all(|hint| hint.verdict == Verdict::CanFail), "{:?}", mutated.hints);
}

#[test]
fn what_a_change_leads_to_is_asked_of_the_project_where_that_is_safe() {
    let world = world_with(Route::json("/next", &json!({"path": "/public/client.js"})));
    let get = "const { path } = await (await fetch(code + '/next')).json(); const res = await fetch(code + path); \
               assert.equal(res.status, 200);";
    let post = "const { path } = await (await fetch(code + '/next')).json(); const res = await fetch(code + '/api/messages', { \
                method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ author: 'Ada', text: path }) \
                }); assert.equal(res.status, 201);";
    let mutated = world.mutate(&challenge(&[get, post]), &world.settings());
    let led = |target: &str| target.starts_with("/public/") && target != "/public/client.js";
    assert!(world.running.seen().iter().any(|seen| led(&seen.target)), "{:?}", world.running.seen());
    let posted = world.running.seen().iter().filter(|seen| seen.method == "POST").count();
    assert_eq!(posted, 1, "only while it was recorded");
    let [by_get, by_post] = &mutated.hints[..] else { panic!("two hints") };
    assert_eq!((by_get.verdict, by_get.counts.not_checked), (Verdict::CanFail, 0));
    assert!(
        by_get.by_kind.iter().any(|(kind, counts)| *kind == grade::mutate::Kind::ValueChanged && counts.killed > 0)
    );
    assert!(by_post.counts.not_checked > 0 && by_post.verdict == Verdict::CanFail, "{by_post:?}");
}

#[test]
fn a_test_that_rolls_dice_is_said_to() {
    let world = World::complete(Rules::Honest);
    let prepared = challenge(&[
        "const text = 'dice ' + Math.random(); const res = await fetch(code + '/api/messages', { method: 'POST', headers: { \
         'Content-Type': 'application/json' }, body: JSON.stringify({ author: 'Ada', text }) }); assert.equal((await \
         res.json()).text, text);",
        "const res = await fetch(code + '/api/status?' + Math.random()); assert.equal(res.status, 200);",
    ]);
    let mutated = world.mutate(&prepared, &world.settings());
    let verdicts: Vec<Verdict> = mutated.hints.iter().map(|hint| hint.verdict).collect();
    let expected = [WhyUnknown::NotRepeatable, WhyUnknown::NoVerdicts].map(Verdict::CouldNotCheck);
    assert_eq!(verdicts, expected, "{:?}", mutated.hints);
}

#[test]
fn only_a_hint_that_passes_is_tried() {
    let world = World::complete(Rules::Honest);
    let prepared = challenge(&[
        "const res = await fetch(code + '/_api/server.js'); assert.equal(res.status, 418);",
        "this is no JavaScript",
    ]);
    let mutated = world.mutate(&prepared, &world.settings());
    for hint in &mutated.hints {
        assert_eq!((hint.verdict, hint.counts.made), (Verdict::CouldNotCheck(WhyUnknown::NotPassing), 0));
    }
}
