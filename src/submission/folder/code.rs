//! What one source file of a project does that matters for its answers, read off its syntax tree. No IO.
//!
//! Only what is plain counts: a mount within a condition, or with a folder that is computed, is none.

use std::collections::{HashMap, HashSet};

use oxc_allocator::Allocator;
use oxc_ast::ast::{
    Argument, BindingPattern, CallExpression, ConditionalExpression, ExportAllDeclaration, ExportFromDeclaration,
    Expression, IdentifierReference, IfStatement, ImportDeclaration, ImportExpression, ImportMeta, LogicalExpression,
    StringLiteral, SwitchStatement, TemplateElement, VariableDeclarator,
};
use oxc_ast_visit::{Visit, walk};
use oxc_parser::Parser;
use oxc_span::SourceType;

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

/// What names stand for.
#[derive(Default)]
struct Names {
    /// Names of Express apps.
    apps: HashSet<String>,
    /// Texts within the values of names; a name that is declared twice stands for nothing plain.
    texts: HashMap<String, Option<Texts>>,
}

/// The texts of an expression in order, and what else it says about a path.
#[derive(Debug, Clone, Default)]
struct Texts {
    pieces: Vec<String>,
    beside_source: bool,
    names: Vec<String>,
}

impl<'a> Visit<'a> for Names {
    fn visit_variable_declarator(&mut self, declarator: &VariableDeclarator<'a>) {
        if let (BindingPattern::BindingIdentifier(name), Some(value)) = (&declarator.id, &declarator.init) {
            let name = name.name.to_string();
            if matches!(value, Expression::CallExpression(call) if is_named(&call.callee, "express")) {
                self.apps.insert(name.clone());
            }
            // The name of a module is no part of a path.
            let is_module = matches!(value, Expression::CallExpression(call) if is_named(&call.callee, "require"));
            if !is_module {
                let texts = Texts::of(|texts| texts.visit_expression(value));
                self.texts.entry(name).and_modify(|known| *known = None).or_insert(Some(texts));
            }
        }
        walk::walk_variable_declarator(self, declarator);
    }
}

impl Texts {
    fn of(visit: impl FnOnce(&mut Self)) -> Self {
        let mut texts = Self::default();
        visit(&mut texts);
        texts
    }

    /// The same with the texts of the names in it, one step far.
    fn resolved(mut self, names: &Names) -> Self {
        for name in std::mem::take(&mut self.names) {
            if let Some(Some(known)) = names.texts.get(&name) {
                self.pieces.extend(known.pieces.iter().cloned());
                self.beside_source |= known.beside_source;
            }
        }
        self
    }

    /// The same without the types, headers and encodings that may stand beside a path.
    fn without_types(mut self) -> Self {
        const TYPES: [&str; 6] = ["html", "text/html", "content-type", "utf8", "utf-8", "text/html; charset=utf-8"];
        self.pieces.retain(|piece| !TYPES.contains(&piece.to_ascii_lowercase().as_str()));
        self
    }

    /// The pieces as one path, without what only joins them.
    fn path(&self) -> String {
        let names = self.pieces.iter().flat_map(|piece| piece.split('/'));
        names.filter(|name| !name.is_empty() && *name != ".").collect::<Vec<_>>().join("/")
    }
}

impl<'a> Visit<'a> for Texts {
    fn visit_string_literal(&mut self, literal: &StringLiteral<'a>) {
        self.pieces.push(literal.value.to_string());
    }

    fn visit_template_element(&mut self, element: &TemplateElement<'a>) {
        self.pieces.push(element.value.raw.to_string());
    }

    fn visit_identifier_reference(&mut self, name: &IdentifierReference<'a>) {
        match name.name.as_str() {
            "__dirname" | "__filename" => self.beside_source = true,
            other => self.names.push(other.to_owned()),
        }
    }

