//! Colour: whether, and which for what.

use colored::{Color, Colorize};

/// `--color`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColorChoice {
    /// When the output is a terminal and the environment does not say otherwise.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What the environment says about colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "one for each variable")]
pub struct ColorEnvironment {
    /// `NO_COLOR` is set and not empty.
    pub no_color: bool,
    /// `CLICOLOR_FORCE` is set, not empty and not `0`.
    pub force: bool,
    /// `CLICOLOR` is `0`.
    pub clicolor_off: bool,
    /// `TERM` is `dumb`.
    pub dumb: bool,
}

impl ColorEnvironment {
    /// Reads it with `get`, for example [`std::env::var`].
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| get(name).filter(|value| !value.is_empty());
        Self {
            no_color: set("NO_COLOR").is_some(),
            force: set("CLICOLOR_FORCE").is_some_and(|value| value != "0"),
            clicolor_off: set("CLICOLOR").is_some_and(|value| value == "0"),
            dumb: set("TERM").is_some_and(|value| value == "dumb"),
        }
    }
}

impl ColorEnvironment {
    /// Whether the terminal understands nothing but text.
    pub fn is_dumb(self) -> bool {
        self.dumb
    }
}

/// Whether to use colour: `--color` beats `NO_COLOR`, which beats `CLICOLOR_FORCE`, which beats `CLICOLOR=0`.
pub fn use_color(choice: ColorChoice, environment: ColorEnvironment, is_terminal: bool) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if environment.no_color => false,
        ColorChoice::Auto if environment.force => true,
        ColorChoice::Auto => is_terminal && !environment.clicolor_off && !environment.dumb,
    }
}

/// The styles of texts on a terminal; without colour each gives its text back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Styles {
    color: bool,
}

impl Styles {
    /// Styles with or without colour.
    pub fn new(color: bool) -> Self {
        if color {
            // The crate has a switch of its own for the whole process. Whether to paint is decided here, for each stream.
            colored::control::set_override(true);
        }
        Self { color }
    }

    /// Whether anything is painted.
    pub fn is_coloured(self) -> bool {
        self.color
    }

    /// A pass.
    pub fn pass(self, text: &str) -> String {
        self.paint(text, Color::Green, true)
    }

    /// A fail.
    pub fn fail(self, text: &str) -> String {
        self.paint(text, Color::Red, true)
    }

    /// What could not be checked.
    pub fn error(self, text: &str) -> String {
        self.paint(text, Color::Yellow, true)
    }

    /// Advice.
    pub fn help(self, text: &str) -> String {
        self.paint(text, Color::Cyan, true)
    }

    /// A value that was expected.
    pub fn expected(self, text: &str) -> String {
        self.paint(text, Color::Green, false)
    }

    /// A value that was found instead.
    pub fn actual(self, text: &str) -> String {
        self.paint(text, Color::Red, false)
    }

    /// A title.
    pub fn title(self, text: &str) -> String {
        if self.color { text.bold().to_string() } else { text.to_owned() }
    }

    /// What matters less.
    pub fn dim(self, text: &str) -> String {
        if self.color { text.dimmed().to_string() } else { text.to_owned() }
    }

    fn paint(self, text: &str, color: Color, bold: bool) -> String {
        match (self.color, bold) {
            (false, _) => text.to_owned(),
            (true, false) => text.color(color).to_string(),
            (true, true) => text.color(color).bold().to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flag_beats_environment_beats_terminal() {
        let all = ColorEnvironment { no_color: true, force: true, clicolor_off: true, dumb: false };
        assert!(use_color(ColorChoice::Always, all, false));
        assert!(!use_color(ColorChoice::Never, ColorEnvironment { force: true, ..Default::default() }, true));
        assert!(!use_color(ColorChoice::Auto, all, true));
        assert!(use_color(ColorChoice::Auto, ColorEnvironment { no_color: false, ..all }, false));
        let off = ColorEnvironment { clicolor_off: true, ..Default::default() };
        assert!(!use_color(ColorChoice::Auto, off, true));
        assert!(use_color(ColorChoice::Auto, ColorEnvironment::default(), true));
        assert!(!use_color(ColorChoice::Auto, ColorEnvironment::default(), false));
    }

    #[test]
    fn empty_variables_count_as_unset() {
        let read = ColorEnvironment::read(|name| match name {
            "NO_COLOR" => Some(String::new()),
            "CLICOLOR_FORCE" => Some("0".to_owned()),
            _ => None,
        });
        assert_eq!(read, ColorEnvironment::default());
    }
}
