//! The text of a manifest to a [`Manifest`], with the place of every problem that needs no disk to be seen.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_yaml::Spanned;

use super::fails::{Fails, HintName, Hints};
use super::manifest::{Answers, Manifest, Project, RawManifest, RawSource, Role};
use super::problem::{ManifestError, Place, Problem};

/// The version of the format that this program knows.
const VERSION: u64 = 1;
/// Deep enough for any manifest, shallow enough for any stack.
const MAX_DEPTH: usize = 20;
/// Projects of a manifest. Each is started or served, and graded against every challenge.
const MOST_PROJECTS: usize = 200;
/// Names in one `fails`.
const MOST_NAMES: usize = 1000;

/// Reads the text of the manifest at `path`, which only messages use.
pub fn read(path: &Path, text: &str) -> Result<Manifest, ManifestError> {
    let options = serde_yaml::options! {
        with_snippet: false,
        strict_booleans: true,
        budget: serde_yaml::budget! { max_depth: MAX_DEPTH },
    };
    let raw: RawManifest = serde_yaml::from_str_with_options(text, options)
        .map_err(|error| ManifestError::invalid(path, vec![syntax(&error)]))?;
    let mut problems = Vec::new();
    let manifest = meant(raw, &mut problems);
    if problems.is_empty() { Ok(manifest) } else { Err(ManifestError::invalid(path, problems)) }
}

fn syntax(error: &serde_yaml::Error) -> Problem {
    use serde_yaml::Error;
    let place = error.location().as_ref().map_or(Place::START, Place::of);
    let (message, help) = match error.without_snippet() {
        Error::DuplicateMappingKey { key, .. } => {
            (format!("the key `{}` is there twice", key.as_deref().unwrap_or("?")), "keep one of the two")
        }
        Error::Budget { .. } => ("it is nested too deeply or too large".to_owned(), ""),
        other => (bare(&other.to_string()), "`grade schema verify` prints the form that it has to have"),
    };
    Problem::new(place, message, help)
}

/// The reader's words without its own count of lines, which stands before them already.
fn bare(message: &str) -> String {
    let first = message.lines().next().unwrap_or("");
    let first = first.strip_prefix("error: ").unwrap_or(first);
    let first = match first.strip_prefix("line ").and_then(|rest| rest.split_once(": ")) {
        Some((_, rest)) => rest,
        None => first,
    };
    let cut = first.find(" at line ").unwrap_or(first.len());
    first.get(..cut).unwrap_or(first).to_owned()
}

fn meant(raw: RawManifest, problems: &mut Vec<Problem>) -> Manifest {
    if raw.version.value != VERSION {
        let message = format!("`version` is {}, and this program knows version {VERSION}", raw.version.value);
        problems.push(Problem::new(Place::of(&raw.version.defined), message, "write version: 1"));
    }
    let mut projects = Vec::new();
    let mut add = |role, named: Option<&Spanned<String>>, why, fails: Option<Spanned<Fails>>, source, place| {
        let name = named.map_or_else(|| role_name(role), |name| name.value.clone());
        let answers = match answers(&source, place) {
            Ok(answers) => answers,
            Err(problem) => return problems.push(problem),
        };
        problems.extend(fails.iter().flat_map(check_fails));
        if name.trim().is_empty() {
            let at = named.map_or(place, |name| Place::of(&name.defined));
            problems.push(Problem::new(at, "a project needs a name", "name it after what is special about it"));
        }
        let fails = fails.map(|fails| fails.value);
        let answers_place = answers_place(&source).unwrap_or(place);
        projects.push(Project { role, name, why, answers, fails, place, answers_place });
    };
    for (role, project) in [(Role::Solution, &raw.solution), (Role::Starter, &raw.starter)] {
        if let Some(project) = project {
            add(role, None, None, None, project.value.source(), Place::of(&project.defined));
        }
    }
    for Spanned { value, defined, .. } in &raw.right {
        add(Role::Right, Some(&value.name), value.why.clone(), None, value.source(), Place::of(defined));
    }
    for Spanned { value, defined, .. } in &raw.wrong {
        let fails = Some(value.fails.clone());
        add(Role::Wrong, Some(&value.name), value.why.clone(), fails, value.source(), Place::of(defined));
    }
    // The learner's way: the solution, its kin, the starter, then what goes wrong.
    projects.sort_by_key(|project| match project.role {
        Role::Solution => 0,
        Role::Right => 1,
        Role::Starter => 2,
        Role::Wrong => 3,
    });
    if projects.is_empty() && problems.is_empty() {
        problems.push(Problem::new(
            Place::START,
            "there is no project in it",
            "name a `solution`, a `starter`, or projects that are `wrong`",
        ));
    }
    if projects.len() > MOST_PROJECTS {
        problems.push(Problem::new(Place::START, format!("it has more than {MOST_PROJECTS} projects"), ""));
    }
    twice(&projects, problems);
    Manifest { challenges: raw.challenges, projects }
}

