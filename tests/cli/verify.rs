//! `grade verify`

use std::path::Path;
use std::process::{Command, Stdio};

use grade::testbed::samples;
use grade::verify::{Answers, Expectation, Role, built_in, expectation};
use serde_json::Value;

use crate::support::{Left, folder, left, program, write};

/// Two hints about one file.
const CHALLENGE: &str = "\
---
id: 5f0c1e2d3a4b5c6d7e8f9a0b
title: Say Hello
challengeType: 2
dashedName: say-hello
---

# --description--

Text.

# --hints--

It should use Express.

```js
const res = await fetch(code + '/_api/server.js');
assert.match(await res.text(), /express/, 'server.js should load express');
```

It should say hello.

```js
const res = await fetch(code + '/_api/server.js');
assert.match(await res.text(), /hello/, 'server.js should say hello');
```
";

const MANIFEST: &str = "\
version: 1
solution: { dir: right }
starter: { dir: start }
wrong:
  - name: mute
    why: It does not say hello.
    dir: mute
    fails: [2]
";

const START: &str = "const app = require('express')();\n";
const RIGHT: &str = "const app = require('express')();\n\napp.get('/', (req, res) => res.send('hello'));\n";
const MUTE: &str = "const app = require('express')();\n\napp.get('/', (req, res) => res.send('helo'));\n";

fn run(place: &Path, arguments: &[&str]) -> Left {
    left(program().current_dir(place).arg("verify").args(arguments))
}

/// A tree with one challenge and its fixtures.
fn bench() -> tempfile::TempDir {
    let place = folder();
    write(place.path(), "challenges/english/greetings/say-hello.md", CHALLENGE);
    write(place.path(), "fixtures/greetings/verify.yml", MANIFEST);
    for (name, code) in [("right", RIGHT), ("start", START), ("mute", MUTE)] {
        write(place.path(), &format!("fixtures/greetings/{name}/server.js"), code);
    }
    place
}

const TREE: [&str; 2] = ["--challenges", "challenges"];

