//! Reading an answer's body within a limit.

use std::time::Duration;

use bytes::{Bytes, BytesMut};

use super::answer::Answer;
use super::decode::{Decoded, decode};
use super::error::TransportKind;
use super::transport::Failure;

/// How much of an answer that the page may not read is kept for explanations, and for how long it is waited for.
const PEEK_LIMIT: usize = 64 * 1024;
const PEEK_TIME: Duration = Duration::from_secs(1);

/// A body as far as it could be read.
pub(super) struct Body {
    pub(super) bytes: Bytes,
    pub(super) trouble: Option<Trouble>,
}

/// Why a body is not complete.
pub(super) struct Trouble {
    pub(super) kind: TransportKind,
    pub(super) detail: String,
}

impl Trouble {
    fn plain(kind: TransportKind) -> Self {
        Self { detail: kind.to_string(), kind }
    }
}

/// Reads and decodes the whole body, at most `limit` bytes of it.
pub(super) async fn read(answer: &mut Answer, encoding: Option<&str>, limit: usize) -> Body {
    let mut first: Option<Bytes> = None;
    let mut rest = BytesMut::new();
    let mut trouble = None;
    loop {
        match answer.chunk().await {
            Ok(None) => break,
            Ok(Some(chunk)) => {
                // Most answers come in one piece, which needs no copy.
                match &first {
                    None => first = Some(chunk),
                    Some(_) => rest.extend_from_slice(&chunk),
                }
                if first.as_ref().map_or(0, Bytes::len) + rest.len() > limit {
                    trouble = Some(Trouble::plain(TransportKind::TooLarge { limit }));
                    break;
                }
            }
            Err(error) => {
                trouble = Some(Trouble { kind: body_kind(&error), detail: error.detail() });
                break;
            }
        }
    }
    let mut raw = join(first, &rest);
    if raw.len() > limit {
        raw.truncate(limit);
    }
    let (bytes, decoding_trouble) = match decode(raw, encoding, limit) {
        Decoded::Whole(bytes) => (bytes, None),
        Decoded::TooLarge(bytes) => (bytes, Some(Trouble::plain(TransportKind::TooLarge { limit }))),
        Decoded::Broken(bytes) => (bytes, Some(Trouble::plain(TransportKind::BadEncoding))),
    };
    Body { bytes, trouble: trouble.or(decoding_trouble) }
}

/// Reads the start of a body that nobody may see, for explanations.
pub(super) async fn peek(answer: &mut Answer, encoding: Option<&str>) -> Bytes {
    match tokio::time::timeout(PEEK_TIME, read(answer, encoding, PEEK_LIMIT)).await {
        Ok(body) => body.bytes,
        Err(_) => Bytes::new(),
    }
}

fn join(first: Option<Bytes>, rest: &BytesMut) -> Bytes {
    match first {
        None => Bytes::new(),
        Some(first) if rest.is_empty() => first,
        Some(first) => {
            let mut whole = BytesMut::with_capacity(first.len() + rest.len());
            whole.extend_from_slice(&first);
            whole.extend_from_slice(rest);
            whole.freeze()
        }
    }
}

/// A body that breaks off, whatever the library calls it, unless it says that the framing is no HTTP.
fn body_kind(error: &Failure) -> TransportKind {
    if error.is_timeout() { TransportKind::Other } else { TransportKind::Cut }
}
