//! The line of a result: masked, explained, bounded.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use crate::batch::{Graded, Keeping, Render, Row, Selections, Verdict};
use crate::explain::{Searches, Subject, explain};
use crate::grader::{ChallengeResult, Prepared};
use crate::redact::{Redactor, Secrets};
use crate::report::batch::{Challenge, Lasting, Reason, SCHEMA_VERSION, Submission, Template};
use crate::report::model::{Counts, Times};
use crate::verdict::{Engine, HintResult, Outcome};

/// Makes lines.
pub struct Lines {
    /// By their files.
    known: HashMap<String, Known>,
    secrets: Secrets,
    times: Times,
    root: Option<PathBuf>,
}

/// What is known of a challenge before it is graded.
struct Known {
    /// The searches of its tests: most hints pass, and few of them have to be explained.
    searches: Vec<Arc<Searches>>,
    /// By the engine: what lines say where every hint passed and there is nothing to tell.
    templates: [OnceLock<Option<Template>>; 2],
}

impl Known {
    /// Whether there is nothing to explain about a hint that passed.
    fn is_plain(&self, hint: &HintResult) -> bool {
        self.searches.get(hint.index).is_some_and(|searches| searches.find_code(hint))
    }
}

impl Lines {
    /// Lines without these secrets, with paths relative to `root`.
    pub fn new(selections: &Selections, secrets: Secrets, times: Times, root: Option<PathBuf>) -> Self {
        // Tests that read the same search the same.
        let mut searches: HashMap<&str, Arc<Searches>> = HashMap::new();
        let mut of = |test| Arc::clone(searches.entry(test).or_insert_with(|| Arc::new(Searches::of(test))));
        let prepared = selections.all().flat_map(|challenges| &challenges.prepared);
        let known = prepared.map(|prepared| {
            let tests = prepared.challenge.hints.iter().map(|hint| hint.code.text.as_str());
            (prepared.file.clone(), Known { searches: tests.map(&mut of).collect(), templates: <[_; 2]>::default() })
        });
        Self { known: known.collect(), secrets, times, root }
    }

    /// The secrets of a row: those of the run, and those in its address.
    fn secrets_of(&self, row: &Row) -> Secrets {
        let url = row.project.as_ref().ok().and_then(|project| project.url.as_deref());
        // Secrets in addresses that are too long for a pattern are masked where they stand.
        url.and_then(|url| self.secrets.and_address(url).ok()).unwrap_or_else(|| self.secrets.clone())
    }

    /// Writes a challenge.
    fn write(&self, prepared: &Prepared, result: &ChallengeResult, means: &mut Writing<'_>, out: &mut Vec<u8>) {
        let place = self.template_for(prepared, result, means.secrets);
        let template = place
            .and_then(|place| place.get_or_init(|| Template::of(&self.challenge(prepared, result, means))).as_ref());
        match template {
            Some(template) => {
                let times = [result.duration].into_iter().chain(result.hints.iter().map(|hint| hint.duration));
                template.write(times.filter_map(|time| self.times.milliseconds(time)), out);
            }
            None => self.challenge(prepared, result, means).write(out),
        }
    }

    /// The place of the template for a challenge; nothing where there is something to tell that it cannot.
    fn template_for(
        &self,
        prepared: &Prepared,
        result: &ChallengeResult,
        secrets: &Secrets,
    ) -> Option<&OnceLock<Option<Template>>> {
        let engine = result.hints.first()?.engine?;
        let known = self.known.get(&prepared.file)?;
        let passed = |hint: &HintResult| {
            matches!(hint.outcome, Outcome::Passed) && hint.engine == Some(engine) && hint.notes.is_empty()
        };
        let is_whole = result.hints.len() == prepared.hints.len() && secrets.are(&self.secrets);
        let is_quiet =
            is_whole && result.hints.iter().all(passed) && result.hints.iter().all(|hint| known.is_plain(hint));
        known.templates.get(usize::from(engine == Engine::Script)).filter(|_| is_quiet)
    }

    fn challenge(&self, prepared: &Prepared, result: &ChallengeResult, means: &mut Writing<'_>) -> Challenge {
        let Writing { redactor, url, room, .. } = means;
        let known = self.known.get(&prepared.file);
        let test = |hint: &HintResult| prepared.challenge.hints.get(hint.index).map_or("", |hint| &hint.code.text);
        let hints: Vec<_> = result
            .hints
            .iter()
            .map(|hint| {
                // Of a hint that passed, nothing is shown that the project said, unless there is something to explain.
                if matches!(hint.outcome, Outcome::Passed) && known.is_some_and(|known| known.is_plain(hint)) {
                    return (redactor.hint(&quiet(hint)), None);
                }
                let masked = redactor.hint(hint);
                let explanation = explain(&Subject { result: &masked, test: test(hint), url });
                (masked, explanation)
            })
            .collect();
        Challenge::of(prepared, result, &hints, self.times, self.root.as_deref(), room)
    }
}

