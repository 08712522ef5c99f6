//! Which challenges there are, and which of them are meant.
//!
//! `place`, `index`, `select` and `gradable` are pure; `walk`, `read`, `visit`, `load` and `choose` touch the disk.

mod builtin;
mod choose;
mod entry;
mod error;
mod gradable;
mod index;
mod load;
mod nearest;
mod place;
mod read;
mod select;
mod visit;
mod walk;

pub use builtin::builtin;
pub use choose::{Chosen, Selection, choose, gradable_only};
pub use entry::{Entry, Origin};
pub use error::{ChooseError, LoadError, SelectError};
pub use gradable::{NotGradable, gradable, gradable_type, type_name};
pub use index::Index;
pub use load::{Library, load};
pub use nearest::nearest;
pub use place::{Place, is_language, is_level};
pub use read::{MAX_FILE, looks_like_a_challenge, source};
pub use visit::{Opened, Visited, files, visit, visit_sources, visit_with};

#[cfg(test)]
mod tests;
