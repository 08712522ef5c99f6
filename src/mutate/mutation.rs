//! What a mutant is: one change of one answer.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use bytes::Bytes;

use crate::fetch::{Alteration, Fetched};

/// Bodies up to this size are compared as a whole when mutants are compared.
const COMPARED: usize = 256 * 1024;

/// The page that stands for "something else answered", as a server that knows no such route may send.
pub const PAGE: &str =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head><title>Page</title></head>\n<body><h1>Page</h1></body>\n</html>\n";

/// Sorts of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A line of a text is gone.
    LineDropped,
    /// Two lines that follow each other change places.
    LinesSwapped,
    /// A letter of a name is another one.
    NameChanged,
    /// A letter within a string, or within the words of a page, is another one.
    StringChanged,
    /// A digit of a number is another one.
    NumberChanged,
    /// A string ends with another quote than it begins with.
    QuoteChanged,
    /// A key of a JSON object has another name.
    KeyRenamed,
    /// A key of a JSON object is gone.
    KeyRemoved,
    /// A JSON value is of another type.
    TypeChanged,
    /// A JSON value is another one of its type.
    ValueChanged,
    /// A JSON array is empty.
    ArrayEmptied,
    /// An element of a JSON array is gone.
    ElementDropped,
    /// A JSON object is empty.
    ObjectEmptied,
    /// The answer has another status.
    StatusChanged,
    /// A header is gone, or has another value.
    HeaderChanged,
    /// The browser may not read the answer.
    Unreadable,
    /// The body is empty.
    BodyEmptied,
    /// The body is that of another answer.
    BodyReplaced,
    /// The body is an HTML page.
    PageInstead,
    /// There is an answer where there was none.
    AnswerGiven,
}

impl Kind {
    /// Whether it changes the body, and nothing but the body.
    pub fn is_of_body(self) -> bool {
        !matches!(
            self,
            Self::StatusChanged | Self::HeaderChanged | Self::Unreadable | Self::PageInstead | Self::AnswerGiven
        )
    }
}

/// The change itself. Ranges are bytes of the answer's body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Bytes are replaced.
    Splice {
        /// Which.
        at: Range<usize>,
        /// By what.
        with: String,
    },
    /// Two stretches change places.
    Swap {
        /// The one that comes first.
        first: Range<usize>,
        /// The other one.
        second: Range<usize>,
    },
    /// The head of the answer, and its body, if that is another one.
    Whole {
        /// Another status.
        status: Option<u16>,
        /// A header and its new value, if it has one.
        header: Option<(String, Option<String>)>,
        /// Another body.
        body: Option<Bytes>,
    },
}

/// A mutant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutation {
    /// Which of the hint's answers is changed, from 0.
    pub answer: usize,
    /// What sort of change it is.
    pub kind: Kind,
    /// The change.
    pub change: Change,
    /// The change in words, such as "line 12 is gone".
    pub what: String,
    /// The line that is changed, from 1, in a text.
    pub line: Option<usize>,
    /// The path of what is changed, in JSON: `dependencies.express`.
    pub path: Option<String>,
    /// How many of the words that the test names are where it changes something.
    pub named: usize,
}

impl Change {
    /// A change of the status alone.
    pub fn status(status: u16) -> Self {
        Self::Whole { status: Some(status), header: None, body: None }
    }

    /// A change of one header.
    pub fn header(name: &str, value: Option<&str>) -> Self {
        Self::Whole { status: None, header: Some((name.to_owned(), value.map(str::to_owned))), body: None }
    }

    /// Another body.
    pub fn body(body: impl Into<Bytes>) -> Self {
        Self::Whole { status: None, header: None, body: Some(body.into()) }
    }

    /// The changed body, if the change is one of the body.
    pub fn apply(&self, body: &Bytes) -> Option<Bytes> {
        let pieces = match self {
            Self::Whole { body, .. } => return body.clone(),
            _ => self.pieces(body),
        };
        Some(pieces.concat().into())
    }

