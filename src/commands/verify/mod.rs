//! `grade verify [CHALLENGE]...`: challenges against their fixtures.

mod assemble;
mod project;
mod run;
mod subjects;
mod work;

pub use run::run;
