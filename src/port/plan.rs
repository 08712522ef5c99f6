//! What a ported block is: a short list of steps over slots, with pure expressions between the requests.

use std::collections::HashMap;
use std::sync::Arc;

use super::chai::Method;
use super::regex::JsRegex;
use crate::fetch::Redirect;
use crate::verdict::Value;

/// Number of a slot: a variable, or a value between two steps.
pub type Slot = usize;
/// Index of a step.
pub type Target = usize;

/// A place in the block: byte offsets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// A ported block.
#[derive(Debug)]
pub struct Plan {
    pub(super) source: Arc<str>,
    pub(super) steps: Vec<Step>,
    pub(super) slots: usize,
}

impl Plan {
    /// The block.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Whether a browser waits for all of it. Where it does not, the rest is never looked at there.
    pub fn awaited(&self) -> bool {
        !self.steps.iter().any(|step| matches!(step, Step::Detach))
    }

    /// The requests and assertions in the order of the source, each as its own text on one line.
    pub fn outline(&self) -> Vec<OutlineItem> {
        let mut items = Vec::new();
        let mut named = HashMap::new();
        for step in &self.steps {
            if let Step::Let(slot, value) = step {
                named.insert(*slot, value);
            }
            match step {
                Step::Fetch { request, .. } | Step::Jquery { request, .. } => items.push(OutlineItem::Request {
                    method: request.method.clone(),
                    url: describe_url(&request.url, &named),
                }),
                Step::Assert(assertion) => {
                    items.push(OutlineItem::Assertion { text: self.slice(assertion.place) });
                }
                _ => {}
            }
        }
        items
    }

