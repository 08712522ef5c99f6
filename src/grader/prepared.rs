//! A challenge that is ready to be graded: each hint compiled once.

use std::sync::{Arc, OnceLock};

use crate::challenge::{Challenge, Code as FileCode};
use crate::port::{Check, compile};
use crate::sandbox::Code;
use crate::verdict::CodePosition;

/// A challenge with its hints compiled.
#[derive(Debug)]
pub struct Prepared {
    /// The challenge.
    pub challenge: Arc<Challenge>,
    /// Path of its file, for messages.
    pub file: String,
    /// Folder that it stands in, if known.
    pub block: Option<String>,
    /// Language folder, if known.
    pub language: Option<String>,
    /// The hints, in order.
    pub hints: Vec<PreparedHint>,
}

/// A compiled hint.
#[derive(Debug)]
pub struct PreparedHint {
    /// What its block compiles to.
    pub check: Check,
    /// Its block for the script engine, once that was wanted.
    code: OnceLock<Code>,
}

impl From<Check> for PreparedHint {
    fn from(check: Check) -> Self {
        Self { check, code: OnceLock::new() }
    }
}

impl Prepared {
    /// Compiles every hint of a challenge.
    pub fn new(
        challenge: Arc<Challenge>,
        file: impl Into<String>,
        block: Option<String>,
        language: Option<String>,
    ) -> Self {
        let hints = challenge.hints.iter().map(|hint| compile(&hint.code.text).into()).collect();
        Self { challenge, file: file.into(), block, language, hints }
    }

    /// A hint's block for the script engine.
    pub(super) fn script(&self, hint: usize) -> Option<Code> {
        let block = &self.challenge.hints.get(hint)?.code;
        let make = || {
            let challenge = Arc::clone(&self.challenge);
            let locate = move |offset| {
                let nowhere = CodePosition { line: 0, column: 0 };
                challenge.hints.get(hint).map_or(nowhere, |hint| position(&hint.code, offset))
            };
            Code::with_places(block.text.as_str(), Arc::new(locate))
        };
        Some(self.hints.get(hint)?.code.get_or_init(make).clone())
    }

    /// Whether code runs around the tests.
    pub fn has_hooks(&self) -> bool {
        let hooks = &self.challenge.hooks;
        [&hooks.before_all, &hooks.before_each, &hooks.after_each, &hooks.after_all].into_iter().any(Option::is_some)
    }

    /// Whether a test asks for what projects answer only in the environment of their own tests (`NODE_ENV=test`).
    pub fn needs_test_mode(&self) -> bool {
        const REQUEST: &str = "/_api/get-tests";
        self.challenge.hints.iter().any(|hint| hint.code.text.contains(REQUEST))
    }

    /// Where in the file a byte of a hint's block is.
    pub fn position(&self, hint: usize, offset: usize) -> Option<CodePosition> {
        Some(position(&self.challenge.hints.get(hint)?.code, offset))
    }
}

/// Where in the file a byte of a block is.
pub(super) fn position(block: &FileCode, offset: usize) -> CodePosition {
    let position = block.position(offset);
    CodePosition { line: position.line, column: position.column }
}
