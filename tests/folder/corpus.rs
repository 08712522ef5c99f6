//! How much of the real curriculum can be graded from a folder, and why the rest cannot.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use grade::curriculum::load;
use grade::grader::{GradeSettings, Grader, Prepared};

use super::{lay, of_folder, why, word};

/// A project that has every file that the curriculum asks for, and serves it. What is in them does not matter here.
const PROJECT: [(&str, &str); 7] = [
    (
        "server.js",
        "const app = express();\napp.use(cors({ 'Access-Control-Allow-Origin': '*' }));\n\
         app.use('/public', express.static(process.cwd() + '/public'));\n\
         app.get('/', (req, res) => { res.sendFile(__dirname + '/views/index.html'); });\napp.get('/_api/server.js');",
    ),
    ("auth.js", "auth"),
    ("routes.js", "routes"),
    ("package.json", r#"{"name": "p"}"#),
    ("public/client.js", "client"),
    ("public/style.css", "body {}"),
    ("views/index.html", "<h1></h1>"),
];

#[tokio::test]
async fn the_curriculum_is_gradable_as_far_as_files_decide() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if !corpus.is_dir() {
        println!("skipped: no corpus at ../shared/corpus");
        return;
    }
    let folder = lay(PROJECT.map(|(name, text)| (name, text.as_bytes())));
    let submission = of_folder(folder.path());
    let settings = GradeSettings { hint_timeout: Duration::from_secs(20), ..GradeSettings::default() };
    let mut report = String::new();
    for era in ["A", "B", "BC", "C"] {
        let mut blocks: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
        for entry in load(&[corpus.join(era)]).unwrap().index.entries() {
            let Ok(challenge) = &entry.parsed else { continue };
            let block =
                format!("{}/{}", entry.place.language.as_deref().unwrap(), entry.place.block.as_deref().unwrap());
            let prepared = Prepared::new(Arc::new(challenge.clone()), "x.md", None, None);
            let run = Grader::new(&submission, settings.clone()).run(&[prepared], &mut |_| {}).await;
            for hint in &run.challenges[0].hints {
                let reason = match word(&hint.outcome) {
                    "passed" | "failed" => "from a folder".to_owned(),
                    "needs a running project" => without_path(&why(hint)),
                    other => other.to_owned(),
                };
                *blocks.entry(block.clone()).or_default().entry(reason).or_default() += 1;
            }
        }
        for (block, reasons) in blocks {
            let _ = writeln!(report, "{era}/{block}");
            for (reason, count) in reasons {
                let _ = writeln!(report, "{count:>6}  {reason}");
            }
        }
    }
    insta::assert_snapshot!(report);
}

/// Paths are the tests' own words.
fn without_path(reason: &str) -> String {
    match reason.split_once(" /") {
        Some((before, _)) => before.to_owned(),
        None => reason.to_owned(),
    }
}
