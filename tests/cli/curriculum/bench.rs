//! Repositories to get challenges from, and a folder to get them into.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::support::{Left, challenge, folder, left, program, write};

/// A place with a repository and a data folder.
pub(super) struct Bench {
    folder: tempfile::TempDir,
}

impl Bench {
    /// `None`, with a word about it, where git is absent.
    pub(super) fn new() -> Option<Self> {
        if Command::new("git").arg("--version").stdout(Stdio::null()).status().is_err() {
            println!("skipped: there is no git on this machine");
            return None;
        }
        let bench = Self { folder: folder() };
        std::fs::create_dir(bench.repository()).unwrap();
        bench.git(&["init", "--quiet"]);
        Some(bench)
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn repository(&self) -> PathBuf {
        self.path().join("repository")
    }

    pub(super) fn url(&self) -> String {
        format!("file://{}", self.repository().display())
    }

    pub(super) fn store(&self) -> PathBuf {
        self.path().join("data/grade/curricula")
    }

    pub(super) fn git(&self, arguments: &[&str]) -> String {
        git(&self.repository(), arguments)
    }

    pub(super) fn challenge(&self, path: &str, id: char, name: &str) {
        let test = "const res = await fetch(code + '/');\nassert.isTrue(res.ok);";
        write(&self.repository(), path, &challenge(&id.to_string().repeat(24), name, &[test]));
    }

    pub(super) fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "x"]);
    }

    /// A repository with the layouts of freeCodeCamp, and much else.
    pub(super) fn filled() -> Option<Self> {
        let bench = Self::new()?;
        bench.challenge("curriculum/challenges/english/blocks/chat-app/aaaaaaaaaaaaaaaaaaaaaaaa.md", 'a', "by-id");
        bench.challenge("curriculum/challenges/espanol/blocks/chat-app/aaaaaaaaaaaaaaaaaaaaaaaa.md", 'a', "by-id");
        bench.challenge("curriculum/challenges/english/06-quality-assurance/node-app/by-name.md", 'b', "by-name");
        bench.challenge("curriculum/challenges/english/style/plain.md", 'c', "plain");
        write(&bench.repository(), "README.md", "# Read me\n");
        write(&bench.repository(), "client/large.js", &"x".repeat(100_000));
        write(&bench.repository(), "curriculum/challenges/english/blocks/chat-app/picture.png", "png");
        bench.commit();
        Some(bench)
    }

    pub(super) fn program(&self) -> Command {
        let mut command = program();
        command.current_dir(self.path()).env("XDG_DATA_HOME", self.path().join("data")).env("HOME", self.path());
        command.env("GIT_CONFIG_NOSYSTEM", "1");
        command
    }

    pub(super) fn grade(&self, arguments: &[&str]) -> Left {
        self.steady(&left(self.program().args(arguments)))
    }

    /// Commits, dates and folders are different in every run.
    pub(super) fn steady(&self, run: &Left) -> Left {
        let commit = regex::Regex::new("(commit )[0-9a-f]{10}").unwrap();
        let date = regex::Regex::new("[0-9]{4}-[0-9]{2}-[0-9]{2}").unwrap();
        let text = |text: &str| {
            let text = text.replace(self.path().to_str().unwrap(), "FOLDER");
            date.replace_all(&commit.replace_all(&text, "${1}COMMIT"), "DATE").into_owned()
        };
        Left { code: run.code, out: text(&run.out), err: text(&run.err) }
    }

    /// What is in the data folder, without the lock.
    pub(super) fn kept(&self) -> Vec<String> {
        let Ok(read) = std::fs::read_dir(self.store()) else { return Vec::new() };
        let mut names: Vec<String> = read
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name != ".lock")
            .collect();
        names.sort();
        names
    }

    /// The clone of a collection.
    pub(super) fn tree(&self, name: &str) -> PathBuf {
        let text = std::fs::read_to_string(self.store().join(name).join("record.json")).unwrap();
        let record: serde_json::Value = serde_json::from_str(&text).unwrap();
        self.store().join(name).join(record["tree"].as_str().unwrap())
    }

    pub(super) fn names(&self, arguments: &[&str]) -> Vec<String> {
        let run = self.grade(&[&["list", "--json"], arguments].concat());
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
        let rows: Vec<serde_json::Value> = serde_json::from_str(&run.out).unwrap();
        rows.iter()
            .map(|row| {
                format!(
                    "{}/{}/{}",
                    row["language"].as_str().unwrap(),
                    row["block"].as_str().unwrap(),
                    row["name"].as_str().unwrap()
                )
            })
            .collect()
    }

    /// A folder with a `git` that does something else first.
    #[cfg(unix)]
    pub(super) fn with_git(&self, script: &str) -> Command {
        use std::os::unix::fs::PermissionsExt;
        let real =
            String::from_utf8(Command::new("sh").args(["-c", "command -v git"]).output().unwrap().stdout).unwrap();
        let fake = write(self.path(), "bin/git", &format!("#!/bin/sh\n{script}\nexec {} \"$@\"\n", real.trim()));
        std::fs::set_permissions(&fake, std::fs::Permissions::from_mode(0o755)).unwrap();
        let mut command = self.program();
        let path = std::env::var("PATH").unwrap();
        command.env("PATH", format!("{}:{path}", self.path().join("bin").display()));
        command
    }
}

pub(super) fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "init.defaultBranch=main"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
