//! Cohorts made by hand: journals of many submissions, as `grade batch` writes them.

use std::io::Write as _;
use std::path::Path;

use grade::batch::{Fingerprint, Journal, Results, Shard, Verdict};
use grade::grader::Counts;
use grade::report::batch::{About, BatchReports};
use serde_json::{Value, json};

/// Causes of failures, the commonest first.
const CAUSES: [&str; 4] = ["E109", "E201", "E302", "E107"];
const TEXTS: [&str; 5] = [
    "You should provide your own project, not the example URL.",
    "A POST to /api/users should answer with the new user.",
    "You can add from, to and limit parameters to a GET request.",
    "Your server should listen for a disconnect.",
    "All 16 functional tests are complete and passing.",
];

/// What a cohort is made of.
pub struct Sample {
    pub submissions: usize,
    pub challenges: usize,
    pub hints: usize,
}

impl Sample {
    /// Writes the cohort report about it to `page`, and the CSV beside it.
    pub fn report(&self, page: &Path, anonymous: bool) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        let fingerprint = Fingerprint {
            list: "0".repeat(64),
            rows: self.submissions as u64,
            challenges: "0".repeat(64),
            rules: "honest".to_owned(),
            version: "1.0.0".to_owned(),
            shard: Shard::WHOLE,
        };
        drop(Journal::create(&path, &fingerprint, true).unwrap());
        let mut file = std::io::BufWriter::new(std::fs::OpenOptions::new().append(true).open(&path).unwrap());
        let mut random = Random(7);
        for number in 0..self.submissions {
            let (line, verdict, counts) = self.submission(number, &mut random);
            let Counts { passed, failed, errored, unchecked, skipped } = counts;
            let name = verdict.name();
            let record = format!("R {number} {name} {passed} {failed} {errored} {unchecked} {skipped} {line}");
            writeln!(file, "{:08x} {record}", crc32fast::hash(record.as_bytes())).unwrap();
        }
        file.flush().unwrap();
        let (results, _) = Results::open(std::slice::from_ref(&path)).unwrap();
        let wanted = vec![format!("cohort={}", page.display()).parse().unwrap()];
        let about = About { version: fingerprint.version, rules: fingerprint.rules, engine: String::new() };
        let totals = results.totals().unwrap();
        let failed = BatchReports::open(wanted, anonymous).unwrap().finish(&about, totals, &results);
        assert!(failed.is_empty(), "{failed:?}");
    }

    fn submission(&self, number: usize, random: &mut Random) -> (Value, Verdict, Counts) {
        // Some are good at it, some have only begun, and a few are not there.
        let skill = 20 + random.below(80);
        let (away, none) = (random.below(40) == 0, random.below(90) == 0);
        let mut counts = Counts::default();
        let mut challenges = Vec::new();
        for challenge in 0..if none { 0 } else { self.challenges } {
            let mut hints = Vec::new();
            for index in 0..self.hints {
                let hardness = (challenge * 7 + index * 13) % 45;
                let place = json!({ "line": 1, "column": 1 });
                let mut hint = json!({ "id": format!("{challenge}/{index}"), "index": index, "text": TEXTS[index % 5], "place": place });
                let outcome = if away {
                    counts.errored += 1;
                    hint["reason"] = json!({ "kind": "transport", "text": "http://127.0.0.1:9/ cannot be reached" });
                    hint["explanation"] = json!({ "code": "E501" });
                    "errored"
                } else if challenge == 0 && index == 0 {
                    counts.unchecked += 1;
                    "unchecked"
                } else if random.below(100) + hardness < skill + 20 {
                    counts.passed += 1;
                    "passed"
                } else {
                    counts.failed += 1;
                    let cause = CAUSES[(random.below(4) * random.below(4) / 3).min(3)];
                    hint["explanation"] = json!({ "code": cause });
                    "failed"
                };
                hint["outcome"] = outcome.into();
                hints.push(hint);
            }
            challenges.push(json!({
                "id": format!("5f{challenge:022}"), "title": TITLES[challenge % TITLES.len()], "dashed_name": format!("challenge-{challenge}"),
                "language": "english", "hints": hints,
            }));
        }
        let verdict = Verdict::of(counts);
        let reason = none.then(|| json!({ "kind": "no_project", "text": "it has neither `url` nor `dir`" }));
        let all = counts.total();
        let line = json!({
            "id": format!("student-{number:04}"), "verdict": verdict.name(), "reason": reason, "challenges": challenges,
            "counts": { "total": all, "passed": counts.passed, "failed": counts.failed, "errored": counts.errored, "unchecked": counts.unchecked, "skipped": counts.skipped },
            "columns": { "group": format!("{}{}", ["A", "B", "C"][number % 3], number % 7) },
        });
        (line, verdict, counts)
    }
}

const TITLES: [&str; 8] = [
    "Handle a Disconnect",
    "Exercise Tracker",
    "Timestamp Microservice",
    "Request Header Parser",
    "URL Shortener",
    "File Metadata",
    "Issue Tracker",
    "Stock Price Checker",
];

/// The same numbers every time.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}
