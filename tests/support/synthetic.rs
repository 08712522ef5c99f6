//! Reports of any size without a run, for benchmarks and for looking at.

use grade::explain::{Code, DiffLine, DiffSide, Evidence, Excerpt, Explanation, Fault, Line, Mark, MarkKind, Source};
use grade::report::model::{
    Challenge, Counts, Environment, Header, Hint, Note, NoteKind, Outcome, Place, Reason, ReasonKind, Report, Request,
    SCHEMA_VERSION, Summary, Value,
};
use serde_json::json;

/// A report of so many challenges with so many hints each; of ten hints, six passed and one each has another outcome.
pub fn synthetic(challenges: usize, hints: usize) -> Report {
    let challenges: Vec<Challenge> = (0..challenges).map(|number| challenge(number, hints)).collect();
    let mut all = Counts::default();
    for challenge in &challenges {
        let counts = challenge.counts;
        all.total += counts.total;
        all.passed += counts.passed;
        all.failed += counts.failed;
        all.errored += counts.errored;
        all.unchecked += counts.unchecked;
        all.skipped += counts.skipped;
    }
    let passed = |counts: Counts| counts.failed == 0 && counts.errored == 0 && counts.passed > 0;
    let (verdict, exit_code) = match all {
        Counts { failed: 1.., .. } => ("failed", 1),
        Counts { errored: 1.., .. } => ("could_not_check", 3),
        Counts { passed: 1.., .. } => ("passed", 0),
        _ => ("nothing_checked", 2),
    };
    Report {
        schema_version: SCHEMA_VERSION.to_owned(),
        environment: Environment {
            tool: "grade".to_owned(),
            version: "0.1.0".to_owned(),
            rules: "honest".to_owned(),
            engine: "auto".to_owned(),
            url_given: Some("localhost:3000/".to_owned()),
            url: "http://localhost:3000".to_owned(),
            platform: "linux x86_64".to_owned(),
            started: Some("2026-01-02T03:04:05.678Z".to_owned()),
        },
        summary: Summary {
            verdict: verdict.to_owned(),
            exit_code,
            hints: all,
            challenges: challenges.len(),
            challenges_passed: challenges.iter().filter(|challenge| passed(challenge.counts)).count(),
            duration_ms: Some(12_345.678),
        },
        challenges,
    }
}

fn challenge(number: usize, hints: usize) -> Challenge {
    let id = format!("{number:024x}");
    let file = format!("english/block-{}/challenge-{number}.md", number / 10);
    let hints: Vec<Hint> = (0..hints).map(|index| hint(&id, number, index)).collect();
    let count = |outcome| hints.iter().filter(|hint| hint.outcome == outcome).count();
    Challenge {
        id,
        title: format!("Challenge {number} with <angle> & \"quotes\""),
        dashed_name: Some(format!("challenge-{number}")),
        block: Some(format!("block-{}", number / 10)),
        language: Some("english".to_owned()),
        file,
        counts: Counts {
            total: hints.len(),
            passed: count(Outcome::Passed),
            failed: count(Outcome::Failed),
            errored: count(Outcome::Errored),
            unchecked: count(Outcome::Unchecked),
            skipped: count(Outcome::Skipped),
        },
        duration_ms: Some(123.456),
        hints,
    }
}

fn hint(challenge: &str, number: usize, index: usize) -> Hint {
    // Every third challenge passed; in the others the outcomes take turns.
    let outcome = match (number % 3, (number + index) % 10) {
        (0, _) | (_, 0..=5) => Outcome::Passed,
        (_, 6) => Outcome::Failed,
        (_, 7) => Outcome::Errored,
        (_, 8) => Outcome::Unchecked,
        _ => Outcome::Skipped,
    };
    let line = 20 + 12 * index;
    let ran = !matches!(outcome, Outcome::Unchecked | Outcome::Skipped);
    let failed = outcome == Outcome::Failed;
    Hint {
        id: format!("{challenge}/{index}"),
        index,
        text: format!("Hint {} of the server should handle the event 'disconnect' from each socket.", index + 1),
        outcome,
        reason: match outcome {
            Outcome::Errored => Some(reason(ReasonKind::TimedOut, "no verdict within 5.0 s, while GET http://localhost:3000/slow")),
            Outcome::Skipped => Some(reason(ReasonKind::Stopped, "the run was stopped before")),
            _ => None,
        },
        notes: match outcome {
            Outcome::Unchecked => vec![Note {
                kind: NoteKind::EmptyPassesThere,
                text: "freeCodeCamp passes this hint without checking it: it has no test.".to_owned(),
            }],
            _ => Vec::new(),
        },
        message: failed.then(|| "You should handle the event: expected '…' to match /socket.on/".to_owned()),
        expected: failed.then(|| value("number", json!(1), "1")),
        actual: failed.then(|| value("number", json!(0), "0")),
        explanation: failed.then(|| explanation(index)),
        requests: if ran { vec![request(outcome)] } else { Vec::new() },
        place: Place { line, column: 1 },
        failed_at: failed.then_some(Place { line: line + 3, column: 5 }),
        test_code: "const res = await fetch(code + '/_api/server.js');\nconst text = await res.text();\nassert.match(text, /socket.on.*('|\")disconnect('|\")/s, 'You should handle the event');\n".to_owned(),
        engine: ran.then(|| if index.is_multiple_of(4) { "script" } else { "ported" }.to_owned()),
        console: if index.is_multiple_of(7) { vec!["a line that the test printed".to_owned()] } else { Vec::new() },
        duration_ms: Some(12.345),
    }
}

