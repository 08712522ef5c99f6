//! A line about a submission. Its JSON form is public (`grade schema batch`): mind [`SCHEMA_VERSION`].

use std::path::Path;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::batch::{ReasonKind, Verdict};
use crate::explain::Explanation;
use crate::grader::{ChallengeResult, Prepared};
use crate::report::model::{Counts, Hint, Outcome, ShortHint, Times, relative};
use crate::verdict::HintResult;

/// Version of the schema (`SemVer`): a new optional key is a minor change, anything else a major one.
pub const SCHEMA_VERSION: &str = "1.1.0";

/// Bytes that whole hints of one submission may take; what comes after them is short.
const ROOM: usize = 4 * 1024 * 1024;

/// A submission that was graded, or why it was not.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Submission {
    /// Version of this schema.
    pub schema_version: String,
    /// The id that the list gives it; `line-<line>` where it gives none.
    pub id: String,
    /// The line of the list in which its row begins, from 1.
    pub line: u64,
    /// The address that was graded; absent for a folder without a server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The project's folder, as the list gives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dir: Option<String>,
    /// The verdict on the whole.
    pub verdict: Verdict,
    /// Why there is no verdict, or not a whole one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// What looks like a slip in the address, in words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub advice: Vec<String>,
    /// All its hints by outcome.
    pub counts: Counts,
    /// The challenges in the order in which they were graded; none where it did not come to that.
    pub challenges: Vec<Challenge>,
    /// Time taken in milliseconds; absent with `--no-times`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<f64>,
    /// Whether this is what an earlier run found out (`--cache`); absent where it is not. Challenges and times are those of that
    /// run, then.
    #[serde(default, skip_serializing_if = "is_false")]
    pub cached: bool,
    /// When that run graded it, in UTC; absent with `--no-times`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub graded_at: Option<String>,
    /// Why `--cache` cannot keep it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_cached: Option<String>,
    /// All columns of the list that mean nothing to grade, as they are there.
    pub columns: Map<String, Value>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

/// What grading found out about a submission, without anything of its row: what `--cache` keeps.
#[derive(Debug, Serialize, Deserialize)]
pub struct Lasting {
    /// As in [`Submission`].
    pub challenges: Vec<Challenge>,
    /// As in [`Submission`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<f64>,
}

/// Why a submission has no verdict, or not a whole one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "SubmissionReason")]
pub struct Reason {
    /// Its sort.
    pub kind: ReasonKind,
    /// In words.
    pub text: String,
}

/// A challenge that the submission was graded by.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Challenge {
    /// Id of the challenge.
    pub id: String,
    /// Title.
    pub title: String,
    /// Name in addresses.
    pub dashed_name: Option<String>,
    /// Folder of challenges that share a project.
    pub block: Option<String>,
    /// Language folder.
    pub language: Option<String>,
    /// Path of the challenge file.
    pub file: String,
    /// Hints by outcome.
    pub counts: Counts,
    /// Time taken in milliseconds; absent with `--no-times`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<f64>,
    /// The hints in file order.
    pub hints: Vec<AnyHint>,
}

/// A hint: with all facts if it did not pass, as `--report json` has it, and without them if it did. Of a submission with very much
/// to say (4 MiB), the rest is without them, too.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum AnyHint {
    /// With all facts.
    Whole(Box<Hint>),
    /// Without them.
    Short(ShortHint),
}

/// A hint's result, masked, with its explanation.
pub type Told = (HintResult, Option<Explanation>);

impl Challenge {
    /// The challenge for a line. `hints` are its results; `left` is what whole hints may still take.
    pub fn of(
        prepared: &Prepared,
        result: &ChallengeResult,
        hints: &[Told],
        times: Times,
        root: Option<&Path>,
        left: &mut usize,
    ) -> Self {
        let file = relative(&prepared.file, root);
        let hint = |(result, explanation): &Told| {
            let explanation = explanation.as_ref();
            let short = || AnyHint::Short(ShortHint::of(prepared, result, explanation, &file, times));
            if matches!(result.outcome, crate::verdict::Outcome::Passed) || *left == 0 {
                return short();
            }
            let whole = Hint::of(prepared, result, explanation, &file, times);
            let size = serde_json::to_vec(&whole).map_or(usize::MAX, |bytes| bytes.len());
            *left = left.saturating_sub(size);
            if *left == 0 { short() } else { AnyHint::Whole(Box::new(whole)) }
        };
        let hints = hints.iter().map(hint).collect();
        Self {
            id: result.id.clone(),
            title: result.title.clone(),
            dashed_name: result.dashed_name.clone(),
            block: result.block.clone(),
            language: result.language.clone(),
            counts: result.counts().into(),
            duration_ms: times.milliseconds(result.duration),
            hints,
            file,
        }
    }
}

impl Challenge {
    /// Writes its JSON on one line.
    pub fn write(&self, out: &mut Vec<u8>) {
        write_json(self, out);
    }
}

/// Writes JSON on one line, without a line break.
fn write_json(value: &impl Serialize, out: &mut Vec<u8>) {
    // Nothing fails that writes into memory.
    let _ = crate::report::json::write_line(value, out);
    out.pop();
}

impl Submission {
    /// What whole hints of one submission may take, in bytes.
    pub const ROOM: usize = ROOM;

    /// Its line, without a line break: nothing in it that a terminal would obey. It has no challenges itself: they are JSON already,
    /// with commas between them.
    pub fn to_line_with(&self, challenges: &[u8]) -> Vec<u8> {
        const EMPTY: &[u8] = b"\"challenges\":[]";
        // Made once: making it takes longer than the search.
        static PLACE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(EMPTY));
        let mut around = Vec::with_capacity(1024);
        write_json(self, &mut around);
        // No text can hold that: quotation marks are escaped within texts.
        let Some((before, after)) = PLACE.find(&around).and_then(|at| around.split_at_checked(at + EMPTY.len() - 1))
        else {
            return around;
        };
        [before, challenges, after].concat()
    }

    /// All hints of a challenge as reports take them.
    pub fn hints(challenge: &Challenge) -> impl Iterator<Item = Hint> + '_ {
        challenge.hints.iter().map(|hint| match hint {
            AnyHint::Whole(hint) => Hint::clone(hint),
            AnyHint::Short(hint) => hint.clone().into(),
        })
    }
}

impl AnyHint {
    /// What became of it.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Whole(hint) => hint.outcome,
            Self::Short(hint) => hint.outcome,
        }
    }
}
