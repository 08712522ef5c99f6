//! `atob` and `btoa`: the forgiving base64 of the web, over strings of bytes.

use rquickjs::{Ctx, Object, Result, prelude::Func};

use super::nullable::Nullable;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Puts the native half of `web/base64.js` on `native`.
pub(super) fn install<'js>(_: &Ctx<'js>, native: &Object<'js>) -> Result<()> {
    native.set("decode", Func::from(|text: String| Nullable(decode(&text))))?;
    native.set("encode", Func::from(|text: String| Nullable(encode(&text))))
}

/// `None` if a character is above U+00FF.
fn encode(text: &str) -> Option<String> {
    let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(c).ok()).collect::<Option<_>>()?;
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for i in 0..4 {
            let six = usize::try_from(group >> (18 - 6 * i) & 63).unwrap_or(0);
            out.push(if i <= chunk.len() { ALPHABET.get(six).copied().map_or('=', char::from) } else { '=' });
        }
    }
    Some(out)
}

/// `None` if the text is not base64, white space and missing padding forgiven.
fn decode(text: &str) -> Option<String> {
    let mut digits: Vec<u8> = text.bytes().filter(|b| !matches!(b, b'\t' | b'\n' | b'\x0c' | b'\r' | b' ')).collect();
    if digits.len().is_multiple_of(4) {
        for _ in 0..2 {
            if digits.last() == Some(&b'=') {
                digits.pop();
            }
        }
    }
    if digits.len() % 4 == 1 {
        return None;
    }
    let mut out = String::with_capacity(digits.len());
    for chunk in digits.chunks(4) {
        let mut group = 0_u32;
        for i in 0..4 {
            group = group << 6 | chunk.get(i).map_or(Some(0), |&d| value(d))?;
        }
        for i in 1..chunk.len() {
            let byte = group >> (24 - 8 * i) & 0xff;
            out.push(char::from(u8::try_from(byte).unwrap_or(0)));
        }
    }
    Some(out)
}

fn value(digit: u8) -> Option<u32> {
    Some(u32::from(match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}
