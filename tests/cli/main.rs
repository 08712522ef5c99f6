//! The program from the outside: standard output, standard error and exit code, all three, every time.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

mod action;
mod batch;
mod batch_cache;
mod batch_cohort;
mod batch_faults;
mod challenges;
mod config;
mod curriculum;
mod doctor;
mod explaining;
mod faults;
mod folder;
mod github;
mod grading;
mod init;
mod lint;
mod lint_against;
mod lint_corpus;
mod lint_fix;
mod lint_formats;
mod lint_levels;
mod mutate;
mod new;
#[cfg(unix)]
mod scale;
mod shells;
mod show;
mod state;
mod support;
mod usage;
mod verify;
