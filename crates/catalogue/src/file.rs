//! The file: a header, the compressed manifest, the compressed index of names, and a compressed section for each entry.
//!
//! The header is [`MAGIC`], the packed and the unpacked length of the manifest, and the hash of its packed bytes, in little
//! endian.

use std::ops::Range;

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_slice_iter_to_slice;

use crate::Error;
use crate::hash::hash;
use crate::manifest::{Manifest, Section};

/// The first bytes of a file.
const MAGIC: &[u8; 16] = b"tc3-catalogue 1\n";
/// Length of a header: [`MAGIC`], two lengths and a hash.
pub(crate) const HEADER: usize = MAGIC.len() + 4 + 4 + 8;

/// Maximum size of a decompressed section: more than ten times the largest. It bounds the memory for a damaged length.
pub(crate) const MAX_UNPACKED: usize = 16 << 20;

/// Compresses a text as a section.
pub(crate) fn pack(text: &str) -> (Section, Vec<u8>) {
    /// The slowest level. All levels decompress at the same speed.
    const LEVEL: u8 = 10;
    pack_at(text, LEVEL)
}

/// Compresses a text as a section, at a level.
pub(crate) fn pack_at(text: &str, level: u8) -> (Section, Vec<u8>) {
    let packed = compress_to_vec(text.as_bytes(), level);
    let section = Section {
        packed: packed.len(),
        unpacked: text.len(),
        hash: hash(&packed),
    };
    (section, packed)
}

/// Decompresses a section; fails with the problem.
pub(crate) fn unpack(bytes: &[u8], section: &Section) -> Result<String, String> {
    if section.unpacked > MAX_UNPACKED {
        return Err(format!("the section exceeds {MAX_UNPACKED} bytes"));
    }
    if hash(bytes) != section.hash {
        return Err("the section does not match its hash".to_owned());
    }
    let mut unpacked = vec![0; section.unpacked];
    let length = decompress_slice_iter_to_slice(&mut unpacked, [bytes].into_iter(), false, false);
    if length != Ok(section.unpacked) {
        return Err("the section cannot be decompressed".to_owned());
    }
    String::from_utf8(unpacked).map_err(|_| "the section is not text".to_owned())
}

/// Writes a file. `sections` are the index and the entries, in the order of the manifest.
pub(crate) fn write(manifest: &Manifest, sections: &[Vec<u8>]) -> Vec<u8> {
    let (section, packed) = pack(&manifest.to_text());
    let mut file = header(MAGIC, &section).expect("a manifest has some kilobytes");
    file.extend(packed);
    file.extend(sections.iter().flatten());
    file
}

/// Formats a header with the section that follows it; `None` if a length exceeds 32 bits.
pub(crate) fn header(magic: &[u8; 16], section: &Section) -> Option<Vec<u8>> {
    let mut header = magic.to_vec();
    for length in [section.packed, section.unpacked] {
        header.extend(u32::try_from(length).ok()?.to_le_bytes());
    }
    header.extend(section.hash.to_le_bytes());
    Some(header)
}

/// Parses the section in a header. The header must be complete.
pub(crate) fn section_in(header: &[u8]) -> Section {
    let number = |range: Range<usize>| {
        let bytes = header[MAGIC.len()..][range].iter().rev();
        bytes.fold(0_u64, |number, byte| number << 8 | u64::from(*byte))
    };
    let length = |range| usize::try_from(number(range)).unwrap_or(usize::MAX);
    Section {
        packed: length(0..4),
        unpacked: length(4..8),
        hash: number(8..16),
    }
}

/// A file's manifest, its text, and the ranges of its sections.
pub(crate) struct Layout {
    pub(crate) manifest: Manifest,
    pub(crate) text: String,
    pub(crate) index: Range<usize>,
    /// The range of each entry of the manifest.
    pub(crate) entries: Vec<Range<usize>>,
}

/// Reads the manifest of a file.
pub(crate) fn read(file: &[u8]) -> Result<Layout, Error> {
    if !file.starts_with(MAGIC) {
        return Err(Error::Format("it does not begin with `tc3-catalogue 1`"));
    }
    let damaged = |problem: String| Error::damaged("the manifest", problem);
    let truncated = || damaged("the file is too short".to_owned());
    let section = section_in(file.get(..HEADER).ok_or_else(truncated)?);
    let mut at = HEADER;
    let mut take = |section: &Section| {
        let end = at.checked_add(section.packed)?;
        let range = at..end;
        at = end;
        (end <= file.len()).then_some(range)
    };
    let range = take(&section).ok_or_else(truncated)?;
    let text = unpack(&file[range], &section).map_err(damaged)?;
    let manifest = Manifest::parse(&text).map_err(damaged)?;
    let index = take(&manifest.index).ok_or_else(truncated)?;
    let entries = manifest.entries.iter().map(|entry| take(&entry.section));
    let entries: Option<Vec<_>> = entries.collect();
    let entries = entries.ok_or_else(truncated)?;
    if at != file.len() {
        return Err(damaged("the file is too long".to_owned()));
    }
    Ok(Layout {
        manifest,
        text,
        index,
        entries,
    })
}