#[test]
fn all_is_as_the_manifest_says() {
    let place = bench();
    let found = run(place.path(), &TREE);
    insta::assert_snapshot!(found.out, @r"
    pass   english/greetings/say-hello: 3 projects as expected
           On the starter, before the learner did anything, these hints pass:
             1. It should use Express.

    1 of 1 challenge as expected
    ");
    assert_eq!((found.code, found.err.as_str()), (0, ""));
    // By its file, from elsewhere, and with the fixtures named.
    let file = place.path().join("challenges/english/greetings/say-hello.md");
    let fixtures = place.path().join("fixtures");
    let elsewhere = folder();
    let found = run(elsewhere.path(), &[file.to_str().unwrap(), "--fixtures", fixtures.to_str().unwrap()]);
    assert!(found.code == 0 && found.out.contains("1 of 1 challenge as expected"), "{found:?}");
}

#[test]
fn what_is_not_as_expected_says_what_came_instead() {
    let place = bench();
    // The starter solves it, the wrong project fails another hint, and the solution none.
    let mute = "console.log('hello');\n";
    write(place.path(), "fixtures/greetings/mute/server.js", mute);
    write(place.path(), "fixtures/greetings/start/server.js", RIGHT);
    let found = run(place.path(), &TREE);
    insta::assert_snapshot!("not_as_expected", found.out);
    assert_eq!((found.code, found.err.as_str()), (1, ""));
    let found = run(place.path(), &["--challenges", "challenges", "--format", "github"]);
    insta::assert_snapshot!("not_as_expected_github", found.out);
    assert!(found.code == 1 && found.err.starts_with("FAIL   english/greetings/say-hello: "), "{found:?}");
    let found = run(place.path(), &["--challenges", "challenges", "--format", "json"]);
    assert_eq!((found.code, found.err.as_str()), (1, ""));
    let report: Value = serde_json::from_str(&found.out).unwrap();
    let schema: Value = serde_json::from_str(include_str!("../../docs/schema/verify-report-1.json")).unwrap();
    let errors: Vec<String> =
        jsonschema::draft202012::new(&schema).unwrap().iter_errors(&report).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let projects = report["challenges"][0]["projects"].as_array().unwrap();
    let verdicts: Vec<&str> = projects.iter().map(|project| project["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["as_expected", "not_as_expected", "not_as_expected"]);
    assert_eq!(projects[2]["findings"][0]["expected"], "pass");
    assert_eq!(projects[2]["findings"][0]["hint"]["id"], "5f0c1e2d3a4b5c6d7e8f9a0b/0");
    assert_eq!(report["summary"]["exit_code"], 1);
}

#[test]
fn a_solution_that_fails_is_explained() {
    let place = bench();
    write(place.path(), "fixtures/greetings/right/server.js", MUTE);
    let found = run(place.path(), &TREE);
    insta::assert_snapshot!("solution_fails", found.out);
    assert_eq!(found.code, 1);
}

#[test]
fn folders_and_names_that_are_not_there() {
    let place = bench();
    for (manifest, told) in [
        (
            MANIFEST.replace("dir: mute", "dir: moot"),
            "fixtures/greetings/verify.yml:7:10: there is no folder `moot` in `fixtures/greetings`",
        ),
        (
            MANIFEST.replace("fails: [2]", "fails: [3]"),
            "fixtures/greetings/verify.yml:8:13: `english/greetings/say-hello` has no hint 3: it has 2 hints",
        ),
        (
            MANIFEST.replace("fails: [2]", "fails: { say-helo: [2] }"),
            "fixtures/greetings/verify.yml:8:14: there is no challenge `say-helo` where this manifest is used\n  help: did you mean `say-hello`?",
        ),
        (
            MANIFEST.replace("dir: mute", "recorded: mute"),
            "fixtures/greetings/verify.yml:7:15: the recorded projects of `fixtures/greetings` cannot be used: the manifest.json of the recorded projects is missing",
        ),
        (
            MANIFEST.replace("version: 1\n", "version: 1\nchallenge: [a]\n"),
            "fixtures/greetings/verify.yml:2:1: unknown field `challenge`",
        ),
    ] {
        write(place.path(), "fixtures/greetings/verify.yml", &manifest);
        let found = run(place.path(), &TREE);
        assert_eq!((found.code, found.out.as_str()), (2, ""), "{found:?}");
        let told = format!("error: the manifest `fixtures/greetings/verify.yml` cannot be used\n{told}");
        assert!(found.err.starts_with(&told), "{}\n{told}", found.err);
    }
    let found = run(place.path(), &["--challenges", "challenges", "--fixtures", "nowhere"]);
    assert_eq!((found.code, found.err.as_str()), (2, "error: there is no folder `nowhere` to look for manifests in\n"));
    let found = run(place.path(), &["--challenges", "challenges", "--fixtures", "challenges"]);
    assert!(found.code == 2 && found.err.contains("there is no verify.yml for any of these challenges"), "{found:?}");
}

#[test]
fn challenges_without_fixtures_are_counted() {
    let place = bench();
    let other = CHALLENGE.replace("say-hello", "say-bye").replace("9a0b", "9a0c");
    write(place.path(), "challenges/english/farewells/say-bye.md", &other);
    let found = run(place.path(), &TREE);
    assert_eq!(found.code, 0, "{found:?}");
    assert!(found.out.starts_with("none   english/farewells/say-bye: no fixtures\npass "), "{}", found.out);
    assert!(found.out.ends_with("1 of 1 challenge as expected, 1 challenge without fixtures\n"), "{}", found.out);
    let found = run(place.path(), &["--challenges", "challenges", "--require-fixtures"]);
    assert!(found.code == 1 && found.out.contains("which --require-fixtures asks for"), "{found:?}");
    let found = run(place.path(), &["challenges/english/farewells"]);
    assert_eq!(found.code, 0);
    insta::assert_snapshot!(found.out, @r"
    none   english/farewells/say-bye: no fixtures

    Nothing was verified: 1 challenge without fixtures
    ");
}

#[test]
fn the_nearest_manifest_that_is_about_it() {
    let place = bench();
    // That of the block is about another challenge; that of all is used, and that of the challenge goes before it.
    write(
        place.path(),
        "fixtures/greetings/verify.yml",
        &MANIFEST.replace("version: 1", "version: 1\nchallenges: [say-bye]"),
    );
    write(
        place.path(),
        "challenges/english/greetings/say-bye.md",
        &CHALLENGE.replace("say-hello", "say-bye").replace("9a0b", "9a0c"),
    );
    write(place.path(), "fixtures/verify.yml", "version: 1\nsolution: { dir: greetings/right }\n");
    let projects = |count: usize| format!("english/greetings/say-hello: {count} project");
    let found = run(place.path(), &TREE);
    assert!(found.code == 0 && found.out.contains(&projects(1)), "{found:?}");
    let own = "version: 1\nsolution: { dir: ../right }\nstarter: { dir: ../start }\n";
    write(place.path(), "fixtures/greetings/say-hello/verify.yml", own);
    let found = run(place.path(), &TREE);
    assert!(found.code == 0 && found.out.contains(&projects(2)), "{found:?}");
    write(
        place.path(),
        "challenges/english/greetings/verify.yml",
        "version: 1\nsolution: { dir: ../../../fixtures/greetings/right }\nright: []\n",
    );
    let found = run(place.path(), &TREE);
    assert!(found.code == 0 && found.out.contains(&projects(1)), "{found:?}");
}

#[cfg(unix)]
#[test]
fn a_manifest_of_somebody_else_is_passed_over() {
    let place = bench();
    let manifest = place.path().join("fixtures/greetings/verify.yml");
    if std::os::unix::fs::chown(&manifest, Some(54_321), None).is_err() {
        println!("skipped: only root can give a file away");
        return;
    }
    let found = run(place.path(), &TREE);
    assert_eq!(found.code, 0, "{found:?}");
    assert!(found.out.contains("say-hello: no fixtures"), "{found:?}");
    let told = "warning: `fixtures/greetings/verify.yml` is not used: it belongs to another user than the challenges; --fixtures fixtures/greetings uses it\n";
    assert_eq!(found.err, told);
    let found = run(place.path(), &["--challenges", "challenges", "--fixtures", "fixtures/greetings"]);
    assert!(found.code == 0 && found.out.contains("3 projects as expected"), "{found:?}");
    // What is no file is read by nobody.
    std::fs::remove_file(&manifest).unwrap();
    assert!(Command::new("mkfifo").arg(&manifest).status().is_ok_and(|status| status.success()));
    let found = run(place.path(), &TREE);
    assert!(found.code == 2 && found.err.contains("because: it is no regular file"), "{found:?}");
}

#[test]
fn a_folder_does_not_decide_everything() {
    let place = bench();
    let needs = CHALLENGE.replacen("/_api/server.js", "/greeting", 1);
    write(place.path(), "challenges/english/greetings/say-hello.md", &needs);
    let found = run(place.path(), &TREE);
    assert_eq!(found.code, 3, "{found:?}");
    assert!(found.out.contains("hint 1: files alone do not decide it; `start` the project"), "{}", found.out);
    assert!(found.out.ends_with("0 of 1 challenge as expected, 1 could not be checked\n"), "{}", found.out);
}

#[test]
fn started_projects_are_told_their_port() {
    if Command::new("python3").arg("--version").stdout(Stdio::null()).status().is_err() {
        println!("skipped: there is no python3 on this machine");
        return;
    }
    let place = bench();
    let serve = r#"
import http.server, os
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.write(os.environ["SAYS"].encode())
    def log_message(self, *_):
        pass
http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Answer).serve_forever()
"#;
    write(place.path(), "fixtures/greetings/serve.py", serve);
    let started = |says: &str| format!("{{ start: python3 serve.py, env: {{ SAYS: {says} }} }}");
    let manifest = format!("version: 1\nsolution: {}\nstarter: {}\n", started("express hello"), started("nothing"));
    write(place.path(), "fixtures/greetings/verify.yml", &manifest);
    for jobs in ["1", "3"] {
        let found = run(place.path(), &["--challenges", "challenges", "--jobs", jobs]);
        assert!(found.code == 0 && found.out.contains("2 projects as expected"), "{found:?}");
    }
    let dies = manifest.replace("python3 serve.py", "exit 7");
    write(place.path(), "fixtures/greetings/verify.yml", &dies);
    let found = run(place.path(), &TREE);
    assert_eq!(found.code, 3, "{found:?}");
    assert!(found.out.contains("`exit 7` ended before anything answered"), "{}", found.out);
    write(place.path(), "fixtures/greetings/verify.yml", &manifest.replace("python3 serve.py", "no-such-program"));
    let found = run(place.path(), &TREE);
    assert_eq!(found.code, 2, "{found:?}");
}

fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"];
    let status = Command::new("git")
        .current_dir(folder)
        .args(identity)
        .args(arguments)
        .env_remove("GIT_DIR")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .stdout(Stdio::null())
        .status();
    assert!(status.unwrap().success(), "git {arguments:?}");
}

#[test]
fn only_what_changed() {
    if Command::new("git").arg("--version").stdout(Stdio::null()).status().is_err() {
        println!("skipped: there is no git on this machine");
        return;
    }
    let place = bench();
    let other = CHALLENGE.replace("say-hello", "say-bye").replace("9a0b", "9a0c");
    write(place.path(), "challenges/english/farewells/say-bye.md", &other);
    git(place.path(), &["init", "--quiet", "--initial-branch", "main"]);
    git(place.path(), &["add", "--all"]);
    git(place.path(), &["commit", "--quiet", "--message", "x"]);
    git(place.path(), &["checkout", "--quiet", "-b", "work"]);
    let changed = || run(place.path(), &["--challenges", "challenges", "--changed", "main"]);
    let names = |found: &Left| -> Vec<String> {
        assert_eq!(found.code, 0, "{found:?}");
        found
            .out
            .lines()
            .filter_map(|line| line.get(7..)?.split_once(": "))
            .map(|(name, _)| name.to_owned())
            .filter(|name| name.contains('/'))
            .collect()
    };
    let found = changed();
    assert_eq!((found.code, found.out.as_str()), (0, "There was nothing to verify\n"));
    assert_eq!(found.err, "warning: nothing that a challenge depends on has changed since `main`\n");
    // A new file, an older one, one of a fixture, the manifest: committed or not.
    write(
        place.path(),
        "challenges/english/farewells/wave.md",
        &other.replace("say-bye", "wave").replace("9a0c", "9a0d"),
    );
    assert_eq!(names(&changed()), ["english/farewells/wave"]);
    git(place.path(), &["add", "--all"]);
    git(place.path(), &["commit", "--quiet", "--message", "y"]);
    assert_eq!(names(&changed()), ["english/farewells/wave"]);
    write(place.path(), "fixtures/greetings/mute/deep/new.js", "1\n");
    assert_eq!(names(&changed()), ["english/farewells/wave", "english/greetings/say-hello"]);
    git(place.path(), &["clean", "--quiet", "--force", "-d"]);
    write(place.path(), "fixtures/greetings/verify.yml", &format!("# new\n{MANIFEST}"));
    assert_eq!(names(&changed()), ["english/farewells/wave", "english/greetings/say-hello"]);
    git(place.path(), &["checkout", "--quiet", "fixtures"]);
    // What main did in the meantime is not what this branch did.
    git(place.path(), &["checkout", "--quiet", "main"]);
    write(place.path(), "challenges/english/farewells/say-bye.md", &format!("{other}\nMore.\n"));
    git(place.path(), &["commit", "--quiet", "--all", "--message", "z"]);
    git(place.path(), &["checkout", "--quiet", "work"]);
    assert_eq!(names(&changed()), ["english/farewells/wave"]);

    for (reference, told) in [
        (
            "nothing",
            "error: the git repository has no commit or branch `nothing`\nhelp: give a branch, tag or commit that is here",
        ),
        ("--output=x", "error: the git repository has no commit or branch `--output=x`\nhelp: "),
    ] {
        let found = run(place.path(), &["--challenges", "challenges", &format!("--changed={reference}")]);
        assert!(found.code == 2 && found.err.starts_with(told), "{found:?}");
    }
    let found = run(place.path(), &["--changed", "main"]);
    assert!(found.code == 2 && found.err.contains("the built-in challenges are none"), "{found:?}");
}

#[test]
fn without_git_or_a_repository_nothing_is_known_to_have_changed() {
    let place = bench();
    let empty = folder();
    let arguments = ["verify", "--challenges", "challenges", "--changed", "main"];
    let found = left(program().current_dir(place.path()).args(arguments).env("PATH", empty.path()));
    assert_eq!((found.code, found.out.as_str()), (2, ""));
    assert!(
        found.err.starts_with("error: the program `git` is not there; it is needed to see what has changed\nhelp: "),
        "{found:?}"
    );
    if Command::new("git").arg("--version").stdout(Stdio::null()).status().is_ok() {
        let ceiling = place.path().parent().unwrap();
        let found = left(program().current_dir(place.path()).args(arguments).env("GIT_CEILING_DIRECTORIES", ceiling));
        assert_eq!(found.code, 2);
        assert!(found.err.contains("is in no git repository: not a git repository"), "{found:?}");
    }
}

#[test]
fn broken_challenge_files_are_told_and_nothing_is_graded() {
    let place = bench();
    write(place.path(), "challenges/english/greetings/broken.md", "---\nid: x\n---\n\n# --hints--\n\nText.\n");
    let found = run(place.path(), &TREE);
    assert_eq!((found.code, found.out.as_str()), (2, ""));
    assert!(found.err.contains("broken.md:"), "{found:?}");
}

#[test]
fn the_built_in_challenges_are_as_their_manifest_says() {
    let found = run(folder().path(), &["--require-fixtures"]);
    assert_eq!((found.code, found.err.as_str()), (0, ""), "{}", found.out);
    assert!(found.out.ends_with("17 of 17 challenges as expected\n"), "{}", found.out);
}

/// `fixtures/manifest.json` tells the tests what `fixtures/verify.yml` tells `grade verify`.
#[test]
fn both_manifests_say_the_same() {
    let found = built_in().unwrap();
    let index = grade::curriculum::builtin();
    let samples = samples().unwrap();
    let named: Vec<&str> = found
        .manifest
        .projects
        .iter()
        .map(|project| match &project.answers {
            Answers::Recorded { path, .. } => path.to_str().unwrap(),
            other => panic!("{other:?}"),
        })
        .collect();
    for sample in &samples {
        assert!(named.contains(&sample.name.as_str()), "fixtures/verify.yml lacks `{}`", sample.name);
    }
    for (project, name) in found.manifest.projects.iter().zip(named) {
        let sample = samples.iter().find(|sample| sample.name == name).unwrap();
        for entry in index.entries() {
            let key = format!("{}/{}", entry.place.block.as_ref().unwrap(), entry.dashed_name().unwrap());
            let outcomes = &sample.expected[&key];
            let failing =
                || outcomes.iter().enumerate().filter(|(_, outcome)| *outcome == "failed").map(|(index, _)| index);
            match expectation(project, entry, entry.challenge().unwrap()).unwrap() {
                Expectation::AllPass => assert_eq!(failing().count(), 0, "{name} {key}"),
                Expectation::SomeFail => {
                    assert!(project.role == Role::Starter && failing().count() > 0, "{name} {key}");
                }
                Expectation::Exactly(fails) => assert_eq!(fails, failing().collect(), "{name} {key}"),
            }
        }
    }
}

#[test]
fn schemas_that_are_checked_in_are_those_that_are_printed() {
    for (name, kept) in [
        ("verify", include_str!("../../docs/schema/verify-1.json")),
        ("verify-report", include_str!("../../docs/schema/verify-report-1.json")),
    ] {
        let found = left(program().args(["schema", name]));
        assert_eq!((found.code, found.err.as_str()), (0, ""));
        assert!(found.out == kept, "run `grade schema {name} > docs/schema/{name}-1.json`");
        let schema: Value = serde_json::from_str(&found.out).unwrap();
        assert!(jsonschema::draft202012::meta::is_valid(&schema), "{name}");
    }
}
