//! Results that are kept between runs: a file for each key, in a folder that may be deleted at any time.
//!
//! It knows keys and bytes, not what they mean. Nothing that is wrong with a file or with the folder is an error for whoever
//! asks: what cannot be read is not there, and what cannot be written is said once.

mod entry;
mod folder;
mod store;
mod sweep;

pub use entry::Entry;
pub use folder::of_user;
pub use store::Store;
