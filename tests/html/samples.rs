//! Reports made by hand: what the page has to show, and what it has to survive.

use grade::explain::{Code, DiffLine, DiffSide, Evidence, Excerpt, Explanation, Fault, Line, Mark, MarkKind, Source};
use grade::report::model::{
    Challenge, Counts, Environment, Header, Hint, Note, NoteKind, Outcome, Place, Reason, ReasonKind, Report, Request,
    SCHEMA_VERSION, Summary, Value,
};

const BODY: &str = "const express = require('express');\nconst passport = require('passport');\nconst socket = require('socket.io');\n\nconst app = express();\nconst http = require('http').createServer(app);\nconst io = socket(http);\n";

/// A hint without anything to tell.
pub fn hint(index: usize, text: &str, outcome: Outcome) -> Hint {
    let ran = !matches!(outcome, Outcome::Unchecked | Outcome::Skipped);
    let test_code = "const url = new URL('/_api/server.js', code);\nconst res = await fetch(url);\nconst data = await res.text();\nassert.match(data, /socket\\.on\\('disconnect'/, 'Your server should listen for a disconnect');\n";
    Hint {
        id: format!("589fc832f9fc0f352b528e78/{index}"),
        index,
        text: text.into(),
        outcome,
        reason: None,
        notes: Vec::new(),
        message: None,
        expected: None,
        actual: None,
        explanation: None,
        requests: if ran { vec![request("/_api/server.js", Some(200))] } else { Vec::new() },
        place: Place { line: 34 + 12 * index, column: 1 },
        failed_at: None,
        test_code: if outcome == Outcome::Unchecked { String::new() } else { test_code.into() },
        engine: ran.then(|| "ported".into()),
        console: Vec::new(),
        duration_ms: ran.then_some(11.6 + f64::from(u32::try_from(index).unwrap())),
    }
}

pub fn request(path: &str, status: Option<u16>) -> Request {
    let header = |name: &str, value: &str| Header { name: name.into(), value: value.into() };
    let file = path.strip_prefix("/_api/").map(str::to_owned);
    Request {
        method: "GET".into(),
        url: format!("http://localhost:3000{path}"),
        final_url: None,
        status,
        content_type: status.map(|_| "text/javascript; charset=utf-8".into()),
        file,
        size: if status.is_some() { 1_970 } else { 0 },
        error: None,
        from_memo: false,
        request_headers: vec![
            header("accept", "*/*"),
            header("origin", "https://www.freecodecamp.org"),
            header("referer", "https://www.freecodecamp.org/"),
        ],
        response_headers: vec![
            header("access-control-allow-origin", "*"),
            header("content-type", "text/javascript; charset=utf-8"),
            header("etag", "W/\"7b2-Kz0r7\""),
            header("set-cookie", "connect.sid=***; Path=/; HttpOnly"),
        ],
        body_start: status.map(|_| BODY.into()),
        duration_ms: status.map(|_| 4.2),
    }
}

pub fn challenge(title: &str, block: &str, language: &str, name: &str, hints: Vec<Hint>) -> Challenge {
    let mut counts = Counts { total: hints.len(), ..Counts::default() };
    for hint in &hints {
        match hint.outcome {
            Outcome::Passed => counts.passed += 1,
            Outcome::Failed => counts.failed += 1,
            Outcome::Errored => counts.errored += 1,
            Outcome::Unchecked => counts.unchecked += 1,
            Outcome::Skipped => counts.skipped += 1,
        }
    }
    Challenge {
        id: "589fc832f9fc0f352b528e78".into(),
        title: title.into(),
        dashed_name: Some(name.into()),
        block: Some(block.into()),
        language: Some(language.into()),
        file: format!("challenges/{language}/{block}/{name}.md"),
        counts,
        duration_ms: Some(34.0),
        hints,
    }
}

