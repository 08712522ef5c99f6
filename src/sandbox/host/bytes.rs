//! Bytes that cross between the engine and Rust.

use rquickjs::{Ctx, Error, FromJs, Result, TypedArray, Value};

/// The bytes of a `Uint8Array`, copied out of the engine.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Bytes(pub(super) Vec<u8>);

impl<'js> FromJs<'js> for Bytes {
    fn from_js(_: &Ctx<'js>, value: Value<'js>) -> Result<Self> {
        let type_name = value.type_name();
        let wrong = || Error::new_from_js(type_name, "Uint8Array");
        let array = value.into_object().and_then(|o| o.as_typed_array::<u8>().cloned()).ok_or_else(wrong)?;
        copy(&array).map(Bytes).ok_or_else(wrong)
    }
}

/// `None` if the buffer is detached.
#[allow(unsafe_code)]
fn copy(array: &TypedArray<'_, u8>) -> Option<Vec<u8>> {
    // SAFETY: the slice is copied before any script can run again, so nothing can move or change the buffer under it.
    unsafe { array.as_bytes() }.map(<[u8]>::to_vec)
}
