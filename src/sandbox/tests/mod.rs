//! What pages that one thread serves after another have to do with each other.

mod reuse;
mod thread;
