//! Dates, times and numbers as `en-US` writes them.

mod bind;
mod date;
mod decimal;
mod number;
mod pattern;
mod zone;
mod zone_names;

pub(super) use bind::install;

/// A piece of formatted text and what it is, as `formatToParts` shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    kind: &'static str,
    text: String,
}

impl Part {
    fn new(kind: &'static str, text: impl Into<String>) -> Self {
        Self { kind, text: text.into() }
    }
}
