//! `Canonicalize` of ECMA-262 for the `i` flag without `u`: simple upper-casing that never turns a character beyond
//! ASCII into an ASCII one (so `s` is not U+017F, nor `k` the Kelvin sign).

use std::collections::HashMap;
use std::sync::OnceLock;

/// All code units that `i` treats like `unit`, itself included.
pub fn equivalents(unit: u32) -> Vec<u32> {
    if let Some(ascii) = u8::try_from(unit).ok().filter(u8::is_ascii) {
        return if ascii.is_ascii_alphabetic() { vec![unit, unit ^ 0x20] } else { vec![unit] };
    }
    classes().get(&canonicalize(unit)).map_or_else(|| vec![unit], Clone::clone)
}

fn canonicalize(unit: u32) -> u32 {
    let Some(character) = char::from_u32(unit) else { return unit };
    let mut upper = character.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(single), None) if u32::from(single) <= 0xffff && (unit < 128 || u32::from(single) >= 128) => {
            u32::from(single)
        }
        _ => unit,
    }
}

/// Canonical unit to its whole class, for classes beyond ASCII with more than one member.
fn classes() -> &'static HashMap<u32, Vec<u32>> {
    static CLASSES: OnceLock<HashMap<u32, Vec<u32>>> = OnceLock::new();
    CLASSES.get_or_init(|| {
        let mut classes: HashMap<u32, Vec<u32>> = HashMap::new();
        for unit in 128..=0xffff {
            classes.entry(canonicalize(unit)).or_default().push(unit);
        }
        classes.retain(|_, members| members.len() > 1);
        classes
    })
}
