//! The hints that are compared, each code once.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use grade::challenge::{Challenge, Source, parse};

pub struct Hint {
    pub file: String,
    pub code: String,
}

impl Hint {
    /// A challenge that asks the same so many times.
    pub fn repeated(&self, times: usize) -> Arc<Challenge> {
        let mut text = "---\nid: 5895f70df9fc0f352b528e6a\ntitle: Agreement\nchallengeType: 4\n\
                        dashedName: agreement\n---\n\n# --description--\n\nA.\n\n# --hints--\n\n"
            .to_owned();
        for number in 0..times {
            let _ = write!(text, "Hint {number}.\n\n``````js\n{}\n``````\n\n", self.code);
        }
        let challenge = parse(&Source::from_bytes("agreement.md".to_owned(), text.into_bytes())).expect("a challenge");
        assert_eq!(challenge.hints.len(), times);
        Arc::new(challenge)
    }
}

fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.extension().is_some_and(|it| it == ending) {
            found.push(path);
        }
    }
    found.sort();
}

/// Every block of the development corpus; nothing where that is absent.
pub fn of_the_corpus() -> Vec<Hint> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/expected");
    let mut found = Vec::new();
    for era in ["A", "B", "BC", "C"] {
        files(&root.join(era), "json", &mut found);
    }
    let mut known = HashSet::new();
    let mut hints = Vec::new();
    for path in found {
        let parsed: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let file = path.strip_prefix(&root).unwrap().display();
        for (index, hint) in parsed["hints"].as_array().unwrap().iter().enumerate() {
            let code = hint["code"].as_str().unwrap().to_owned();
            if known.insert(code.clone()) {
                hints.push(Hint { file: format!("{file} hint {index}"), code });
            }
        }
    }
    hints
}

/// Every block of the challenges that come with the program.
pub fn built_in() -> Vec<Hint> {
    let mut found = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("challenges"), "md", &mut found);
    let mut known = HashSet::new();
    let mut hints = Vec::new();
    for path in found {
        let source = Source::from_bytes(path.display().to_string(), std::fs::read(&path).unwrap());
        let challenge = parse(&source).expect("a challenge");
        for (index, hint) in challenge.hints.iter().enumerate() {
            if known.insert(hint.code.text.clone()) {
                let file = format!("{} hint {index}", path.file_name().unwrap().to_string_lossy());
                hints.push(Hint { file, code: hint.code.text.clone() });
            }
        }
    }
    hints
}

/// Blocks for what the engines once disagreed on.
pub fn of_this_test() -> Vec<Hint> {
    let blocks = [
        // A body that is cut and never read matters to nobody.
        "const res = await fetch(code + '/a');\nassert.isTrue(res.ok);",
        "try {\n  const res = await fetch(code + '/a');\n  await res.text();\n} catch (error) {}",
        // What nobody waits for is asked for under both rules.
        "$.get(code + '/a').then(data => {\n  assert.equal(data.name, 'a');\n}, xhr => {\n  throw new Error(xhr.statusText);\n});",
        "fetch(code + '/a').then(res => res.json()).then(data => {\n  assert.equal(data.name, 'a');\n});",
        // Messages of the engines themselves, caught ones too.
        "const data = await (await fetch(code + '/a')).json();\nassert.equal(data.a.b.toLowerCase(), 'x');",
        "const data = await (await fetch(code + '/a')).json();\nassert.match(data['list'][0].replace(/ /g, ''), /x/);",
        "try {\n  const data = await (await fetch(code + '/a')).json();\n  assert.equal(data.a.b, 'x');\n} catch (error) {\n  \
         throw new Error(error);\n}",
        "const text = await (await fetch(code + '/a')).text();\nassert.property(JSON.parse(text), 'name');",
        "$.get(code + '/a').then(data => {\n  const parsed = JSON.parse(data);\n  assert.property(parsed, 'name');\n});",
        "const data = await (await fetch(code + '/a')).json();\nfor (const item of data) {\n  assert.property(item, 'name');\n}",
        // chai joins some values to its texts and inspects others.
        "const data = await (await fetch(code + '/a')).json();\nassert.isAbove(data.count, 0, 'count');",
        "const data = await (await fetch(code + '/a')).json();\nassert.isAtMost(data.count, 100);",
    ];
    let hint = |(number, code): (usize, &&str)| Hint { file: format!("block {number}"), code: (*code).to_owned() };
    blocks.iter().enumerate().map(hint).collect()
}
