//! The types of what was found. Changing one changes the JSON schema: mind [`VERIFY_SCHEMA_VERSION`].

use schemars::JsonSchema;
use serde::Serialize;

use crate::report::model::{Hint, Outcome};

/// Version of the schema (`SemVer`): a new optional key is a minor change, anything else a major one.
pub const VERIFY_SCHEMA_VERSION: &str = "1.0.0";

/// All that was found.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct VerifyReport {
    /// Version of this schema.
    pub schema_version: String,
    /// What graded, and how.
    pub environment: VerifyEnvironment,
    /// The verdict on the whole.
    pub summary: VerifySummary,
    /// The challenges, by language, block and order.
    pub challenges: Vec<VerifiedChallenge>,
}

/// What graded, and how.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct VerifyEnvironment {
    /// Name of the tool: `grade`.
    pub tool: String,
    /// Its version.
    pub version: String,
    /// `honest` or `browser`.
    pub rules: String,
    /// `auto`, `ported` or `script`.
    pub engine: String,
}

/// The verdict on the whole: challenges, counted.
#[derive(Debug, Clone, Copy, Default, Serialize, JsonSchema)]
pub struct VerifySummary {
    /// Exit code that stands for it.
    pub exit_code: u8,
    /// All.
    pub challenges: usize,
    /// All was as the manifests say.
    pub as_expected: usize,
    /// Something was not.
    pub not_as_expected: usize,
    /// Something could not be checked, and nothing was otherwise than expected.
    pub could_not_check: usize,
    /// There is no manifest.
    pub no_fixtures: usize,
    /// Whether `--require-fixtures` makes that an error.
    pub fixtures_required: bool,
}

/// A verdict on a challenge or a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// All is as the manifest says.
    AsExpected,
    /// Something is not.
    NotAsExpected,
    /// Something could not be checked.
    CouldNotCheck,
    /// There is no manifest.
    NoFixtures,
}

/// A challenge against its fixtures.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct VerifiedChallenge {
    /// Id of the challenge.
    pub id: String,
    /// Title.
    pub title: String,
    /// Language, block and name, as far as they are known: `english/chat/say-hello`.
    pub name: String,
    /// Path of the challenge file.
    pub file: String,
    /// The verdict.
    pub verdict: Verdict,
    /// Path of the manifest; absent where there is none.
    pub manifest: Option<String>,
    /// Hints that pass on the starter, before the learner did anything.
    pub passes_on_starter: Vec<HintLine>,
    /// The projects that it was graded against.
    pub projects: Vec<VerifiedProject>,
}

/// A hint, by number and text.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct HintLine {
    /// Its index, from 0.
    pub index: usize,
    /// Its text without markup.
    pub text: String,
    /// Line of its test in the challenge file.
    pub line: usize,
}

/// A place in a manifest.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ManifestPlace {
    /// The manifest.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// A project that a challenge was graded against.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct VerifiedProject {
    /// `solution`, `right`, `starter` or `wrong`.
    pub role: String,
    /// Its name in the manifest.
    pub name: String,
    /// What is special about it.
    pub why: Option<String>,
    /// Where the manifest names it.
    pub place: ManifestPlace,
    /// The verdict.
    pub verdict: Verdict,
    /// What became of each hint; empty when it could not be graded at all.
    pub outcomes: Vec<Outcome>,
    /// Why it could not be graded, or how it ended before the grading did.
    pub trouble: Option<String>,
    /// What is not as expected, and what could not be checked.
    pub findings: Vec<Finding>,
}

impl VerifiedProject {
    /// What to call it in a sentence: `the solution`, `wrong project typo-event`.
    pub fn called(&self) -> String {
        if self.role == self.name {
            format!("the {}", self.role)
        } else {
            format!("{} project {}", self.role, self.name)
        }
    }
}

/// What was expected, where it did not come so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Expected {
    /// The hint was to pass.
    Pass,
    /// The hint was to fail.
    Fail,
    /// Some hint was to fail, and none did.
    SomeFail,
    /// All hints were to pass, and none has a test.
    SomeChecked,
    /// A verdict on the hint was needed, and there is none.
    AVerdict,
}

/// Something that is not as expected, or could not be checked.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Finding {
    /// What was expected.
    pub expected: Expected,
    /// What came instead, in a sentence.
    pub text: String,
    /// The hint, with the explanation of its outcome; absent where it is about all hints.
    pub hint: Option<Hint>,
    /// The hint as people read it.
    #[serde(skip)]
    pub shown: String,
}
