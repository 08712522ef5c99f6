//! Reports of the program: each format of one run that has everything in it, and the files that they go to.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

mod commands;
mod files;
mod formats;
mod json;
mod mixed;
mod options;
#[path = "../cli/support.rs"]
#[allow(dead_code, reason = "the other binary uses the rest")]
mod program;
mod readers;
mod secrets;
#[path = "../support/mod.rs"]
mod support;
