//! What the program writes to: colour and width, decided once.

use std::io::{self, IsTerminal, Write};
use std::sync::{Arc, Mutex, PoisonError};

use terminal_size::terminal_size;

use crate::cli::Color;
use crate::redact::Secrets;
use crate::report::{ColorChoice, ColorEnvironment, Styles, use_color};

/// Width where there is no terminal.
const DEFAULT_WIDTH: usize = 100;
/// Longer lines are hard to read.
const WIDEST: usize = 120;
/// Below this everything would break.
const NARROWEST: usize = 40;

/// Standard output and standard error.
#[derive(Debug, Clone)]
pub struct Console {
    out: Styles,
    error: Styles,
    secrets: Secrets,
    width: usize,
    progress: bool,
    /// Where diagnostics are kept instead of being written.
    kept: Option<Arc<Mutex<Vec<String>>>>,
}

impl Console {
    /// Looks at the environment and the two streams.
    pub fn new(color: Color) -> Self {
        let choice = match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        let environment = ColorEnvironment::read(|name| std::env::var(name).ok());
        let (stdout, stderr) = (io::stdout(), io::stderr());
        let ci = std::env::var_os("CI").is_some_and(|value| !value.is_empty());
        Self {
            out: Styles::new(use_color(choice, environment, stdout.is_terminal())),
            error: Styles::new(use_color(choice, environment, stderr.is_terminal())),
            secrets: Secrets::default(),
            width: width(),
            progress: stderr.is_terminal() && !ci && !environment.is_dumb(),
            kept: None,
        }
    }

    /// The same, but diagnostics are kept, without colour, for whoever [takes](Self::take_kept) them: what stands on standard
    /// error would disturb a screen.
    pub fn keeping(&self) -> Self {
        Self { error: Styles::new(false), progress: false, kept: Some(Arc::default()), ..self.clone() }
    }

    /// The diagnostics that were kept since the last time.
    pub fn take_kept(&self) -> Vec<String> {
        let kept =
            self.kept.as_ref().map(|kept| std::mem::take(&mut *kept.lock().unwrap_or_else(PoisonError::into_inner)));
        kept.unwrap_or_default()
    }

    /// What must not be shown from now on.
    pub fn hide(&mut self, secrets: Secrets) {
        self.secrets = secrets;
    }

    /// What must not be shown.
    pub fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    /// Styles for standard output.
    pub fn styles(&self) -> Styles {
        self.out
    }

    /// Styles for standard error.
    pub fn error_styles(&self) -> Styles {
        self.error
    }

    /// Width of standard output in columns.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Whether a spinner may be shown.
    pub fn progress(&self) -> bool {
        self.progress
    }

    /// Writes a warning to stderr.
    pub fn warn(&self, text: &str) {
        self.diagnose(&format!("{} {text}\n", self.error.error("warning:")));
    }

    /// Writes an error that does not end the program to stderr, with its cause.
    pub fn error(&self, error: &dyn std::error::Error) {
        let cause = error.source().map(|cause| format!("  because: {cause}\n")).unwrap_or_default();
        self.diagnose(&format!("{} {error}\n{cause}", self.error.fail("error:")));
    }

    /// Writes to stderr, without secrets. There is nobody left to tell when that fails.
    pub fn diagnose(&self, text: &str) {
        let text = self.secrets.mask(text);
        match &self.kept {
            Some(_) if text.trim().is_empty() => {}
            Some(kept) => kept.lock().unwrap_or_else(PoisonError::into_inner).push(text.into_owned()),
            None => {
                let _ = io::stderr().lock().write_all(text.as_bytes());
            }
        }
    }
}

fn width() -> usize {
    let named = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let measured = terminal_size().map(|(columns, _)| usize::from(columns.0));
    named.or(measured).unwrap_or(DEFAULT_WIDTH).clamp(NARROWEST, WIDEST)
}

/// Writes to stdout; a reader that has gone away is no error.
pub fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    broken_pipe_is_fine(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// Writes a line about what was done to stderr.
pub fn say(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// A reader that has gone away is no error: `grade ... | head`.
pub fn broken_pipe_is_fine(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}