    /// The change as the transport makes it.
    pub fn alteration(&self, body: &Bytes) -> Alteration {
        let (status, header) = match self {
            Self::Whole { status, header, .. } => (*status, header.clone()),
            _ => (None, None),
        };
        Alteration { status, headers: header.into_iter().collect(), body: self.apply(body) }
    }

    /// Whether nothing is another after it.
    pub fn is_none(&self, fetched: &Fetched) -> bool {
        let body = &fetched.exchange.body;
        match self {
            Self::Splice { at, with } => body.get(at.clone()) == Some(with.as_bytes()),
            Self::Swap { first, second } => body.get(first.clone()) == body.get(second.clone()),
            Self::Whole { status, header, body: other } => {
                status.is_none_or(|status| fetched.exchange.status() == Some(status))
                    && header.as_ref().is_none_or(|(name, value)| fetched.sent_header(name) == *value)
                    && other.as_ref().is_none_or(|other| other == body)
            }
        }
    }

    /// A number that two changes of the same body share when they come to the same.
    pub fn digest(&self, body: &Bytes) -> u64 {
        let mut hasher = DefaultHasher::new();
        if let Self::Whole { status, header, body: None } = self {
            (status, header).hash(&mut hasher);
            return hasher.finish();
        }
        let (status, header) = match self {
            Self::Whole { status, header, .. } => (status, header),
            _ => (&None, &None),
        };
        (status, header).hash(&mut hasher);
        let pieces = self.pieces(body);
        if pieces.iter().map(|piece| piece.len()).sum::<usize>() <= COMPARED {
            for piece in pieces {
                hasher.write(piece);
            }
        } else {
            match self {
                Self::Splice { at, with } => (at, with).hash(&mut hasher),
                Self::Swap { first, second } => (first, second).hash(&mut hasher),
                Self::Whole { body, .. } => body.as_deref().map(<[u8]>::as_ptr).hash(&mut hasher),
            }
        }
        hasher.finish()
    }

    /// The changed body in pieces.
    fn pieces<'b>(&'b self, body: &'b Bytes) -> [&'b [u8]; 5] {
        let part = |range: Range<usize>| body.get(range).unwrap_or_default();
        match self {
            Self::Splice { at, with } => [part(0..at.start), with.as_bytes(), part(at.end..body.len()), b"", b""],
            Self::Swap { first, second } => [
                part(0..first.start),
                part(second.clone()),
                part(first.end..second.start),
                part(first.clone()),
                part(second.end..body.len()),
            ],
            Self::Whole { body: other, .. } => [other.as_ref().map_or(&[][..], |other| other), b"", b"", b"", b""],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(change: &Change, body: &'static str) -> String {
        String::from_utf8(change.apply(&Bytes::from_static(body.as_bytes())).unwrap().to_vec()).unwrap()
    }

    #[test]
    fn bodies_are_changed_in_place() {
        assert_eq!(applied(&Change::Splice { at: 1..3, with: "xyz".to_owned() }, "abcd"), "axyzd");
        assert_eq!(applied(&Change::Swap { first: 0..1, second: 3..5 }, "a--bc."), "bc--a.");
        assert_eq!(applied(&Change::body("new"), "old"), "new");
        assert_eq!(Change::status(404).apply(&Bytes::new()), None);
    }

    #[test]
    fn what_comes_to_the_same_has_the_same_digest() {
        let body = Bytes::from_static(b"same\nsame\nother\n");
        let drop = |at: Range<usize>| Change::Splice { at, with: String::new() };
        assert_eq!(drop(0..5).digest(&body), drop(5..10).digest(&body));
        assert_ne!(drop(0..5).digest(&body), drop(10..16).digest(&body));
        assert_eq!(drop(0..16).digest(&body), Change::body("").digest(&body));
        assert_ne!(Change::status(404).digest(&body), Change::status(500).digest(&body));
    }
}
