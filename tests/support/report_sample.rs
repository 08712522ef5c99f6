//! Reports made by hand, with every outcome and with texts that formats stumble over.
#![allow(dead_code, reason = "each user needs some of them")]

use grade::explain::{Code, DiffLine, DiffSide, Evidence, Excerpt, Explanation, Fault, Line, Mark, MarkKind, Source};
use grade::report::model::{
    Challenge, Counts, Environment, Hint, Note, NoteKind, Outcome, Place, Reason, ReasonKind, Report, Request,
    SCHEMA_VERSION, Summary, Value,
};
use serde_json::json;

/// Texts that mean something in one format or another.
pub const NASTY: &[&str] = &[
    "<b>bold</b> & \"quoted\" ]]> 'single' &amp; <!-- -->",
    "::error file=x::told %0A off %25, a:b, ##[error]x",
    "# TODO later \\# SKIP \\",
    "| a | b |\\| `tick` ``two`` ```three``` ~~~",
    "line\nline\r\nline\rline\t.",
    "👩\u{200d}💻 مرحبا بالعالم می\u{200c}خواهم \u{202e}turned\u{202c}",
    "\u{1b}[31mred\u{1b}[0m \u{0}\u{7}\u{b}\u{7f}\u{9b}\u{85}\u{fffe}\u{ffff}\u{2028}",
    "@admin and @org/team see https://evil.example/x?y=1, www.evil.example, a@evil.example, #1, [x](javascript:y) ![i](http://evil.example/i.png) <https://evil.example>",
    "function () {",
    "...",
    "--- \n... \n  - not: yaml",
    "ok 7 - not a test\n1..3\nBail out!",
    "</details></summary><script>alert(1)</script>",
    "",
];

/// A hint with that outcome and nothing else to say.
pub fn hint(index: usize, text: &str, outcome: Outcome) -> Hint {
    Hint {
        id: String::new(),
        index,
        text: text.to_owned(),
        outcome,
        reason: None,
        notes: Vec::new(),
        message: None,
        expected: None,
        actual: None,
        explanation: None,
        requests: Vec::new(),
        place: Place { line: 20 + 10 * index, column: 1 },
        failed_at: None,
        test_code: "assert.isTrue(true);".to_owned(),
        engine: Some("ported".to_owned()),
        console: Vec::new(),
        duration_ms: Some(1.5),
    }
}

/// A challenge with those hints; their ids and the counts are filled in.
pub fn challenge(id: &str, title: &str, name: &str, mut hints: Vec<Hint>) -> Challenge {
    let mut counts = Counts { total: hints.len(), ..Counts::default() };
    for hint in &mut hints {
        hint.id = format!("{id}/{}", hint.index);
        *match hint.outcome {
            Outcome::Passed => &mut counts.passed,
            Outcome::Failed => &mut counts.failed,
            Outcome::Errored => &mut counts.errored,
            Outcome::Unchecked => &mut counts.unchecked,
            Outcome::Skipped => &mut counts.skipped,
        } += 1;
    }
    Challenge {
        id: id.to_owned(),
        title: title.to_owned(),
        dashed_name: Some(name.to_owned()),
        block: Some("advanced-node-and-express".to_owned()),
        language: Some("english".to_owned()),
        file: format!("challenges/english/advanced-node-and-express/{name}.md"),
        counts,
        duration_ms: Some(12.25),
        hints,
    }
}

/// A report of those challenges; the verdict follows from them.
pub fn report(challenges: Vec<Challenge>) -> Report {
    let mut hints = Counts::default();
    let mut complete = 0;
    for challenge in &challenges {
        let counts = challenge.counts;
        hints.total += counts.total;
        hints.passed += counts.passed;
        hints.failed += counts.failed;
        hints.errored += counts.errored;
        hints.unchecked += counts.unchecked;
        hints.skipped += counts.skipped;
        complete += usize::from(counts.passed > 0 && counts.failed + counts.errored == 0);
    }
    let (verdict, exit_code) = match hints {
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
            started: Some("2026-03-01T12:00:00.250Z".to_owned()),
        },
        summary: Summary {
            verdict: verdict.to_owned(),
            exit_code,
            hints,
            challenges: challenges.len(),
            challenges_passed: complete,
            duration_ms: Some(36.75),
        },
        challenges,
    }
}

