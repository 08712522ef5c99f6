//! What pages that one thread serves after another have to do with each other.

mod here;
mod reuse;
mod thread;