pub fn report(challenges: Vec<Challenge>) -> Report {
    let mut hints = Counts::default();
    for counts in challenges.iter().map(|challenge| challenge.counts) {
        hints.total += counts.total;
        hints.passed += counts.passed;
        hints.failed += counts.failed;
        hints.errored += counts.errored;
        hints.unchecked += counts.unchecked;
        hints.skipped += counts.skipped;
    }
    let (verdict, exit_code) = match hints {
        Counts { failed: 1.., .. } => ("failed", 1),
        Counts { errored: 1.., .. } => ("could_not_check", 3),
        Counts { passed: 1.., .. } => ("passed", 0),
        _ => ("nothing_checked", 2),
    };
    let complete = |counts: &Counts| counts.failed == 0 && counts.errored == 0 && counts.passed > 0;
    Report {
        schema_version: SCHEMA_VERSION.into(),
        environment: Environment {
            tool: "grade".into(),
            version: "0.1.0".into(),
            rules: "honest".into(),
            engine: "auto".into(),
            url_given: Some("localhost:3000/".into()),
            url: "http://localhost:3000".into(),
            platform: "linux x86_64".into(),
            started: Some("2026-11-27T06:49:51Z".into()),
        },
        summary: Summary {
            verdict: verdict.into(),
            exit_code,
            hints,
            challenges: challenges.len(),
            challenges_passed: challenges.iter().filter(|challenge| complete(&challenge.counts)).count(),
            duration_ms: Some(1_240.0),
        },
        challenges,
    }
}

/// Everything passed.
pub fn pass() -> Report {
    let hints = vec![
        hint(0, "socket.io should be a dependency.", Outcome::Passed),
        hint(1, "You should correctly require and instantiate http as http.", Outcome::Passed),
        hint(2, "You should correctly require and instantiate socket.io as io.", Outcome::Passed),
        hint(3, "Socket.IO should be listening for connections.", Outcome::Passed),
        hint(4, "Your client should connect to your server.", Outcome::Passed),
    ];
    report(vec![challenge(
        "Set up the Environment",
        "advanced-node-and-express",
        "english",
        "set-up-the-environment",
        hints,
    )])
}

/// All outcomes, and every sort of evidence.
pub fn mixed() -> Report {
    report(vec![
        challenge("Handle a Disconnect", "advanced-node-and-express", "english", "handle-a-disconnect", disconnect()),
        challenge("Maneja una desconexión", "realtime-chat", "espanol", "maneja-una-desconexion", values()),
        challenge("الاتصال بقاعدة البيانات", "realtime-chat", "arabic", "connect-a-database", arabic()),
    ])
}

fn failed(mut hint: Hint, explanation: Explanation) -> Hint {
    hint.failed_at = Some(Place { line: hint.place.line + 3, column: 1 });
    hint.explanation = Some(explanation);
    hint
}

fn source(name: &str, request: usize) -> Source {
    let file = name.strip_prefix("/_api/").map(str::to_owned);
    Source { name: name.into(), file, request: Some(request) }
}

fn line(number: usize, text: &str) -> Line {
    Line { number, text: text.into(), skipped: 0, cut: false }
}

fn mark(line: usize, column: usize, length: usize, label: &str, kind: MarkKind) -> Mark {
    Mark { line, column, length, label: label.into(), kind }
}

fn disconnect() -> Vec<Hint> {
    let mut name = failed(
        hint(0, "Server should handle the event disconnect from a socket.", Outcome::Failed),
        Explanation {
            code: Code::DifferentName,
            headline: "The server listens for “disconect”; the test looks for “disconnect”.".into(),
            evidence: vec![
                Evidence::Excerpt(Excerpt {
                    source: source("/_api/server.js", 0),
                    lines: vec![
                        line(56, "io.on('connection', (socket) => {"),
                        line(57, "  ++currentUsers; // one more"),
                        line(62, "  socket.on('disconect', () => {"),
                        line(63, "    --currentUsers;"),
                    ],
                    marks: vec![
                        mark(62, 14, 9, "a letter is missing: disconnect", MarkKind::Primary),
                        mark(57, 5, 12, "counted here", MarkKind::Secondary),
                    ],
                }),
                Evidence::Fact { label: "wanted".into(), text: "/socket.on.*('|\")disconnect('|\")/s".into() },
            ],
            help: Some(
                "Write `socket.on('disconnect', () => { … })` inside of the connection handler in server.js.".into(),
            ),
            fault: Fault::Project,
        },
    );
    name.message = Some(
        "Your server should listen for a disconnect: expected 'const express = require…' to match /socket.on/".into(),
    );
    name.console = vec!["asking the server".into(), "{ users: 1 }".into()];
    name.requests.push(Request { from_memo: true, ..request("/_api/client.js", Some(200)) });
    let mut gone = hint(3, "The user count is sent to all clients.", Outcome::Errored);
    gone.reason = Some(Reason {
        kind: ReasonKind::TimedOut,
        text: "No verdict within 5.0 s, while the test waited for GET http://localhost:3000/users.".into(),
    });
    gone.requests = vec![Request { error: Some("the answer did not come in time".into()), ..request("/users", None) }];
    gone.explanation = Some(Explanation {
        code: Code::AnswerTimeout,
        headline: "The project did not answer GET /users within 5 seconds.".into(),
        evidence: Vec::new(),
        help: Some("See whether the handler of /users ends with `res.send` or `res.json` in every case.".into()),
        fault: Fault::Environment,
    });
    let mut noted = hint(1, "Your client should be listening for 'user count' event.", Outcome::Passed);
    noted.notes = vec![Note {
        kind: NoteKind::NotAwaitedThere,
        text: "freeCodeCamp passes this hint without checking it: its test does not wait for the answer.".into(),
    }];
    vec![
        name,
        noted,
        hint(2, "Each disconnect lowers the number of users by one.", Outcome::Passed),
        gone,
        unchecked(4),
    ]
}

