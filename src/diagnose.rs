//! Errors of the program itself, for people: what happened, why, what to do.

use std::fmt::Write as _;
use std::io::Write as _;

use crate::commands::Console;
use crate::curriculum::{ChooseError, SelectError};
use crate::sources::SourceError;
use crate::submission::UrlError;

/// Writes an error and its causes to stderr.
pub fn print(error: &anyhow::Error, console: &Console) {
    let _ = std::io::stderr().lock().write_all(text(error, console).as_bytes());
}

fn text(error: &anyhow::Error, console: &Console) -> String {
    let styles = console.error_styles();
    let mut text = format!("{} {error}\n", styles.fail("error:"));
    let mut last = error.to_string();
    for cause in error.chain().skip(1) {
        let words = cause.to_string();
        // Wrapping errors often repeat what they wrap.
        if !last.contains(&words) {
            let _ = writeln!(text, "  because: {words}");
        }
        last = words;
    }
    if let Some(help) = advice(error) {
        let _ = writeln!(text, "{} {help}", styles.help("help:"));
    }
    text
}

fn advice(error: &anyhow::Error) -> Option<&'static str> {
    if let Some(ChooseError::Select(SelectError::Unknown { .. })) = error.downcast_ref() {
        return Some(
            "`grade list` shows the challenges that there are; --challenges takes them from a file or folder instead",
        );
    }
    if let Some(ChooseError::NotGradable { .. }) = error.downcast_ref() {
        return Some("only back-end challenges (types 2 and 4), which are submitted as a URL, can be graded");
    }
    if let Some(error) = error.downcast_ref::<SourceError>() {
        return error.help();
    }
    if error.downcast_ref::<UrlError>().is_some() {
        return Some("give the address where the project answers, such as --url http://localhost:3000");
    }
    None
}
