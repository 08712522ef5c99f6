//! The challenge files of the real curriculum, where they are present.

use std::path::{Path, PathBuf};

/// The folders of the reference parse, oldest dialect first.
pub const ERAS: [&str; 4] = ["A", "B", "BC", "C"];

/// One hint with code.
#[derive(Debug, Clone)]
pub struct Hint {
    /// Its file within the corpus.
    pub file: String,
    /// Its index in the file, from 0.
    pub index: usize,
    /// Its text.
    pub text: String,
    /// Its code.
    pub code: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/expected")
}

/// All hints of an era that have code, in the order of the files; `None`, and a word about it, without a corpus.
pub fn hints(era: &str) -> Option<Vec<Hint>> {
    let root = root();
    if !root.join(era).is_dir() {
        println!("skipped: no corpus at ../shared/corpus");
        return None;
    }
    let mut folders = vec![root.join(era)];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    let mut hints = Vec::new();
    for path in files {
        let parsed: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for (index, hint) in parsed["hints"].as_array().unwrap().iter().enumerate() {
            let code = hint["code"].as_str().unwrap();
            if !code.trim().is_empty() {
                hints.push(Hint {
                    file: parsed["file"].as_str().unwrap().to_owned(),
                    index,
                    text: hint["text"].as_str().unwrap().to_owned(),
                    code: code.to_owned(),
                });
            }
        }
    }
    Some(hints)
}

/// The sources of the complete sample project.
pub fn fixture_sources() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/complete");
    ["server.js", "grading.js", "package.json", "public/client.js", "public/style.css"]
        .iter()
        .map(|name| std::fs::read_to_string(root.join(name)).unwrap())
        .collect()
}
