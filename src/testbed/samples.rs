//! Recorded projects: those of `fixtures/`, which are part of the program, and those of other folders of the same form.
//! `fixtures/README.md` says what the manifest means.

use std::collections::BTreeMap;
use std::path::Path;

use bytes::Bytes;
use include_dir::{Dir, include_dir};
use serde::Deserialize;
use thiserror::Error;

use super::cors::{AllowOrigin, CorsPolicy, Preflight};
use super::fault::Faults;
use super::messages::EmptyMessages;
use super::project::{Project, Route};
use super::sample_files;

static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/fixtures");

/// A sample project with what it is for.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Its name.
    pub name: String,
    /// What is wrong with it, in a line.
    pub summary: String,
    /// The folders that its files are from: its own, and those that it is laid over.
    pub layers: Vec<String>,
    /// The project.
    pub project: Project,
    /// What its server does wrong.
    pub faults: Faults,
    /// By `block/dashedName`, the outcome of each hint: `passed` or `failed`.
    pub expected: BTreeMap<String, Vec<String>>,
}

/// A manifest that does not say what `fixtures/README.md` has it say.
#[derive(Debug, Error)]
pub enum SampleError {
    /// There is no manifest.
    #[error("the manifest.json of the recorded projects is missing")]
    NoManifest,
    /// It is no such JSON.
    #[error("manifest.json: {0}")]
    Json(#[from] serde_json::Error),
    /// A file that cannot be read.
    #[error("`{name}` cannot be read: {why}")]
    File {
        /// The file, or the folder.
        name: String,
        /// Why not.
        why: String,
    },
    /// A base that does not come earlier.
    #[error("manifest.json: `{name}` is laid over `{base}`, which does not come before it")]
    Base {
        /// The fixture.
        name: String,
        /// What it names as its base.
        base: String,
    },
    /// A word that means nothing.
    #[error("manifest.json: `{name}` has the unknown {what} `{word}`")]
    Word {
        /// The fixture.
        name: String,
        /// Behaviour or fault.
        what: &'static str,
        /// The word.
        word: String,
    },
}

#[derive(Deserialize)]
struct Manifest {
    fixtures: Vec<Fixture>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fixture {
    name: String,
    base: Option<String>,
    summary: String,
    #[serde(default)]
    routes: Vec<ManifestRoute>,
    behaviour: Option<Vec<String>>,
    faults: Option<BTreeMap<String, String>>,
    // Elsewhere another file may say what is expected.
    #[serde(default)]
    expected: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ManifestRoute {
    method: String,
    path: String,
    status: u16,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    body: String,
}

/// All sample projects that are part of the program, in the order of the manifest.
pub fn samples() -> Result<Vec<Sample>, SampleError> {
    let manifest = FOLDER.get_file("manifest.json").ok_or(SampleError::NoManifest)?;
    build(manifest.contents(), &|name, files| {
        if let Some(folder) = FOLDER.get_dir(name) {
            add_files(folder, name, files);
        }
        Ok(())
    })
}

/// All recorded projects of a folder with a manifest.json, in its order. Links are not followed.
pub fn samples_in(folder: &Path) -> Result<Vec<Sample>, SampleError> {
    let manifest = sample_files::manifest(folder)?;
    build(&manifest, &|name, files| sample_files::add(folder, name, files))
}

/// Adds the files of the project of that name.
type AddFiles<'f> = &'f dyn Fn(&str, &mut BTreeMap<String, Bytes>) -> Result<(), SampleError>;

fn build(manifest: &[u8], add: AddFiles<'_>) -> Result<Vec<Sample>, SampleError> {
    let manifest: Manifest = serde_json::from_slice(manifest)?;
    let mut samples: Vec<Sample> = Vec::new();
    for fixture in manifest.fixtures {
        let base = match &fixture.base {
            None => None,
            Some(base) => Some(
                samples
                    .iter()
                    .find(|sample| sample.name == *base)
                    .cloned()
                    .ok_or_else(|| SampleError::Base { name: fixture.name.clone(), base: base.clone() })?,
            ),
        };
        samples.push(sample(fixture, base, add)?);
    }
    Ok(samples)
}

fn sample(fixture: Fixture, base: Option<Sample>, add: AddFiles<'_>) -> Result<Sample, SampleError> {
    let everybody = CorsPolicy {
        origin: AllowOrigin::Anybody,
        methods: Some("GET, POST, OPTIONS".to_owned()),
        headers: Some("Content-Type".to_owned()),
        ..CorsPolicy::default()
    };
    let mut layers = vec![fixture.name.clone()];
    let (mut project, mut faults) = match base {
        Some(base) => {
            layers.extend(base.layers);
            (base.project, base.faults)
        }
        None => (Project::default(), Faults::with_cors(everybody)),
    };
    add(&fixture.name, &mut project.files)?;
    for route in fixture.routes {
        project.routes.retain(|known| known.method != route.method || known.path != route.path);
        project.routes.push(Route {
            method: route.method,
            path: route.path,
            status: route.status,
            headers: route.headers.into_iter().collect(),
            body: route.body.into(),
        });
    }
    let unknown = |what, word: &str| SampleError::Word { name: fixture.name.clone(), what, word: word.to_owned() };
    for word in fixture.behaviour.iter().flatten() {
        project.messages = Some(match word.as_str() {
            "chat-messages" => EmptyMessages::Refused,
            "chat-messages-without-validation" => EmptyMessages::Stored,
            _ => return Err(unknown("behaviour", word)),
        });
    }
    for (fault, value) in fixture.faults.iter().flatten() {
        faults = match (fault.as_str(), value.as_str()) {
            ("cors", "none") => {
                Faults::with_cors(CorsPolicy { preflight: Preflight::Status(204), ..CorsPolicy::absent() })
            }
            _ => return Err(unknown("fault", &format!("{fault}: {value}"))),
        };
    }
    Ok(Sample { name: fixture.name, summary: fixture.summary, layers, project, faults, expected: fixture.expected })
}

fn add_files(folder: &Dir<'static>, root: &str, files: &mut BTreeMap<String, Bytes>) {
    for file in folder.files() {
        if let Ok(path) = file.path().strip_prefix(root) {
            let path = path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
            files.insert(path, Bytes::from_static(file.contents()));
        }
    }
    for inner in folder.dirs() {
        add_files(inner, root, files);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlays_lie_over_their_base() {
        let samples = samples().unwrap();
        let get = |name: &str| samples.iter().find(|sample| sample.name == name).unwrap();
        let (complete, broken) = (get("complete"), get("no-disconnect"));
        assert_eq!(complete.project.files.keys().collect::<Vec<_>>(), broken.project.files.keys().collect::<Vec<_>>());
        assert_ne!(complete.project.files.get("server.js"), broken.project.files.get("server.js"));
        assert_eq!(complete.project.files.get("package.json"), broken.project.files.get("package.json"));
        assert!(samples.len() > 10);
    }

    #[test]
    fn a_folder_gives_what_the_program_has() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
        let (here, there) = (samples().unwrap(), samples_in(&folder).unwrap());
        assert_eq!(here.len(), there.len());
        for (here, there) in here.iter().zip(&there) {
            assert_eq!((&here.name, &here.project.files), (&there.name, &there.project.files));
        }
    }

    #[test]
    fn what_is_no_recorded_project_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let error = |text: &str| {
            std::fs::write(folder.path().join("manifest.json"), text).unwrap();
            samples_in(folder.path()).unwrap_err().to_string()
        };
        assert!(samples_in(&folder.path().join("none")).unwrap_err().to_string().contains("is missing"));
        assert!(error("{").starts_with("manifest.json: EOF"), "{}", error("{"));
        let outside = r#"{"version": 1, "fixtures": [{"name": "../x", "summary": ""}]}"#;
        assert_eq!(error(outside), "`../x` cannot be read: it is no name of a folder");
        let based = r#"{"version": 1, "fixtures": [{"name": "x", "base": "y", "summary": ""}]}"#;
        assert_eq!(error(based), "manifest.json: `x` is laid over `y`, which does not come before it");
    }
}
