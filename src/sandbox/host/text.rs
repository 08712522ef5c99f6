//! `TextEncoder` and `TextDecoder`.

use encoding_rs::{Encoding, REPLACEMENT, UTF_8};
use rquickjs::{Ctx, Object, Result, TypedArray, prelude::Func};

use super::{bytes::Bytes, nullable::Nullable};

/// Puts the native half of `web/text.js` on `native`.
pub(super) fn install<'js>(_: &Ctx<'js>, native: &Object<'js>) -> Result<()> {
    native.set("encode", Func::from(encode))?;
    native.set("label", Func::from(label))?;
    native.set("decode", Func::from(decode))?;
    native.set("incompleteTail", Func::from(|bytes: Bytes| incomplete_tail(&bytes.0)))
}

fn encode(ctx: Ctx<'_>, text: String) -> Result<TypedArray<'_, u8>> {
    TypedArray::new(ctx, text.into_bytes())
}

/// The lower-case name of the encoding that a label means.
#[allow(clippy::needless_pass_by_value)] // the engine hands over owned strings
fn label(label: String) -> Nullable<String> {
    let found = Encoding::for_label(label.as_bytes()).filter(|e| *e != REPLACEMENT);
    Nullable(found.map(|e| e.name().to_ascii_lowercase()))
}

/// Null if `fatal` and the bytes are not valid.
#[allow(clippy::needless_pass_by_value)]
fn decode(bytes: Bytes, label: String, fatal: bool, keep_bom: bool) -> Nullable<String> {
    let encoding = Encoding::for_label(label.as_bytes()).unwrap_or(UTF_8);
    let mut input = bytes.0.as_slice();
    if !keep_bom && let Some((_, length)) = Encoding::for_bom(input).filter(|(marked, _)| *marked == encoding) {
        input = input.get(length..).unwrap_or_default();
    }
    if fatal {
        Nullable(encoding.decode_without_bom_handling_and_without_replacement(input).map(std::borrow::Cow::into_owned))
    } else {
        Nullable(Some(encoding.decode_without_bom_handling(input).0.into_owned()))
    }
}

/// How many bytes at the end begin a character that a next chunk may complete.
fn incomplete_tail(bytes: &[u8]) -> usize {
    match std::str::from_utf8(bytes.get(bytes.len().saturating_sub(3)..).unwrap_or_default()) {
        Ok(_) => 0,
        Err(_) => (1..=3.min(bytes.len()))
            .find(|n| {
                let tail = bytes.get(bytes.len() - n..).unwrap_or_default();
                matches!(std::str::from_utf8(tail), Err(e) if e.valid_up_to() == 0 && e.error_len().is_none())
            })
            .unwrap_or(0),
    }
}
