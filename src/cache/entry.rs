//! The form of a file: a line with what it is, then the bytes that are kept.

use ring::digest::{Context, SHA256};

/// How every file begins; another form has another number.
const MAGIC: &str = "grade-verdict-1";
/// Longest first line: what is longer is no file of ours.
const LONGEST_HEAD: usize = 256;

/// What is kept under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When it came to be, in seconds since 1970.
    pub at: u64,
    /// The bytes.
    pub body: Vec<u8>,
}

impl Entry {
    /// The file's content. `grade-verdict-1 <key> <at> <SHA-256 of all that>`, a line break, and the bytes.
    pub(super) fn encode(&self, key: &str) -> Vec<u8> {
        let mut file = format!("{MAGIC} {key} {} {}\n", self.at, self.checksum(key)).into_bytes();
        file.extend_from_slice(&self.body);
        file
    }

    /// Reads a file's content; nothing when it is not whole, not ours, or another key's.
    pub(super) fn decode(key: &str, file: &[u8]) -> Option<Self> {
        let end = file.iter().take(LONGEST_HEAD).position(|byte| *byte == b'\n')?;
        let head = std::str::from_utf8(file.get(..end)?).ok()?;
        let [MAGIC, named, at, checksum] = head.split(' ').collect::<Vec<_>>()[..] else { return None };
        let entry = Self { at: at.parse().ok()?, body: file.get(end + 1..)?.to_vec() };
        (named == key && at == entry.at.to_string() && checksum == entry.checksum(key)).then_some(entry)
    }

    fn checksum(&self, key: &str) -> String {
        let mut context = Context::new(&SHA256);
        context.update(key.as_bytes());
        context.update(&self.at.to_be_bytes());
        context.update(&self.body);
        context.finish().as_ref().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_changed_byte_is_noticed() {
        let entry = Entry { at: 7, body: b"{\"a\":1}\n".to_vec() };
        let file = entry.encode("ab12");
        assert_eq!(Entry::decode("ab12", &file), Some(entry));
        assert_eq!(Entry::decode("ab13", &file), None);
        for at in 0..file.len() {
            let mut damaged = file.clone();
            damaged[at] ^= 1;
            assert_eq!(Entry::decode("ab12", &damaged), None, "byte {at}");
            assert_eq!(Entry::decode("ab12", &file[..at]), None, "cut at {at}");
        }
        assert_eq!(Entry::decode("ab12", &[&file[..], b"x"].concat()), None);
    }

    proptest! {
        #[test]
        fn what_goes_in_comes_out(at: u64, body: Vec<u8>) {
            let entry = Entry { at, body };
            prop_assert_eq!(Entry::decode("k", &entry.encode("k")), Some(entry));
        }

        #[test]
        fn foreign_bytes_are_nothing(bytes: Vec<u8>) {
            prop_assert_eq!(Entry::decode("k", &bytes), None);
        }
    }
}
