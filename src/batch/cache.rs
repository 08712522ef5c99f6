//! Verdicts that are kept for the next run: what they are kept by, and which of them.
//!
//! A verdict is kept by everything that it depends on. Where that cannot be said, it is not kept: projects that are started
//! depend on what is installed, and hints that could not be checked on what was in the way.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::digest::hex_of;
use super::grading::Grading;
use super::row::Project;
use super::selections::Challenges;
use super::tally::Verdict;
use crate::cache::{Entry, Store};
use crate::fetch::{FetchSettings, Pace};
use crate::grader::Counts;
use crate::submission::{ContentError, SubmittedUrl, content_of};

/// The form of what is kept; it is part of every key.
const FORM: &str = "batch-verdict-1";

/// Verdicts of earlier runs, and where those of this one go.
#[derive(Debug)]
pub struct Cache {
    store: Store,
    /// How long verdicts on addresses hold; without it, there are none.
    ttl: Option<Duration>,
    /// What else the lines of this run depend on, as texts.
    context: Vec<String>,
    hits: AtomicU64,
}

/// A verdict that was kept.
#[derive(Debug)]
pub struct Cached {
    /// When it was graded, in seconds since 1970.
    pub at: u64,
    /// The verdict.
    pub verdict: Verdict,
    /// Its hints by outcome.
    pub counts: Counts,
    /// What [`Render::lasting`](super::Render::lasting) has made of its line.
    pub lasting: Vec<u8>,
}

/// Where a verdict can be kept.
#[derive(Debug)]
pub struct Ticket {
    cache: Arc<Cache>,
    key: String,
    at: u64,
}

/// What the cache has to do with a result.
#[derive(Debug, Default)]
pub enum Keeping {
    /// Nothing.
    #[default]
    None,
    /// It comes from there.
    Found(Cached),
    /// It may be kept there.
    Under(Ticket),
    /// It cannot be kept, and why.
    Refused(String),
}

#[derive(Serialize, Deserialize)]
struct Kept<'l> {
    verdict: Verdict,
    counts: [usize; 3],
    lasting: std::borrow::Cow<'l, str>,
}

impl Cache {
    /// A cache in a store. `context` is what lines depend on besides what grading is told.
    pub fn new(store: Store, ttl: Option<Duration>, context: Vec<String>) -> Self {
        Self { store, ttl, context, hits: AtomicU64::new(0) }
    }

    /// How many results came from it.
    pub fn hits(&self) -> u64 {
        self.hits.load(Ordering::Relaxed)
    }

    /// Ends its use; what kept results from being kept, if anything did.
    pub fn finish(&self) -> Option<&str> {
        self.store.finish()
    }

    /// What the verdict on a project is kept by; nothing for projects whose verdicts are not kept. Reads the project's
    /// folder.
    pub(super) fn key(
        &self,
        project: &Project,
        url: Option<&SubmittedUrl>,
        challenges: &Challenges,
        grading: &Grading,
    ) -> Result<Option<String>, ContentError> {
        if project.start.is_some() || (url.is_some() && self.ttl.is_none()) {
            return Ok(None);
        }
        let content = project.dir.as_deref().map(Path::new).map(content_of).transpose()?;
        let fetch = match url {
            // When hosts are asked says nothing about their answers.
            Some(_) => format!("{:?}", FetchSettings { pace: Pace::default(), ..grading.fetch.clone() }),
            None => format!("{} {}", grading.fetch.max_body, grading.fetch.max_requests),
        };
        let settings = &grading.settings;
        let settings = format!(
            "{} {} {:?} {} {} {}",
            settings.rules.name(),
            settings.engine.name(),
            settings.hint_timeout,
            settings.fail_fast,
            settings.times,
            grading.repeat
        );
        let build = concat!(env!("CARGO_PKG_VERSION"), env!("GRADE_BUILD"));
        let texts = [
            FORM,
            build,
            challenges.print(),
            &settings,
            &fetch,
            content.as_deref().unwrap_or("no folder"),
            url.map_or("no address", SubmittedUrl::code),
        ];
        Ok(Some(hex_of(texts.into_iter().chain(self.context.iter().map(String::as_str)))))
    }

    /// The verdict that is kept, if it still holds and `is_fit`.
    pub(super) fn find(&self, key: &str, by_url: bool, is_fit: impl FnOnce(&[u8]) -> bool) -> Option<Cached> {
        let Entry { at, body } = self.store.get(key)?;
        let age = now().checked_sub(at);
        // In whole seconds, so it may be nearly one second more than that.
        let is_over = |(age, ttl): (u64, Duration)| Duration::from_secs(age.saturating_add(1)) > ttl;
        if by_url && age.zip(self.ttl).is_none_or(is_over) {
            return None;
        }
        let Kept { verdict, counts: [passed, failed, unchecked], lasting } = serde_json::from_slice(&body).ok()?;
        let counts = Counts { passed, failed, unchecked, ..Counts::default() };
        if Verdict::of(counts) != verdict || !is_lasting(verdict, counts) || !is_fit(lasting.as_bytes()) {
            return None;
        }
        self.hits.fetch_add(1, Ordering::Relaxed);
        Some(Cached { at, verdict, counts, lasting: lasting.into_owned().into_bytes() })
    }

    /// Leave to keep a verdict that is being graded now.
    pub(super) fn ticket(self: &Arc<Self>, key: String, at: u64) -> Ticket {
        Ticket { cache: Arc::clone(self), key, at }
    }
}

impl Ticket {
    /// Keeps a verdict, unless the next time may bring another.
    pub(super) fn keep(&self, verdict: Verdict, counts: Counts, lasting: &[u8]) {
        let Some(lasting) = std::str::from_utf8(lasting).ok().filter(|_| is_lasting(verdict, counts)) else { return };
        let kept = Kept { verdict, counts: [counts.passed, counts.failed, counts.unchecked], lasting: lasting.into() };
        if let Ok(body) = serde_json::to_vec(&kept) {
            self.cache.store.put(&self.key, &Entry { at: self.at, body });
        }
    }
}

/// Whether every hint was looked at, and none of them is in doubt.
pub(super) fn is_lasting(verdict: Verdict, counts: Counts) -> bool {
    matches!(verdict, Verdict::Passed | Verdict::Failed) && counts.errored == 0 && counts.skipped == 0
}

/// Seconds since 1970.
pub(super) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}

#[cfg(test)]
mod tests;
