//! Mutation testing of hints, held against hints of which it is known whether they can fail.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

mod bounds;
mod complete;
mod corpus;
mod replays;
mod support;
mod vacuous;
