//! `grade watch`: what it knows, what it shows, and how it hears of changes.
//!
//! [`Board`] is the state, [`frame`] its picture as lines; both are pure. [`Files`] hears of files that change, [`Screen`]
//! is the terminal that pictures are drawn on, and [`listen`] hears of its keys.

mod board;
mod change;
mod files;
mod frame;
mod graded;
mod key;
mod rows;
mod screen;
#[cfg(test)]
mod tests;

pub use board::{Board, Challenge, Next, Phase, Wish};
pub use change::{Change, Mark, changes};
pub use files::{Changed, Files, Heard, OwnFiles, Places, WatchError, Watching};
pub use frame::{Look, Size, frame};
pub use graded::{Gatherer, Graded};
pub use key::Key;
pub use screen::{Input, Screen, listen, size};
