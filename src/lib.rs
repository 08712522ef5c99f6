//! `grade`: reads back-end coding challenges and grades a running project against their hints.

pub mod fetch;
mod sandbox;
pub mod verdict;
