//! `grade`: reads back-end coding challenges and grades a running project against their hints.

pub mod challenge;
pub mod curriculum;
pub mod fetch;
pub mod verdict;
