//! Large answers, many requests, little time.

use std::time::Duration;

use grade::mutate::{Settings, Verdict, WhyUnknown, diff};
use grade::testbed::{Project, Route, samples};
use grade::verdict::Rules;

use crate::support::{World, challenge};

fn world(routes: impl IntoIterator<Item = Route>) -> World {
    let sample = samples().unwrap().into_iter().find(|sample| sample.name == "complete").unwrap();
    let project = routes.into_iter().fold(Project::default(), Project::with_route);
    World::with(Rules::Honest, project, sample.faults)
}

#[test]
fn large_answers_are_tried_too() {
    let line = "const value = 'some text'; // a line\n".repeat(50_000);
    let json = format!("{{\"list\":[{}]}}", vec!["{\"a\":1,\"b\":\"c\"}"; 100_000].join(","));
    let single = "a".repeat(1_900_000);
    let world = world([
        Route::new("GET", "/lines", "text/plain", line),
        Route::new("GET", "/json", "application/json", json),
        Route::new("GET", "/single", "text/plain", single),
    ]);
    let of =
        |path: &str| format!("const res = await fetch(code + '{path}'); assert.isAbove((await res.text()).length, 9);");
    let blocks = ["/lines", "/json", "/single"].map(of);
    let prepared = challenge(&blocks.iter().map(String::as_str).collect::<Vec<_>>());
    let settings = Settings { mutants: 30, ..world.settings() };
    let mutated = world.mutate(&prepared, &settings);
    for hint in &mutated.hints {
        assert_eq!(hint.verdict, Verdict::CanFail);
        assert!(hint.counts.made >= 20, "{:?}", hint.counts);
        for survivor in &hint.survivors {
            let shown = diff(&survivor.mutant, &survivor.answer);
            assert!(shown.len() < 2000 && survivor.mutant.what.len() < 500, "{}", shown.len());
        }
    }
}

#[test]
fn a_time_that_is_over_is_said() {
    let world = world([Route::new("GET", "/a", "text/plain", "one\ntwo\n")]);
    let prepared = challenge(&["const res = await fetch(code + '/a'); assert.match(await res.text(), /one/);"]);
    let mutated = world.mutate(&prepared, &Settings { budget: Duration::ZERO, ..world.settings() });
    let hint = &mutated.hints[0];
    assert_eq!(hint.verdict, Verdict::CouldNotCheck(WhyUnknown::OutOfTime));
    assert!(hint.counts.made > 5 && hint.counts.not_tried == hint.counts.made, "{:?}", hint.counts);
}

#[test]
fn many_requests_have_no_more_mutants_than_one() {
    let world = world([Route::new("GET", "/a", "text/plain", "one\ntwo\n")]);
    let block = "for (let i = 0; i < 100; i++) { const res = await fetch(code + '/a?' + i); assert.match(await res.text(), /one/); }";
    let mutated = world.mutate(&challenge(&[block]), &world.settings());
    let hint = &mutated.hints[0];
    assert_eq!((hint.verdict, hint.requests, hint.counts.made), (Verdict::CanFail, 100, 100));
}
