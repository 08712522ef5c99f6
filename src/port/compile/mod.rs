//! From a test block to a plan, or to the reason why there is none.
//!
//! The compiler knows a closed set of shapes, each with an exact meaning. Whatever it does not know ends in
//! [`NotPorted`], never in a guess.

mod assertion;
mod binding;
mod builder;
mod call;
mod callee;
mod dialect;
mod expression;
mod literal;
mod promise;
mod request;
mod statement;

use oxc_allocator::Allocator;
use oxc_parser::{ParseOptions, Parser};
use oxc_span::SourceType;
use thiserror::Error;

use super::js::with_stack_for;
use super::plan::{Place, Plan};
use builder::Builder;
pub use dialect::Dialect;

/// A longer block is left to the script engine; real ones have up to 4 KB.
const LONGEST: usize = 64 * 1024;

/// What a hint's test block compiles to.
#[derive(Debug)]
pub enum Check {
    /// A native plan.
    Ported(Plan),
    /// JavaScript for the script engine, and why there is no native plan.
    Script(NotPorted),
    /// There is no code: a stub.
    Empty,
    /// The block does not parse.
    Broken(SyntaxError),
}

/// Why a block has no native plan.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{reason}")]
pub struct NotPorted {
    /// The construct that does not port.
    pub reason: String,
    /// Where it stands.
    pub place: Place,
}

/// A block that is no JavaScript.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct SyntaxError {
    /// The parser's message.
    pub message: String,
    /// Byte offset in the block.
    pub offset: usize,
}

/// Put before a block, so that `await` and `return` are allowed and strict mode holds. One line, so that lines stay.
const PREFIX: &str = "async () => {'use strict';";

/// Compiles a test block.
pub fn compile(code: &str) -> Check {
    if code.trim().is_empty() {
        return Check::Empty;
    }
    if code.len() > LONGEST {
        let reason = format!("a block of more than {LONGEST} bytes");
        return Check::Script(NotPorted { reason, place: Place::default() });
    }
    with_stack_for(code.len(), || parse_and_compile(code))
}

fn parse_and_compile(code: &str) -> Check {
    let wrapped = format!("{PREFIX}{code}\n}}");
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, &wrapped, SourceType::script())
        .with_options(ParseOptions { preserve_parens: false, ..ParseOptions::default() })
        .parse();
    if let Some(error) = parsed.diagnostics.first() {
        let at = error.labels.first().map_or(0, |label| label.span().start as usize);
        let offset = at.saturating_sub(PREFIX.len()).min(code.len());
        return Check::Broken(SyntaxError { message: error.message.to_string(), offset });
    }
    let Some(shape) = dialect::shape(code, &parsed.program) else {
        return Check::Broken(SyntaxError {
            message: "the block ends before the test does".to_owned(),
            offset: code.len(),
        });
    };
    match Builder::new(code, PREFIX.len()).build(&shape) {
        Ok(plan) => Check::Ported(plan),
        Err(why) => Check::Script(why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_an_engine_judges_is_left_to_it() {
        for code in [
            "const a = 1; const a = 2;",
            "const [a, a] = [1, 2];",
            "const eval = 1;",
            "const static = 1;",
            "const a = 010;",
            "const a = '\\01';",
            "await fetch(code, { method: 'TRACE' });",
            "await fetch(code, { body: 'x' });",
            "await fetch(code, { headers: { 'a b': 'c' } });",
            "await $.ajax({ url: code, type: 'HEAD' });",
            "fetch(getUserInput('url')).then((r) => assert.equal(r.status, 200)); const x = 1;",
        ] {
            assert!(matches!(compile(code), Check::Script(_)), "{code}: {:?}", compile(code));
        }
        for code in [
            "const a = 1; const b = 0.5; assert.equal(a, b);",
            "const r = await fetch(code, { method: 'POST', body: 'x', headers: { 'X-A': 'b' } }); assert.isTrue(r.ok);",
        ] {
            assert!(matches!(compile(code), Check::Ported(_)), "{code}: {:?}", compile(code));
        }
    }

    #[test]
    fn deep_code_costs_no_stack_of_the_caller() {
        for code in [
            "(".repeat(LONGEST),
            "[".repeat(LONGEST),
            "!".repeat(LONGEST),
            "a=>".repeat(LONGEST / 3),
            "{".repeat(LONGEST),
        ] {
            for code in [format!("{}1{}", &code[..LONGEST / 4], ")".repeat(LONGEST / 4)), code] {
                let small = std::thread::Builder::new().stack_size(2 * 1024 * 1024);
                small.spawn(move || drop(compile(&code))).unwrap().join().unwrap();
            }
        }
    }
}
