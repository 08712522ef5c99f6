//! Every regular expression of the corpus, and our own, on texts that nearly match.

use std::collections::BTreeSet;

use grade::port::regex::JsRegex;
use oxc_allocator::Allocator;
use oxc_ast::ast::RegExpLiteral;
use oxc_ast_visit::Visit;
use oxc_parser::Parser;
use oxc_span::SourceType;

use crate::regexes::{FIXED, OURS, sampler};
use crate::subject::{Answer, check_places, explained_search};
use crate::support::corpus::{ERAS, fixture_sources, hints};
use crate::support::random::Random;

/// Texts for each expression.
const TEXTS: usize = 5;

#[derive(Default)]
struct Literals(BTreeSet<(String, String)>);

impl<'a> Visit<'a> for Literals {
    fn visit_reg_exp_literal(&mut self, literal: &RegExpLiteral<'a>) {
        self.0.insert((literal.regex.pattern.text.to_string(), literal.regex.flags.to_string()));
    }
}

fn explain_all(regexes: &BTreeSet<(String, String)>) {
    let sources = fixture_sources();
    let mut misses = 0;
    for (source, flags) in regexes {
        let regex = JsRegex::new(source, flags).unwrap();
        let mut random = Random::new(2027, &format!("/{source}/{flags}"));
        let damaged = (0..TEXTS).map(|_| sampler::text(source, flags, &sources, &mut random));
        let damaged: Vec<String> = damaged.collect();
        let fixed = (0..2).map(|_| (*random.pick(FIXED)).to_owned()).collect::<Vec<_>>();
        for (index, text) in damaged.into_iter().chain(fixed).enumerate() {
            if regex.is_match(&text) != Some(false) {
                continue;
            }
            let (path, kind) = if index % 2 == 0 { ("/_api/server.js", "text/plain") } else { ("/", "text/html") };
            let given = Answer { path, kind, body: &text };
            let explanation = explained_search(source, Some(flags), false, &given)
                .unwrap_or_else(|| panic!("nothing about /{source}/{flags} on {text:?}"));
            check_places(&explanation, &text);
            assert!(!explanation.headline.is_empty() && explanation.headline.chars().count() < 400, "{explanation:?}");
            misses += 1;
        }
    }
    println!("{} expressions, {misses} misses explained", regexes.len());
    assert!(misses > regexes.len() * 2, "{misses}");
}

#[test]
fn our_own_expressions_are_explained() {
    explain_all(&OURS.iter().map(|&(source, flags)| (source.to_owned(), flags.to_owned())).collect());
}

#[test]
fn every_expression_of_the_corpus_is_explained() {
    let mut literals = Literals::default();
    for era in ERAS {
        let Some(hints) = hints(era) else { return };
        for hint in hints {
            let wrapped = format!("async () => {{{}\n}}", hint.code);
            let allocator = Allocator::default();
            literals.visit_program(&Parser::new(&allocator, &wrapped, SourceType::script()).parse().program);
        }
    }
    assert!(literals.0.len() > 100, "{}", literals.0.len());
    explain_all(&literals.0);
}
