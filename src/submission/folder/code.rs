//! What one source file of a project does that matters for its answers, read off its syntax tree. No IO.
//!
//! Only what is plain counts: a mount within a condition, or with a folder that is computed, is none.

use oxc_allocator::Allocator;
use oxc_ast::ast::{
    Argument, CallExpression, ConditionalExpression, ExportAllDeclaration, ExportFromDeclaration, Expression,
    IfStatement, ImportDeclaration, ImportExpression, LogicalExpression, StringLiteral, SwitchStatement,
    TemplateElement,
};
use oxc_ast_visit::{Visit, walk};
use oxc_parser::Parser;
use oxc_span::SourceType;

use super::texts::{Names, Texts};

/// Larger files are left out; what people write by hand is shorter.
pub(super) const LONGEST: usize = 64 * 1024;
/// Stack for each byte, most of which is never touched: deeply nested code recurses in the parser.
const STACK_PER_BYTE: usize = 4096;
/// Deeper brackets than this are not looked at.
const DEEPEST: usize = 1000;

/// What a file does.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    /// Files and packages that it loads, as it names them.
    pub(super) loads: Vec<String>,
    /// Whether it names a path below `/_api`.
    pub(super) has_api: bool,
    /// Whether it lets pages of other sites read answers.
    pub(super) has_cors: bool,
    /// For each thing mounted at `/public`: whether it is the folder `public`.
    pub(super) public: Vec<Mount>,
    /// For each handler of `GET /`: whether it sends `views/index.html` and nothing else.
    pub(super) index: Vec<Mount>,
    /// Whether something answers all paths, `/` included, before or instead of a handler.
    pub(super) catch_all: bool,
}

/// What is mounted somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mount {
    /// The expected file or folder; relative to the source file, or to where the project was started.
    Expected { beside_source: bool },
    /// Something else, or something that is not plain.
    Other,
}

/// Reads a file's facts; nothing when it is no JavaScript or too odd to be looked at.
pub(super) fn facts(source: &str) -> Option<Facts> {
    if source.len() > LONGEST || nests_deeply(source) {
        return None;
    }
    stacker::grow(16 * 1024 * 1024 + source.len() * STACK_PER_BYTE, || parse(source))
}

/// Whether brackets could be nested so deeply that the parser needs more stack than it is given. Brackets within texts count, too.
fn nests_deeply(source: &str) -> bool {
    let mut depth = 0_usize;
    let mut deepest = 0;
    for byte in source.bytes() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest > DEEPEST
}

fn parse(source: &str) -> Option<Facts> {
    let allocator = Allocator::default();
    let parsed = [SourceType::mjs(), SourceType::cjs()]
        .into_iter()
        .map(|kind| Parser::new(&allocator, source, kind).parse())
        .find(|parsed| parsed.diagnostics.is_empty() && !parsed.panicked)?;
    let mut names = Names::default();
    names.visit_program(&parsed.program);
    let mut reader = Reader { names, facts: Facts::default(), conditions: 0 };
    reader.visit_program(&parsed.program);
    Some(reader.facts)
}

/// Calls in a handler that answer, or that leave the answer to others.
#[derive(Default)]
struct Answers {
    count: usize,
    sends_file: bool,
}

impl<'a> Visit<'a> for Answers {
    fn visit_call_expression(&mut self, call: &CallExpression<'a>) {
        const OTHERS: [&str; 11] = [
            "send",
            "end",
            "json",
            "jsonp",
            "render",
            "redirect",
            "sendStatus",
            "write",
            "writeHead",
            "pipe",
            "download",
        ];
        match &call.callee {
            Expression::StaticMemberExpression(member) => match member.property.name.as_str() {
                "sendFile" | "sendfile" => {
                    self.count += 1;
                    self.sends_file = true;
                }
                "readFileSync" => self.sends_file = true,
                name if OTHERS.contains(&name) => self.count += 1,
                _ => {}
            },
            Expression::Identifier(name) if name.name == "readFileSync" => self.sends_file = true,
            Expression::Identifier(name) if name.name == "next" => self.count += 1,
            _ => {}
        }
        walk::walk_call_expression(self, call);
    }

