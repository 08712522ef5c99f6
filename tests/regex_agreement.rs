//! Translated regular expressions find what a JavaScript engine finds: the corpus's and our own, on generated texts.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

mod support;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use grade::port::regex::JsRegex;
use oxc_allocator::Allocator;
use oxc_ast::ast::RegExpLiteral;
use oxc_ast_visit::Visit;
use oxc_parser::Parser;
use oxc_span::SourceType;
use rquickjs::{Context, Ctx, Function, Runtime};
use support::corpus::{ERAS, fixture_sources, hints};
use support::random::Random;

mod regexes;

use regexes::{OURS, sampler};

/// Generated texts for each expression, on top of the fixed ones.
const TEXTS: usize = 520;
/// What the backtracking engine may take for one text.
const DEADLINE_MS: u64 = 40;
/// How many texts may be too much for it in the whole test.
const MOST_TIMEOUTS: usize = 20;

#[derive(Default)]
struct Literals(BTreeSet<(String, String)>);

impl<'a> Visit<'a> for Literals {
    fn visit_reg_exp_literal(&mut self, literal: &RegExpLiteral<'a>) {
        self.0.insert((literal.regex.pattern.text.to_string(), literal.regex.flags.to_string()));
    }
}

/// Every regular expression literal of the corpus.
fn of_corpus() -> Option<BTreeSet<(String, String)>> {
    let mut literals = Literals::default();
    for era in ERAS {
        for hint in hints(era)? {
            let wrapped = format!("async () => {{{}\n}}", hint.code);
            let allocator = Allocator::default();
            let parsed = Parser::new(&allocator, &wrapped, SourceType::script()).parse();
            assert!(parsed.diagnostics.is_empty(), "{} hint {}", hint.file, hint.index);
            literals.visit_program(&parsed.program);
        }
    }
    Some(literals.0)
}

/// What came of one expression.
#[derive(Default)]
struct Tally {
    texts: usize,
    matched: usize,
    replaced: usize,
    timeouts: usize,
    differences: Vec<String>,
}

/// A JavaScript engine that gives a text up after a while.
struct Oracle {
    _runtime: Runtime,
    context: Context,
    deadline: Arc<AtomicU64>,
    start: Instant,
}

impl Oracle {
    fn new() -> Self {
        let runtime = Runtime::new().unwrap();
        let deadline = Arc::new(AtomicU64::new(u64::MAX));
        let start = Instant::now();
        let watched = Arc::clone(&deadline);
        runtime.set_interrupt_handler(Some(Box::new(move || millis(start) > watched.load(Ordering::Relaxed))));
        let context = Context::full(&runtime).unwrap();
        Self { _runtime: runtime, context, deadline, start }
    }

    fn limited<T>(&self, ctx: &Ctx<'_>, ask: impl FnOnce() -> rquickjs::Result<T>) -> Option<T> {
        self.deadline.store(millis(self.start) + DEADLINE_MS, Ordering::Relaxed);
        let answer = ask();
        self.deadline.store(u64::MAX, Ordering::Relaxed);
        if answer.is_err() {
            ctx.catch();
        }
        answer.ok()
    }