    /// The text of a place in the block, white space folded.
    pub fn slice(&self, place: Place) -> String {
        let text = self.source.get(place.start..place.end).unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// The path that a request is for, as far as the block itself says it.
fn describe_url(url: &Expr, named: &HashMap<Slot, &Expr>) -> String {
    let path = url_text(url, named, 0);
    if path.is_empty() { "/".to_owned() } else { path }
}

fn url_text(url: &Expr, named: &HashMap<Slot, &Expr>, depth: usize) -> String {
    let text = |part: &Expr| url_text(part, named, depth + 1);
    match url {
        Expr::Code => String::new(),
        Expr::Const(Value::String(text)) => text.to_string(),
        Expr::Url(path, _) => text(path),
        Expr::Template(parts) => parts.iter().map(text).collect(),
        Expr::Binary { operator: Operator::Add, left, right, .. } => text(left) + &text(right),
        // A variable is assigned before it is used, so this ends; the depth is for those who assign in circles.
        Expr::Slot(slot) if depth < 8 => named.get(slot).map_or_else(|| "…".to_owned(), |value| text(value)),
        _ => "…".to_owned(),
    }
}

/// An entry of [`Plan::outline`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutlineItem {
    /// A request.
    Request {
        /// Method.
        method: String,
        /// Path, with `…` for parts that are only known when it runs.
        url: String,
    },
    /// An assertion.
    Assertion {
        /// The call's source.
        text: String,
    },
}

/// One step.
#[derive(Debug)]
pub enum Step {
    /// Puts a value into a slot.
    Let(Slot, Expr),
    /// Evaluates for its exceptions.
    Eval(Expr),
    /// `await fetch(...)`: the response goes into the slot.
    Fetch { slot: Slot, request: RequestPlan },
    /// A jQuery request: the converted data goes into `data`; else the jqXHR into `xhr`, and on with `failed`.
    Jquery { data: Slot, xhr: Slot, request: RequestPlan, failed: Target, want_json: bool },
    /// `await response.text()` or `.json()`.
    Read { slot: Slot, response: Slot, json: bool, place: Place },
    /// A call of chai's assert.
    Assert(Assertion),
    /// Goes on elsewhere, with so many `Try` still open.
    Jump { to: Target, tries: usize },
    /// Goes on elsewhere when the value is falsy.
    Unless { test: Expr, to: Target },
    /// From here on an exception goes into `error`, and on with `catch`.
    Try { catch: Target, error: Slot },
    /// Ends the innermost `Try`.
    EndTry,
    /// `throw new Error(message)`; `wraps` is the caught error that is the whole message.
    Throw { name: &'static str, message: Option<Expr>, wraps: Option<Slot>, place: Place },
    /// `throw error` of a caught one, or of a jqXHR.
    Rethrow(Slot),
    /// Checks that a value can be walked by `for ... of` or `forEach`.
    Walkable { slot: Slot, name: Arc<str>, method: bool },
    /// A browser does not wait for what follows.
    Detach,
    /// The end.
    End,
}

/// A request whose parts are computed when it is made.
#[derive(Debug)]
pub struct RequestPlan {
    pub method: String,
    pub url: Expr,
    pub headers: Vec<(String, Expr)>,
    pub body: Option<Expr>,
    pub implied_content_type: Option<&'static str>,
    pub redirect: Redirect,
    /// Whether XHR (jQuery) makes it.
    pub xhr: bool,
    pub place: Place,
}

/// A call of chai's assert.
#[derive(Debug)]
pub struct Assertion {
    pub method: Method,
    pub arguments: Vec<Argument>,
    pub message: Option<Expr>,
    pub place: Place,
}

/// An argument of an assertion.
#[derive(Debug)]
pub enum Argument {
    /// A value.
    Value(Expr),
    /// A regular expression.
    Regex(Arc<JsRegex>),
}

/// A pure expression.
#[derive(Debug, Clone)]
pub enum Expr {
    /// A literal.
    Const(Value),
    /// What is in a slot.
    Slot(Slot),
    /// The project's URL as the test sees it.
    Code,
    /// A property of a value.
    Member { object: Box<Expr>, key: Box<Expr>, optional: bool },
    /// The whole of an optional chain: a missing link makes it `undefined`.
    Chain(Box<Expr>),
    /// A template or a concatenation of strings: each part is converted and joined.
    Template(Vec<Expr>),
    /// `new URL(path, base)`, as its text.
    Url(Box<Expr>, Option<Box<Expr>>),
    /// An operator with two operands.
    Binary { operator: Operator, left: Box<Expr>, right: Box<Expr>, place: Place },
    /// `&&`
    And(Box<Expr>, Box<Expr>),
    /// `||`
    Or(Box<Expr>, Box<Expr>),
    /// `??`
    Coalesce(Box<Expr>, Box<Expr>),
    /// `?:`
    Conditional(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `!`
    Not(Box<Expr>),
    /// `-`
    Negate(Box<Expr>),
    /// unary `+`
    ToNumber(Box<Expr>),
    /// `typeof`
    TypeOf(Box<Expr>),
    /// `[...]`
    Array(Vec<Expr>),
    /// `{...}`
    Object(Vec<(Arc<str>, Expr)>),
    /// A method of a string, array, number or date; `name` is what V8 calls the function.
    Call { method: &'static str, receiver: Box<Expr>, arguments: Vec<Expr>, optional: bool, name: Arc<str> },
    /// A global function of one argument: `Number`, `String`, `Boolean`, `parseInt`, `JSON.parse`, ...
    Global { function: Global, argument: Box<Expr> },
    /// `/regex/.test(text)`
    Test { regex: Arc<JsRegex>, text: Box<Expr> },
    /// `text.match(/regex/)`, of which only `null` or not can be seen.
    Match { regex: Arc<JsRegex>, text: Box<Expr>, name: Arc<str> },
    /// `text.replace(/regex/, by)`
    Replace { regex: Arc<JsRegex>, text: Box<Expr>, by: Box<Expr>, name: Arc<str> },
    /// A method of an array with an arrow function of one expression.
    Walk { walk: Walk, array: Box<Expr>, item: Slot, body: Box<Expr>, name: Arc<str> },
    /// `Date.now()`
    Now,
    /// `new Date()` of now, or of a time or text.
    Date(Option<Box<Expr>>),
    /// A field of a response.
    Response(Slot, ResponseField),
    /// `response.headers.get(name)`
    Header(Slot, Box<Expr>),
    /// `error.message`, `error.name`, `String(error)`
    Error(Slot, ErrorField),
    /// `new URLSearchParams({...}).toString()`, or what `$.param` makes of an object.
    Form(Vec<(Arc<str>, Expr)>, FormStyle),
}

/// Operators with two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Remainder,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `===`
    Same,
    /// `!==`
    NotSame,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `in`
    In,
}

/// Global functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Global {
    /// `Number(x)`
    Number,
    /// `String(x)`
    String,
    /// `Boolean(x)`
    Boolean,
    /// `isNaN(x)`
    IsNan,
    /// `Array.isArray(x)`
    IsArray,
    /// `Object.keys(x)`
    ObjectKeys,
    /// `Math.abs(x)`
    Abs,
    /// `Math.floor(x)`
    Floor,
    /// `JSON.parse(x)`
    JsonParse,
    /// `JSON.stringify(x)`
    JsonStringify,
    /// `encodeURIComponent(x)`
    EncodeUriComponent,
}

/// Array methods that take a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Walk {
    /// `find`
    Find,
    /// `filter`
    Filter,
    /// `map`
    Map,
    /// `some`
    Some,
    /// `every`
    Every,
    /// `findIndex`
    FindIndex,
}

impl Walk {
    /// The method's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Find => "find",
            Self::Filter => "filter",
            Self::Map => "map",
            Self::Some => "some",
            Self::Every => "every",
            Self::FindIndex => "findIndex",
        }
    }
}

/// Fields of a `Response`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResponseField {
    /// `ok`
    Ok,
    /// `status`
    Status,
    /// `statusText`
    StatusText,
    /// `url`
    Url,
    /// `redirected`
    Redirected,
}

/// What can be asked of a caught error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorField {
    /// `message`
    Message,
    /// `name`
    Name,
    /// `String(error)`
    Text,
}

/// How pairs become `a=b&c=d`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormStyle {
    /// `application/x-www-form-urlencoded` of the URL standard.
    UrlSearchParams,
    /// jQuery's `$.param`: `encodeURIComponent` with `+` for a blank.
    JqueryParam,
}
