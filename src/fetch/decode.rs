//! Decoding of `Content-Encoding`, with a bound on what comes out.

use std::io::{self, Read};

use bytes::Bytes;

/// What became of an encoded body.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Decoded {
    /// All of it.
    Whole(Bytes),
    /// There is more than the limit; this is the start.
    TooLarge(Bytes),
    /// It ends or breaks off; this is what came before.
    Broken(Bytes),
}

/// The most encodings that are applied on top of each other.
const MAX_LAYERS: usize = 4;

/// Decodes a body as its `Content-Encoding` says. An encoding that is not known leaves the body as it is, as in browsers.
pub(super) fn decode(body: Bytes, content_encoding: Option<&str>, limit: usize) -> Decoded {
    let codings: Vec<String> = content_encoding
        .unwrap_or_default()
        .split(',')
        .map(|coding| coding.trim().to_ascii_lowercase())
        .filter(|coding| !coding.is_empty() && coding != "identity")
        .collect();
    let known = codings.iter().all(|c| matches!(c.as_str(), "gzip" | "x-gzip" | "deflate" | "br" | "zstd"));
    if codings.is_empty() || !known {
        return Decoded::Whole(body);
    }
    if codings.len() > MAX_LAYERS {
        return Decoded::Broken(Bytes::new());
    }
    let mut body = body;
    // Listed in the order in which they were applied.
    for coding in codings.iter().rev() {
        match decode_one(&body, coding, limit) {
            Decoded::Whole(decoded) => body = decoded,
            other => return other,
        }
    }
    Decoded::Whole(body)
}

fn decode_one(body: &[u8], coding: &str, limit: usize) -> Decoded {
    if body.is_empty() {
        return Decoded::Whole(Bytes::new());
    }
    match coding {
        "deflate" if has_zlib_header(body) => read(flate2::read::ZlibDecoder::new(body), limit),
        "deflate" => read(flate2::read::DeflateDecoder::new(body), limit),
        "br" => read(brotli_decompressor::Decompressor::new(body, 8 * 1024), limit),
        "zstd" => read_zstd(body, limit),
        _ => read(flate2::read::MultiGzDecoder::new(body), limit),
    }
}

/// `deflate` means zlib, but servers that send it raw are understood by browsers.
fn has_zlib_header(body: &[u8]) -> bool {
    match body {
        [first, second, ..] => first & 0x0f == 8 && (u16::from(*first) << 8 | u16::from(*second)).is_multiple_of(31),
        _ => false,
    }
}

/// zstd frames may follow each other.
fn read_zstd(body: &[u8], limit: usize) -> Decoded {
    let mut rest = body;
    let mut whole = Vec::new();
    while !rest.is_empty() {
        let Ok(decoder) = ruzstd::decoding::StreamingDecoder::new(&mut rest) else {
            return Decoded::Broken(whole.into());
        };
        match read(decoder, limit.saturating_sub(whole.len())) {
            Decoded::Whole(part) => whole.extend_from_slice(&part),
            Decoded::TooLarge(part) => {
                whole.extend_from_slice(&part);
                return Decoded::TooLarge(whole.into());
            }
            Decoded::Broken(part) => {
                whole.extend_from_slice(&part);
                return Decoded::Broken(whole.into());
            }
        }
    }
    Decoded::Whole(whole.into())
}

fn read(mut decoder: impl Read, limit: usize) -> Decoded {
    let mut out = Vec::new();
    let mut buffer = [0_u8; 8 * 1024];
    loop {
        match decoder.read(&mut buffer) {
            Ok(0) => return Decoded::Whole(out.into()),
            Ok(count) => {
                out.extend_from_slice(buffer.get(..count).unwrap_or_default());
                if out.len() > limit {
                    out.truncate(limit);
                    return Decoded::TooLarge(out.into());
                }
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return Decoded::Broken(out.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const LIMIT: usize = 1 << 20;
    const TEXT: &[u8] = b"hello hello hello hello";
    /// Made with Node's zlib.brotliCompressSync and the zstd command.
    const BROTLI: &[u8] = &[27, 22, 0, 248, 141, 148, 110, 222, 68, 85, 134, 150, 108, 32, 111, 33, 79, 28, 224, 56];
    const ZSTD: &[u8] =
        &[40, 181, 47, 253, 4, 88, 101, 0, 0, 48, 104, 101, 108, 108, 111, 32, 1, 0, 153, 75, 17, 23, 94, 174, 13];

    fn gzip(body: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(body).unwrap();
        encoder.finish().unwrap()
    }

    fn zlib(body: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(body).unwrap();
        encoder.finish().unwrap()
    }

    fn raw_deflate(body: &[u8]) -> Vec<u8> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(body).unwrap();
        encoder.finish().unwrap()
    }

    fn whole(body: &[u8]) -> Decoded {
        Decoded::Whole(Bytes::copy_from_slice(body))
    }

    #[test]
    fn every_encoding_of_browsers_is_decoded() {
        for (coding, encoded) in [
            ("gzip", gzip(TEXT)),
            ("X-GZip", gzip(TEXT)),
            ("deflate", zlib(TEXT)),
            ("deflate", raw_deflate(TEXT)),
            ("br", BROTLI.to_vec()),
            ("zstd", ZSTD.to_vec()),
            ("zstd", [ZSTD, ZSTD].concat()),
            ("gzip, deflate", zlib(&gzip(TEXT))),
            ("identity", TEXT.to_vec()),
            ("", TEXT.to_vec()),
            ("rot13", TEXT.to_vec()),
        ] {
            let expected = if encoded.len() == ZSTD.len() * 2 { [TEXT, TEXT].concat() } else { TEXT.to_vec() };
            assert_eq!(decode(encoded.into(), Some(coding), LIMIT), whole(&expected), "{coding}");
        }
        assert_eq!(decode(Bytes::new(), Some("gzip"), LIMIT), whole(b""));
    }

    #[test]
    fn damage_is_noticed_and_what_came_before_is_kept() {
        let long: Vec<u8> = (0..40_000_u32).flat_map(u32::to_le_bytes).collect();
        for (coding, encoded) in [
            ("gzip", gzip(&long)),
            ("deflate", zlib(&long)),
            ("deflate", raw_deflate(&long)),
            ("br", BROTLI.to_vec()),
            ("zstd", ZSTD.to_vec()),
        ] {
            let half = Bytes::copy_from_slice(&encoded[..encoded.len() / 2]);
            assert!(matches!(decode(half, Some(coding), LIMIT), Decoded::Broken(_)), "{coding} cut");
        }
        for coding in ["gzip", "br", "zstd"] {
            let noise = Bytes::from_static(b"<html>this is not compressed</html>");
            assert!(matches!(decode(noise, Some(coding), LIMIT), Decoded::Broken(_)), "{coding} noise");
        }
    }

    #[test]
    fn a_bomb_stops_at_the_limit() {
        let bomb = gzip(&vec![0; 30 << 20]);
        assert!(bomb.len() < 100_000);
        match decode(gzip(&bomb).into(), Some("gzip, gzip"), 1000) {
            Decoded::TooLarge(start) => assert_eq!(start.len(), 1000),
            other => panic!("{other:?}"),
        }
        assert!(matches!(decode(BROTLI.into(), Some("br"), 10), Decoded::TooLarge(_)));
        assert!(matches!(decode(ZSTD.into(), Some("zstd"), 10), Decoded::TooLarge(_)));
        assert!(matches!(decode(BROTLI.into(), Some("br,br,br,br,br"), LIMIT), Decoded::Broken(_)));
    }
}
