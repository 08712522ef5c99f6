//! `crypto`: random values from the operating system.

use rquickjs::{Ctx, Exception, Object, Result, TypedArray, prelude::Func};

/// The most that one call may ask for, as in browsers.
const MOST: usize = 65_536;

/// Puts the native half of `web/crypto.js` on `native`.
pub(super) fn install<'js>(_: &Ctx<'js>, native: &Object<'js>) -> Result<()> {
    native.set("random", Func::from(random))?;
    native.set("uuid", Func::from(uuid))
}

fn fill(ctx: &Ctx<'_>, buffer: &mut [u8]) -> Result<()> {
    getrandom::fill(buffer).map_err(|e| Exception::throw_message(ctx, &format!("no random values: {e}")))
}

fn random(ctx: Ctx<'_>, length: usize) -> Result<TypedArray<'_, u8>> {
    let mut bytes = vec![0; length.min(MOST)];
    fill(&ctx, &mut bytes)?;
    TypedArray::new(ctx, bytes)
}

/// A version 4 UUID.
#[allow(clippy::needless_pass_by_value)] // the engine hands over its context by value
fn uuid(ctx: Ctx<'_>) -> Result<String> {
    let mut bytes = [0; 16];
    fill(&ctx, &mut bytes)?;
    let bits = u128::from_be_bytes(bytes) & !(0xf << 76) & !(3 << 62) | (4 << 76) | (2 << 62);
    let hex = format!("{bits:032x}");
    let part = |range| hex.get(range).unwrap_or_default();
    Ok(format!("{}-{}-{}-{}-{}", part(0..8), part(8..12), part(12..16), part(16..20), part(20..32)))
}
