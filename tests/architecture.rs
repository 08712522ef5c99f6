//! The rules about who may use whom. They are few, and they keep each part readable by itself.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What each module of the crate may use. `verdict` holds the types that all of them share.
const ALLOWED: &[(&str, &[&str])] = &[
    ("main", &["lib"]),
    ("lib", &["cli", "commands", "diagnose", "exit"]),
    // The command line is one layer of the settings; `explain` and `lint` for the codes and names that options may be,
    // `batch` for the form of a part of a list.
    ("cli", &["batch", "config", "explain", "lint"]),
    ("allocator", &[]),
    ("config", &[]),
    ("state", &[]),
    // Rows, journal and threads; how a result looks is the caller's business.
    ("batch", &["cache", "fetch", "grader", "sandbox", "submission"]),
    // Keys and bytes; what they mean is the caller's business.
    ("cache", &[]),
    (
        "commands",
        &[
            "author",
            "batch",
            "cache",
            "challenge",
            "cli",
            "config",
            "curriculum",
            "diagnose",
            "doctor",
            "exit",
            "explain",
            "fetch",
            "grader",
            "lint",
            "mutate",
            "port",
            "redact",
            "report",
            "sources",
            "state",
            "submission",
            "testbed",
            "verdict",
            "verify",
            "watch",
        ],
    ),
    // What went wrong, in words: it knows the errors of whoever can fail before grading begins.
    ("diagnose", &["batch", "challenge", "curriculum", "exit", "fetch", "report", "sources", "submission"]),
    ("exit", &["grader", "verdict"]),
    ("curriculum", &["challenge"]),
    // `curriculum` for the layouts of folders and for names that are nearly right.
    ("sources", &["curriculum"]),
    ("challenge", &[]),
    // Names that a test finds in its page.
    ("scope", &[]),
    // `port` for the dialects and for the translation of expressions.
    ("lint", &["challenge", "port", "scope", "verdict"]),
    // `fetch` for the types of requests and answers.
    ("port", &["challenge", "fetch", "verdict"]),
    ("verdict", &["fetch"]),
    ("fetch", &[]),
    ("submission", &["fetch"]),
    // Asks and judges by itself: what challenges need of a project comes in as plain texts.
    ("doctor", &["fetch", "submission"]),
    // `port` for the translation of expressions, which batches search with.
    ("sandbox", &["fetch", "port", "scope", "verdict"]),
    ("grader", &["challenge", "fetch", "port", "sandbox", "submission", "verdict"]),
    // `port` for whether a hint has a test at all.
    ("mutate", &["challenge", "fetch", "grader", "port", "verdict"]),
    ("explain", &["fetch", "port", "verdict"]),
    // Masks whatever facts the grader hands on; `port` for JavaScript's texts of numbers.
    ("redact", &["fetch", "grader", "port", "verdict"]),
    // Views of what the grader and lint say; `port` for the outline of a plan and for JavaScript's texts of values.
    (
        "report",
        &["batch", "challenge", "doctor", "exit", "explain", "fetch", "grader", "lint", "mutate", "port", "verdict"],
    ),
    ("testbed", &[]),
    // Writes new challenges: how files are read, and which there are.
    ("author", &["challenge", "curriculum"]),
    // What is expected of which project; `testbed` for recorded projects. It grades nothing.
    ("verify", &["challenge", "curriculum", "testbed"]),
    // What `grade watch` knows and shows, with pieces of the readable report.
    ("watch", &["explain", "grader", "report", "verdict"]),
];

/// Crates that may be used in few places only.
const CRATES: &[(&str, &[&str])] = &[
    ("clap", &["cli.rs", "cli/"]),
    ("clap_complete", &["cli/"]),
    ("clap_mangen", &["cli/"]),
    ("toml", &["config/"]),
    ("reqwest", &["fetch/"]),
    ("hyper_util", &["fetch/"]),
    ("colored", &["report/", "diagnose.rs"]),
    ("anyhow", &["main.rs", "lib.rs", "commands/", "diagnose.rs"]),
    ("rquickjs", &["sandbox/"]),
    ("axum", &["testbed/"]),
    ("askama", &["report/"]),
    ("etcetera", &["cache/", "sources/", "state/"]),
    ("indicatif", &["report/"]),
    ("crossterm", &["watch/"]),
    ("mimalloc", &["allocator.rs"]),
    ("libmimalloc_sys", &["allocator.rs"]),
    ("notify", &["watch/"]),
];

/// Modules without IO.
const PURE: &[&str] = &["challenge", "port", "explain", "lint", "scope", "verdict"];
const IO: &[&str] =
    &["tokio", "std::fs", "std::net", "std::process", "std::env", "reqwest", "hyper", "axum", "async fn"];

const LONGEST: usize = 500;
/// Longer files, each with its reason.
const LONG: &[(&str, &str)] = &[];

/// Every source file of the crate: path below `src`, and its code without comments.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(&root).unwrap().display().to_string().replace('\\', "/");
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect()
}