fn role_name(role: Role) -> String {
    role.name().to_owned()
}

/// Two projects of one name could not be told apart.
fn twice(projects: &[Project], problems: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    for project in projects {
        if !seen.insert(&project.name) {
            let message = format!("there are two projects called `{}`", project.name);
            problems.push(Problem::new(project.place, message, "give one of them another name"));
        }
    }
}

fn check_fails(fails: &Spanned<Fails>) -> Vec<Problem> {
    let place = Place::of(&fails.defined);
    let nothing = "name the hints that it fails, such as [1, 3], or put it under `right` if it fails none";
    let of_hints = |hints: &Hints, place: Place| -> Vec<Problem> {
        let Hints::Named(names) = hints else { return Vec::new() };
        if names.is_empty() {
            return vec![Problem::new(place, "a wrong project has to fail something", nothing)];
        }
        if names.len() > MOST_NAMES {
            return vec![too_many(place)];
        }
        let zero = |name: &&Spanned<HintName>| name.value == HintName::Number(0);
        let mut found: Vec<Problem> = names
            .iter()
            .filter(zero)
            .map(|name| Problem::new(Place::of(&name.defined), "hints are numbered from 1", ""))
            .collect();
        let mut seen = BTreeSet::new();
        for name in names {
            if !seen.insert(&name.value) {
                let message = format!("the hint {} is named twice", name.value);
                found.push(Problem::new(Place::of(&name.defined), message, ""));
            }
        }
        found
    };
    match &fails.value {
        Fails::Everywhere(hints) => of_hints(hints, place),
        Fails::ByChallenge(entries) if entries.is_empty() => {
            vec![Problem::new(place, "a wrong project has to fail something", nothing)]
        }
        Fails::ByChallenge(entries) if entries.len() > MOST_NAMES => vec![too_many(place)],
        Fails::ByChallenge(entries) => {
            entries.iter().flat_map(|(name, hints)| of_hints(hints, Place::of(&name.defined))).collect()
        }
    }
}

fn too_many(place: Place) -> Problem {
    Problem::new(place, format!("`fails` has more than {MOST_NAMES} entries"), "write a manifest for each block")
}

fn answers_place(source: &RawSource<'_>) -> Option<Place> {
    let named = source.recorded.or(source.dir).or(source.start).or(source.url)?;
    Some(Place::of(&named.defined))
}

/// What the keys about answers mean together.
fn answers(source: &RawSource<'_>, place: Place) -> Result<Answers, Problem> {
    const HELP: &str = "write `dir: FOLDER`, `recorded: FOLDER/NAME`, `start: COMMAND` or `url: ADDRESS`";
    for given in [source.dir, source.recorded, source.start, source.url].into_iter().flatten() {
        if given.value.trim().is_empty() {
            return Err(Problem::new(Place::of(&given.defined), "this is empty", HELP));
        }
    }
    if source.start.is_none() && !source.env.is_empty() {
        return Err(Problem::new(place, "`env` is for projects that are started", "give the command with `start`"));
    }
    if let Some((name, _)) = source.env.iter().find(|(name, value)| !is_variable(name) || value.contains('\0')) {
        let message = format!("`{}` cannot be a variable of the environment", name.escape_debug());
        return Err(Problem::new(place, message, ""));
    }
    let path = |given: &Spanned<String>| PathBuf::from(&given.value);
    let text = |given: &Spanned<String>| given.value.clone();
    match (source.recorded, source.start, source.url, source.dir) {
        (Some(recorded), None, None, None) => Ok(Answers::Recorded { path: path(recorded), sample: None }),
        (Some(recorded), ..) => Err(Problem::new(
            Place::of(&recorded.defined),
            "recorded answers need no `dir`, `start` or `url`",
            "keep one of them",
        )),
        (None, Some(start), url, dir) => Ok(Answers::Started {
            command: text(start),
            folder: dir.map(path).unwrap_or_default(),
            url: url.map(text),
            environment: source.env.clone().into_iter().collect(),
        }),
        (None, None, Some(url), dir) => Ok(Answers::Running { url: text(url), folder: dir.map(path) }),
        (None, None, None, Some(dir)) => Ok(Answers::Folder(path(dir))),
        (None, None, None, None) => Err(Problem::new(place, "it is not said where its answers come from", HELP)),
    }
}

fn is_variable(name: &str) -> bool {
    !name.trim().is_empty() && !name.contains(['=', '\0'])
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
