//! What a test finds in scope: the globals of the page that runs it, and the methods of `assert`. Names only; pure.

mod assertions;
mod globals;

pub use assertions::{Method, all as assertions};
pub use globals::{globals, is_browser_global, is_global};
