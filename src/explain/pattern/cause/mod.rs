//! The causes, each with its way to be found and its words.

pub(super) mod comment;
pub(super) mod construct;
pub(super) mod extra;
pub(super) mod name;
pub(super) mod order;
pub(super) mod rest;
pub(super) mod slip;
pub(super) mod syntax;
pub(super) mod unwanted;
