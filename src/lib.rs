//! `grade`: reads back-end coding challenges and grades a running project against their hints.

pub mod fetch;
pub mod sandbox;
pub mod verdict;
