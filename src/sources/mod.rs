//! Collections of challenges that were fetched with git, or folders that were given a name.
//!
//! A collection is a shallow, sparse clone without the files that are not asked for, so that nobody has to download the
//! whole of a large repository. Nothing of it is ever run. The `git` program does the work; it is told to follow no
//! links, run no hooks and filters, and speak no other protocols than https, ssh, git and file.

mod address;
mod bring;
mod changes;
mod error;
mod git;
mod listing;
mod manage;
mod name;
mod pick;
mod record;
mod store;

pub use address::Address;
pub use changes::{Changes, ChangesError, changes};
pub use error::SourceError;
pub use git::Git;
pub use listing::Want;
pub use manage::{Added, Kept, Updated, add, list, remove, update};
pub use name::Name;
pub use pick::{Reference, pick};
pub use record::{Kind, Record};
pub use store::Store;
