//! Reading challenge files. `cargo bench --bench parse`; the real curriculum takes part where it is present.
#![allow(clippy::unwrap_used, reason = "a benchmark")]

use std::fmt::Write as _;
use std::path::Path;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use grade::challenge::{Source, parse};

fn main() {
    divan::main();
}

/// A file of usual size: front matter, prose, four hints, seeds.
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
             const res = await fetch(url);\n  const data = await res.json();\n  assert.property(data, 'key{hint}');\n```\n"
        );
    }
    text.push_str(
        "# --seed--\n\n## --seed-contents--\n\n```js\nconst express = require('express');\n```\n\n# --solutions--\n",
    );
    text
}

fn parse_all(bencher: Bencher<'_, '_>, files: Vec<String>) {
    let bytes: usize = files.iter().map(String::len).sum();
    let sources: Vec<Source> = files.into_iter().map(|text| Source::new("x.md", text)).collect();
    bencher
        .counter(ItemsCount::new(sources.len()))
        .counter(BytesCount::new(bytes))
        .bench_local(|| sources.iter().filter(|source| parse(divan::black_box(source)).is_ok()).count());
}

#[divan::bench]
fn generated_files(bencher: Bencher<'_, '_>) {
    parse_all(bencher, (0..300).map(generated).collect());
}

#[divan::bench]
fn corpus_files(bencher: Bencher<'_, '_>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let mut folders = vec![root];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                files.push(std::fs::read_to_string(path).unwrap());
            }
        }
    }
    parse_all(bencher, files);
}
