//! Tries hints against the complete sample project.

use std::sync::Arc;
use std::time::Duration;

use grade::challenge::{Source, parse};
use grade::curriculum::builtin;
use grade::fetch::{Client, FetchSettings};
use grade::grader::{EngineChoice, GradeSettings, Prepared, Stop, Submission};
use grade::mutate::{Kind, Mutated, Settings, record, run};
use grade::submission::{WebSubmission, normalize};
use grade::testbed::{Project, Running, Testbed, samples};
use grade::verdict::Rules;
use tokio::runtime::{Builder, Runtime};

/// A project that runs, and what asks it.
pub struct World {
    pub runtime: Runtime,
    pub running: Running,
    rules: Rules,
}

impl World {
    /// The complete sample.
    pub fn complete(rules: Rules) -> Self {
        let sample = samples().unwrap().into_iter().find(|sample| sample.name == "complete").unwrap();
        Self::with(rules, sample.project, sample.faults)
    }

    pub fn with(rules: Rules, project: Project, faults: grade::testbed::Faults) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let running = runtime.block_on(Testbed::start(project, faults)).unwrap();
        Self { runtime, running, rules }
    }

    pub fn submission(&self) -> WebSubmission {
        let settings = FetchSettings { keep_xhr_cookies: self.rules == Rules::Honest, ..FetchSettings::default() };
        WebSubmission::new(normalize(self.running.url().as_str()).unwrap(), Client::new(settings).unwrap())
    }

    pub fn settings(&self) -> Settings {
        Settings {
            seed: 1,
            mutants: 100,
            jobs: 2,
            budget: Duration::from_mins(10),
            grading: GradeSettings {
                rules: self.rules,
                engine: EngineChoice::Auto,
                hint_timeout: Duration::from_secs(30),
                ..GradeSettings::default()
            },
        }
    }

    pub fn mutate(&self, prepared: &Prepared, settings: &Settings) -> Mutated {
        let submission = self.submission();
        self.mutate_by(prepared, settings, &submission)
    }

    pub fn mutate_by(&self, prepared: &Prepared, settings: &Settings, submission: &dyn Submission) -> Mutated {
        let stop = Stop::default();
        let recording = self.runtime.block_on(record(prepared, submission, &settings.grading, &stop)).unwrap();
        run(prepared, recording, submission, settings, &self.runtime, &stop)
    }
}

/// The built-in challenges of a language.
pub fn built_in() -> Vec<Prepared> {
    builtin()
        .entries()
        .iter()
        .map(|entry| {
            let challenge = Arc::new(entry.challenge().unwrap().clone());
            let (block, language) = (entry.place.block.clone(), entry.place.language.clone());
            Prepared::new(challenge, entry.path.display().to_string(), block, language)
        })
        .collect()
}

/// A challenge of these test blocks.
pub fn challenge(blocks: &[&str]) -> Prepared {
    let mut text = "---\nid: 5f0000000000000000000001\ntitle: Tried\nchallengeType: 2\ndashedName: tried\n---\n\n# --description--\n\nText.\n\n# --hints--\n".to_owned();
    for (index, block) in blocks.iter().enumerate() {
        text.push_str(&format!("\nHint {}.\n\n```js\n{block}\n```\n", index + 1));
    }
    let source = Source::new("tried.md", text);
    Prepared::new(Arc::new(parse(&source).unwrap()), "tried.md", None, None)
}

/// What is to be the same in two runs: everything that a report tells.
pub fn told(mutated: &Mutated) -> Vec<String> {
    mutated
        .hints
        .iter()
        .map(|hint| {
            let survivors: Vec<(Kind, &str)> =
                hint.survivors.iter().map(|survivor| (survivor.mutant.kind, survivor.mutant.what.as_str())).collect();
            format!("{:?} {:?} {:?} {survivors:?}", hint.verdict, hint.counts, hint.by_kind)
        })
        .collect()
}
