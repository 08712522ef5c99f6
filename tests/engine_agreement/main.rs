//! Two engines, one verdict: every hint that ports also runs in the script engine, on answers that keep it, break it and
//! are damaged in all the ways that real projects damage them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test")]

mod answers;
mod hints;
mod sample;
mod satisfy;
mod verdicts;
mod world;

use std::collections::BTreeMap;

use grade::grader::Prepared;
use grade::port::{Check, compile};
use grade::verdict::Rules;

use answers::worlds;
use hints::Hint;
use verdicts::{Seen, both};

/// Hints are dealt out to so many threads.
const THREADS: usize = 2;
/// So many answers at least are compared for each hint and each set of rules.
const FEWEST_ANSWERS: usize = 20;

#[derive(Default)]
struct Figures {
    hints: usize,
    kept: usize,
    answers: usize,
    comparisons: usize,
    /// Hints that the ported engine gave up on an answer, which the script engine then decides.
    left: usize,
    outcomes: BTreeMap<&'static str, usize>,
    differences: Vec<String>,
    /// How often which parts of two verdicts differ.
    fields: BTreeMap<String, usize>,
    never_kept: Vec<String>,
    /// Hints of which fewer answers than planned could be compared.
    too_few: Vec<String>,
}

impl Figures {
    fn add(&mut self, other: Self) {
        self.hints += other.hints;
        self.kept += other.kept;
        self.answers += other.answers;
        self.comparisons += other.comparisons;
        self.left += other.left;
        for (name, count) in other.outcomes {
            *self.outcomes.entry(name).or_default() += count;
        }
        for (name, count) in other.fields {
            *self.fields.entry(name).or_default() += count;
        }
        self.differences.extend(other.differences);
        self.never_kept.extend(other.never_kept);
        self.too_few.extend(other.too_few);
    }
}

fn compare(hint: &Hint, turn: usize, figures: &mut Figures) {
    let Check::Ported(plan) = compile(&hint.code) else { return };
    let (base, kept) = satisfy::answer(&plan, &hint.code);
    let worlds = worlds(&base, turn);
    figures.hints += 1;
    figures.answers += worlds.len();
    if kept {
        figures.kept += 1;
    } else {
        figures.never_kept.push(hint.file.clone());
    }
    let prepared = [Prepared::new(hint.repeated(worlds.len()), "agreement.md", None, None)];
    for rules in [Rules::Honest, Rules::Browser] {
        let (ported, script) = both(&prepared, rules, &worlds);
        let mut compared = 0;
        for ((world, ported), script) in worlds.iter().zip(&ported).zip(&script) {
            let (Seen::Verdict(ported), Seen::Verdict(script)) = (ported, script) else {
                figures.left += 1;
                continue;
            };
            compared += 1;
            *figures.outcomes.entry(ported.outcome).or_default() += 1;
            let fields = ported.differs_in(script);
            if !fields.is_empty() {
                *figures.fields.entry(fields.clone()).or_default() += 1;
                let (name, file, code) = (&world.name, &hint.file, &hint.code);
                figures.differences.push(format!(
                    "{file}, {rules:?}, answer \"{name}\", differs in {fields}\n  ported {ported:?}\n  script {script:?}\n{code}\n"
                ));
            }
        }
        figures.comparisons += compared;
        if compared < FEWEST_ANSWERS {
            figures.too_few.push(hint.file.clone());
        }
    }
}

fn run(hints: &[Hint]) -> Figures {
    let mut all = Figures::default();
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..THREADS)
            .map(|number| {
                scope.spawn(move || {
                    let mut figures = Figures::default();
                    for (turn, hint) in hints.iter().enumerate().skip(number).step_by(THREADS) {
                        compare(hint, turn, &mut figures);
                    }
                    figures
                })
            })
            .collect();
        for worker in workers {
            all.add(worker.join().unwrap());
        }
    });
    eprintln!(
        "{} hints ({} kept by an answer), {} answers, {} comparisons {:?}, {} left to the script engine, {} differences {:?}",
        all.hints,
        all.kept,
        all.answers,
        all.comparisons,
        all.outcomes,
        all.left,
        all.differences.len(),
        all.fields
    );
    all
}

/// No difference; and the answers are good enough to find one.
fn check(all: &Figures) {
    if std::env::var_os("SHOW_NEVER_KEPT").is_some() {
        all.never_kept.iter().for_each(|file| eprintln!("never kept: {file}"));
    }
    if let Some(path) = std::env::var_os("DIFFERENCES") {
        std::fs::write(path, all.differences.join("\n====\n")).unwrap();
    }
    let shown: Vec<_> = all.differences.iter().take(10).map(String::as_str).collect();
    assert!(shown.is_empty(), "{} differences, the first:\n{}", all.differences.len(), shown.join("\n"));
    assert!(all.too_few.is_empty(), "too few answers compared: {:?}", all.too_few);
    assert!(all.kept * 10 >= all.hints * 8, "only {} of {} hints are kept by an answer", all.kept, all.hints);
    assert!(all.left * 50 <= all.comparisons, "{} of {} left to the script engine", all.left, all.comparisons);
}

#[test]
fn both_engines_agree_on_the_corpus() {
    let hints = hints::of_the_corpus();
    if hints.is_empty() {
        eprintln!("skipped: there is no ../shared/corpus");
        return;
    }
    check(&run(&hints));
}

#[test]
fn both_engines_agree_where_they_once_did_not() {
    let hints = hints::of_this_test();
    let ported = hints.iter().filter(|hint| matches!(compile(&hint.code), Check::Ported(_))).count();
    assert_eq!(ported, hints.len(), "each of them has to port");
    check(&run(&hints));
}

#[test]
fn both_engines_agree_on_the_built_in_challenges() {
    let hints = hints::built_in();
    assert!(hints.len() >= 10);
    check(&run(&hints));
}
