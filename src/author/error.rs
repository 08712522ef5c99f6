//! Why a challenge cannot be written.

use std::io;
use std::path::PathBuf;

use crate::curriculum::LoadError;

/// Why a challenge cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum NewError {
    /// A title that cannot be one.
    #[error("`{}` cannot be a title: {why}", title.escape_debug())]
    Title {
        /// As given.
        title: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The title has nothing that a dashedName can be made of.
    #[error(
        "the title `{title}` gives no dashedName: freeCodeCamp keeps a to z, 0 to 9 and hyphens of it; give one with --name"
    )]
    NoName {
        /// The title.
        title: String,
    },
    /// A dashedName that cannot be one.
    #[error("`{}` cannot be a dashedName: {why}; give another one with --name", name.escape_debug())]
    Name {
        /// As given, or as made of the title.
        name: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A block that cannot be one.
    #[error("`{}` cannot be a block: {why}", block.escape_debug())]
    Block {
        /// As given.
        block: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// An id that cannot be one.
    #[error("`{}` is no id: an id has 24 hexadecimal digits; without --id a fresh one is made", id.escape_debug())]
    Id {
        /// As given.
        id: String,
    },
    /// An id that is there already.
    #[error("the id {id} is that of `{file}` already; without --id a fresh one is made")]
    IdTaken {
        /// The id.
        id: String,
        /// Whose it is.
        file: String,
    },
    /// A type that is not graded by URL.
    #[error("type {kind} is not graded by URL; write 2 for a challenge or 4 for a project")]
    Type {
        /// As given.
        kind: u32,
    },
    /// A name that is there already.
    #[error("`{file}` has the dashedName `{name}` already; give another one with --name, or another title")]
    NameTaken {
        /// The name.
        name: String,
        /// Whose it is.
        file: String,
    },
    /// A file that is there already.
    #[error("`{}` is there already, and nothing is overwritten; give another name with --name", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// A place in the block that is taken.
    #[error("`{file}` has the order {order} already; without --order it becomes the next")]
    OrderTaken {
        /// The order.
        order: String,
        /// Whose it is.
        file: String,
    },
    /// Nothing in the block has this name.
    #[error("the block `{block}` has no challenge `{name}` to come after{}", lines("; it has:", names))]
    NoSuchNeighbour {
        /// The block.
        block: String,
        /// As given.
        name: String,
        /// Those that it has, or that are much like it.
        names: Vec<String>,
    },
    /// The order of the block is not that of the front matter.
    #[error(
        "`{file}` has no `order` in its front matter, so nothing can be put behind it: challenges of this block go by the names of \
         their files"
    )]
    NoOrder {
        /// The neighbour.
        file: String,
    },
    /// The block is in several folders.
    #[error("the block `{block}` is in several folders{}", lines("; name one with --challenges:", folders))]
    SeveralBlocks {
        /// The block.
        block: String,
        /// Where.
        folders: Vec<String>,
    },
    /// The block is new, and blocks are in superblocks.
    #[error(
        "the block `{block}` is new, and blocks of this tree are in superblocks{}",
        lines("; write one of these:", choices)
    )]
    NeedsSuperblock {
        /// The block.
        block: String,
        /// What to write.
        choices: Vec<String>,
    },
    /// The block is there, elsewhere.
    #[error("the block `{block}` is in `{}` already; write only its name", folder.display())]
    BlockElsewhere {
        /// The block.
        block: String,
        /// Where it is.
        folder: PathBuf,
    },
    /// No folder of challenges.
    #[error("`{}` is no folder", root.display())]
    NoFolder {
        /// As given.
        root: PathBuf,
    },
    /// The tree cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// There are no random bytes.
    #[error("the system gives no random bytes for an id: {0}")]
    Random(getrandom::Error),
    /// The file, or its folder, cannot be written.
    #[error("`{}` cannot be written", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A defect of this program: what it would write is not what was asked for.
    #[error("the file would not be a valid challenge ({why}); this is a defect of grade, and nothing was written")]
    Defect {
        /// What is wrong with it.
        why: String,
    },
}

fn lines(lead: &str, names: &[String]) -> String {
    if names.is_empty() {
        return String::new();
    }
    names.iter().fold(lead.to_owned(), |text, name| text + "\n  " + name)
}
