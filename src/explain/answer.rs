//! One answer of the project, seen once for all who explain.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::excerpt::{Label, TextIndex};
use super::html;
use super::json_text::{self, Place};
use super::model::Excerpt;
use super::show;
use super::subject::{Subject, asked, shown_file};
use crate::fetch::{Exchange, decode_text};
use crate::port::js::parse_json;
use crate::verdict::{Failure, Value};

/// Longer answers are not read as JSON again: the time would be noticed, and nobody looks for a key in them by eye.
const LARGEST_JSON: usize = 256 * 1024;

/// An answer with what is read out of it.
pub struct Answer<'a> {
    subject: &'a Subject<'a>,
    /// Its index in the hint's requests.
    pub index: usize,
    /// The request.
    pub exchange: &'a Exchange,
    /// The body as the test read it.
    pub text: Cow<'a, str>,
    json: OnceCell<Option<Value>>,
}

impl<'a> Answer<'a> {
    /// The answer that a failure is about.
    pub fn of(subject: &'a Subject<'a>, failure: &Failure) -> Option<Self> {
        let (index, exchange) = subject.request(failure)?;
        Some(Self { subject, index, exchange, text: decode_text(&exchange.body), json: OnceCell::new() })
    }

    /// The status, if it is known.
    pub fn status(&self) -> Option<u16> {
        self.exchange.status()
    }

    /// The body as JSON, if it is that and not too long.
    pub fn json(&self) -> Option<&Value> {
        let read = || if self.text.len() > LARGEST_JSON { None } else { parse_json(&self.text).ok() };
        self.json.get_or_init(read).as_ref()
    }

    /// Whether the body is a page.
    pub fn is_page(&self) -> bool {
        html::is_page(&self.text)
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The essence of its Content-Type, in lower case.
    pub fn content_type(&self) -> Option<String> {
        let value = self.exchange.header("content-type")?;
        let essence = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        (!essence.is_empty()).then_some(essence)
    }

    /// `GET /api/status`
    pub fn asked(&self) -> String {
        asked(self.exchange)
    }

    /// The file or route that a learner knows: `package.json`, `the answer`.
    pub fn name(&self) -> String {
        let file = self.exchange.file.as_deref().or_else(|| shown_file(self.exchange.url.path()));
        file.map_or_else(|| "the answer".to_owned(), |file| show::line(file, 80))
    }

    /// What it says, in a line: the first words of a page, or the start of the text.
    pub fn says(&self) -> Option<String> {
        if self.is_page() {
            let title = html::title(&self.text);
            let line = html::lines(&self.text, 1).into_iter().next();
            return match (title, line) {
                (Some(title), Some(line)) if title != line => Some(format!("a page: \"{title}\": {line}")),
                (Some(words), _) | (None, Some(words)) => Some(format!("a page: {words}")),
                (None, None) => Some("a page without words".to_owned()),
            };
        }
        let line = show::line(&self.text, 200);
        (!line.is_empty()).then_some(line)
    }

    /// Where the value at a path stands.
    pub fn locate(&self, path: &[String]) -> Option<Place> {
        self.json()?;
        json_text::locate(&self.text, path)
    }

    /// A piece of it with marks.
    pub fn excerpt(&self, labels: &[Label]) -> Excerpt {
        TextIndex::new(&self.text).excerpt(self.subject.source(self.index), labels)
    }

    /// The value at a path, marked.
    pub fn marked(&self, path: &[String], label: &str) -> Option<Excerpt> {
        let place = self.locate(path)?;
        Some(self.excerpt(&[Label::primary(place.value, label)]))
    }

    /// The key at a path, marked.
    pub fn marked_key(&self, path: &[String], label: &str) -> Option<Excerpt> {
        let place = self.locate(path)?;
        Some(self.excerpt(&[Label::primary(place.key.unwrap_or(place.value), label)]))
    }
}
