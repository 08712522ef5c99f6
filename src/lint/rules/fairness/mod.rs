//! Whether the learner is treated fairly.

pub(super) mod fixed_address;
pub(super) mod foreign_host;
pub(super) mod no_message;
pub(super) mod says_nothing;
mod url;
