//! Reports: each format of one run that has everything in it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

mod commands;
mod mixed;
mod readers;
#[path = "../support/mod.rs"]
mod support;
