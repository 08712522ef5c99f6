//! All steps in their order.

use std::time::Duration;

use url::Url;

use super::ask::{Asked, Asker};
use super::files::{self, Wanted};
use super::model::{Diagnosis, Finding, Level, SCHEMA_VERSION, State, Step};
use super::{address, clock, cors, speed, way, who};
use crate::fetch::{ExchangeEnd, FetchError, FetchSettings, RefusalKind, SettingsError};
use crate::submission::SubmittedUrl;

/// What is looked at.
#[derive(Debug)]
pub struct Subject<'a> {
    /// The address as it was given.
    pub typed: &'a str,
    /// The address as tests see it.
    pub url: &'a SubmittedUrl,
    /// Connections, limits, and whether the browser's rules hold.
    pub settings: &'a FetchSettings,
    /// The longest that one request may take.
    pub limit: Duration,
    /// What the chosen challenges need.
    pub wanted: &'a Wanted,
    /// Ports of this computer at which to look for the project when nothing listens at its own.
    pub ports: &'a [u16],
}

/// Takes all steps. Each makes a few requests at most, and none that changes the project.
pub async fn examine(subject: &Subject<'_>) -> Result<Diagnosis, SettingsError> {
    let Begun { looker, first, mut findings } = begin(subject).await?;
    if !way::answered(&first) {
        return Ok(diagnosis(subject, findings, true));
    }
    let url = subject.url.url();
    findings.push(redirects(&first));
    findings.push(if first.status().is_some() {
        who::look(&first)
    } else {
        Finding::not_looked_at(Step::Answer, "the redirects lead nowhere")
    });
    let page = Asker::new(subject.settings, subject.limit, true)?;
    let strict = subject.settings.cors;
    let mut readable = true;
    if strict {
        let under_rules = cors::look(&page.get(url).await);
        readable = under_rules.iter().all(|finding| finding.level != Level::Problem);
        findings.extend(under_rules);
    } else {
        for step in [Step::MixedContent, Step::Cors, Step::Preflight] {
            findings.push(Finding::not_looked_at(step, "--no-cors"));
        }
    }
    if strict && readable {
        findings.push(cors::preflight(&page, url, subject.wanted).await);
    }
    // What CORS keeps from every page has been told once.
    let via = if strict && readable { &page } else { &looker };
    findings.extend(files::look(via, subject.url.code(), subject.wanted).await);
    findings.push(clock::look(&first));
    if first.transport().is_none() {
        findings.push(speed::look(&looker, url, &first).await);
    }
    Ok(diagnosis(subject, findings, false))
}

/// Takes the steps up to the first answer. The other steps are not told.
pub async fn reach(subject: &Subject<'_>) -> Result<Diagnosis, SettingsError> {
    let Begun { first, findings, .. } = begin(subject).await?;
    let state = if way::answered(&first) { State::Ready } else { State::Unreachable };
    Ok(Diagnosis { state, findings, ..empty(subject) })
}

/// The first request, and what it says about the way to the project.
struct Begun {
    looker: Asker,
    first: Asked,
    findings: Vec<Finding>,
}

async fn begin(subject: &Subject<'_>) -> Result<Begun, SettingsError> {
    let looker = Asker::new(subject.settings, subject.limit, false)?;
    let url = subject.url.url();
    let first = looker.get(url).await;
    let mut findings = vec![address::look(subject.typed, subject.url)];
    findings.extend(way::look(&first, &looker, url, subject.settings, subject.ports).await);
    Ok(Begun { looker, first, findings })
}

fn empty(subject: &Subject<'_>) -> Diagnosis {
    Diagnosis {
        schema_version: SCHEMA_VERSION.to_owned(),
        url_given: subject.typed.to_owned(),
        url: subject.url.code().to_owned(),
        state: State::Ready,
        findings: Vec::new(),
    }
}

/// Puts the findings in order, and says of every other step that it was not looked at.
fn diagnosis(subject: &Subject<'_>, mut findings: Vec<Finding>, unreachable: bool) -> Diagnosis {
    for step in Step::ALL {
        if !findings.iter().any(|finding| finding.step == step) {
            findings.push(Finding::not_looked_at(step, "an earlier step failed"));
        }
    }
    findings.sort_by_key(|finding| finding.step);
    let problem = findings.iter().any(|finding| finding.level == Level::Problem);
    let state = match (unreachable, problem) {
        (true, _) => State::Unreachable,
        (false, true) => State::Problem,
        (false, false) => State::Ready,
    };
    Diagnosis { state, findings, ..empty(subject) }
}

/// The most redirects that are told one by one.
const SHOWN: usize = 5;

fn redirects(asked: &Asked) -> Finding {
    let exchange = asked.exchange();
    let hops: Vec<_> = exchange.hops.iter().filter(|hop| !hop.preflight).collect();
    let mut details: Vec<String> = hops
        .windows(2)
        .filter_map(|pair| match pair {
            [from, to] => Some(format!("{} {} -> {}", from.status.unwrap_or_default(), from.url, to.url)),
            _ => None,
        })
        .collect();
    let count = hops.len().saturating_sub(1);
    // A circle of one says the same each time.
    details.dedup();
    if let Some(more) = details.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        details.truncate(SHOWN);
        details.push(format!("and {more} more"));
    }
    let lost = match &exchange.end {
        ExchangeEnd::Failed(FetchError::Refused(refusal)) => match &refusal.kind {
            RefusalKind::TooManyRedirects => Some("the address redirects in a circle".to_owned()),
            kind => Some(kind.to_string()),
        },
        ExchangeEnd::Failed(FetchError::Transport(error)) if asked.status().is_none() => {
            Some(format!("the address redirects to {}, and there {error}", error.url))
        }
        _ => None,
    };
    if let Some(text) = lost {
        let help = "look at the project's redirects, and give the address at which it answers itself";
        return Finding::problem(Step::Redirects, text, help).with_details(details);
    }
    if count == 0 {
        return Finding::ok(Step::Redirects, "none");
    }
    let text = format!("{count} on the way to {}", asked.last_url());
    if same_place(&exchange.url, asked.last_url()) {
        return Finding::ok(Step::Redirects, text).with_details(details);
    }
    let help = format!("give the address at which it ends: {}", origin(asked.last_url()));
    Finding::warning(Step::Redirects, text, help).with_details(details)
}

fn same_place(one: &Url, other: &Url) -> bool {
    one.origin() == other.origin()
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}
