//! What several test files need: the corpus, a seeded generator, answers without a network.
#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

pub mod corpus;
pub mod here;
pub mod mixed_run;
pub mod random;
pub mod recorded;
pub mod report_sample;
pub mod script;
pub mod synthetic;
