//! Which challenges a manifest means, and what it expects of a project for each of them.

use std::collections::BTreeSet;

use serde_yaml::Spanned;

use super::compare::Expectation;
use super::fails::{Fails, HintName, Hints};
use super::manifest::{Manifest, Project, Role};
use super::problem::{Place, Problem};
use crate::challenge::Challenge;
use crate::curriculum::{Entry, nearest};

/// Whether a manifest is about a challenge.
pub fn covers(manifest: &Manifest, entry: &Entry) -> bool {
    let names = &manifest.challenges;
    names.is_empty() || names.iter().any(|name| is_block(&name.value, entry) || is_challenge(&name.value, entry))
}

fn is_block(name: &str, entry: &Entry) -> bool {
    entry.place.block.as_deref() == Some(name)
}

/// Whether `name` is a challenge's file name, dashedName or id, perhaps behind its block.
fn is_challenge(name: &str, entry: &Entry) -> bool {
    let (block, name) = match name.split_once('/') {
        Some((block, name)) => (Some(block), name),
        None => (None, name),
    };
    let called = [Some(entry.place.stem.as_str()), entry.dashed_name(), entry.id()].contains(&Some(name));
    called && block.is_none_or(|block| is_block(block, entry))
}

/// What the manifest expects of a project for a challenge.
pub fn expectation(project: &Project, entry: &Entry, challenge: &Challenge) -> Result<Expectation, Vec<Problem>> {
    match (project.role, &project.fails) {
        (Role::Solution | Role::Right, _) => Ok(Expectation::AllPass),
        (Role::Starter, _) => Ok(Expectation::SomeFail),
        (Role::Wrong, Some(Fails::Everywhere(hints))) => resolve(hints, entry, challenge),
        (Role::Wrong, Some(Fails::ByChallenge(entries))) => {
            match entries.iter().find(|(name, _)| is_challenge(&name.value, entry)) {
                Some((_, hints)) => resolve(hints, entry, challenge),
                None => Ok(Expectation::Exactly(BTreeSet::new())),
            }
        }
        (Role::Wrong, None) => Ok(Expectation::Exactly(BTreeSet::new())),
    }
}

fn resolve(hints: &Hints, entry: &Entry, challenge: &Challenge) -> Result<Expectation, Vec<Problem>> {
    let count = challenge.hints.len();
    let has_test = |index: usize| challenge.hints.get(index).is_some_and(|hint| !hint.code.is_empty());
    let name = entry.place.full_name();
    let names = match hints {
        Hints::All => return Ok(Expectation::Exactly((0..count).filter(|&index| has_test(index)).collect())),
        Hints::Named(names) => names,
    };
    let mut found = BTreeSet::new();
    let mut problems = Vec::new();
    for Spanned { value, defined, .. } in names {
        let place = Place::of(defined);
        match index(value, challenge).filter(|&index| index < count) {
            None => {
                let many = if count == 1 { "1 hint".to_owned() } else { format!("{count} hints") };
                let message = format!("`{name}` has no hint {value}: it has {many}");
                let help = "`grade show` numbers them; reports have their ids, such as 589fc831f9fc0f352b528e77/0";
                problems.push(Problem::new(place, message, help));
            }
            Some(index) if !has_test(index) => {
                let message = format!("hint {} of `{name}` has no test, so it cannot fail", index + 1);
                problems.push(Problem::new(place, message, "write the test, or leave the hint out here"));
            }
            Some(index) => {
                found.insert(index);
            }
        }
    }
    if problems.is_empty() { Ok(Expectation::Exactly(found)) } else { Err(problems) }
}

/// The index of a hint, from 0; it may be one that the challenge does not have.
fn index(name: &HintName, challenge: &Challenge) -> Option<usize> {
    match name {
        HintName::Number(number) => usize::try_from(*number).ok()?.checked_sub(1),
        HintName::Id(id) => {
            let (id, index) = id.rsplit_once('/')?;
            (id == challenge.id).then(|| index.parse().ok())?
        }
    }
}

/// The names in a manifest that mean none of these challenges, each with what may have been meant.
pub fn unknown_names<'e>(manifest: &Manifest, entries: impl Iterator<Item = &'e Entry> + Clone) -> Vec<Problem> {
    let known = Names::of(entries);
    let mut problems = Vec::new();
    for name in manifest.challenges.iter().filter(|name| !known.has(&name.value, true)) {
        problems.push(known.problem(name, true));
    }
    for project in &manifest.projects {
        let Some(Fails::ByChallenge(entries)) = &project.fails else { continue };
        for (name, _) in entries.iter().filter(|(name, _)| !known.has(&name.value, false)) {
            problems.push(known.problem(name, false));
        }
    }
    problems
}

/// Everything that challenges and blocks are called.
struct Names {
    challenges: BTreeSet<String>,
    blocks: BTreeSet<String>,
}