    fn visit_import_meta(&mut self, _: &ImportMeta) {
        self.beside_source = true;
    }
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
            "send", "end", "json", "jsonp", "render", "redirect", "sendStatus", "write", "writeHead", "pipe", "download",
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
                    // A regular expression, or something computed.
                    None => self.facts.catch_all = true,
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

fn is_named(expression: &Expression<'_>, wanted: &str) -> bool {
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

fn contains_ignoring_case(text: &str, wanted: &str) -> bool {
    text.as_bytes().windows(wanted.len()).any(|window| window.eq_ignore_ascii_case(wanted.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Mount = Mount::Expected { beside_source: true };
    const THERE: Mount = Mount::Expected { beside_source: false };

    fn public(code: &str) -> Vec<Mount> {
        facts(&format!("const app = express();\n{code}")).unwrap().public
    }

    fn index(code: &str) -> Vec<Mount> {
        facts(&format!("const app = express();\n{code}")).unwrap().index
    }

    #[test]
    fn the_public_folder_is_recognised_as_people_mount_it() {
        for (code, mount) in [
            ("app.use('/public', express.static(process.cwd() + '/public'));", THERE),
            ("app.use('/public', express.static(`${process.cwd()}/public`));", THERE),
            ("app.use(\"/public\", express.static('public'))", THERE),
            ("app.use('/public', express.static('./public/'))", THERE),
            ("app.use('/public', express.static(__dirname + '/public'));", HERE),
            ("const path = require('path'); app.use('/public', express.static(path.join(__dirname, 'public')));", HERE),
            ("const dir = path.join(__dirname, 'public'); app.use('/public', express.static(dir));", HERE),
            ("const here = import.meta.dirname; app.use('/public/', express.static(`${here}/public`));", HERE),
            ("app.use('/public', express.static('assets'));", Mount::Other),
            ("app.use('/public', express.static(__dirname + '/../public'));", Mount::Other),
            ("app.use('/public', express.static(folder('public')  + '/x'));", Mount::Other),
            ("app.use('/public', auth, express.static('public'));", Mount::Other),
            ("app.use('/public', router);", Mount::Other),
            ("if (production) app.use('/public', express.static('public'));", Mount::Other),
            ("production && app.use('/public', express.static('public'));", Mount::Other),
        ] {
            assert_eq!(public(code), [mount], "{code}");
        }
        for code in [
            "// app.use('/public', express.static('public'));",
            "app.use(express.static('public'));",
            "other.use('/public', express.static('public'));",
            "console.log(\"app.use('/public', express.static('public'))\");",
        ] {
            assert_eq!(public(code), [], "{code}");
        }
    }

    #[test]
    fn the_page_is_recognised_where_it_is_all_that_is_sent() {
        for (code, mount) in [
            ("app.get('/', (req, res) => { res.sendFile(__dirname + '/views/index.html'); });", HERE),
            ("app.get('/', function (req, res) { res.sendFile('views/index.html', { root: __dirname }); });", HERE),
            ("app.get('/', (req, res) => res.sendFile(process.cwd() + '/views/index.html'));", THERE),
            ("const at = __dirname + '/views/index.html'; app.get('/', (req, res) => res.sendFile(at));", HERE),
            (
                "app.route('/').get((req, res) => { res.type('html').send(readFileSync(`${__dirname}/views/index.html`)) })",
                HERE,
            ),
            ("app.get('/', (req, res) => res.send('Hello Express'));", Mount::Other),
            ("app.get('/', (req, res) => res.render('index'));", Mount::Other),
            ("app.get('/', (req, res) => res.sendFile('views/index.html', { root: 'static' }));", Mount::Other),
            (
                "app.get('/', (req, res) => { if (req.user) return res.send('x'); res.sendFile('views/index.html', {}); });",
                Mount::Other,
            ),
            ("app.get('/', guard, (req, res) => res.sendFile(__dirname + '/views/index.html'));", Mount::Other),
        ] {
            assert_eq!(index(code), [mount], "{code}");
        }
        let two = "app.get('/', (q, s) => s.send('x')); app.get('/', (q, s) => s.sendFile(__dirname + '/views/index.html'));";
        assert_eq!(index(two), [Mount::Other, HERE]);
        assert!(facts("app.use(express.static('public'))").unwrap().catch_all);
        assert!(facts("app.get('*', (q, s) => s.end())").unwrap().catch_all);
        assert!(!facts("app.use(express.json()); app.get('env'); app.get('/api/:x', f)").unwrap().catch_all);
    }

    #[test]
    fn what_a_file_loads_and_allows() {
        let found = facts("import x from './a.js'; export * from './b.js'; const y = await import('./c.js');").unwrap();
        assert_eq!(found.loads, ["./a.js", "./b.js", "./c.js"]);
        let found = facts("const a = require('./a'); const cors = require('cors'); app.get('/_api/' + a, x);").unwrap();
        assert_eq!((found.loads.len(), found.has_api, found.has_cors), (2, true, true));
        let found = facts("res.set({ 'access-control-allow-ORIGIN': origin }); // '/_api/'").unwrap();
        assert_eq!((found.has_api, found.has_cors), (false, true));
    }

    #[test]
    fn odd_files_are_left_out() {
        assert_eq!(facts("this is no JavaScript"), None);
        assert_eq!(facts(&"[".repeat(200_000)), None);
        assert_eq!(facts(&"x;".repeat(LONGEST)), None);
        // No brackets, and deep all the same.
        for part in ["-", "!", "a=>", "a?a:", "a=", "new ", "if(a)", "a**", "async a=>", "`${", "/*"] {
            let _ = facts(&part.repeat(LONGEST / part.len()));
        }
        assert!(facts("await x; return 1").is_none_or(|facts| facts == Facts::default()));
    }
}
