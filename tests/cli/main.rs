//! The program from the outside: standard output, standard error and exit code, all three, every time.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

mod action;
mod challenges;
mod curriculum;
mod doctor;
mod explaining;
mod faults;
mod folder;
mod github;
mod grading;
mod show;
mod support;
mod usage;
