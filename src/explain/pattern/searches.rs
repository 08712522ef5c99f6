//! The searches that a test block makes, as far as they are literals: read from its source, where the facts lack them.

use std::ops::Range;
use std::sync::Arc;

use oxc_allocator::Allocator;
use oxc_ast::ast::{Argument, CallExpression, Expression};
use oxc_ast_visit::{Visit, walk};
use oxc_parser::{ParseOptions, Parser};
use oxc_span::SourceType;
use oxc_syntax::operator::{LogicalOperator, UnaryOperator};

use crate::explain::Subject;
use crate::fetch::decode_text;
use crate::port::js::with_stack_for;
use crate::port::regex::{Finder, Haystack};
use crate::verdict::{Failure, TextFacts};

/// A longer block is not read.
const LONGEST: usize = 64 * 1024;
/// Most searches of one block that are tried.
const MOST: usize = 16;
/// Most memory of one expression.
const LARGEST: usize = 1024 * 1024;
/// Put before a block, so that `await` and `return` are allowed.
const PREFIX: &str = "async () => {";

/// What is searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Search {
    /// An expression: source and flags.
    Regex(String, String),
    /// A plain text.
    Text(String),
}

/// A search that an assertion makes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Made {
    search: Search,
    /// Whether the assertion wants it to find nothing.
    negated: bool,
    /// Whether the assertion is a condition of that search alone: `assert(/a/.test(b))`.
    alone: bool,
    /// Whether the URL is searched.
    in_url: bool,
    /// Line of the assertion within the block, from 1.
    line: usize,
}

/// The searches that have to find something for a block to pass.
pub(super) fn wanted(code: &str) -> Vec<Search> {
    made(code).into_iter().filter(|made| !made.negated).map(|made| made.search).take(MOST).collect()
}

/// The facts of a failed condition of one search, which the script engine does not know. Only where there is one answer that
/// the search fails on; the test may still have changed its text before.
pub(in crate::explain) fn searched(subject: &Subject<'_>, failure: &Failure) -> Option<TextFacts> {
    let assertion = failure.assertion.as_ref().filter(|assertion| assertion.text.is_none())?;
    let conditions = ["assert", "ok", "isOk", "isTrue", "isFalse", "isNotOk", "notOk", ""];
    conditions.contains(&assertion.name.as_str()).then_some(())?;
    let line = failure.position.map(|position| (position.line + 1).saturating_sub(subject.result.line));
    let mut found =
        made(subject.test).into_iter().filter(|made| made.alone && line.is_none_or(|line| made.line == line));
    let made = found.next().filter(|_| found.next().is_none())?;
    let fails = |text: &str| made.search.find(text).is_some() == made.negated;
    let mut texts: Vec<Arc<str>> = if made.in_url {
        vec![Arc::from(subject.url)]
    } else {
        let answers = subject.result.exchanges.iter().map(|exchange| decode_text(&exchange.body));
        answers.filter(|text| fails(text)).map(|text| Arc::from(&*text)).collect()
    };
    texts.dedup();
    let [text] = &texts[..] else { return None };
    let (pattern, flags) = match made.search {
        Search::Regex(source, flags) => (source, Some(flags)),
        Search::Text(text) => (text, None),
    };
    Some(TextFacts { pattern, flags, text: Arc::clone(text), negated: made.negated })
}

impl Search {
    /// Where it is found.
    pub fn find(&self, text: &str) -> Option<Range<usize>> {
        match self {
            Self::Text(part) => text.find(part.as_str()).map(|at| at..at + part.len()),
            Self::Regex(source, flags) => {
                let haystack = Haystack::new(text);
                let found = finder(source, flags)?.find_at(haystack.text(), 0)?;
                Some(haystack.original(found.start)..haystack.original(found.end))
            }
        }
    }

    /// Compiled; nothing where it cannot be.
    pub fn ready(&self) -> Option<Ready> {
        match self {
            Self::Text(text) => Some(Ready::Text(text.clone())),
            Self::Regex(source, flags) => finder(source, flags).map(Ready::Regex),
        }
    }

    /// As the test has it.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Regex(source, flags) => format!("/{source}/{flags}"),
        }
    }
}

/// A search that is compiled.
#[derive(Debug)]
pub(super) enum Ready {
    /// An expression.
    Regex(Finder),
    /// A plain text.
    Text(String),
}

impl Ready {
    /// Whether it finds anything.
    pub fn finds(&self, text: &str) -> bool {
        match self {
            Self::Text(part) => text.contains(part.as_str()),
            Self::Regex(finder) => finder.finds(Haystack::new(text).text()),
        }
    }
}

fn finder(source: &str, flags: &str) -> Option<Finder> {
    let flags: String = flags.chars().filter(|flag| !matches!(flag, 'g' | 'd')).collect();
    Finder::new(source, &flags, LARGEST)
}

