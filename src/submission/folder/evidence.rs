//! What a project's code shows about its answers: the file that is started, and those that it loads.
//!
//! A file may only stand for an answer that the running project would give. freeCodeCamp's own part of a project (`/_api/`) is
//! taken for granted; `/` and `/public/` are what some challenges ask the learner to serve, so the code has to show that it does.

use std::collections::VecDeque;

use super::code::{self, Facts, Mount};
use super::path::ProjectPath;
use super::root::Root;

/// The file that projects start with, if nothing else is said.
const ENTRY: &str = "server.js";
/// The most files that are looked at.
const MOST_FILES: usize = 100;

/// What is known about a project's answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Evidence {
    /// Whether there is a `server.js`, as there is in every starter project: what else is not there, the project lacks.
    pub(super) is_starter: bool,
    /// What the code says about `/_api`.
    pub(super) api: Api,
    /// Whether `/public` is the folder `public`.
    pub(super) serves_public: bool,
    /// Whether `/` is `views/index.html`.
    pub(super) serves_index: bool,
}

/// Whether freeCodeCamp's own part of a project is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Api {
    /// Nothing in the code answers below `/_api`.
    #[default]
    Absent,
    /// Something does, and nothing lets pages of other sites read it.
    Closed,
    /// Something does, and pages of other sites may read it.
    Open,
}

impl Evidence {
    /// Looks at the code of a project.
    pub(super) fn of(root: &Root) -> Self {
        let mut evidence = Self::default();
        let server = ProjectPath::new(ENTRY);
        evidence.is_starter = server.as_ref().is_some_and(|server| root.size(server).is_ok());
        let Some(entry) = started_file(root).or(server) else { return evidence };
        let (mut public, mut index, mut catch_all) = (Vec::new(), Vec::new(), false);
        let (mut has_api, mut has_cors) = (false, false);
        let mut known = vec![entry.clone()];
        let mut waiting = VecDeque::from([entry]);
        while let Some(path) = waiting.pop_front() {
            let Some(facts) = read(root, &path) else { continue };
            has_api |= facts.has_api;
            has_cors |= facts.has_cors;
            catch_all |= facts.catch_all;
            let in_root = path.names().count() == 1;
            public.extend(facts.public.iter().map(|mount| is_expected(*mount, in_root)));
            index.extend(facts.index.iter().map(|mount| is_expected(*mount, in_root)));
            for name in &facts.loads {
                for next in candidates(&path, name) {
                    if known.len() < MOST_FILES && !known.contains(&next) && root.size(&next).is_ok() {
                        known.push(next.clone());
                        waiting.push_back(next);
                        break;
                    }
                }
            }
        }
        evidence.api = match (has_api, has_cors) {
            (false, _) => Api::Absent,
            (true, false) => Api::Closed,
            (true, true) => Api::Open,
        };
        evidence.serves_public = public == [true];
        evidence.serves_index = index == [true] && !catch_all;
        evidence
    }
}

/// Folders are meant relative to the project's; in a file elsewhere `__dirname` is another one.
fn is_expected(mount: Mount, in_root: bool) -> bool {
    matches!(mount, Mount::Expected { beside_source } if in_root || !beside_source)
}

fn read(root: &Root, path: &ProjectPath) -> Option<Facts> {
    let content = root.read(path, code::LONGEST).ok().filter(|content| !content.cut)?;
    code::facts(std::str::from_utf8(&content.bytes).ok()?.trim_start_matches('\u{feff}'))
}

/// The file that `npm start` starts, where its script says so plainly.
fn started_file(root: &Root) -> Option<ProjectPath> {
    let content = root.read(&ProjectPath::new("package.json")?, code::LONGEST).ok()?;
    let package: serde_json::Value = serde_json::from_slice(&content.bytes).ok()?;
    let script = package.get("scripts")?.get("start")?.as_str()?;
    let mut words = script.split_ascii_whitespace().skip_while(|word| !matches!(*word, "node" | "nodemon"));
    words.next()?;
    let file = words.find(|word| !word.starts_with('-'))?;
    let path = ProjectPath::new(file.trim_start_matches("./"))?;
    let with_ending = ProjectPath::new(&format!("{}.js", path.as_str()));
    [Some(path), with_ending].into_iter().flatten().find(|path| root.size(path).is_ok())
}

/// The files that `name` can mean in a file of the project; packages are none.
fn candidates(from: &ProjectPath, name: &str) -> Vec<ProjectPath> {
    if !(name.starts_with("./") || name.starts_with("../")) {
        return Vec::new();
    }
    let mut names: Vec<&str> = from.names().collect();
    names.pop();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if names.pop().is_none() {
                    return Vec::new();
                }
            }
            part => names.push(part),
        }
    }
    let path = names.join("/");
    let endings = ["", ".js", ".cjs", ".mjs", "/index.js"];
    endings.iter().filter_map(|ending| ProjectPath::new(&format!("{path}{ending}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(files: &[(&str, &str)]) -> Evidence {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        Evidence::of(&Root::open(folder.path()).unwrap())
    }

    const STATIC: &str = "app.use('/public', express.static(__dirname + '/public'));";

    #[test]
    fn files_count_when_the_started_one_loads_them() {
        let loaded = evidence(&[("server.js", "require('./lib/../myApp')"), ("myApp.js", STATIC)]);
        assert!(loaded.serves_public && loaded.is_starter && loaded.api == Api::Absent);
        let left_over = evidence(&[("server.js", "require('./other')"), ("myApp.js", STATIC)]);
        assert!(!left_over.serves_public);
        let package = r#"{"scripts": {"start": "NODE_ENV=production node --trace-warnings ./app"}}"#;
        let named = evidence(&[("package.json", package), ("app.js", STATIC), ("server.js", "")]);
        assert!(named.serves_public);
        let below = evidence(&[("server.js", "require('./lib')"), ("lib/index.js", STATIC)]);
        assert!(!below.serves_public, "that is lib/public");
        let outside = evidence(&[("server.js", "require('../../x')")]);
        assert!(outside.is_starter && !outside.serves_index);
        let in_circles = evidence(&[("server.js", "require('./a')"), ("a.js", "require('./server'); require('./a')")]);
        assert!(in_circles.is_starter);
    }

    #[test]
    fn two_mounts_are_one_too_many() {
        let twice = format!("{STATIC}\napp.use('/public', express.static('dist'));");
        assert!(!evidence(&[("server.js", &twice)]).serves_public);
        let index = "app.get('/', (req, res) => res.sendFile(__dirname + '/views/index.html'));";
        assert!(evidence(&[("server.js", index)]).serves_index);
        let covered = format!("app.use(express.static('public'));\n{index}");
        assert!(!evidence(&[("server.js", &covered)]).serves_index);
    }
}
