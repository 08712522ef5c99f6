//! Writing reports: a run of 2,000 hints in each format, and in all of them together.
//! `cargo bench --bench report`.

use divan::Bencher;
use divan::counter::ItemsCount;
use grade::redact::Secrets;
use grade::report::Format;
use synthetic::synthetic;

#[path = "../tests/support/synthetic.rs"]
mod synthetic;

const CHALLENGES: usize = 100;
const HINTS: usize = 20;

fn main() {
    divan::main();
}

#[divan::bench(args = Format::ALL.iter().copied())]
fn one_format(bencher: Bencher<'_, '_>, format: Format) {
    let report = synthetic(CHALLENGES, HINTS);
    bencher.counter(ItemsCount::new(CHALLENGES * HINTS)).bench_local(|| {
        let mut out = Vec::new();
        format.write(&report, &mut out).map(|()| out)
    });
}

#[divan::bench]
fn all_formats(bencher: Bencher<'_, '_>) {
    let report = synthetic(CHALLENGES, HINTS);
    bencher.counter(ItemsCount::new(CHALLENGES * HINTS)).bench_local(|| {
        let mut out = Vec::new();
        Format::ALL.iter().try_for_each(|format| format.write(&report, &mut out)).map(|()| out)
    });
}

/// What each answer costs: two secrets looked for in a body of 64 KiB that has neither.
#[divan::bench]
fn mask_a_body(bencher: Bencher<'_, '_>) {
    let secrets = Secrets::new(["A=correct horse/battery", "B=staple+0123456789"], [], []).unwrap_or_default();
    let body = "const express = require('express');\nio.on('connection', (socket) => {\n".repeat(1000);
    bencher.counter(divan::counter::BytesCount::of_str(&body)).bench_local(|| secrets.mask(&body).len());
}
