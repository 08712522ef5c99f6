//! Writes a new challenge file: its name, its id, its place in the tree and in the block, and its text.
//!
//! `slug`, `order`, `yaml` and `text` are pure; `id` asks for random bytes; `place` looks at the disk; `file` writes.

mod error;
mod file;
mod id;
mod order;
mod place;
mod plan;
mod slug;
mod text;
mod yaml;

pub use error::NewError;
pub use file::write;
pub use place::Tree;
pub use plan::{New, Wish, plan};
pub use slug::{check_block, check_name, check_title, dashed_name};
