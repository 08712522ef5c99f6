//! A hint that passes only because of what stands in a comment.

use oxc_allocator::Allocator;
use oxc_ast::ast::{Argument, CallExpression, Expression};
use oxc_ast_visit::{Visit, walk};
use oxc_parser::Parser;
use oxc_span::SourceType;
use oxc_syntax::operator::LogicalOperator;

use super::case::code;
use super::cause::comment::within;
use super::origin::{decode, script_of, source_of};
use super::script::{Script, blanked, uncommented};
use crate::explain::Subject;
use crate::explain::code::Code;
use crate::explain::excerpt::{Label, TextIndex};
use crate::explain::model::{Evidence, Explanation, Fault, Source};
use crate::port::regex::{Finder, Haystack};

/// A longer block is not read.
const LONGEST: usize = 64 * 1024;
/// Stack for each byte of a block: deeply nested code recurses in the parser and the visitor.
const STACK_PER_BYTE: usize = 1024;
/// Most searches of one block that are tried.
const MOST_SEARCHES: usize = 16;
/// Most memory of one expression.
const LARGEST: usize = 1024 * 1024;
/// Put before a block, so that `await` and `return` are allowed.
const PREFIX: &str = "async () => {";

/// A search that a test wants to succeed.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Search {
    Regex(String, String),
    Text(String),
}

/// Says so if one of the searches of a passed test finds something in a comment of the project, and nothing in its code.
/// What it says is no reason to change the outcome: the browser passes it too.
pub(in crate::explain) fn rests_on_comment(subject: &Subject<'_>) -> Option<Explanation> {
    let searches = searches(subject.test);
    if searches.is_empty() {
        return None;
    }
    let bodies: Vec<_> = subject.result.exchanges.iter().map(|exchange| decode(&exchange.body)).collect();
    let scripts: Vec<Option<Script>> = subject
        .result
        .exchanges
        .iter()
        .zip(&bodies)
        .map(|(exchange, body)| script_of(exchange, body).filter(|script| script.mistake.is_none()))
        .collect();
    if scripts.iter().flatten().all(|script| script.comments.is_empty()) {
        return None;
    }
    searches.iter().find_map(|search| {
        // Which answer the test searched is not known here: it has to be the only one in which there is something.
        let mut found = bodies.iter().enumerate().filter(|(_, body)| search.find(body).is_some());
        let (index, body) = found.next()?;
        if found.any(|(_, other)| other != body) {
            return None;
        }
        let source = source_of(subject.result.exchanges.get(index)?, index);
        explain(search, body, scripts.get(index)?.as_ref()?, source)
    })
}

fn explain(search: &Search, body: &str, script: &Script, source: Source) -> Option<Explanation> {
    if search.find(&blanked(body, &script.comments)).is_some() {
        return None;
    }
    let found = search.find(body)?;
    let touched = |place: &std::ops::Range<usize>| place.start < found.end && found.start < place.end;
    let comment = script.comments.iter().find(|comment| touched(&comment.place))?;
    let place = within(comment, &found, body, &uncommented(body, &script.comments))?;
    let index = TextIndex::new(body);
    let name = source.file.as_deref().unwrap_or(&source.name);
    let headline = format!(
        "It passes, but {} matches only inside a comment, {name}:{}.",
        code(&search.shown()),
        index.position(place.start).0
    );
    let excerpt = index.excerpt(source, &[Label::primary(place, "this is a comment")]);
    Some(Explanation {
        code: Code::CommentedOut,
        headline,
        evidence: vec![Evidence::Excerpt(excerpt), Evidence::Fact { label: "wanted".to_owned(), text: search.shown() }],
        help: Some("If the hint asks for code that runs, take the comment signs away.".to_owned()),
        fault: Fault::Project,
    })
}

impl Search {
    fn find(&self, text: &str) -> Option<std::ops::Range<usize>> {
        match self {
            Self::Text(part) => text.find(part.as_str()).map(|at| at..at + part.len()),
            Self::Regex(source, flags) => {
                let flags: String = flags.chars().filter(|flag| !matches!(flag, 'g' | 'd')).collect();
                let haystack = Haystack::new(text);
                let found = Finder::new(source, &flags, LARGEST)?.find_at(haystack.text(), 0)?;
                Some(haystack.original(found.start)..haystack.original(found.end))
            }
        }
    }

    fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Regex(source, flags) => format!("/{source}/{flags}"),
        }
    }
}

/// The searches that a block wants to succeed, as far as they are literals.
fn searches(code: &str) -> Vec<Search> {
    if code.len() > LONGEST {
        return Vec::new();
    }
    stacker::maybe_grow(128 * 1024, 1024 * 1024 + code.len() * STACK_PER_BYTE, || {
        let wrapped = format!("{PREFIX}{code}\n}}");
        let allocator = Allocator::default();
        let parsed = Parser::new(&allocator, &wrapped, SourceType::script()).parse();
        let mut collector = Collector(Vec::new());
        if parsed.diagnostics.is_empty() {
            collector.visit_program(&parsed.program);
        }
        collector.0.truncate(MOST_SEARCHES);
        collector.0
    })
}

struct Collector(Vec<Search>);

impl<'a> Visit<'a> for Collector {
    fn visit_call_expression(&mut self, call: &CallExpression<'a>) {
        let name = match &call.callee {
            Expression::Identifier(name) if name.name == "assert" => Some("assert"),
            Expression::StaticMemberExpression(member) if is_assert(&member.object) => {
                Some(member.property.name.as_str())
            }
            _ => None,
        };
        let argument = |at: usize| call.arguments.get(at).and_then(Argument::as_expression);
        match name {
            Some("match" | "include") => self.0.extend(argument(1).and_then(literal)),
            Some("assert" | "ok" | "isOk" | "isTrue" | "exists" | "isNotNull") => {
                if let Some(condition) = argument(0) {
                    self.condition(condition);
                }
            }
            _ => {}
        }
        walk::walk_call_expression(self, call);
    }
}

impl Collector {
    /// The searches that have to succeed for a condition to hold.
    fn condition(&mut self, condition: &Expression<'_>) {
        match condition {
            Expression::ParenthesizedExpression(inner) => self.condition(&inner.expression),
            Expression::LogicalExpression(both) if both.operator == LogicalOperator::And => {
                self.condition(&both.left);
                self.condition(&both.right);
            }
            Expression::CallExpression(call) => {
                let Expression::StaticMemberExpression(member) = &call.callee else { return };
                let argument = call.arguments.first().and_then(Argument::as_expression);
                match member.property.name.as_str() {
                    "test" => self.0.extend(literal(&member.object)),
                    "match" | "includes" => self.0.extend(argument.and_then(literal)),
                    _ => {}
                }
            }
            _ => {}
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
            assert(/c/.test(data) && data.includes('d'));
            assert(!/e/.test(data)); assert.notMatch(data, /f/); assert.isFalse(data.includes('g'));
            $.get(code).then(data => { assert.isTrue(data.includes('h')); });
            assert.include(data, 'i'); assert(/j/.test(data) || true); other.match(data, /k/);";
        let shown: Vec<String> = searches(code).iter().map(Search::shown).collect();
        assert_eq!(shown, ["/a b/s", "/c/", "d", "h", "i"]);
        assert!(searches("assert.match(").is_empty());
    }
}