/// A request that was answered with a file of the project.
pub fn request(path: &str, file: Option<&str>) -> Request {
    Request {
        method: "GET".to_owned(),
        url: format!("http://localhost:3000{path}"),
        final_url: None,
        status: Some(200),
        content_type: Some("text/plain; charset=utf-8".to_owned()),
        file: file.map(str::to_owned),
        size: 1970,
        error: None,
        from_memo: false,
        request_headers: Vec::new(),
        response_headers: Vec::new(),
        body_start: None,
        duration_ms: Some(0.8),
    }
}

/// A pattern that misses because of a line break in the learner's `server.js`.
pub fn line_break() -> Hint {
    let excerpt = Excerpt {
        source: Source { name: "/_api/server.js".to_owned(), file: Some("server.js".to_owned()), request: Some(0) },
        lines: vec![
            Line { number: 9, text: "const a = 1;".to_owned(), skipped: 0, cut: false },
            Line { number: 11, text: "\tpassport.use(`日本`,".to_owned(), skipped: 0, cut: true },
            Line { number: 12, text: "new Strategy());".to_owned(), skipped: 4, cut: false },
        ],
        marks: vec![
            Mark { line: 11, column: 15, length: 4, label: "the line ends here".to_owned(), kind: MarkKind::Primary },
            Mark { line: 12, column: 9, length: 8, label: "this is wanted next".to_owned(), kind: MarkKind::Secondary },
        ],
    };
    Hint {
        message: Some("You should use a strategy: expected 'const a…' to match /use.*Strategy/".to_owned()),
        explanation: Some(Explanation {
            code: Code::LineBreak,
            headline: "There is a line break where the test allows none.".to_owned(),
            evidence: vec![
                Evidence::Excerpt(excerpt),
                Evidence::Fact { label: "wanted".to_owned(), text: "/use.*Strategy/".to_owned() },
            ],
            help: Some("Join lines 11 and 12.".to_owned()),
            fault: Fault::Test,
        }),
        requests: vec![request("/_api/server.js", Some("server.js"))],
        failed_at: Some(Place { line: 44, column: 7 }),
        test_code: "const server = await fetch(`${code}/_api/server.js`).then(r => r.text());\nassert.match(server, /use.*Strategy/);".to_owned(),
        ..hint(1, "The strategy should be used.", Outcome::Failed)
    }
}

/// Two values that differ, without an explanation; falsy values are values.
pub fn values() -> Hint {
    let value = |kind: &str, value: serde_json::Value, text: &str| {
        Some(Value { kind: kind.to_owned(), value: Some(value), text: text.to_owned(), cut: false })
    };
    Hint {
        message: Some("expected 0 to equal ''".to_owned()),
        expected: value("string", json!(""), "\"\""),
        actual: value("number", json!(0), "0"),
        ..hint(2, "The strategy should be used.", Outcome::Failed)
    }
}

/// A difference of two longer texts, and everything nasty at once.
pub fn nasty() -> Hint {
    let all = NASTY.join(" ");
    let sides = [DiffSide::Both, DiffSide::Expected, DiffSide::Actual];
    let lines = NASTY.iter().zip(sides.into_iter().cycle());
    Hint {
        message: Some(all.clone()),
        expected: Some(Value {
            kind: "string".to_owned(),
            value: Some(json!(NASTY.concat())),
            text: NASTY.concat(),
            cut: false,
        }),
        actual: Some(Value { kind: "undefined".to_owned(), value: None, text: "undefined".to_owned(), cut: false }),
        explanation: Some(Explanation {
            code: Code::StructureDiffers,
            headline: all.clone(),
            evidence: vec![
                Evidence::Diff {
                    lines: lines.map(|(text, side)| DiffLine { side, text: (*text).to_owned() }).collect(),
                },
                Evidence::Fact { label: "because".to_owned(), text: all.clone() },
            ],
            help: Some(all.clone()),
            fault: Fault::Project,
        }),
        requests: vec![Request { url: all.clone(), file: Some(all.clone()), ..request("/", None) }],
        console: vec![all.clone()],
        test_code: NASTY.join("\n"),
        notes: vec![Note { kind: NoteKind::SubstitutedAnswer, text: all.clone() }],
        ..hint(3, &all, Outcome::Failed)
    }
}

