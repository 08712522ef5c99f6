//! `grade`: reads back-end coding challenges and grades a running project against their hints.

pub mod challenge;
pub mod fetch;
pub mod grader;
pub mod port;
pub mod submission;
pub mod testbed;
pub mod verdict;