/// What the challenges of one line are written with.
struct Writing<'w> {
    secrets: &'w Secrets,
    redactor: Redactor,
    /// The address as it is shown.
    url: &'w str,
    /// What whole hints may still take.
    room: usize,
}

/// A hint that passed, without what the project said.
fn quiet(hint: &HintResult) -> HintResult {
    HintResult {
        index: hint.index,
        text: hint.text.clone(),
        outcome: Outcome::Passed,
        notes: hint.notes.clone(),
        engine: hint.engine,
        exchanges: Vec::new(),
        console: Vec::new(),
        line: hint.line,
        duration: hint.duration,
    }
}

impl Render for Lines {
    fn render(&self, row: &Row, verdict: Verdict, graded: &Graded) -> Vec<u8> {
        let secrets = self.secrets_of(row);
        let mask = |text: &str| secrets.mask(text).into_owned();
        let project = row.project.as_ref().ok();
        let given = || project.and_then(|project| project.url.as_deref());
        let code = graded.url.as_ref().map(crate::submission::SubmittedUrl::code).or_else(given);
        let url = code.map(|url| secrets.mask_address(url));
        let mut challenges = Vec::new();
        if let (Some(run), Some(by)) = (&graded.run, &graded.challenges) {
            let seen = match &url {
                Some(url) if code == Some(&run.code) => url.clone(),
                _ => secrets.mask_address(&run.code),
            };
            let redactor = Redactor::new(secrets.clone());
            let mut means = Writing { secrets: &secrets, redactor, url: &seen, room: Submission::ROOM };
            for (prepared, result) in by.prepared.iter().zip(&run.challenges) {
                separate(&mut challenges);
                self.write(prepared, result, &mut means, &mut challenges);
            }
        }
        let mut duration_ms = self.times.milliseconds(graded.duration);
        if let Keeping::Found(cached) = &graded.keeping
            && let Ok(lasting) = serde_json::from_slice::<Lasting>(&cached.lasting)
        {
            duration_ms = lasting.duration_ms;
            for challenge in &lasting.challenges {
                separate(&mut challenges);
                challenge.write(&mut challenges);
            }
        }
        let (graded_at, not_cached) = match &graded.keeping {
            Keeping::Found(cached) if matches!(self.times, Times::Shown) => (timestamp(cached.at), None),
            Keeping::Refused(why) => (None, Some(mask(why))),
            _ => (None, None),
        };
        let advice = graded.url.as_ref().map(crate::submission::SubmittedUrl::advice).unwrap_or_default();
        let submission = Submission {
            schema_version: SCHEMA_VERSION.to_owned(),
            id: mask(&row.id),
            line: row.line,
            url,
            dir: project.and_then(|project| project.dir.as_ref()).map(|dir| mask(&dir.display().to_string())),
            verdict,
            reason: graded.reason().map(|reason| Reason { kind: reason.kind, text: mask(&reason.text) }),
            advice: advice.iter().map(ToString::to_string).collect(),
            counts: Counts::from(graded.counts()),
            challenges: Vec::new(),
            duration_ms,
            cached: matches!(graded.keeping, Keeping::Found(_)),
            graded_at,
            not_cached,
            columns: row.columns.iter().map(|(name, value)| (mask(name), masked(value, &secrets))).collect(),
        };
        submission.to_line_with(&challenges)
    }

    fn lasting(&self, line: &[u8]) -> Option<Vec<u8>> {
        let Submission { challenges, duration_ms, .. } = serde_json::from_slice(line).ok()?;
        serde_json::to_vec(&Lasting { challenges, duration_ms }).ok()
    }

    fn is_fit(&self, row: &Row, lasting: &[u8]) -> bool {
        let Ok(value) = serde_json::from_slice::<serde_json::Value>(lasting) else { return false };
        // What is secret in this run need not have been in that one.
        masked(&value, &self.secrets_of(row)) == value && serde_json::from_value::<Lasting>(value).is_ok()
    }
}

/// Between two challenges.
fn separate(challenges: &mut Vec<u8>) {
    if !challenges.is_empty() {
        challenges.push(b',');
    }
}

/// Seconds since 1970 as `2026-11-27T09:30:00Z`.
fn timestamp(seconds: u64) -> Option<String> {
    let time = jiff::Timestamp::from_second(i64::try_from(seconds).ok()?).ok()?;
    Some(time.to_string())
}

/// A value of a column, masked.
fn masked(value: &serde_json::Value, secrets: &Secrets) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::String(text) => Value::String(secrets.mask(text).into_owned()),
        Value::Array(items) => items.iter().map(|item| masked(item, secrets)).collect(),
        Value::Object(pairs) => {
            Value::Object(pairs.iter().map(|(key, value)| (key.clone(), masked(value, secrets))).collect())
        }
        other => other.clone(),
    }
}
