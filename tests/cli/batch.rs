//! `grade batch` and `grade merge`: lists, results, journals, parts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::support::{Left, Server, challenge, folder, left, program, write};

/// Two hints that the complete sample passes and others fail.
const PASS: &str = "const res = await fetch(code + '/_api/package.json');\nconst manifest = await res.json();\nassert.property(manifest, 'name');";
const WORDS: &str = "const res = await fetch(code + '/_api/server.js');\nconst text = await res.text();\nassert.match(text, /disconnect/);";

/// A folder with a challenge of two hints in it, and a way to grade lists by it.
pub struct Place {
    pub folder: tempfile::TempDir,
}

impl Place {
    pub fn new() -> Self {
        let folder = folder();
        write(folder.path(), "chat/two.md", &challenge("5f0c1e2d3a4b5c6d7e8f9a0b", "two", &[PASS, WORDS]));
        Self { folder }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        write(self.folder.path(), name, text)
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program();
        command.current_dir(self.folder.path()).args(arguments).env("GRADE_CHALLENGES", "chat");
        command
    }

    pub fn grade(&self, arguments: &[&str]) -> Left {
        left(&mut self.command(arguments))
    }

    /// A list of submissions of one server.
    pub fn list(&self, server: &Server, count: usize) -> PathBuf {
        let mut text = String::from("id,url,name\n");
        for number in 0..count {
            text.push_str(&format!("s{number},{},Name {number}\n", server.url));
        }
        self.write("list.csv", &text)
    }
}

pub fn parsed(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The verdict of each id.
pub fn verdicts(text: &str) -> BTreeMap<String, String> {
    let lines = parsed(text);
    let verdicts: BTreeMap<String, String> = lines
        .iter()
        .map(|line| (line["id"].as_str().unwrap().to_owned(), line["verdict"].as_str().unwrap().to_owned()))
        .collect();
    assert_eq!(verdicts.len(), lines.len(), "every result once");
    verdicts
}

fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}

/// A list with something of everything.
pub fn mixed(place: &Place, good: &Server, bad: &Server) -> PathBuf {
    let folder = place.path("starter");
    std::fs::create_dir_all(&folder).unwrap();
    place.write("starter/server.js", "const express = require('express');\n");
    place.write("starter/package.json", "{\"name\": \"starter\"}");
    place.write(
        "mixed.csv",
        &format!(
            "id,url,dir,start,challenges,name\n\
             ana,{good},,,,\"Ana, A.\"\n\
             ben,{bad},,,two,Ben\n\
             cy,,,,,Cy\n\
             ana,{good},,,,Again\n\
             dee,ftp://x,,,,Dee\n\
             ,{good},,,none-such,Nobody\n\
             eve,,starter,,,Eve\n\
             fay,,starter,node server.js,,Fay\n\
             too,few\n\
             gil,http://127.0.0.1:9,,,,Gil\n",
            good = good.url,
            bad = bad.url
        ),
    )
}