    fn compare(&self, source: &str, flags: &str, texts: &[String]) -> Tally {
        let ours = JsRegex::new(source, flags).unwrap_or_else(|error| panic!("/{source}/{flags}: {error}"));
        let mut tally = Tally { texts: texts.len(), ..Tally::default() };
        self.context.with(|ctx| {
            let make: Function<'_> = ctx
                .eval(
                    "(source, flags) => { const r = new RegExp(source, flags); return [
                       t => { r.lastIndex = 0; return r.test(t); },
                       (t, by) => { r.lastIndex = 0; return t.replace(r, by); } ]; }",
                )
                .unwrap();
            let (test, replace): (Function<'_>, Function<'_>) =
                match make.call::<_, rquickjs::Array<'_>>((source, flags)) {
                    Ok(pair) => (pair.get(0).unwrap(), pair.get(1).unwrap()),
                    Err(error) => {
                        tally.differences.push(format!("/{source}/{flags}: the engine refuses it: {error}"));
                        return;
                    }
                };
            for text in texts {
                let Some(theirs) = self.limited(&ctx, || test.call::<_, bool>((text.as_str(),))) else {
                    tally.timeouts += 1;
                    continue;
                };
                tally.matched += usize::from(theirs);
                let mine = ours.is_match(text);
                if mine != Some(theirs) {
                    tally.differences.push(format!("/{source}/{flags} on {text:?}: {mine:?}, and {theirs} there"));
                }
                if !ours.exact_bounds() {
                    continue;
                }
                for by in ["", "<>"] {
                    let Some(mine) = ours.replace(text, by) else { continue };
                    let Some(theirs) = self.limited(&ctx, || replace.call::<_, String>((text.as_str(), by))) else {
                        continue;
                    };
                    tally.replaced += 1;
                    if mine != theirs {
                        tally.differences.push(format!(
                            "{text:?}.replace(/{source}/{flags}, {by:?}): {mine:?}, and {theirs:?} there"
                        ));
                    }
                }
            }
        });
        tally
    }
}

fn millis(start: Instant) -> u64 {
    u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// Compares all of them; the texts come from the expression itself, from mutations of those, and from real sources.
fn agree(regexes: &BTreeSet<(String, String)>) {
    let sources = fixture_sources();
    let oracle = Oracle::new();
    let (mut all, mut silent) = (Tally::default(), Vec::new());
    for (source, flags) in regexes {
        let mut random = Random::new(2026, &format!("/{source}/{flags}"));
        let mut texts: Vec<String> = regexes::FIXED.iter().map(|&text| text.to_owned()).collect();
        texts.extend(sources.iter().cloned());
        texts.extend((0..TEXTS).map(|_| sampler::text(source, flags, &sources, &mut random)));
        let tally = oracle.compare(source, flags, &texts);
        assert!(tally.texts >= 500);
        if tally.matched == 0 || tally.matched == tally.texts {
            silent.push(format!("/{source}/{flags}"));
        }
        all.texts += tally.texts;
        all.matched += tally.matched;
        all.replaced += tally.replaced;
        all.timeouts += tally.timeouts;
        // A few of each say enough.
        all.differences.extend(tally.differences.into_iter().take(3));
    }
    println!(
        "{} expressions, {} texts ({} match), {} replacements, {} given up by the backtracking engine",
        regexes.len(),
        all.texts,
        all.matched,
        all.replaced,
        all.timeouts
    );
    println!("always or never matching: {silent:?}");
    let shown = all.differences.iter().take(60).map(String::as_str).collect::<Vec<_>>().join("\n");
    assert!(all.differences.is_empty(), "{} differences:\n{shown}", all.differences.len());
    assert!(all.timeouts <= MOST_TIMEOUTS, "{} texts were given up", all.timeouts);
    assert!(all.matched * 10 > all.texts, "too few texts match for the comparison to say much");
    assert!(silent.len() * 5 <= regexes.len(), "too many expressions match always or never");
}

#[test]
fn our_own_expressions_agree_with_a_javascript_engine() {
    let ours: BTreeSet<_> = OURS.iter().map(|&(source, flags)| (source.to_owned(), flags.to_owned())).collect();
    assert!(ours.len() >= 80, "{}", ours.len());
    agree(&ours);
}

#[test]
fn every_expression_of_the_corpus_agrees_with_a_javascript_engine() {
    let Some(corpus) = of_corpus() else { return };
    assert!(corpus.len() > 100, "{}", corpus.len());
    let declined: Vec<_> = corpus
        .iter()
        .filter_map(|(source, flags)| JsRegex::new(source, flags).err())
        .map(|error| error.to_string())
        .collect();
    assert!(declined.is_empty(), "declined:\n{}", declined.join("\n"));
    agree(&corpus);
}
