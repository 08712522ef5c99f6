//! What is doubtful or wrong in challenge files: rules with stable codes, each in a file of its own.
//!
//! A file is read once ([`File`]), each of its test blocks is parsed once ([`Block`]), and every [`Rule`] that is not
//! switched off looks at them. What they find ([`Finding`]) has a place, advice and, where it is certain, a [`Fix`].
//! No rule reads anything but what it is handed.

mod block;
mod comments;
mod file;
mod finding;
mod flow;
mod kind;
mod level;
mod lines;
mod linter;
mod members;
mod nearest;
mod origin;
mod page_names;
mod pages;
mod pair;
mod regex;
mod repair;
mod rule;
mod rules;
mod suppress;
mod survey;
mod tree;
mod words;

pub use block::{Block, Role};
pub use file::File;
pub use finding::{Edit, Finding, Findings, Fix, Label};
pub use flow::{Flow, Why, flow_of};
pub use level::{Level, Levels, UnknownRule};
pub use lines::Lines;
pub use linter::{Linted, Linter, Partner};
pub use pages::page;
pub use pair::{Lonely, Pairs};
pub use repair::Repaired;
pub use rule::{Check, Group, Rule};
pub use rules::{ALL, find};
pub use suppress::{Suppression, Suppressions};
pub use tree::{Entry, Tree};