fn without_comments(source: &str) -> String {
    source.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Without the unit tests: they may use what they need to, in a file of their own too.
fn without_tests<'s>(file: &str, source: &'s str) -> &'s str {
    if file.ends_with("/tests.rs") || file.ends_with("_tests.rs") {
        return "";
    }
    source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default()
}

fn module(file: &str) -> &str {
    file.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Where `word` stands by itself.
fn words<'s>(source: &'s str, word: &'s str) -> impl Iterator<Item = &'s str> {
    source.match_indices(word).filter_map(move |(at, _)| {
        let before = source.as_bytes().get(at.wrapping_sub(1)).is_none_or(|&byte| !is_word(byte) && byte != b':');
        let rest = source.get(at + word.len()..)?;
        (before && rest.bytes().next().is_none_or(|byte| !is_word(byte))).then_some(rest)
    })
}

/// The modules that a source names as `crate::x` or within `crate::{x, y}`.
fn uses(source: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for rest in words(source, "crate") {
        let Some(rest) = rest.strip_prefix("::") else { continue };
        let name =
            |text: &str| text.trim().split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap().to_owned();
        match rest.strip_prefix('{') {
            None => {
                used.insert(name(rest));
            }
            Some(list) => {
                let mut depth = 0;
                let mut start = 0;
                for (at, byte) in list.bytes().enumerate() {
                    match byte {
                        b'{' => depth += 1,
                        b',' | b'}' if depth == 0 => {
                            used.insert(name(&list[start..at]));
                            start = at + 1;
                            if byte == b'}' {
                                break;
                            }
                        }
                        b'}' => depth -= 1,
                        _ => {}
                    }
                }
            }
        }
    }
    // Items of the crate's root, macros and the like are no modules.
    used.retain(|name| name.starts_with(|c: char| c.is_ascii_lowercase()));
    used
}

#[test]
fn modules_use_only_what_they_may() {
    let allowed: BTreeMap<&str, &[&str]> = ALLOWED.iter().copied().collect();
    let mut broken = Vec::new();
    for (file, source) in sources() {
        let own = module(&file);
        let Some(may) = allowed.get(own) else {
            broken.push(format!("src/{file}: the module `{own}` has no rule in tests/architecture.rs"));
            continue;
        };
        let code = without_comments(&source);
        for used in uses(without_tests(&file, &code)) {
            if used != own && !may.contains(&used.as_str()) {
                broken.push(format!("src/{file} uses `crate::{used}`, which `{own}` may not"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

fn visit<'m>(module: &'m str, allowed: &BTreeMap<&'m str, &'m [&'m str]>, path: &mut Vec<&'m str>) {
    assert!(!path.contains(&module), "{} -> {module}", path.join(" -> "));
    path.push(module);
    for next in allowed.get(module).copied().unwrap_or_default() {
        visit(next, allowed, path);
    }
    path.pop();
}

#[test]
fn the_rules_have_no_circles() {
    let allowed: BTreeMap<&str, &[&str]> = ALLOWED.iter().copied().collect();
    for module in allowed.keys() {
        visit(module, &allowed, &mut Vec::new());
    }
}

#[test]
fn crates_stay_where_they_belong() {
    let mut broken = Vec::new();
    for (file, source) in sources() {
        let code = without_comments(&source);
        for (name, places) in CRATES {
            let named = words(&code, name).any(|rest| rest.starts_with("::") || rest.starts_with(';'));
            if named && !places.iter().any(|place| file.starts_with(place)) {
                broken.push(format!("src/{file} uses `{name}`, which belongs to {places:?}"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn pure_modules_do_no_io() {
    let mut broken = Vec::new();
    for (file, source) in sources().iter().filter(|(file, _)| PURE.contains(&module(file))) {
        let code = without_comments(source);
        for name in IO {
            if words(without_tests(file, &code), name).next().is_some() {
                broken.push(format!("src/{file} names `{name}`"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn files_stay_short() {
    let sources = sources();
    for (file, source) in &sources {
        let lines = source.lines().count();
        let listed = LONG.iter().any(|(name, _)| name == file);
        assert!(lines <= LONGEST || listed, "src/{file} has {lines} lines");
        assert!(lines > LONGEST || !listed, "src/{file} is short enough to be taken off the list");
    }
    for (name, _) in LONG {
        assert!(sources.iter().any(|(file, _)| file == name), "src/{name} is gone");
    }
}

#[test]
fn the_scanner_sees_what_is_used() {
    let source = "use crate::{fetch::{Request, Response}, verdict::Value};\nlet x = crate::port::compile(code);\nmy_crate::nothing();";
    assert_eq!(uses(source), ["fetch", "port", "verdict"].map(str::to_owned).into());
    assert_eq!(words("use clap::Parser; my_clap::x; clapper::y", "clap").count(), 1);
    assert_eq!(without_comments("//! tokio\nfn x() {}\n    // std::fs\n"), "fn x() {}");
}
