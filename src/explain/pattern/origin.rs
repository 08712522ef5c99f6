//! Which answer a searched text comes from, and what was done to it before it was searched.

use std::borrow::Cow;

use super::script::{Script, blanked, scan};
use crate::explain::Subject;
use crate::explain::model::Source;
use crate::fetch::{Exchange, decode_text};

/// The script engine hands on at most so many characters of a searched text.
const CUT_TEXT: usize = 1_000_000;

/// A searched text and where it is from.
#[derive(Debug)]
pub(super) struct Origin<'a> {
    /// To show.
    pub source: Source,
    /// The text to search, with places that can be shown.
    pub searched: Cow<'a, str>,
    /// The text to show.
    pub shown: Cow<'a, str>,
    /// What the parser says, where it is JavaScript.
    pub script: Option<Script>,
    /// Whether the test takes comments away before it searches.
    pub without_comments: bool,
    /// For each byte of `searched` its place in `shown`, where they differ.
    kept: Option<Vec<usize>>,
}

impl<'a> Origin<'a> {
    /// Finds the answer behind a text, best the one that is known to be it (`request`).
    pub fn of(subject: &Subject<'a>, text: &'a str, request: Option<usize>) -> Self {
        let exchanges = &subject.result.exchanges;
        let last_first = (0..exchanges.len()).rev();
        for index in request.into_iter().chain(last_first) {
            if let Some(origin) = exchanges.get(index).and_then(|exchange| Self::from_answer(exchange, index, text)) {
                return origin;
            }
        }
        // A part of an answer, or something made of it.
        let known = request.and_then(|index| Some((index, exchanges.get(index)?)));
        let source = match known {
            Some((index, exchange)) => Source { file: None, ..source_of(exchange, index) },
            None if text == subject.url => Source { name: "the URL".to_owned(), file: None, request: None },
            None => Source { name: "the text".to_owned(), file: None, request: None },
        };
        Self::whole(source, Cow::Borrowed(text), None)
    }

    fn whole(source: Source, text: Cow<'a, str>, script: Option<Script>) -> Self {
        Self { source, searched: text.clone(), shown: text, script, without_comments: false, kept: None }
    }

    fn from_answer(exchange: &Exchange, index: usize, text: &'a str) -> Option<Self> {
        if text.len() > exchange.body.len() * 3 {
            return None;
        }
        let body = decode_text(&exchange.body);
        let source = source_of(exchange, index);
        if body == text || (text.len() >= CUT_TEXT && body.starts_with(text)) {
            return Some(Self::whole(source, Cow::Borrowed(text), script_of(exchange, text)));
        }
        if text.is_empty() || text.len() > body.len() {
            return None;
        }
        if !text.contains(char::is_whitespace)
            && let Some(kept) = spaceless(&body, text)
        {
            let script = script_of(exchange, &body);
            let (searched, shown) = (Cow::Borrowed(text), Cow::Owned(body.into_owned()));
            return Some(Self { source, searched, shown, script, without_comments: false, kept: Some(kept) });
        }
        let script = script_of(exchange, &body).filter(|script| !script.comments.is_empty())?;
        let code = blanked(&body, &script.comments);
        let same = code.split_whitespace().flat_map(str::chars).eq(text.split_whitespace().flat_map(str::chars));
        same.then(|| Self {
            source,
            searched: Cow::Owned(code),
            shown: Cow::Owned(body.into_owned()),
            script: Some(script),
            without_comments: true,
            kept: None,
        })
    }

    /// The place in the shown text of a place in the searched one.
    pub fn place(&self, searched: usize) -> usize {
        match &self.kept {
            Some(kept) => kept.get(searched).copied().unwrap_or(self.shown.len()),
            None => searched,
        }
    }

    /// The end of a range: right behind its last character, not before the next one.
    pub fn end(&self, searched: usize) -> usize {
        match (&self.kept, searched.checked_sub(1)) {
            (Some(kept), Some(last)) => kept.get(last).map_or(self.shown.len(), |place| place + 1),
            _ => searched,
        }
    }

    /// How to call it in a sentence.
    pub fn name(&self) -> &str {
        self.source.file.as_deref().unwrap_or(&self.source.name)
    }
}

/// Which text an answer is.
pub(in crate::explain) fn source_of(exchange: &Exchange, index: usize) -> Source {
    Source {
        name: exchange.url.path().to_owned(),
        file: exchange.file.as_deref().map(str::to_owned),
        request: Some(index),
    }
}

/// Places in `body` of all bytes of `text`, if that is `body` without white space.
fn spaceless(body: &str, text: &str) -> Option<Vec<usize>> {
    let mut kept = Vec::with_capacity(text.len());
    let mut rest = text.chars();
    for (at, character) in body.char_indices().filter(|(_, character)| !character.is_whitespace()) {
        if rest.next() != Some(character) {
            return None;
        }
        kept.extend((0..character.len_utf8()).map(|byte| at + byte));
    }
    rest.next().is_none().then_some(kept)
}

/// What the parser says of an answer that is JavaScript.
pub(super) fn script_of(exchange: &Exchange, text: &str) -> Option<Script> {
    is_script(exchange, text).then(|| scan(text)).flatten()
}

/// By path, type and first character: a page that a server sends for whatever it does not know is none.
fn is_script(exchange: &Exchange, text: &str) -> bool {
    if !exchange.status().is_some_and(|status| (200..300).contains(&status)) {
        return false;
    }
    let path = exchange.file.as_deref().unwrap_or_else(|| exchange.url.path()).to_ascii_lowercase();
    let name = path.rsplit('/').next().unwrap_or_default();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let kind = exchange.header("content-type").unwrap_or_default().to_ascii_lowercase();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let named = match ending {
        "js" | "mjs" | "cjs" => !["html", "json", "css", "xml"].iter().any(|other| kind.contains(other)),
        "" => kind.contains("javascript") || kind.contains("ecmascript"),
        _ => false,
    };
    named && looks_like_code(text)
}

/// Whether it may be meant as code: neither markup nor data nor a sentence.
fn looks_like_code(text: &str) -> bool {
    let start = text.trim_start();
    !start.starts_with('<')
        && text.contains(['(', '=', ';', '{'])
        && !(start.starts_with(['{', '[', '"']) && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok())
}
