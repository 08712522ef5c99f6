//! SHA-256: the fingerprints of inputs, and the hash of ids.

use std::io::{self, Read};

use ring::digest::{Context, SHA256};

/// The start of the hash of a text: as good as unique, and the same in every version and on every machine.
pub(super) fn short(text: &str) -> u128 {
    let digest = ring::digest::digest(&SHA256, text.as_bytes());
    digest.as_ref().iter().take(16).fold(0, |sum, byte| sum << 8 | u128::from(*byte))
}

/// The hash of everything that can be read, in hexadecimal.
pub(super) fn of_reader(mut reader: impl Read) -> io::Result<String> {
    let mut context = Context::new(&SHA256);
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return Ok(hex(context.finish().as_ref())),
            Ok(count) => context.update(buffer.get(..count).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// The hash of texts in their order, in hexadecimal. Each goes with its length, so that no two lists of texts are alike.
pub fn hex_of<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut context = Context::new(&SHA256);
    for text in texts {
        context.update(&(text.len() as u64).to_be_bytes());
        context.update(text.as_bytes());
    }
    hex(context.finish().as_ref())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        text.push_str(&format!("{byte:02x}"));
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_the_standard() {
        assert_eq!(of_reader(&b"abc"[..]).unwrap(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(short("abc"), 0xba78_16bf_8f01_cfea_4141_40de_5dae_2223);
        assert_ne!(hex_of(["ab", "c"]), hex_of(["a", "bc"]));
    }
}
