//! A verdict of a folder is that of the running project: where it might not be, there is none.

use grade::grader::EngineChoice;
use grade::verdict::{Cause, Outcome};

use super::{challenge, lay, of_folder, of_text, run, why, word};

const SERVER: &str = "const express = require('express');\nconst app = express();\nrequire('./helper')(app);\n\
    app.use('/public', express.static(__dirname + '/public'));\napp.listen(process.env.PORT);\n";
const HELPER: &str = "module.exports = (app) => { app.use((q, s, n) => { s.set('Access-Control-Allow-Origin', '*'); n(); });\n\
    app.get('/_api/server.js', (q, s) => s.sendFile(__dirname + '/server.js')); };";

const PROJECT: [(&str, &str); 5] = [
    ("server.js", SERVER),
    ("helper.js", HELPER),
    ("package.json", r#"{"name": "p"}"#),
    ("public/client.js", "client();"),
    ("public/empty.js", ""),
];

/// The outcome of each block, and why there is none.
async fn outcomes(files: &[(&str, &str)], blocks: &[&str]) -> Vec<String> {
    let folder = lay(files.iter().map(|(name, text)| (*name, text.as_bytes())));
    let submission = of_folder(folder.path());
    let mut all = Vec::new();
    for engine in [EngineChoice::Auto, EngineChoice::Script] {
        let run = run(&submission, engine, &[challenge(blocks)]).await;
        let of_hint = |hint: &grade::verdict::HintResult| match word(&hint.outcome) {
            "needs a running project" => format!("needs a running project: {}", why(hint)),
            "errored" => match &hint.outcome {
                Outcome::Errored(Cause::Transport(error)) => format!("{:?}", error.kind),
                other => format!("{other:?}"),
            },
            word => word.to_owned(),
        };
        all.push(run.challenges[0].hints.iter().map(of_hint).collect::<Vec<_>>());
    }
    assert_eq!(all[0], all[1], "the engines differ");
    all.swap_remove(0)
}

async fn outcome(files: &[(&str, &str)], block: &str) -> String {
    outcomes(files, &[block]).await.swap_remove(0)
}

const NEEDS: &str = "needs a running project";

#[tokio::test]
async fn files_answer_what_they_answer_there() {
    let blocks = [
        "const r = await fetch(code + '/_api/server.js'); assert.match(await r.text(), /express/); assert.equal(r.status, 200);",
        "const r = await fetch(code + '/_api/package.json'); assert.equal((await r.json()).name, 'p');",
        "const data = await $.get(code + '/_api/package.json'); assert.equal(JSON.parse(data).name, 'p');",
        "const r = await fetch(code + '/public/client.js?x=1#y'); assert.equal(await r.text(), 'client();');",
        "const r = await fetch(code + '/public/empty.js'); assert.equal(await r.text(), '');",
        "const r = await fetch(code + '/_api/server.js'); assert.match(await r.text(), /nothing like it/);",
    ];
    let found = outcomes(&PROJECT, &blocks).await;
    assert_eq!(found, ["passed", "passed", "passed", "passed", "passed", "failed"]);
}

#[tokio::test]
async fn what_is_computed_is_left_to_the_running_project() {
    for block in [
        "const r = await fetch(code + '/name?first=a'); assert.isTrue(r.ok);",
        "const r = await fetch(code + '/_api/app-info'); assert.isTrue(r.ok);",
        "const r = await fetch(code + '/_api/get-tests'); assert.isFalse(r.ok);",
        "const r = await fetch(code + '/server.js'); assert.equal(r.status, 404);",
        "const r = await fetch(code + '/'); assert.isTrue(r.ok);",
        "const r = await fetch(code + '/_api/server.js', { method: 'POST', body: 'x' }); assert.isTrue(r.ok);",
        "const r = await fetch(code + '/_api/server.js', { method: 'HEAD' }); assert.isTrue(r.ok);",
        "const r = await fetch(code + '/_api/server.js', { headers: { 'X-A': 'b' } }); assert.isTrue(r.ok);",
        "const r = await fetch(code + '/_api/server.js', { credentials: 'include' }); assert.isTrue(r.ok);",
        "const r = await fetch('https://other.example/_api/server.js'); assert.isTrue(r.ok);",
        "const r = await fetch('http://localhost:3001/_api/server.js'); assert.isTrue(r.ok);",
        // These look at the address, which a folder has not, or at nothing.
        "assert.notMatch(code, /example/);",
        "assert.match(code, /example/);",
        "assert.isTrue(true);",
        // The rest of a hint does not count any more, whether it passes or fails.
        "const r = await fetch(code + '/_api/server.js'); assert.isTrue(r.ok); await fetch(code + '/json').catch(() => 0);",
        "await fetch(code + '/json').catch(() => 0); assert.isTrue(true);",
        "await fetch(code + '/json').catch(() => 0); assert.isTrue(false);",
    ] {
        let found = outcome(&PROJECT, block).await;
        assert!(found.starts_with(NEEDS), "{block}: {found}");
    }
    // It failed before it came to what only a running project answers, as it would there.
    let early = "const r = await fetch(code + '/_api/server.js'); assert.isFalse(r.ok); await fetch(code + '/json');";
    assert_eq!(outcome(&PROJECT, early).await, "failed");
}

#[tokio::test]
async fn a_missing_file_can_fail_a_hint_but_not_pass_it() {
    let fails = "const r = await fetch(code + '/public/none.js'); assert.match(await r.text(), /socket/);";
    let passes = "const r = await fetch(code + '/public/none.js'); assert.notMatch(await r.text(), /socket/);";
    assert_eq!(outcome(&PROJECT, fails).await, "failed");
    assert_eq!(outcome(&PROJECT, passes).await, format!("{NEEDS}: passes without the file"));
    let jquery = "const data = await $.get(code + '/_api/routes.js'); assert.match(data, /x/);";
    assert_eq!(outcome(&PROJECT, jquery).await, "failed");
    // A project that is laid out differently may have it elsewhere.
    let other = [("package.json", r#"{"scripts": {"start": "node dist/main.js"}}"#)];
    let routes = "const r = await fetch(code + '/_api/server.js'); assert.isTrue(r.ok);";
    assert_eq!(outcome(&other, routes).await, format!("{NEEDS}: there is no server.js here, and no server.js"));
}

#[tokio::test]
async fn a_file_answers_only_where_the_code_serves_it() {
    let style = "const r = await fetch(code + '/public/client.js'); assert.isTrue(r.ok);";
    let untouched = [("server.js", "const app = require('express')();\napp.listen(3000);"), ("public/client.js", "x")];
    let found = outcome(&untouched, style).await;
    assert!(found.starts_with(NEEDS) && found.contains("express.static"), "{found}");
    let index = "const r = await fetch(code + '/'); assert.match(await r.text(), /h1/);";
    let untouched = [("server.js", "const app = require('express')();"), ("views/index.html", "<h1>")];
    assert!(outcome(&untouched, index).await.starts_with(NEEDS));
    let served = [
        ("server.js", "app.get('/', (req, res) => { res.sendFile(process.cwd() + '/views/index.html'); });"),
        ("views/index.html", "<h1>"),
    ];
    assert_eq!(outcome(&served, index).await, "passed");
    // Pages of freeCodeCamp could not read what this one answers.
    let closed = [("server.js", "app.get('/_api/server.js', (req, res) => res.sendFile(__filename));")];
    let source = "const r = await fetch(code + '/_api/server.js'); assert.match(await r.text(), /app/);";
    let found = outcome(&closed, source).await;
    assert!(found.starts_with(NEEDS) && found.contains("Access-Control-Allow-Origin"), "{found}");
}

#[tokio::test]
async fn what_a_hook_was_answered_is_behind_every_hint() {
    let text = "---\nid: aaaaaaaaaaaaaaaaaaaaaaaa\ntitle: t\nchallengeType: 2\ndashedName: t\n---\n\n# --description--\n\nText.\n\n\
        # --before-all--\n\n```js\nglobalThis.user = fetch('http://localhost:3000/name').catch(() => 0);\n```\n\n# --hints--\n\n\
        One.\n\n```js\nassert.isTrue(true);\n```\n\nTwo.\n\n```js\nassert.isTrue(true);\n```\n";
    let folder = lay(PROJECT.map(|(name, text)| (name, text.as_bytes())));
    let run = run(&of_folder(folder.path()), EngineChoice::Auto, &[of_text(text)]).await;
    let words: Vec<_> = run.challenges[0].hints.iter().map(|hint| word(&hint.outcome)).collect();
    assert_eq!(words, [NEEDS, NEEDS]);
}

#[tokio::test]
async fn limits_hold() {
    let large = "x".repeat(3 * 1024 * 1024);
    let mut files = PROJECT.to_vec();
    files.push(("public/large.js", &large));
    let block = "const r = await fetch(code + '/public/large.js'); assert.isTrue((await r.text()).length > 0);";
    let found = outcome(&files, block).await;
    assert!(found.contains("TooLarge"), "{found}");
}
