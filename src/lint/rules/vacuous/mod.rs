//! Tests that cannot fail.

pub(super) mod empty_block;
