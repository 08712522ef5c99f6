//! `grade watch`, driven in a real terminal, and without one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]
#![cfg(unix)]

#[path = "../cli/support.rs"]
#[allow(dead_code, reason = "the other tests use the rest")]
mod support;

mod files;
mod keys;
mod picture;
mod plain;
mod running;
mod terminal;

use std::path::{Path, PathBuf};
use std::process::Command;

use support::{program, write};
use terminal::Terminal;

/// What a hint asks of a file.
fn wants(word: &str) -> String {
    format!("const text = await (await fetch(code + '/_api/server.js')).text();\nassert.match(text, /{word}/);")
}

/// A project of files, and a block of challenges beside it.
struct World {
    folder: tempfile::TempDir,
}

impl World {
    /// Two challenges: the first wants `alpha` and `beta`, the second `gamma`. The project has `alpha`.
    fn new() -> Self {
        let world = Self { folder: support::folder() };
        world.save("server.js", "// alpha\n");
        world.save("package.json", "{}\n");
        let number = |text: &str, order: u32| text.replacen("---\n", &format!("---\norder: {order}\n"), 1);
        let first = support::challenge("aaaaaaaaaaaaaaaaaaaaaaa1", "first", &[&wants("alpha"), &wants("beta")]);
        let second = support::challenge("aaaaaaaaaaaaaaaaaaaaaaa2", "second", &[&wants("gamma")]);
        write(world.folder.path(), "english/letters/first.md", &number(&first, 1));
        write(world.folder.path(), "english/letters/second.md", &number(&second, 2));
        world
    }

    fn project(&self) -> PathBuf {
        self.folder.path().join("project")
    }

    fn save(&self, name: &str, text: &str) {
        write(&self.project(), name, text);
    }

    fn challenges(&self) -> PathBuf {
        self.folder.path().join("english")
    }

    /// `grade watch` with options that say which challenges.
    fn watch(&self, arguments: &[&str]) -> Command {
        let mut command = program();
        command.args(["watch", "--challenges", "../english"]).args(arguments);
        command.current_dir(self.project());
        command.env("XDG_STATE_HOME", self.folder.path().join("state"));
        command
    }

    /// The same for the files alone.
    fn watch_files(&self, arguments: &[&str]) -> Command {
        let mut command = self.watch(arguments);
        command.arg("--dir").arg(self.project());
        command
    }

    fn screen(&self, arguments: &[&str]) -> Terminal {
        Terminal::run(&self.watch_files(arguments), 80, 24)
    }
}

/// As an editor does it that writes a new file and puts it in the place of the old one.
fn save_by_rename(path: &Path, text: &str) {
    let beside = path.with_extension("new~");
    std::fs::write(&beside, text).unwrap();
    std::fs::rename(&beside, path).unwrap();
}