fn unchecked(index: usize) -> Hint {
    let mut hint = hint(index, "The page shows how many people are there.", Outcome::Unchecked);
    hint.notes = vec![Note {
        kind: NoteKind::EmptyPassesThere,
        text: "freeCodeCamp passes this hint without checking it: it has no test.".into(),
    }];
    hint
}

fn values() -> Vec<Hint> {
    let text =
        |text: &str| Value { kind: "string".into(), value: Some(text.into()), text: format!("{text:?}"), cut: false };
    let mut greeting = failed(
        hint(1, "La respuesta debe ser un saludo con el nombre del usuario.", Outcome::Failed),
        Explanation {
            code: Code::TextDiffers,
            headline: "The greeting has another word than the test expects.".into(),
            evidence: vec![Evidence::Values {
                expected: "\"Hello, Ada Lovelace\"".into(),
                actual: "\"Hallo, Ada Lovelace\"".into(),
            }],
            help: Some("Answer with “Hello” as the hint says.".into()),
            fault: Fault::Project,
        },
    );
    greeting.expected = Some(text("Hello, Ada Lovelace"));
    greeting.actual = Some(text("Hallo, Ada Lovelace"));
    let same = |text: &str| DiffLine { side: DiffSide::Both, text: text.into() };
    let body = failed(
        hint(2, "GET /api/users devuelve una lista de usuarios.", Outcome::Failed),
        Explanation {
            code: Code::StructureDiffers,
            headline: "The list is there, but its second user differs.".into(),
            evidence: vec![Evidence::Diff {
                lines: vec![
                    same("["),
                    same("  { \"username\": \"ada\", \"_id\": \"1\" },"),
                    DiffLine { side: DiffSide::Expected, text: "  { \"username\": \"grace\", \"_id\": \"2\" }".into() },
                    DiffLine { side: DiffSide::Actual, text: "  { \"name\": \"grace\", \"_id\": 2 }".into() },
                    same("]"),
                ],
            }],
            help: None,
            fault: Fault::Test,
        },
    );
    let mut plain = hint(3, "El identificador es un número.", Outcome::Failed);
    plain.message = Some("expected '7' to be a number".into());
    plain.expected = Some(Value { kind: "string".into(), value: None, text: "\"number\"".into(), cut: false });
    plain.actual = Some(Value { kind: "string".into(), value: None, text: "\"string\"".into(), cut: false });
    plain.failed_at = Some(Place { line: plain.place.line + 3, column: 8 });
    let mut skipped = hint(4, "El servidor responde a una petición en vivo.", Outcome::Skipped);
    skipped.reason = Some(Reason {
        kind: ReasonKind::NeedsRunningProject,
        text: "It needs a running project: give its address with --url.".into(),
    });
    vec![hint(0, "El proyecto tiene un archivo server.js.", Outcome::Passed), greeting, body, plain, skipped]
}

fn arabic() -> Vec<Hint> {
    vec![
        hint(0, "يجب أن يتصل الخادم بقاعدة البيانات باستخدام MONGO_URI.", Outcome::Passed),
        hint(1, "يجب أن تكون كلمة المرور مخفية 👩\u{200d}💻 دائمًا.", Outcome::Passed),
    ]
}

