//! Runs a plan: a machine that stops at each request and is told the answer. It does no IO itself.

mod evaluate;
mod jquery;
mod machine;
mod method;
mod operator;
mod reason;
mod request;
mod world;

pub use machine::{Ending, Run, ThrownFacts, Wanted};
pub(super) use method::METHODS;
pub use world::World;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::fetch::{Refusal, Response, TransportError};
use crate::verdict::{AssertionFacts, Value};

use super::plan::Place;

/// Why an evaluation went no further.
#[derive(Debug, Clone)]
pub(super) enum Stop {
    /// An exception.
    Throw(Box<Thrown>),
    /// Something whose meaning is not exact here: the script engine has to decide.
    Bail(String),
}

impl Stop {
    fn type_error(message: String) -> Self {
        Self::Throw(Box::new(Thrown::error("TypeError", message)))
    }

    /// With the place where it was thrown, if none is known yet.
    fn at(mut self, place: Place) -> Self {
        if let Self::Throw(thrown) = &mut self {
            thrown.place.get_or_insert(place);
        }
        self
    }

    fn bail(reason: impl Into<String>) -> Self {
        Self::Bail(reason.into())
    }
}

/// An exception.
#[derive(Debug, Clone)]
pub(super) struct Thrown {
    pub name: String,
    pub message: String,
    pub facts: Option<Box<AssertionFacts>>,
    pub place: Option<Place>,
    pub refusal: Option<Refusal>,
    pub transport: Option<TransportError>,
}

impl Thrown {
    fn error(name: &str, message: String) -> Self {
        Self { name: name.to_owned(), message, facts: None, place: None, refusal: None, transport: None }
    }

    /// `String(error)`.
    fn text(&self) -> String {
        match (self.name.as_str(), self.message.as_str()) {
            (name, "") => name.to_owned(),
            ("", message) => message.to_owned(),
            (name, message) => format!("{name}: {message}"),
        }
    }
}

/// What a slot holds.
#[derive(Debug, Clone)]
pub(super) enum Held {
    /// A value, and the number of the request that it came from.
    Value(Value, Option<usize>),
    /// A response, the number of its request, and whether its body was read.
    Response(Arc<Response>, usize, Arc<AtomicBool>),
    /// A caught exception.
    Error(Box<Thrown>),
}
