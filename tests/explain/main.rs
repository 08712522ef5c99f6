//! Why a search missed: labelled cases, all expressions of the corpus on damaged texts, and arbitrary input.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

#[path = "../support/mod.rs"]
mod support;

#[path = "../regexes/mod.rs"]
mod regexes;

mod conditions;
mod corpus;
mod passed;
mod properties;
mod subject;
mod table;
