//! Turns a hint's test block into a native plan, or says why it cannot. Pure: no IO, no async.

pub mod js;
pub mod regex;