/// No answer in time.
pub fn timed_out() -> Hint {
    Hint {
        reason: Some(Reason {
            kind: ReasonKind::TimedOut,
            text: "no verdict within 5.0 s, while waiting for GET http://localhost:3000/slow".to_owned(),
        }),
        requests: vec![Request {
            status: None,
            content_type: None,
            size: 0,
            error: Some("no answer within 5.0 s".to_owned()),
            ..request("/slow", None)
        }],
        ..hint(4, "The page should answer.", Outcome::Errored)
    }
}

/// Nothing listens.
pub fn refused(index: usize) -> Hint {
    Hint {
        reason: Some(Reason {
            kind: ReasonKind::Transport,
            text: "nothing listens at 127.0.0.1:3000 (connection refused)".to_owned(),
        }),
        ..hint(index, "The page should answer.", Outcome::Errored)
    }
}

/// Every outcome; three challenges.
pub fn mixed() -> Report {
    let noted = Hint {
        notes: vec![Note {
            kind: NoteKind::CookiesKept,
            text: "Cookies were kept for this hint; a browser would not send them.".to_owned(),
        }],
        ..hint(7, "The session should be kept.", Outcome::Passed)
    };
    let skipped = Hint {
        reason: Some(Reason {
            kind: ReasonKind::NeedsRunningProject,
            text: "it needs a running project; there is only a folder".to_owned(),
        }),
        engine: None,
        ..hint(6, "The socket should connect.", Outcome::Skipped)
    };
    let first = vec![
        hint(0, "The page should have a title.", Outcome::Passed),
        line_break(),
        values(),
        nasty(),
        timed_out(),
        hint(5, "You should commit your work.", Outcome::Unchecked),
        skipped.clone(),
        noted,
    ];
    let texts = NASTY.iter().enumerate();
    let second = texts.map(|(index, text)| hint(index, text, Outcome::Passed)).collect();
    let third = vec![hint(0, "Nothing to check.", Outcome::Unchecked), Hint { index: 1, ..skipped }];
    report(vec![
        challenge("5895f70bf9fc0f352b528e64", "Set up a Template Engine", "set-up-a-template-engine", first),
        challenge("5895f70bf9fc0f352b528e65", NASTY[0], "texts", second),
        challenge("5895f70bf9fc0f352b528e66", "إعداد محرك 👩\u{200d}💻 | # x", "nothing", third),
    ])
}

/// Nothing answers.
pub fn unreachable() -> Report {
    let hints = vec![refused(0), refused(1), hint(2, "No test.", Outcome::Unchecked)];
    report(vec![challenge("a1", "First", "first", hints), challenge("a2", "Second", "second", vec![refused(0)])])
}

/// Each of the texts by itself, as a hint that failed and as its message.
pub fn each_failed() -> Report {
    let texts = NASTY.iter().chain(&["evil.com www.evil.com http://evil.com evil@evil.com //evil.com"]);
    let hints = texts
        .enumerate()
        .map(|(index, text)| Hint { message: Some((*text).to_owned()), ..hint(index, text, Outcome::Failed) });
    report(vec![challenge("a1", "visit evil.com", "each", hints.collect())])
}

/// All pass.
pub fn passed() -> Report {
    report(vec![challenge("a1", "First", "first", vec![hint(0, "It should.", Outcome::Passed)])])
}

/// No hint was checked.
pub fn nothing() -> Report {
    report(vec![challenge("a1", "First", "first", vec![hint(0, "No test.", Outcome::Unchecked)])])
}

/// So many failed hints, each with a message of so many bytes.
pub fn large(challenges: usize, hints: usize, bytes: usize) -> Report {
    let message = "<&\"]]> `x` | @y\n".repeat(bytes / 16 + 1);
    let challenges = (0..challenges).map(|number| {
        let hints = (0..hints).map(|index| Hint {
            message: Some(message.clone()),
            console: vec![message.clone()],
            test_code: message.clone(),
            ..hint(index, &message, Outcome::Failed)
        });
        challenge(&format!("c{number}"), &message, &format!("challenge-{number}"), hints.collect())
    });
    report(challenges.collect())
}