    fn visit_if_statement(&mut self, statement: &IfStatement<'a>) {
        // It depends.
        self.count += 2;
        walk::walk_if_statement(self, statement);
    }

    fn visit_conditional_expression(&mut self, expression: &ConditionalExpression<'a>) {
        self.count += 2;
        walk::walk_conditional_expression(self, expression);
    }
}

struct Reader {
    names: Names,
    facts: Facts,
    conditions: usize,
}

impl Reader {
    fn text(&mut self, text: &str) {
        self.facts.has_api |= text.contains("/_api");
        self.facts.has_cors |= contains_ignoring_case(text, "access-control-allow-origin");
    }

    fn loads(&mut self, name: &str) {
        self.facts.has_cors |= name == "cors";
        self.facts.loads.push(name.to_owned());
    }

    fn is_app(&self, receiver: &Expression<'_>) -> bool {
        matches!(receiver, Expression::Identifier(name)
            if name.name == "app" || self.names.apps.contains(name.name.as_str()))
    }

    fn method(&mut self, receiver: &Expression<'_>, method: &str, arguments: &[Argument<'_>]) {
        if self.is_app(receiver) {
            match (method, arguments) {
                ("use", [first, rest @ ..]) => match text_of(first) {
                    Some(path) if path.trim_end_matches('/') == "/public" => {
                        let mount = self.mounted(rest);
                        self.facts.public.push(mount);
                    }
                    Some(path) if path.trim_end_matches('/').is_empty() => self.facts.catch_all |= serves_files(rest),
                    Some(_) => {}
                    None => self.facts.catch_all |= serves_files(arguments),
                },
                ("get" | "all", [first, handlers @ ..]) if !handlers.is_empty() => match text_of(first) {
                    Some("/") => self.handles_index(method, handlers),
                    Some(path) if path.contains(['*', '{', '?']) => self.facts.catch_all = true,
                    Some(_) => {}
                    // A regular expression, or something computed; not if it plainly begins with another path.
                    None => self.facts.catch_all |= start_of(first).is_none_or(|start| start.len() <= 1),
                },
                _ => {}
            }
        } else if let (true, Expression::CallExpression(route)) = (matches!(method, "get" | "all"), receiver)
            && self.is_root_route(route)
        {
            self.handles_index(method, arguments);
        }
    }

    /// Whether a call is `app.route('/')`, at the start of a chain.
    fn is_root_route(&self, call: &CallExpression<'_>) -> bool {
        let Expression::StaticMemberExpression(member) = &call.callee else { return false };
        member.property.name == "route"
            && self.is_app(&member.object)
            && call.arguments.first().and_then(text_of) == Some("/")
    }

    fn mounted(&self, handlers: &[Argument<'_>]) -> Mount {
        let [Argument::CallExpression(call)] = handlers else { return Mount::Other };
        let is_static = match &call.callee {
            Expression::StaticMemberExpression(member) => member.property.name == "static",
            other => is_named(other, "serveStatic"),
        };
        let Some(folder) = call.arguments.first() else { return Mount::Other };
        let texts = Texts::of(|texts| texts.visit_argument(folder)).resolved(&self.names);
        if is_static && self.conditions == 0 && texts.path() == "public" {
            Mount::Expected { beside_source: texts.beside_source }
        } else {
            Mount::Other
        }
    }

    fn handles_index(&mut self, method: &str, handlers: &[Argument<'_>]) {
        let mut answers = Answers::default();
        for handler in handlers {
            answers.visit_argument(handler);
        }
        let texts = Texts::of(|texts| handlers.iter().for_each(|handler| texts.visit_argument(handler)));
        let texts = texts.resolved(&self.names).without_types();
        let sends_index = texts.path() == "views/index.html";
        let alone = handlers.len() == 1 && answers.count == 1 && answers.sends_file && method == "get";
        self.facts.index.push(if sends_index && alone && self.conditions == 0 {
            Mount::Expected { beside_source: texts.beside_source }
        } else {
            Mount::Other
        });
    }
}

impl<'a> Visit<'a> for Reader {
    fn visit_string_literal(&mut self, literal: &StringLiteral<'a>) {
        self.text(&literal.value);
    }

    fn visit_template_element(&mut self, element: &TemplateElement<'a>) {
        self.text(&element.value.raw);
    }

    fn visit_import_declaration(&mut self, import: &ImportDeclaration<'a>) {
        self.loads(&import.source.value);
    }

    fn visit_export_from_declaration(&mut self, export: &ExportFromDeclaration<'a>) {
        self.loads(&export.source.value);
    }

    fn visit_export_all_declaration(&mut self, export: &ExportAllDeclaration<'a>) {
        self.loads(&export.source.value);
    }

    fn visit_import_expression(&mut self, import: &ImportExpression<'a>) {
        if let Expression::StringLiteral(name) = &import.source {
            self.loads(&name.value);
        }
    }

    fn visit_call_expression(&mut self, call: &CallExpression<'a>) {
        match &call.callee {
            Expression::Identifier(name) if name.name == "require" => {
                if let Some(name) = call.arguments.first().and_then(text_of) {
                    self.loads(name);
                }
            }
            Expression::StaticMemberExpression(member) => {
                self.method(&member.object, member.property.name.as_str(), &call.arguments);
            }
            _ => {}
        }
        walk::walk_call_expression(self, call);
    }

    fn visit_if_statement(&mut self, statement: &IfStatement<'a>) {
        self.conditions += 1;
        walk::walk_if_statement(self, statement);
        self.conditions -= 1;
    }

    fn visit_conditional_expression(&mut self, expression: &ConditionalExpression<'a>) {
        self.conditions += 1;
        walk::walk_conditional_expression(self, expression);
        self.conditions -= 1;
    }

    fn visit_logical_expression(&mut self, expression: &LogicalExpression<'a>) {
        self.conditions += 1;
        walk::walk_logical_expression(self, expression);
        self.conditions -= 1;
    }

    fn visit_switch_statement(&mut self, statement: &SwitchStatement<'a>) {
        self.conditions += 1;
        walk::walk_switch_statement(self, statement);
        self.conditions -= 1;
    }
}

/// Whether one of the handlers serves a folder, or is a function that may answer by itself.
fn serves_files(handlers: &[Argument<'_>]) -> bool {
    handlers.iter().any(|handler| match handler {
        Argument::CallExpression(call) => match &call.callee {
            Expression::StaticMemberExpression(member) => member.property.name == "static",
            other => is_named(other, "serveStatic"),
        },
        _ => false,
    })
}

pub(super) fn is_named(expression: &Expression<'_>, wanted: &str) -> bool {
    matches!(expression, Expression::Identifier(name) if name.name == wanted)
}

fn text_of<'b>(argument: &'b Argument<'_>) -> Option<&'b str> {
    match argument {
        Argument::StringLiteral(literal) => Some(literal.value.as_str()),
        Argument::TemplateLiteral(template) if template.expressions.is_empty() => {
            template.quasis.first().map(|quasi| quasi.value.raw.as_str())
        }
        _ => None,
    }
}

/// What a text that is put together begins with.
fn start_of<'b>(argument: &'b Argument<'_>) -> Option<&'b str> {
    match argument {
        Argument::TemplateLiteral(template) => template.quasis.first().map(|quasi| quasi.value.raw.as_str()),
        Argument::BinaryExpression(sum) => match &sum.left {
            Expression::StringLiteral(literal) => Some(literal.value.as_str()),
            _ => None,
        },
        _ => None,
    }
}

fn contains_ignoring_case(text: &str, wanted: &str) -> bool {
    text.as_bytes().windows(wanted.len()).any(|window| window.eq_ignore_ascii_case(wanted.as_bytes()))
}

#[cfg(test)]
mod tests;
