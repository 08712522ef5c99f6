//! Encoded bodies. brotli and zstd are only framed, not compressed: decoders do not care, and no encoder is needed.

use std::io::Write;

use bytes::{BufMut, Bytes, BytesMut};
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

/// A `Content-Encoding`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// `gzip`
    Gzip,
    /// `deflate`, with the zlib header that the standard wants.
    Deflate,
    /// `deflate` without it, as some servers send it.
    RawDeflate,
    /// `br`
    Brotli,
    /// `zstd`
    Zstd,
}

impl Encoding {
    /// As in the header.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Deflate | Self::RawDeflate => "deflate",
            Self::Brotli => "br",
            Self::Zstd => "zstd",
        }
    }

    /// The body in this encoding. Writing to memory does not fail; an empty body stands for the impossible.
    pub(super) fn encode(self, body: &[u8]) -> Bytes {
        let level = Compression::fast();
        match self {
            Self::Gzip => {
                let mut encoder = GzEncoder::new(Vec::new(), level);
                encoder.write_all(body).and_then(|()| encoder.finish()).unwrap_or_default().into()
            }
            Self::Deflate => {
                let mut encoder = ZlibEncoder::new(Vec::new(), level);
                encoder.write_all(body).and_then(|()| encoder.finish()).unwrap_or_default().into()
            }
            Self::RawDeflate => {
                let mut encoder = DeflateEncoder::new(Vec::new(), level);
                encoder.write_all(body).and_then(|()| encoder.finish()).unwrap_or_default().into()
            }
            Self::Brotli => brotli(body),
            Self::Zstd => zstd(body),
        }
    }
}

/// RFC 7932 with uncompressed meta-blocks.
fn brotli(body: &[u8]) -> Bytes {
    let mut out = BytesMut::new();
    // One bit of the stream header (a window of 16 bits) stands before the first meta-block.
    let mut shift = 1;
    for chunk in body.chunks(1 << 16) {
        // Not the last, four nibbles of length, the length less one, uncompressed.
        let length = u32::try_from(chunk.len() - 1).unwrap_or_default();
        let header = (length << 3 | 1 << 19) << shift;
        out.put_slice(header.to_le_bytes().get(..3).unwrap_or_default());
        out.put_slice(chunk);
        shift = 0;
    }
    // The last and empty one; the stream header's bit again when nothing came before it.
    out.put_u8(0b11 << shift);
    out.freeze()
}

/// RFC 8878 with raw blocks.
fn zstd(body: &[u8]) -> Bytes {
    const BLOCK: usize = 64 * 1024;
    let mut out = BytesMut::new();
    out.put_u32_le(0xFD2F_B528);
    // A single segment, its size in four bytes.
    out.put_u8(0xA0);
    out.put_u32_le(u32::try_from(body.len()).unwrap_or_default());
    let count = body.len().div_ceil(BLOCK).max(1);
    for index in 0..count {
        let chunk = body.chunks(BLOCK).nth(index).unwrap_or_default();
        let header = u32::from(index + 1 == count) | u32::try_from(chunk.len()).unwrap_or_default() << 3;
        out.put_slice(header.to_le_bytes().get(..3).unwrap_or_default());
        out.put_slice(chunk);
    }
    out.freeze()
}
