//! The web APIs as scripts see them.

mod dom;
mod web;