/// All searches of a block.
fn made(code: &str) -> Vec<Made> {
    if code.len() > LONGEST {
        return Vec::new();
    }
    with_stack_for(code.len(), || {
        let wrapped = format!("{PREFIX}{code}\n}}");
        let allocator = Allocator::default();
        let parsed = Parser::new(&allocator, &wrapped, SourceType::script())
            .with_options(ParseOptions { preserve_parens: false, ..ParseOptions::default() })
            .parse();
        let mut collector = Collector { source: &wrapped, all: Vec::new() };
        if parsed.diagnostics.is_empty() {
            collector.visit_program(&parsed.program);
        }
        collector.all
    })
}

struct Collector<'s> {
    source: &'s str,
    all: Vec<Made>,
}

impl<'a> Visit<'a> for Collector<'_> {
    fn visit_call_expression(&mut self, call: &CallExpression<'a>) {
        let name = match &call.callee {
            Expression::Identifier(name) if name.name == "assert" => Some("assert"),
            Expression::StaticMemberExpression(member) if is_assert(&member.object) => {
                Some(member.property.name.as_str())
            }
            _ => None,
        };
        let start = call.span.start as usize;
        let argument = |at: usize| call.arguments.get(at).and_then(Argument::as_expression);
        match (name, argument(0), argument(1)) {
            (Some(name @ ("match" | "include" | "notMatch" | "notInclude")), Some(text), Some(search)) => {
                self.add(Some(search), Some(text), name.starts_with("not"), false, start);
            }
            (Some("assert" | "ok" | "isOk" | "isTrue" | "exists" | "isNotNull"), Some(condition), _) => {
                self.condition(condition, false, true, start);
            }
            (Some("isFalse" | "isNotOk" | "notOk" | "isNull"), Some(condition), _) => {
                self.condition(condition, true, true, start);
            }
            _ => {}
        }
        walk::walk_call_expression(self, call);
    }
}

impl Collector<'_> {
    /// The searches that decide a condition: those that must succeed, or (`negated`) must not.
    fn condition(&mut self, condition: &Expression<'_>, negated: bool, alone: bool, start: usize) {
        match condition {
            Expression::UnaryExpression(not) if not.operator == UnaryOperator::LogicalNot => {
                self.condition(&not.argument, !negated, alone, start);
            }
            Expression::LogicalExpression(both) if both.operator == LogicalOperator::And && !negated => {
                self.condition(&both.left, negated, false, start);
                self.condition(&both.right, negated, false, start);
            }
            Expression::CallExpression(call) => {
                let Expression::StaticMemberExpression(member) = &call.callee else { return };
                let argument = call.arguments.first().and_then(Argument::as_expression);
                match member.property.name.as_str() {
                    "test" => self.add(Some(&member.object), argument, negated, alone, start),
                    "match" | "includes" => self.add(argument, Some(&member.object), negated, alone, start),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn add(
        &mut self,
        search: Option<&Expression<'_>>,
        text: Option<&Expression<'_>>,
        negated: bool,
        alone: bool,
        start: usize,
    ) {
        let line = 1 + self.source.get(..start).unwrap_or_default().matches('\n').count();
        let in_url = matches!(text, Some(Expression::Identifier(name)) if name.name == "code");
        if let Some(search) = search.and_then(literal)
            && self.all.len() < 4 * MOST
        {
            self.all.push(Made { search, negated, alone, in_url, line });
        }
    }
}

fn is_assert(object: &Expression<'_>) -> bool {
    matches!(object, Expression::Identifier(name) if name.name == "assert")
}

fn literal(expression: &Expression<'_>) -> Option<Search> {
    match expression {
        Expression::RegExpLiteral(regex) => {
            Some(Search::Regex(regex.regex.pattern.text.to_string(), regex.regex.flags.to_string()))
        }
        Expression::StringLiteral(text) if !text.value.is_empty() => Some(Search::Text(text.value.to_string())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_has_to_be_found_is_collected() {
        let code = "const data = await (await fetch(code)).text();
            assert.match(data, /a b/s, 'message');
            assert((/c/.test(data)) && data.includes('d'));
            assert(!/e/.test(data)); assert.notMatch(data, /f/); assert.isFalse(data.includes('g'));
            $.get(code).then(data => { assert.isTrue(data.includes('h')); });
            assert.include(data, 'i'); assert(/j/.test(data) || true); other.match(data, /k/);
            assert(!!/l/.test(data)); assert.isFalse(!/m/.test(data) && x);";
        let shown: Vec<String> = wanted(code).iter().map(Search::shown).collect();
        assert_eq!(shown, ["/a b/s", "/c/", "d", "h", "i", "/l/"]);
        assert!(wanted("assert.match(").is_empty());
    }

    #[test]
    fn conditions_of_one_search_know_their_line() {
        let all = made("assert(!/a/.test(code));\nassert(/b/.test(x) && y);\n\nassert.isFalse(t.includes('c'));");
        let known: Vec<_> = all.iter().map(|made| (made.line, made.negated, made.alone, made.in_url)).collect();
        assert_eq!(known, [(1, true, true, true), (2, false, false, false), (4, true, true, false)]);
    }
}
