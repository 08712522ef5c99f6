//! Manual pages.

use std::io;

use clap::Command;

use super::layers::documented;

/// A manual page.
#[derive(Debug)]
pub struct Page {
    /// The name of its file, such as `grade-list.1`.
    pub file: String,
    /// Its text, in roff.
    pub text: Vec<u8>,
}

/// The pages of the program and of each of its commands, the program's first.
pub fn pages() -> io::Result<Vec<Page>> {
    let mut command = documented();
    command.build();
    let mut found = Vec::new();
    add(&command, "grade", &mut found)?;
    Ok(found)
}

fn add(command: &Command, name: &str, found: &mut Vec<Page>) -> io::Result<()> {
    let mut text = Vec::new();
    // The version is that of the release: a page does not change with every commit.
    let own = command.clone().name(name.to_owned()).display_name(name).long_version(env!("CARGO_PKG_VERSION"));
    clap_mangen::Man::new(own).source(concat!("grade ", env!("CARGO_PKG_VERSION"))).render(&mut text)?;
    // What clap says after its help are the exit codes.
    let text = String::from_utf8_lossy(&text).replace("\n.SH EXTRA\n", "\n.SH \"EXIT STATUS\"\n").into_bytes();
    found.push(Page { file: format!("{name}.1"), text });
    for inner in command.get_subcommands().filter(|inner| !inner.is_hide_set()) {
        add(inner, &format!("{name}-{}", inner.get_name()), found)?;
    }
    Ok(())
}