impl Names {
    fn of<'e>(entries: impl Iterator<Item = &'e Entry>) -> Self {
        let (mut challenges, mut blocks) = (BTreeSet::new(), BTreeSet::new());
        for entry in entries {
            let block = entry.place.block.as_deref();
            for name in [Some(entry.place.stem.as_str()), entry.dashed_name(), entry.id()].into_iter().flatten() {
                challenges.extend(block.map(|block| format!("{block}/{name}")));
                challenges.insert(name.to_owned());
            }
            blocks.extend(block.map(str::to_owned));
        }
        Self { challenges, blocks }
    }

    fn has(&self, name: &str, or_block: bool) -> bool {
        self.challenges.contains(name) || (or_block && self.blocks.contains(name))
    }

    fn problem(&self, name: &Spanned<String>, or_block: bool) -> Problem {
        let wanted = name.value.rsplit('/').next().unwrap_or_default();
        let blocks = self.blocks.iter().filter(|_| or_block);
        let short = self.challenges.iter().filter(|name| !name.contains('/'));
        let help = match nearest(wanted, short.chain(blocks).map(String::as_str)).first() {
            Some(name) => format!("did you mean `{name}`?"),
            None => "write a name as `grade list --names` shows it".to_owned(),
        };
        let what = if or_block { "challenge or block" } else { "challenge" };
        let message = format!("there is no {what} `{}` where this manifest is used", name.value.escape_debug());
        Problem::new(Place::of(&name.defined), message, help)
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;
    use crate::challenge::{Source, parse};
    use crate::curriculum;
    use crate::verify::read;

    fn entry() -> Entry {
        let text = "---\nid: 5f0c1e2d3a4b5c6d7e8f9a0b\ntitle: T\nchallengeType: 2\ndashedName: say-hello\n---\n\n# --hints--\n\nA.\n\n```js\na\n```\n\nB.\n\n```js\n```\n\nC.\n\n```js\nc\n```\n";
        let path = "english/chat/hello.md";
        Entry {
            path: PathBuf::from(path),
            place: curriculum::Place::of(Path::new(path)),
            origin: curriculum::Origin::File,
            parsed: parse(&Source::new(path, text)),
        }
    }

    fn manifest(challenges: &str, fails: &str) -> Manifest {
        let text = format!("version: 1\nchallenges: {challenges}\nwrong: [{{ name: a, dir: a, fails: {fails} }}]\n");
        read(Path::new("verify.yml"), &text).unwrap()
    }

    fn expected(fails: &str) -> Result<Vec<usize>, String> {
        let entry = entry();
        let manifest = manifest("[]", fails);
        match expectation(&manifest.projects[0], &entry, entry.challenge().unwrap()) {
            Ok(Expectation::Exactly(hints)) => Ok(hints.into_iter().collect()),
            Ok(other) => panic!("{other:?}"),
            Err(problems) => Err(problems.into_iter().map(|problem| problem.message).collect::<Vec<_>>().join("; ")),
        }
    }

    #[test]
    fn challenges_by_every_name() {
        for (names, about_it) in [
            ("[]", true),
            ("[chat]", true),
            ("[other, hello]", true),
            ("[chat/say-hello]", true),
            ("[5f0c1e2d3a4b5c6d7e8f9a0b]", true),
            ("[chat/other]", false),
            ("[other/say-hello]", false),
            ("[say]", false),
        ] {
            assert_eq!(covers(&manifest(names, "all"), &entry()), about_it, "{names}");
        }
    }

    #[test]
    fn hints_by_number_and_id() {
        assert_eq!(expected("all"), Ok(vec![0, 2]));
        assert_eq!(expected("[3, 1]"), Ok(vec![0, 2]));
        assert_eq!(expected("[5f0c1e2d3a4b5c6d7e8f9a0b/2]"), Ok(vec![2]));
        assert_eq!(expected("{ say-hello: [1], other: all }"), Ok(vec![0]));
        assert_eq!(expected("{ other: all }"), Ok(vec![]));
        assert_eq!(expected("[2]"), Err("hint 2 of `english/chat/hello` has no test, so it cannot fail".to_owned()));
        assert_eq!(expected("[4]"), Err("`english/chat/hello` has no hint 4: it has 3 hints".to_owned()));
        assert!(expected("[5f0c1e2d3a4b5c6d7e8f9a0b/9]").is_err() && expected("[another/0]").is_err());
    }

    #[test]
    fn names_of_nothing_are_told_with_what_was_meant() {
        let manifest = manifest("[chatt, say-hello]", "{ say-helo: [1], chat: [1], hello: [1] }");
        let entry = entry();
        let told: Vec<String> = unknown_names(&manifest, std::iter::once(&entry))
            .into_iter()
            .map(|problem| format!("{}: {} {}", problem.place, problem.message, problem.help))
            .collect();
        assert_eq!(
            told,
            [
                "2:14: there is no challenge or block `chatt` where this manifest is used did you mean `chat`?",
                "3:37: there is no challenge `say-helo` where this manifest is used did you mean `say-hello`?",
                "3:52: there is no challenge `chat` where this manifest is used write a name as `grade list --names` shows it",
            ]
        );
    }
}
