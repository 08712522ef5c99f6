//! Challenges against their fixtures: the manifest that says what is expected of which project, where it is found, and
//! what became of the expectations.
//!
//! `manifest`, `fails`, `read`, `scope`, `compare`, `changed` and `schema` are pure; `find` looks at the disk. Nothing is
//! graded here.

mod changed;
mod compare;
mod fails;
mod find;
mod manifest;
mod problem;
mod read;
mod schema;
mod scope;

pub use changed::{Touched, touches};
pub use compare::{Comparison, Expectation, Got, Mismatch, Want, compare};
pub use find::{Found, Known, Manifests, built_in};
pub use manifest::{Answers, Manifest, Project, Role};
pub use problem::{ManifestError, Place, Problem};
pub use read::read;
pub use schema::schema;
pub use scope::{covers, expectation, unknown_names};
