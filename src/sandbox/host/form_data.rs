//! The bytes of `multipart/form-data`.

use rquickjs::{Array, Ctx, Exception, FromJs, Object, Result, TypedArray, prelude::Func};

use super::bytes::Bytes;

/// Puts the native half of `web/form-data.js` on `native`.
pub(super) fn install<'js>(_: &Ctx<'js>, native: &Object<'js>) -> Result<()> {
    native.set("boundary", Func::from(boundary))?;
    native.set("encode", Func::from(encode))
}

/// Long and random, so that no content can hold it by chance.
#[allow(clippy::needless_pass_by_value)] // the engine hands over its context by value
fn boundary(ctx: Ctx<'_>) -> Result<String> {
    let mut bytes = [0; 12];
    getrandom::fill(&mut bytes).map_err(|e| Exception::throw_message(&ctx, &format!("no random values: {e}")))?;
    Ok(bytes.iter().fold("----GradeFormBoundary".to_owned(), |text, byte| format!("{text}{byte:02x}")))
}

/// `heads` are `[name, value]` or `[name, filename, type]`; `bodies` has the bytes of files, null for values.
#[allow(clippy::needless_pass_by_value)]
fn encode<'js>(
    ctx: Ctx<'js>,
    boundary: String,
    heads: Vec<Vec<String>>,
    bodies: Array<'js>,
) -> Result<TypedArray<'js, u8>> {
    let mut parts = Vec::with_capacity(heads.len());
    for (head, body) in heads.into_iter().zip(bodies.iter()) {
        let body: rquickjs::Value<'js> = body?;
        let mut head = head.into_iter();
        let name = head.next().unwrap_or_default();
        let second = head.next().unwrap_or_default();
        parts.push(if body.is_null() {
            Part::Value { name, value: second }
        } else {
            let content = Bytes::from_js(&ctx, body)?.0;
            Part::File { name, filename: second, kind: head.next().unwrap_or_default(), content }
        });
    }
    TypedArray::new(ctx, multipart(&boundary, &parts))
}

enum Part {
    Value { name: String, value: String },
    File { name: String, filename: String, kind: String, content: Vec<u8> },
}

fn multipart(boundary: &str, parts: &[Part]) -> Vec<u8> {
    let mut out = Vec::new();
    for part in parts {
        let (Part::Value { name, .. } | Part::File { name, .. }) = part;
        let name = escaped(&crlf(name));
        out.extend_from_slice(format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"").as_bytes());
        match part {
            Part::Value { value, .. } => out.extend_from_slice(format!("\r\n\r\n{}", crlf(value)).as_bytes()),
            Part::File { filename, kind, content, .. } => {
                let kind = if kind.is_empty() { "application/octet-stream" } else { kind };
                let filename = escaped(filename);
                out.extend_from_slice(format!("; filename=\"{filename}\"\r\nContent-Type: {kind}\r\n\r\n").as_bytes());
                out.extend_from_slice(content);
            }
        }
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    out
}

/// Lone CR and LF become CR LF.
fn crlf(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n")
}

fn escaped(name: &str) -> String {
    name.replace('\n', "%0A").replace('\r', "%0D").replace('"', "%22")
}
