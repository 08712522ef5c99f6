//! Linting challenge files. `cargo bench --bench lint`; the real curriculum takes part where it is present.
//!
//! `corpus_files` has to stay below 300 ms, and `generated_files` has to do no less than half as many files a second as
//! `generated_files_parsed`, which only parses them.
#![allow(clippy::unwrap_used, reason = "a benchmark")]

use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use divan::Bencher;
use divan::counter::ItemsCount;
use grade::curriculum::{visit_sources, visit_with};
use grade::lint::{Entry, Levels, Linter};

const MANY: usize = 20_000;

fn main() {
    divan::main();
}

/// A file of usual size: front matter, prose, four hints, a seed.
fn generated(number: usize) -> String {
    let mut text = format!(
        "---\nid: 5895f70cf9fc0f352b52{number:04x}\ntitle: Challenge number {number}\nchallengeType: 2\n\
         dashedName: challenge-number-{number}\n---\n\n# --description--\n\n"
    );
    for line in 0..12 {
        let _ =
            writeln!(text, "Paragraph {line} tells what to build with `app.get('/path{number}', handler)` and why.\n");
    }
    text.push_str("# --hints--\n\n");
    for hint in 0..4 {
        let _ = writeln!(
            text,
            "`/path{hint}` should answer with **JSON**.\n\n```js\n  const url = new URL(\"/path{hint}\", code);\n  \
             const res = await fetch(url);\n  const data = await res.json();\n  \
             assert.property(data, 'key{hint}', 'the answer should have key{hint}');\n```\n"
        );
    }
    text.push_str(
        "# --seed--\n\n## --seed-contents--\n\n```js\nconst express = require('express');\n```\n\n# --solutions--\n",
    );
    text
}

/// A folder with many files, which stays from one run to the next.
fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lint-bench");
    let done = folder.join("done-2");
    if !done.is_file() {
        for number in 0..MANY {
            let block = folder.join(format!("block-{:03}", number / 100));
            std::fs::create_dir_all(&block).unwrap();
            std::fs::write(block.join(format!("challenge-{number}.md")), generated(number)).unwrap();
        }
        std::fs::write(done, "").unwrap();
    }
    folder
}

/// As the command does it, but for the printing: read on all cores, then all files together. Gives the number of files.
fn lint(paths: &[PathBuf]) -> usize {
    let linter = Linter::new(Levels::default());
    let mut entries: Vec<Entry> = Vec::new();
    visit_sources(
        paths,
        |opened| linter.file(&opened.read.unwrap()),
        |linted| {
            entries.push(linted.entry);
            ControlFlow::Continue(())
        },
    )
    .unwrap();
    divan::black_box(linter.tree(&entries));
    entries.len()
}

#[divan::bench(sample_count = 20)]
fn corpus_files(bencher: Bencher<'_, '_>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let paths: Vec<PathBuf> = ["A", "B", "BC", "C", "assorted", "odd"]
        .map(|folder| root.join(folder))
        .into_iter()
        .filter(|path| path.is_dir())
        .collect();
    bencher.counter(ItemsCount::new(391_usize)).bench_local(|| lint(&paths));
}

#[divan::bench(sample_count = 3)]
fn generated_files(bencher: Bencher<'_, '_>) {
    let folder = folder();
    bencher.counter(ItemsCount::new(MANY)).bench_local(|| assert_eq!(lint(std::slice::from_ref(&folder)), MANY));
}

#[divan::bench(sample_count = 3)]
fn generated_files_parsed(bencher: Bencher<'_, '_>) {
    let folder = folder();
    bencher.counter(ItemsCount::new(MANY)).bench_local(|| {
        let mut challenges = 0;
        visit_with(
            std::slice::from_ref(&folder),
            |visited| visited.read.unwrap().is_ok(),
            |is_one| {
                challenges += usize::from(is_one);
                ControlFlow::Continue(())
            },
        )
        .unwrap();
        assert_eq!(challenges, MANY);
    });
}
