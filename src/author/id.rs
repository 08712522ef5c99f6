//! Ids, as `MongoDB` makes them: the time in seconds, then random bytes; 24 hexadecimal digits.

use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

use super::error::NewError;

/// How often a fresh id is made until it is none that is there. Once is enough but for a miracle.
const TRIES: usize = 16;

/// A fresh id that is none of `taken`, whose keys are in lower case.
pub(super) fn fresh(taken: &BTreeMap<String, String>) -> Result<String, NewError> {
    let mut id = String::new();
    for _ in 0..TRIES {
        let mut random = [0; 8];
        getrandom::fill(&mut random).map_err(NewError::Random)?;
        id = of(SystemTime::now(), random);
        if !taken.contains_key(&id) {
            return Ok(id);
        }
    }
    let file = taken.get(&id).cloned().unwrap_or_default();
    Err(NewError::IdTaken { id, file })
}

/// The id of a time and random bytes. Until 2106 the seconds fit; afterwards they begin anew, as those of `MongoDB` do.
fn of(time: SystemTime, random: [u8; 8]) -> String {
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()) & u64::from(u32::MAX);
    let random = u64::from_be_bytes(random);
    format!("{seconds:08x}{random:016x}")
}

/// An id as it was given, in lower case.
pub(super) fn given(id: &str, taken: &BTreeMap<String, String>) -> Result<String, NewError> {
    let lower = id.to_ascii_lowercase();
    if lower.len() != 24 || !lower.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(NewError::Id { id: id.to_owned() });
    }
    match taken.get(&lower) {
        Some(file) => Err(NewError::IdTaken { id: lower, file: file.clone() }),
        None => Ok(lower),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn ids_begin_with_the_time() {
        let time = UNIX_EPOCH + Duration::from_secs(0x5f0c_1e2d);
        assert_eq!(of(time, [0x3a, 0, 0, 0, 0, 0, 0, 0x0b]), "5f0c1e2d3a0000000000000b");
        let (one, other) = (fresh(&BTreeMap::new()).unwrap(), fresh(&BTreeMap::new()).unwrap());
        assert!(one != other && one.len() == 24, "{one} {other}");
        assert_eq!(one.get(..6), other.get(..6));
    }

    #[test]
    fn given_ids_are_checked() {
        let taken = BTreeMap::from([("aaaaaaaaaaaaaaaaaaaaaaaa".to_owned(), "x.md".to_owned())]);
        assert_eq!(given("5F0C1E2D3A4B5C6D7E8F9A0B", &taken).unwrap(), "5f0c1e2d3a4b5c6d7e8f9a0b");
        assert!(matches!(given("AAAAAAAAAAAAAAAAAAAAAAAA", &taken), Err(NewError::IdTaken { .. })));
        for id in ["", "5f0c", "5f0c1e2d3a4b5c6d7e8f9a0g", "5f0c1e2d3a4b5c6d7e8f9a0b0", "éaaaaaaaaaaaaaaaaaaaaaa"] {
            assert!(matches!(given(id, &taken), Err(NewError::Id { .. })), "{id}");
        }
    }
}
