//! The script engine.

mod host;