#[test]
fn every_row_has_a_result_and_says_why() {
    let (place, good, bad) = (Place::new(), Server::of("complete"), Server::of("no-disconnect"));
    mixed(&place, &good, &bad);
    let run = place.grade(&["batch", "mixed.csv", "--ordered", "--no-times"]);
    let lines = parsed(&run.out);
    let told: Vec<String> = lines
        .iter()
        .map(|line| {
            let word = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
            let reason = line["reason"]["kind"].as_str().unwrap_or("-");
            format!("{} {} {} {reason} {}", line["line"], word("id"), word("verdict"), line["columns"]["name"])
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    2 ana passed - "Ana, A."
    3 ben failed - "Ben"
    4 cy ungraded no_project "Cy"
    5 ana ungraded duplicate_id "Again"
    6 dee ungraded bad_address "Dee"
    7 line-7 ungraded unknown_challenges "Nobody"
    8 eve failed - "Eve"
    9 fay ungraded start_not_allowed "Fay"
    10 line-10 ungraded malformed_row null
    11 gil failed - "Gil"
    "#);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(run.err, @"10 submissions: 1 passed, 3 failed, 6 not graded");
    // A hint that passed is short, one that failed has its facts.
    let hint = &lines[1]["challenges"][0]["hints"][1];
    assert_eq!(
        (&hint["outcome"], hint["explanation"].is_object(), hint["requests"][0]["status"].as_u64()),
        (&"failed".into(), true, Some(200))
    );
    assert!(lines[1]["challenges"][0]["hints"][0].get("requests").is_none());
    let schema: Value = serde_json::from_str(include_str!("../../docs/schema/batch-1.json")).unwrap();
    let schema = jsonschema::draft202012::new(&schema).unwrap();
    for line in &lines {
        let errors: Vec<String> = schema.iter_errors(line).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{line}: {errors:?}");
    }
    // The journal says the same again, in reports of every format.
    let again = place.grade(&["batch", "mixed.csv", "--ordered", "--no-times", "--resume"]);
    assert_eq!((again.code, &again.out), (1, &run.out));
    assert!(again.err.starts_with("kept 10 results of `mixed.csv.journal`; 0 to grade\n"), "{}", again.err);
}

#[test]
fn reports_are_views_of_the_journal() {
    let (place, good, bad) = (Place::new(), Server::of("complete"), Server::of("no-disconnect"));
    mixed(&place, &good, &bad);
    let formats = ["json", "jsonl", "junit", "tap", "ctrf", "markdown"];
    let reports: Vec<String> = formats.iter().map(|format| format!("--report={format}=out/{format}")).collect();
    let mut arguments = vec!["batch", "mixed.csv", "--no-times", "--output", "out.jsonl"];
    arguments.extend(reports.iter().map(String::as_str));
    let run = place.grade(&arguments);
    assert_eq!((run.code, run.out.as_str()), (1, ""), "{run:?}");
    let lines = place.read("out.jsonl");
    assert_eq!(sorted(&place.read("out/jsonl")), sorted(&lines));
    let json: Value = serde_json::from_str(&place.read("out/json")).unwrap();
    assert_eq!((json["submissions"].as_array().unwrap().len(), &json["summary"]["ungraded"]), (10, &6.into()));
    let junit = place.read("out/junit");
    assert_eq!(junit.matches("<testsuite ").count(), 10);
    assert_eq!((junit.matches("<failure ").count(), junit.matches("<error ").count()), (4, 6), "{junit}");
    assert!(junit.contains("<testsuites name=\"grade batch\" tests=\"14\" failures=\"4\" errors=\"6\">"), "{junit}");
    let steady = |text: &str| crate::support::steady(text);
    insta::assert_snapshot!("batch_markdown", steady(&place.read("out/markdown")));
    let tap = place.read("out/tap");
    assert_eq!(tap.lines().filter(|line| line.starts_with("not ok")).count(), 9);
    assert!(tap.starts_with("TAP version 14\n") && tap.contains("\n1..10\n"), "{tap}");
    let ctrf: Value = serde_json::from_str(&place.read("out/ctrf")).unwrap();
    let tests = ctrf["results"]["tests"].as_array().unwrap();
    let ids: BTreeSet<&str> = tests.iter().filter_map(|test| test["testId"].as_str()).collect();
    assert_eq!((tests.len(), ids.len(), &ctrf["results"]["summary"]["tests"]), (14, 8, &14.into()));
    // One report may take the place of the results.
    let run = place.grade(&["batch", "mixed.csv", "--no-times", "--resume", "--report", "jsonl"]);
    assert_eq!(run.out, steady(&place.read("out/jsonl")));
    for (arguments, told) in [
        (["--report", "html"], "there is no report format `html` for a list of submissions"),
        (["--report", "json="], "has no path"),
    ] {
        let run = place.grade(&[&["batch", "mixed.csv"], &arguments[..]].concat());
        assert!(run.code == 2 && run.err.contains(told), "{run:?}");
    }
}

#[test]
fn a_journal_belongs_to_its_run() {
    let (place, server) = (Place::new(), Server::of("complete"));
    place.list(&server, 3);
    let batch = |more: &[&str]| place.grade(&[&["batch", "list.csv", "--no-times"], more].concat());
    let first = batch(&[]);
    assert_eq!(first.code, 0, "{first:?}");
    let again = batch(&[]);
    insta::assert_snapshot!(again.err, @"
    error: there is a journal of an earlier run: `list.csv.journal`
    help: --resume goes on where it ends, --restart begins anew and replaces it
    ");
    assert_eq!((again.code, again.out.as_str()), (2, ""));
    for (more, told) in [
        (&["--resume", "--rules", "browser"][..], "it was graded by the rules `honest`, and this run by `browser`"),
        (
            &["--resume", "--shard", "1/2", "--journal", "list.csv.journal"],
            "it holds part 1/1, and this run is about part 1/2",
        ),
        (&["--only", "failed", "--journal", "none"], "there is no journal `none`"),
        (&["--journal", "list.csv"], "`list.csv` is the list itself"),
        (&["--output", "list.csv", "--restart"], "`list.csv` is read by this run, and cannot be its output"),
        (&["--output", "list.csv.journal", "--resume"], "`list.csv.journal` is read by this run"),
        (&["--journal", "no/such/folder/journal"], "the journal `no/such/folder/journal` cannot be made"),
    ] {
        let run = batch(more);
        assert!(run.code == 2 && run.err.contains(told) && run.out.is_empty(), "{more:?}: {run:?}");
    }
    let list = place.read("list.csv");
    place.write("list.csv", &format!("{list}more,{},More\n", server.url));
    let changed = batch(&["--resume"]);
    assert!(changed.code == 2 && changed.err.contains("its list is another one, or has changed since"), "{changed:?}");
    place.write("list.csv", &list);
    place.write("chat/two.md", &challenge("5f0c1e2d3a4b5c6d7e8f9a0b", "two", &[WORDS]));
    let changed = batch(&["--resume"]);
    assert!(changed.code == 2 && changed.err.contains("or their files have changed since"), "{changed:?}");
    let anew = batch(&["--restart"]);
    assert_eq!((anew.code, parsed(&anew.out).len()), (0, 3), "{anew:?}");
    let none = batch(&["--no-journal"]);
    assert_eq!((none.code, sorted(&none.out)), (0, sorted(&anew.out)));
}

#[test]
fn only_some_are_graded_again() {
    let (place, good, bad) = (Place::new(), Server::of("complete"), Server::of("no-disconnect"));
    let gone = Server::of("complete");
    let address = gone.url.clone();
    drop(gone);
    place.write("list.csv", &format!("id,url\na,{}\nb,{}\nc,{address}\nd,\n", good.url, bad.url));
    let batch = |more: &[&str]| place.grade(&[&["batch", "list.csv", "--no-times", "--ordered"], more].concat());
    let first = batch(&[]);
    let verdict = |text: &str| verdicts(text).into_values().collect::<Vec<_>>().join(" ");
    assert_eq!((first.code, verdict(&first.out).as_str()), (1, "passed failed errored ungraded"));
    let (hits, misses) = (1, "kept 3 results of `list.csv.journal`; 1 to grade again\n");
    let again = batch(&["--only", "errored"]);
    assert_eq!((again.code, &again.out), (hits, &first.out));
    assert!(again.err.starts_with(misses), "{}", again.err);
    let again = batch(&["--only", "failed", "--only", "ungraded"]);
    assert_eq!(again.out, first.out);
    assert!(again.err.starts_with("kept 2 results of `list.csv.journal`; 2 to grade again\n"), "{}", again.err);
    // A torn line is cut off, and said.
    let mut journal = std::fs::read(place.path("list.csv.journal")).unwrap();
    journal.truncate(journal.len() - 5);
    std::fs::write(place.path("list.csv.journal"), &journal).unwrap();
    let torn = batch(&["--resume"]);
    assert_eq!(torn.out, first.out);
    assert!(torn.err.contains("the last line of the journal was not finished, and was cut off"), "{}", torn.err);
}

#[test]
fn lists_of_every_form() {
    let (place, server) = (Place::new(), Server::of("complete"));
    let batch = |arguments: &[&str]| place.grade(&[&["batch", "--no-times", "--no-journal"], arguments].concat());
    place.write(
        "list.jsonl",
        &format!(
            "{{\"id\": 7, \"url\": \"{}\", \"challenges\": [\"two\"], \"team\": {{\"n\": 1}}}}\nnonsense\n",
            server.url
        ),
    );
    let run = batch(&["list.jsonl", "--ordered"]);
    let lines = parsed(&run.out);
    assert_eq!((lines[0]["id"].as_str(), &lines[0]["columns"]["team"]["n"]), (Some("7"), &1.into()));
    assert_eq!((run.code, verdicts(&run.out)["line-2"].as_str()), (3, "ungraded"));
    place.write("list.txt", &format!("url;punkte\n{};3\n", server.url));
    let run = batch(&["list.txt"]);
    assert_eq!((run.code, verdicts(&run.out)["line-2"].as_str()), (0, "passed"), "{run:?}");
    let run =
        left(place.command(&["batch", "-", "--no-times"]).stdin(std::fs::File::open(place.path("list.txt")).unwrap()));
    assert_eq!((run.code, parsed(&run.out)[0]["columns"]["punkte"].as_str()), (0, Some("3")), "{run:?}");
    for (name, text, told) in [
        ("empty.csv", "", "the list `empty.csv` is empty"),
        ("names.csv", "name,mail\nA,b\n", "names neither a column `url` nor `dir`; its columns are `name`, `mail`"),
        ("none.csv", "", "the list `none.csv` cannot be read"),
    ] {
        if name != "none.csv" {
            place.write(name, text);
        }
        let run = batch(&[name]);
        assert!(run.code == 2 && run.err.contains(told), "{run:?}");
    }
    let run = place.grade(&["batch", "-", "--resume"]);
    assert_eq!(run.code, 2, "{run:?}");
}

#[test]
fn commands_of_the_list_are_run_only_if_that_is_wanted() {
    if Command::new("python3").arg("--version").output().is_err() {
        println!("skipped: python3 is not there");
        return;
    }
    let place = Place::new();
    let serve = "import os\nfrom http.server import *\nclass H(SimpleHTTPRequestHandler):\n    def end_headers(self):\n        self.send_header('Access-Control-Allow-Origin', '*')\n        super().end_headers()\n    def log_message(self, *_): pass\nHTTPServer(('127.0.0.1', int(os.environ['PORT'])), H).serve_forever()\n";
    for name in ["one", "two"] {
        place.write(&format!("{name}/serve.py"), serve);
        place.write(&format!("{name}/_api/package.json"), "{\"name\": \"x\"}");
    }
    place.write("one/_api/server.js", "disconnect");
    place.write("two/_api/server.js", "nothing");
    place.write(
        "list.csv",
        "id,dir,start\na,one,python3 serve.py\nb,two,python3 serve.py\nc,one,exit 3\nd,none,python3 serve.py\n",
    );
    let run = place.grade(&["batch", "list.csv", "--no-times", "--ordered", "--allow-start"]);
    let told: Vec<String> = parsed(&run.out)
        .iter()
        .map(|line| format!("{} {}", line["verdict"].as_str().unwrap(), line["reason"]["kind"].as_str().unwrap_or("-")))
        .collect();
    assert_eq!(told, ["passed -", "failed -", "errored not_started", "ungraded bad_folder"], "{run:?}");
}

#[test]
fn parts_make_the_whole() {
    let (place, server) = (Place::new(), Server::of("complete"));
    place.list(&server, 40);
    let whole = place.grade(&["batch", "list.csv", "--no-times", "--ordered"]);
    assert_eq!(whole.code, 0, "{whole:?}");
    for count in [2, 3] {
        let mut ids = BTreeSet::new();
        let mut journals = Vec::new();
        for index in 1..=count {
            let run = place.grade(&[
                "batch",
                "list.csv",
                "--no-times",
                "--shard",
                &format!("{index}/{count}"),
                "--per-host",
                "16",
            ]);
            assert_eq!(run.code, 0, "{run:?}");
            let part = verdicts(&run.out);
            assert!(part.keys().all(|id| ids.insert(id.clone())), "in two parts");
            journals.push(format!("list.csv.{index}-of-{count}.journal"));
        }
        assert_eq!(ids.len(), 40);
        let names: Vec<&str> = journals.iter().rev().map(String::as_str).collect();
        let merged = place.grade(&[&["merge"], &names[..]].concat());
        assert_eq!((merged.code, &merged.out), (0, &whole.out), "{}", merged.err);
        assert_eq!(merged.err, "40 submissions: 40 passed\n");
    }
    let merge = |arguments: &[&str]| place.grade(&[&["merge"], arguments].concat());
    for (arguments, told) in [
        (&["list.csv.1-of-2.journal"][..], "parts are missing: 2/2"),
        (&["list.csv.1-of-2.journal", "list.csv.1-of-3.journal"], "they are parts of different divisions"),
        (&["list.csv.1-of-2.journal", "list.csv.1-of-2.journal"], "both hold part 1/2"),
        (&["list.csv"], "`list.csv` is no journal of grade"),
        (&["none"], "there is no journal `none`"),
    ] {
        let run = merge(arguments);
        assert!(run.code == 2 && run.err.contains(told) && run.out.is_empty(), "{arguments:?}: {run:?}");
    }
    let part = merge(&["list.csv.1-of-2.journal", "--partial", "--report", "tap"]);
    assert!(part.code == 0 && part.out.starts_with("TAP version 14\n"), "{part:?}");
    place.write("chat/two.md", &challenge("5f0c1e2d3a4b5c6d7e8f9a0b", "two", &[WORDS]));
    place.grade(&["batch", "list.csv", "--shard", "2/2", "--restart"]);
    let run = merge(&["list.csv.1-of-2.journal", "list.csv.2-of-2.journal"]);
    assert!(run.code == 2 && run.err.contains("its challenges are other ones"), "{run:?}");
}

/// Parts whose rows name different challenges are parts of one run all the same.
#[test]
fn parts_with_challenges_of_their_own() {
    let (place, server) = (Place::new(), Server::of("complete"));
    place.write("chat/other.md", &challenge("5f0c1e2d3a4b5c6d7e8f9a0c", "other", &[PASS]));
    let names = ["two", "other"];
    let rows: Vec<String> =
        (0..8).map(|row| format!("{row},{},{}\n", server.url, names[usize::from(row == 3)])).collect();
    place.write("list.csv", &format!("id,url,challenges\n{}", rows.concat()));
    let whole = place.grade(&["batch", "list.csv", "--no-times", "--ordered"]);
    assert!(whole.code == 0 && whole.out.contains("other"), "{whole:?}");
    for index in 1..=3 {
        place.grade(&["batch", "list.csv", "--no-times", "--shard", &format!("{index}/3")]);
    }
    let journals = ["list.csv.1-of-3.journal", "list.csv.2-of-3.journal", "list.csv.3-of-3.journal"];
    let merged = place.grade(&[&["merge"], &journals[..]].concat());
    assert_eq!((merged.code, &merged.out), (whole.code, &whole.out), "{}", merged.err);
}

#[test]
fn secrets_of_addresses_are_nowhere() {
    let (place, server) = (Place::new(), Server::of("no-disconnect"));
    let url = server.url.replace("http://", "http://me:hunter2hunter2@");
    place.write("list.csv", &format!("id,url,note\na,{url}?token=sesame-open-123,see {url}\n"));
    let run = place.grade(&["batch", "list.csv", "--report", "json=report.json"]);
    let journal = place.read("list.csv.journal");
    for text in [&run.out, &run.err, &journal, &place.read("report.json")] {
        assert!(!text.contains("hunter2") && !text.contains("sesame"), "{text}");
    }
}

#[test]
fn lines_of_the_same_kind_of_pass_say_the_same() {
    let (place, server) = (Place::new(), Server::of("complete"));
    let plain = server.url.clone();
    // What an address has for a secret makes a line be written on its own.
    let secret = plain.replace("http://", "http://me:hunter2hunter2@");
    let told = plain.replace("http://", "http://me:Hint%20number@");
    let rows: Vec<String> = [&plain, &secret, &plain, &told, &plain]
        .iter()
        .enumerate()
        .map(|(number, url)| format!("s{number},{url},\"challenges\"\":[],\"\"\"\n"))
        .collect();
    place.write("list.csv", &format!("id,url,\"\"\"challenges\"\":[]\"\n{}", rows.concat()));
    for engine in ["ported", "script"] {
        for times in [&["--no-times"][..], &[]] {
            let all = [&["batch", "list.csv", "--ordered", "--restart", "--engine", engine], times].concat();
            let mut lines = parsed(&place.grade(&all).out);
            let masked = lines.remove(3);
            assert_eq!(masked["challenges"][0]["hints"][0]["text"], "***URL_PASSWORD*** 1.");
            assert_eq!(lines.len(), 4);
            for line in &mut lines {
                assert_eq!(line["columns"]["\"challenges\":[]"], "challenges\":[],\"", "{line}");
                let challenge = &mut line["challenges"][0];
                assert_eq!(challenge["hints"][1]["engine"], engine);
                assert_eq!(challenge["duration_ms"].is_number(), times.is_empty());
                assert_eq!(challenge["hints"][1]["duration_ms"].is_number(), times.is_empty());
                challenge["duration_ms"].take();
                challenge["hints"].as_array_mut().unwrap().iter_mut().for_each(|hint| {
                    hint["duration_ms"].take();
                });
            }
            for line in &lines {
                assert_eq!(line["challenges"], lines[1]["challenges"]);
                assert_eq!(line["verdict"], "passed");
            }
        }
    }
}
