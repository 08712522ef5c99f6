//! Fetches the wanted part of a repository into a folder.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::Path;

use super::error::SourceError;
use super::git::Git;
use super::listing::{self, Choice, Unfit, Want};
use super::record::short;

/// What is fetched, and from where.
#[derive(Debug)]
pub(super) struct Errand<'a> {
    /// What git is given; it may have a password.
    pub(super) address: &'a str,
    /// For people.
    pub(super) from: &'a str,
    pub(super) reference: Option<&'a str>,
    pub(super) want: &'a Want,
}

/// What came.
#[derive(Debug)]
pub(super) struct Brought {
    pub(super) commit: String,
    pub(super) choice: Choice,
}

/// Only some files are checked out, and links become plain files.
const SPARSE: &str = "[core]\n\tsparseCheckout = true\n\tsparseCheckoutCone = false\n\tsymlinks = false\n";
/// Serves files that are asked for one by one, which repositories of this computer do not do by themselves.
const LOCAL_SERVICE: &str = "[remote \"origin\"]\n\tuploadpack = git -c uploadpack.allowFilter=true \
                             -c uploadpack.allowAnySHA1InWant=true upload-pack\n";

/// Fetches one commit, without history and without the content of files; chooses; then fetches the chosen files.
pub(super) fn bring(git: &mut Git, errand: &Errand<'_>, folder: &Path) -> Result<Brought, SourceError> {
    let doing = "prepare the folder";
    git.run(doing, folder, &["init", "--quiet", "--template="])?;
    git.run(doing, folder, &["config", "remote.origin.url", errand.address])?;
    let config = folder.join(".git").join("config");
    let local = if errand.address.starts_with("file:") { LOCAL_SERVICE } else { "" };
    let written = OpenOptions::new().append(true).open(&config);
    let written = written.and_then(|mut file| write!(file, "{SPARSE}{local}"));
    written.map_err(SourceError::disk("write", &config))?;
    let wanted = errand.reference.unwrap_or("HEAD");
    let progress = git.progress_option();
    git.run(
        "fetch the repository",
        folder,
        &[
            "fetch",
            progress,
            "--depth=1",
            "--filter=blob:none",
            "--no-tags",
            "--no-recurse-submodules",
            "--",
            "origin",
            wanted,
        ],
    )?;
    let commit = git.text("read the commit", folder, &["rev-parse", "--verify", "FETCH_HEAD^{commit}"])?;
    let files = markdown(&git.run("list the files", folder, &["ls-tree", "-r", "-z", "--full-tree", &commit])?);
    let all = listing::folders(files.iter().map(String::as_str));
    let choice = listing::choose(&all, errand.want).map_err(|unfit| explain(unfit, errand.from, &commit))?;

    let patterns: String = choice.folders.iter().map(|folder| pattern(folder)).collect();
    let info = folder.join(".git").join("info");
    let file = info.join("sparse-checkout");
    fs::create_dir_all(&info).and_then(|()| fs::write(&file, patterns)).map_err(SourceError::disk("write", &file))?;
    git.ignore_attributes(folder)?;
    git.run("fetch the challenge files", folder, &["checkout", progress, "--detach", &commit])?;
    Ok(Brought { commit, choice })
}

/// Whether the repository still has the commit at the place that was asked for.
pub(super) fn is_current(git: &Git, folder: &Path, reference: Option<&str>, commit: &str) -> Result<bool, SourceError> {
    let wanted = reference.unwrap_or("HEAD");
    let listed =
        git.text("ask the repository for its newest commit", folder, &["ls-remote", "--", "origin", wanted])?;
    let names = match reference {
        None => vec!["HEAD".to_owned()],
        Some(name) => ["refs/heads/", "refs/tags/"].map(|start| format!("{start}{name}")).to_vec(),
    };
    Ok(listed.lines().filter_map(|line| line.split_once('\t')).any(|(found, name)| {
        found == commit && names.iter().any(|wanted| name.strip_suffix("^{}").unwrap_or(name) == wanted)
    }))
}

/// The plain Markdown files of `git ls-tree -r -z`; links, submodules and odd names are passed over.
fn markdown(listed: &[u8]) -> Vec<String> {
    let one = |entry: &[u8]| {
        let entry = std::str::from_utf8(entry).ok()?;
        let (facts, path) = entry.split_once('\t')?;
        let is_file = facts.starts_with("100644 blob") || facts.starts_with("100755 blob");
        let is_markdown = path.rsplit_once('.').is_some_and(|(_, ending)| ending == "md");
        (is_file && is_markdown && listing::is_inner(path)).then(|| path.to_owned())
    };
    listed.split(|byte| *byte == 0).filter_map(one).collect()
}

/// The line of git's list of files to check out for the Markdown files of a folder.
fn pattern(folder: &str) -> String {
    let mut line = String::from("/");
    for character in folder.chars() {
        if matches!(character, '*' | '?' | '[' | ']' | '\\' | '!' | '#') {
            line.push('\\');
        }
        line.push(character);
    }
    line.push_str(if folder.is_empty() { "*.md\n" } else { "/*.md\n" });
    line
}

pub(super) fn explain(unfit: Unfit, from: &str, commit: &str) -> SourceError {
    let from = from.to_owned();
    match unfit {
        Unfit::Missing { what, name, nearest } => {
            SourceError::Missing { from, what, name, commit: short(commit).to_owned(), nearest }
        }
        Unfit::Empty => SourceError::Empty { from },
        Unfit::TooMany(files) => SourceError::TooMany { from, files },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_markdown_files_count() {
        let listed = b"100644 blob aa\ta/b.md\x00120000 blob bb\ta/link.md\x00160000 commit cc\tsub.md\x00100644 blob dd\tx.js\x00100755 blob ee\tc.md\x00100644 blob ff\t../x.md\x00100644 blob ff\ta\nb.md\x00";
        assert_eq!(markdown(listed), ["a/b.md", "c.md"]);
    }

    #[test]
    fn patterns_mean_the_folder_and_nothing_else() {
        assert_eq!(pattern("a/b*c"), "/a/b\\*c/*.md\n");
        assert_eq!(pattern(""), "/*.md\n");
        assert_eq!(pattern("!a"), "/\\!a/*.md\n");
    }
}
