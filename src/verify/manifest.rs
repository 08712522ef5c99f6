//! What a manifest says: `raw` as it is written, the rest as it is meant.

use std::collections::BTreeMap;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_yaml::Spanned;

use super::fails::Fails;
use super::problem::Place;
use crate::testbed::Sample;

/// A manifest: the projects that challenges are graded against, and what is expected of each.
#[derive(Debug)]
pub struct Manifest {
    /// The challenges that it is about, by block or name; none means all that find it.
    pub challenges: Vec<Spanned<String>>,
    /// The projects, the solution first.
    pub projects: Vec<Project>,
}

/// A project that challenges are graded against.
#[derive(Debug)]
pub struct Project {
    /// What it stands for.
    pub role: Role,
    /// Its name; `solution` and `starter` for those.
    pub name: String,
    /// What is special about it.
    pub why: Option<String>,
    /// Where its answers come from.
    pub answers: Answers,
    /// Which hints it fails, if it is a wrong one.
    pub fails: Option<Fails>,
    /// Where the manifest names it.
    pub place: Place,
    /// Where it says where the answers come from.
    pub(super) answers_place: Place,
}

/// What a project stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It solves the challenges.
    Solution,
    /// It solves them in another way.
    Right,
    /// What learners begin with.
    Starter,
    /// Something is wrong with it.
    Wrong,
}

impl Role {
    /// The word of the manifest.
    pub fn name(self) -> &'static str {
        match self {
            Self::Solution => "solution",
            Self::Right => "right",
            Self::Starter => "starter",
            Self::Wrong => "wrong",
        }
    }
}

/// Where answers come from. Folders are relative to that of the manifest until it is found on disk.
#[derive(Debug)]
pub enum Answers {
    /// Files of a folder, without a server.
    Folder(PathBuf),
    /// A running project, and the folder that its files are in.
    Running {
        /// Its address.
        url: String,
        /// The folder.
        folder: Option<PathBuf>,
    },
    /// A project that is started first.
    Started {
        /// The command, for the shell.
        command: String,
        /// The folder to start it in.
        folder: PathBuf,
        /// Where it answers; otherwise on a free port, which it is told in `PORT`.
        url: Option<String>,
        /// Variables for its environment.
        environment: Vec<(String, String)>,
    },
    /// A recorded project: the folder with its `manifest.json`, and its name there.
    Recorded {
        /// The folder and the name, as one path.
        path: PathBuf,
        /// The project, once it has been read.
        sample: Option<Box<Sample>>,
    },
}

/// The projects that challenges are graded against, and what is expected of each: verify.yml, beside the challenges or in a
/// folder `fixtures`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawManifest {
    /// Version of the format: 1.
    #[schemars(with = "u64", range(min = 1, max = 1))]
    pub version: Spanned<u64>,
    /// The challenges that this is about: blocks, names, ids or block/name. Without it, all that find this file.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub challenges: Vec<Spanned<String>>,
    /// A project that passes every hint.
    #[schemars(with = "Option<RawProject>")]
    pub solution: Option<Spanned<RawProject>>,
    /// What learners begin with: it fails at least one hint of each challenge.
    #[schemars(with = "Option<RawProject>")]
    pub starter: Option<Spanned<RawProject>>,
    /// Projects that solve the challenges in other ways: they pass every hint too.
    #[serde(default)]
    #[schemars(with = "Vec<RawNamed>")]
    pub right: Vec<Spanned<RawNamed>>,
    /// Projects with a mistake: each fails exactly the hints that are named.
    #[serde(default)]
    #[schemars(with = "Vec<RawWrong>")]
    pub wrong: Vec<Spanned<RawWrong>>,
}

/// A project as it is written: keys of its own, and those that say where its answers come from. (serde's `flatten` would
/// let unknown keys through.)
macro_rules! raw_project {
    ($(#[$about:meta])* $name:ident { $($(#[$of_field:meta])* $field:ident: $type:ty,)* }) => {
        #[derive(Debug, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        $(#[$about])*
        pub(super) struct $name {
            $($(#[$of_field])* pub $field: $type,)*
            /// Folder of the project, relative to this file. Alone: its files are graded without a server, as far as they decide.
            #[schemars(with = "Option<String>")]
            pub dir: Option<Spanned<String>>,
            /// A project of a manifest.json of recorded answers: its folder and its name there, such as `recorded/complete`.
            #[schemars(with = "Option<String>")]
            pub recorded: Option<Spanned<String>>,
            /// Command that starts the project in `dir`, or in the folder of this file; it is told its port in PORT.
            #[schemars(with = "Option<String>")]
            pub start: Option<Spanned<String>>,
            /// Address of a running project; with `start`, where it answers, if it does not obey PORT.
            #[schemars(with = "Option<String>")]
            pub url: Option<Spanned<String>>,
            /// Variables for the environment of `start`.
            #[serde(default)]
            pub env: BTreeMap<String, String>,
        }

        impl $name {
            /// Its part about where answers come from.
            pub(super) fn source(&self) -> RawSource<'_> {
                RawSource {
                    dir: self.dir.as_ref(),
                    recorded: self.recorded.as_ref(),
                    start: self.start.as_ref(),
                    url: self.url.as_ref(),
                    env: &self.env,
                }
            }
        }
    };
}

/// Where answers come from, as it is written.
pub(super) struct RawSource<'m> {
    pub dir: Option<&'m Spanned<String>>,
    pub recorded: Option<&'m Spanned<String>>,
    pub start: Option<&'m Spanned<String>>,
    pub url: Option<&'m Spanned<String>>,
    pub env: &'m BTreeMap<String, String>,
}

raw_project! {
    /// Where the answers of a project come from: `dir`, `recorded`, `start` or `url`.
    #[schemars(rename = "Project")]
    RawProject {}
}

raw_project! {
    /// A project with a name.
    #[schemars(rename = "NamedProject")]
    RawNamed {
        /// Its name, for messages.
        #[schemars(with = "String", length(min = 1))]
        name: Spanned<String>,
        /// What is special about it, in a line.
        why: Option<String>,
    }
}

raw_project! {
    /// A project with a mistake.
    #[schemars(rename = "WrongProject")]
    RawWrong {
        /// Its name, for messages.
        #[schemars(with = "String", length(min = 1))]
        name: Spanned<String>,
        /// What is wrong with it, in a line.
        why: Option<String>,
        /// The hints that it fails; it passes all others.
        #[schemars(with = "Fails")]
        fails: Spanned<Fails>,
    }
}
