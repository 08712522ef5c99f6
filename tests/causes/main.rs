//! Which cause is named for which answer: labelled cases through both engines, near misses among them; and explaining is
//! pure, total and changes no verdict.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test")]

#[path = "../support/mod.rs"]
mod support;

mod corpus;
mod errors;
mod places;
mod properties;
mod table;
mod world;
