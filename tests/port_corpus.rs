//! How much of the real curriculum ports. Skipped, and says so, where the corpus is not present.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use grade::port::{Check, compile};

fn expected_files(era: &str) -> Option<Vec<PathBuf>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/expected").join(era);
    if !root.is_dir() {
        println!("skipped: no corpus at ../shared/corpus");
        return None;
    }
    let mut folders = vec![root];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    Some(files)
}

#[test]
fn at_least_85_percent_of_the_hints_port_in_every_dialect() {
    for era in ["A", "B", "BC", "C"] {
        let Some(files) = expected_files(era) else { return };
        let (mut with_code, mut ported) = (0, 0);
        let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
        for file in files {
            let parsed: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
            for (index, hint) in parsed["hints"].as_array().unwrap().iter().enumerate() {
                let code = hint["code"].as_str().unwrap();
                match compile(code) {
                    Check::Empty => continue,
                    Check::Ported(_) => ported += 1,
                    Check::Script(why) => {
                        *reasons.entry(why.reason).or_default() += 1;
                    }
                    Check::Broken(error) => panic!("{} hint {index}: {error}", file.display()),
                }
                with_code += 1;
            }
        }
        println!("{era}: {ported} of {with_code} hints port");
        for (reason, count) in &reasons {
            println!("  {count:4}  {reason}");
        }
        assert!(ported * 100 >= with_code * 85, "{era}: only {ported} of {with_code} hints port");
    }
}
