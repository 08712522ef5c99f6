//! Errors of the program itself, for people: what happened, why, what to do.

use std::fmt::Write as _;

use crate::batch::{JournalError, ListError};
use crate::curriculum::{ChooseError, SelectError};
use crate::exit::ExitStatus;
use crate::report::Styles;
use crate::sources::{ChangesError, SourceError};
use crate::submission::{FolderError, StartError, UrlError};

/// How the program ends because of an error. A project that does not come up may do so the next time; nothing else changes by itself.
pub fn status(error: &anyhow::Error) -> ExitStatus {
    match error.downcast_ref() {
        Some(StartError::Died { .. } | StartError::Silent { .. }) => ExitStatus::CouldNotCheck,
        _ => ExitStatus::Unusable,
    }
}

/// An error, its causes and what to do about it, as lines.
pub fn text(error: &anyhow::Error, styles: Styles) -> String {
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
    if let Some(error) = error.downcast_ref::<ChangesError>() {
        return error.help();
    }
    if let Some(error) = error.downcast_ref::<JournalError>() {
        return error.help();
    }
    if let Some(ListError::NoProjectColumn { .. }) = error.downcast_ref() {
        return Some("the first line names the columns: url or dir, and if you like id and challenges");
    }
    if error.downcast_ref::<UrlError>().is_some() {
        return Some("give the address where the project answers, such as --url http://localhost:3000");
    }
    if let Some(FolderError::NoProject { .. }) = error.downcast_ref() {
        return Some("give the folder that holds server.js with --dir");
    }
    match error.downcast_ref()? {
        StartError::PortTaken { .. } => Some(
            "stop what runs there, or give another address, such as --url http://localhost:3001: its port is passed to the command as PORT",
        ),
        StartError::NoFolder { .. } => Some("give the folder of the project with --dir"),
        StartError::NoCommand { .. } | StartError::Spawn { .. } => {
            Some("try the command in a shell, in the same folder; --dir says in which folder it is started")
        }
        StartError::Ended { .. } => None,
        StartError::Died { .. } => Some("try the command in a shell; what it needs may not be installed (npm install)"),
        StartError::Silent { .. } => Some(
            "look on which port it listens: it should be process.env.PORT, or give its address with --url; --start-timeout gives it more \
             time",
        ),
    }
}