/// As many as a whole curriculum has: 50 challenges with 40 hints each.
pub fn many() -> Report {
    let outcome = |number: usize| match number % 10 {
        3 if number.is_multiple_of(3) => Outcome::Failed,
        7 if number.is_multiple_of(7) => Outcome::Errored,
        _ => Outcome::Passed,
    };
    let challenges = (0..50).map(|number| {
        let hints = (0..40).map(|index| {
            let mut hint = hint(
                index,
                "You should correctly require and instantiate the thing that this hint asks for.",
                outcome(number * 40 + index),
            );
            if hint.outcome == Outcome::Failed || hint.outcome == Outcome::Errored {
                let told = disconnect();
                hint.explanation.clone_from(&told[if hint.outcome == Outcome::Failed { 0 } else { 3 }].explanation);
                hint.failed_at = Some(Place { line: hint.place.line + 3, column: 1 });
            }
            hint
        });
        let hints = if number.is_multiple_of(4) {
            hints.map(|hint| Hint { outcome: Outcome::Passed, explanation: None, ..hint }).collect()
        } else {
            hints.collect()
        };
        challenge(
            &format!("Challenge number {}", number + 1),
            "back-end-development-and-apis",
            "english",
            &format!("challenge-{number}"),
            hints,
        )
    });
    report(challenges.collect())
}

/// As many, and none passed.
pub fn all_failed() -> Report {
    let mut challenges = many().challenges;
    for challenge in &mut challenges {
        for (index, hint) in challenge.hints.iter_mut().enumerate() {
            let requests = std::mem::take(&mut hint.requests);
            *hint = Hint { index, requests, ..disconnect().swap_remove(3) };
        }
        challenge.counts = Counts { total: 40, errored: 40, ..Counts::default() };
    }
    report(challenges)
}

/// Nothing was graded.
pub fn empty() -> Report {
    report(Vec::new())
}

/// A report in which every text of a stranger is this one.
pub fn made_of(text: &str) -> Report {
    let text = || text.to_owned();
    let some = || Some(text());
    let mut hint = hint(0, "", Outcome::Failed);
    hint.text = text();
    hint.reason = Some(Reason { kind: ReasonKind::Internal, text: text() });
    hint.notes = vec![Note { kind: NoteKind::OnlyInComment, text: text() }];
    hint.message = some();
    hint.test_code = text();
    hint.engine = some();
    hint.console = vec![text()];
    let header = Header { name: text(), value: text() };
    hint.requests = vec![Request {
        method: text(),
        url: text(),
        final_url: some(),
        status: Some(200),
        content_type: some(),
        file: some(),
        size: 1,
        error: some(),
        from_memo: true,
        request_headers: vec![header.clone()],
        response_headers: vec![header],
        body_start: some(),
        duration_ms: None,
    }];
    hint.explanation = Some(Explanation {
        code: Code::Absent,
        headline: text(),
        evidence: vec![
            Evidence::Excerpt(Excerpt {
                source: Source { name: text(), file: Some(format!("{}.js", text())), request: Some(9) },
                lines: vec![line(1, &text())],
                marks: vec![mark(1, 2, 3, &text(), MarkKind::Primary)],
            }),
            Evidence::Diff {
                lines: vec![
                    DiffLine { side: DiffSide::Both, text: text() },
                    DiffLine { side: DiffSide::Expected, text: text() },
                    DiffLine { side: DiffSide::Actual, text: text() },
                ],
            },
            Evidence::Fact { label: text(), text: text() },
        ],
        help: some(),
        fault: Fault::Test,
    });
    let value = Value { kind: "string".into(), value: None, text: text(), cut: false };
    let mut other = Hint { explanation: None, expected: Some(value.clone()), actual: Some(value), ..hint.clone() };
    other.index = 1;
    let mut passed = Hint { outcome: Outcome::Passed, expected: None, actual: None, ..other.clone() };
    passed.index = 2;
    let mut graded = challenge(&text(), &text(), &text(), &text(), vec![hint, other, passed]);
    graded.dashed_name = some();
    graded.file = text();
    let mut made = report(vec![graded.clone(), graded]);
    made.environment = Environment {
        tool: text(),
        version: text(),
        rules: text(),
        engine: text(),
        url_given: Some(format!("{}!", text())),
        url: text(),
        platform: text(),
        started: some(),
    };
    made.schema_version = text();
    made
}
