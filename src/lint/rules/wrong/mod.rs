//! Tests that are wrong.

pub(super) mod syntax;