fn reason(kind: ReasonKind, text: &str) -> Reason {
    Reason { kind, text: text.to_owned() }
}

fn value(kind: &str, value: serde_json::Value, text: &str) -> Value {
    Value { kind: kind.to_owned(), value: Some(value), text: text.to_owned(), cut: false }
}

fn request(outcome: Outcome) -> Request {
    let header = |name: &str, value: &str| Header { name: name.to_owned(), value: value.to_owned() };
    let answered = outcome != Outcome::Errored;
    Request {
        method: "GET".to_owned(),
        url: "http://localhost:3000/_api/server.js".to_owned(),
        final_url: None,
        status: answered.then_some(200),
        content_type: answered.then(|| "text/javascript; charset=utf-8".to_owned()),
        file: answered.then(|| "server.js".to_owned()),
        size: if answered { 1970 } else { 0 },
        error: (!answered).then(|| "no complete answer within 5000 ms".to_owned()),
        from_memo: false,
        request_headers: vec![header("accept", "*/*"), header("origin", "https://www.freecodecamp.org")],
        response_headers: if answered {
            vec![header("content-type", "text/javascript; charset=utf-8"), header("access-control-allow-origin", "*")]
        } else {
            Vec::new()
        },
        body_start: answered.then(|| {
            "const http = require('http');\nconst express = require('express');\nio.on('connection', (socket) => {\n"
                .repeat(18)
        }),
        duration_ms: Some(3.21),
    }
}

fn explanation(index: usize) -> Explanation {
    let line = |number: usize, text: &str| Line { number, text: text.to_owned(), skipped: 0, cut: false };
    let mut evidence = vec![Evidence::Excerpt(Excerpt {
        source: Source { name: "/_api/server.js".to_owned(), file: Some("server.js".to_owned()), request: Some(0) },
        lines: vec![
            line(41, "  console.log('A user has connected');"),
            line(42, "  socket.on('disconect', () => {"),
            line(43, "    console.log('A user has disconnected');"),
        ],
        marks: vec![
            Mark { line: 42, column: 14, length: 9, label: "here `disconect`".to_owned(), kind: MarkKind::Primary },
            Mark { line: 41, column: 3, length: 11, label: "the handler begins".to_owned(), kind: MarkKind::Secondary },
        ],
    })];
    match index % 3 {
        0 => evidence
            .push(Evidence::Values { expected: "\"disconnect\"".to_owned(), actual: "\"disconect\"".to_owned() }),
        1 => evidence.push(Evidence::Diff {
            lines: [
                (DiffSide::Both, "{"),
                (DiffSide::Expected, "  \"age\": 1"),
                (DiffSide::Actual, "  \"age\": 0"),
                (DiffSide::Both, "}"),
            ]
            .map(|(side, text)| DiffLine { side, text: text.to_owned() })
            .into(),
        }),
        _ => evidence.push(Evidence::Fact {
            label: "wanted".to_owned(),
            text: "/socket.on.*('|\")disconnect('|\")/s".to_owned(),
        }),
    }
    Explanation {
        code: Code::DifferentName,
        headline: "`server.js` has `disconect`, which is nearly `disconnect`.".to_owned(),
        evidence,
        help: Some("write `disconnect` in line 42 of server.js".to_owned()),
        fault: Fault::Project,
    }
}
