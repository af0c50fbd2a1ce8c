//! A sorted string table: a file of texts by key. A lookup reads one chunk.
//!
//! The file has a header, the directory and chunks. The header is [`MAGIC`], the packed and the unpacked length of the
//! directory, and the hash of its packed bytes, in little endian. The directory and the chunks are compressed. A chunk has
//! lines of a key, a tab and a text without line breaks. Keys are sorted over all chunks. The first line of the directory is
//! the head; every other line is `packed unpacked hash first-key` of a chunk.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::TextsError;
use crate::file::{HEADER, MAX_UNPACKED, header, pack_at, section_in, unpack};
use crate::manifest::Section;

const MAGIC: &[u8; 16] = b"tc3-texts 1    \n";
/// Maximum size of a chunk, unless one item is longer. Reading a chunk takes a fraction of a millisecond.
const CHUNK: usize = 64 << 10;
/// Compression level. Higher levels take more time and save few bytes.
const LEVEL: u8 = 6;

/// A sorted string table.
#[derive(Debug)]
pub(super) struct Table {
    path: PathBuf,
    /// Locked while seeking and reading.
    file: Mutex<File>,
    directory: String,
    /// The range of the head in the directory.
    head: Range<usize>,
    chunks: Vec<Chunk>,
}

/// A part of the file.
#[derive(Debug)]
struct Chunk {
    at: u64,
    section: Section,
    /// The range of the first key in the directory.
    first: Range<usize>,
}

impl Table {
    /// Opens a file; `None` if it does not exist.
    pub(super) fn open(path: &Path) -> Result<Option<Table>, TextsError> {
        let mut file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(cause) => return Err(failed(path, cause)),
        };
        let mut header = [0; HEADER];
        let read = file.read_exact(&mut header);
        let mut table = Table {
            path: path.to_owned(),
            file: Mutex::new(file),
            directory: String::new(),
            head: 0..0,
            chunks: Vec::new(),
        };
        match read {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                return Err(table.damaged("it is too short"));
            }
            read => read.map_err(|cause| failed(path, cause))?,
        }
        if !header.starts_with(MAGIC) {
            return Err(table.damaged("it is of another format"));
        }
        let section = section_in(&header);
        table.directory = table.read(HEADER as u64, &section)?;
        let first = HEADER as u64 + section.packed as u64;
        match entries(&table.directory, first) {
            Some((head, chunks)) => {
                (table.head, table.chunks) = (head, chunks);
                Ok(Some(table))
            }
            None => Err(table.damaged("its directory cannot be read")),
        }
    }

    /// Returns the first line of the directory.
    pub(super) fn head(&self) -> &str {
        &self.directory[self.head.clone()]
    }

    /// Returns a reader, which caches the chunks that it reads.
    pub(super) fn reader(&self) -> Reader<'_> {
        Reader {
            table: self,
            read: HashMap::new(),
        }
    }

    pub(super) fn damaged(&self, problem: impl Into<String>) -> TextsError {
        TextsError::Damaged {
            path: self.path.clone(),
            problem: problem.into(),
        }
    }

    /// Reads a section of the file.
    fn read(&self, at: u64, section: &Section) -> Result<String, TextsError> {
        if section.packed > MAX_UNPACKED {
            return Err(self.damaged("a part is too long"));
        }
        let mut packed = vec![0; section.packed];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let read = file
            .seek(SeekFrom::Start(at))
            .and_then(|_| file.read_exact(&mut packed));
        match read {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                return Err(self.damaged("it is too short"));
            }
            read => read.map_err(|cause| failed(&self.path, cause))?,
        }
        unpack(&packed, section).map_err(|problem| self.damaged(problem))
    }
}

fn failed(path: &Path, cause: io::Error) -> TextsError {
    TextsError::Read {
        path: path.to_owned(),
        cause,
    }
}

/// Parses the directory. Returns the range of its head, and the chunks, which start at the position `at` of the file.
fn entries(directory: &str, mut at: u64) -> Option<(Range<usize>, Vec<Chunk>)> {
    let mut lines = directory.split_inclusive('\n');
    let first = lines.next()?;
    let head = 0..first.strip_suffix('\n')?.len();
    let mut end = first.len();
    let mut chunks = Vec::new();
    for line in lines {
        let start = end;
        end += line.len();
        let line = line.strip_suffix('\n')?;
        let mut words = line.splitn(4, ' ');
        let section = Section {
            packed: words.next()?.parse().ok()?,
            unpacked: words.next()?.parse().ok()?,
            hash: u64::from_str_radix(words.next()?, 16).ok()?,
        };
        let first = words.next()?.len();
        let key_end = start + line.len();
        chunks.push(Chunk {
            at,
            first: key_end - first..key_end,
            section,
        });
        at = at.checked_add(section.packed as u64)?;
    }
    Some((head, chunks))
}

/// A reader of a table, with a cache.
pub(super) struct Reader<'b> {
    table: &'b Table,
    /// The chunks that were read, by number.
    read: HashMap<usize, String>,
}

impl<'b> Reader<'b> {
    pub(super) fn table(&self) -> &'b Table {
        self.table
    }

    /// Returns the text of a key.
    pub(super) fn get(&mut self, key: &str) -> Result<Option<&str>, TextsError> {
        let Some(number) = self.chunks_up_to(key).checked_sub(1) else {
            return Ok(None);
        };
        Ok(find(self.chunk(number)?, key))
    }

    /// Calls a function with the text of each key that begins with a prefix, in order.
    pub(super) fn each(
        &mut self,
        prefix: &str,
        mut with: impl FnMut(&str, &str),
    ) -> Result<(), TextsError> {
        let first = self.chunks_up_to(prefix).saturating_sub(1);
        for number in first..self.table.chunks.len() {
            if number > first && !self.first_key(number).starts_with(prefix) {
                break;
            }
            let lines = self.chunk(number)?.lines();
            for (key, text) in lines.filter_map(|line| line.split_once('\t')) {
                if key.starts_with(prefix) {
                    with(key, text);
                }
            }
        }
        Ok(())
    }

    /// Returns the number of chunks whose first key is not after a key.
    fn chunks_up_to(&self, key: &str) -> usize {
        let directory = &self.table.directory;
        let chunks = &self.table.chunks;
        chunks.partition_point(|chunk| directory[chunk.first.clone()] <= *key)
    }

    fn first_key(&self, number: usize) -> &'b str {
        &self.table.directory[self.table.chunks[number].first.clone()]
    }

    fn chunk(&mut self, number: usize) -> Result<&str, TextsError> {
        if let std::collections::hash_map::Entry::Vacant(entry) = self.read.entry(number) {
            let chunk = &self.table.chunks[number];
            entry.insert(self.table.read(chunk.at, &chunk.section)?);
        }
        Ok(&self.read[&number])
    }
}

/// Finds the text of a key in a chunk.
fn find<'c>(chunk: &'c str, key: &str) -> Option<&'c str> {
    let found = memchr::memmem::find_iter(chunk.as_bytes(), key);
    for at in found {
        let is_start = at == 0 || chunk.as_bytes()[at - 1] == b'\n';
        let rest = &chunk[at + key.len()..];
        if let (true, Some(text)) = (is_start, rest.strip_prefix('\t')) {
            return text.lines().next();
        }
    }
    None
}

/// Formats a table of texts, which must be sorted by key and have no line breaks.
pub(super) fn write<'t>(
    head: &str,
    texts: impl Iterator<Item = (&'t str, &'t str)>,
) -> Result<Vec<u8>, TextsError> {
    let is_line = |text: &str| !text.contains(['\n', '\t']);
    if !is_line(head) {
        return Err(TextsError::Name(head.to_owned()));
    }
    let mut writer = Writer {
        directory: format!("{head}\n"),
        ..Writer::default()
    };
    for (key, text) in texts {
        if !is_line(key) {
            return Err(TextsError::Name(key.to_owned()));
        }
        let length = key.len() + text.len() + 2;
        if length > MAX_UNPACKED {
            return Err(TextsError::TooLong(key.to_owned()));
        }
        if writer.chunk.len() + length > CHUNK {
            writer.flush()?;
        }
        if writer.chunk.is_empty() {
            key.clone_into(&mut writer.first);
        }
        let _ = writeln!(writer.chunk, "{key}\t{text}");
    }
    writer.flush()?;
    let (section, directory) = pack_at(&writer.directory, LEVEL);
    let is_short = section.packed.max(section.unpacked) <= MAX_UNPACKED;
    let file = is_short.then(|| header(MAGIC, &section)).flatten();
    let mut file = file.ok_or(TextsError::TooMany)?;
    file.extend(directory);
    file.extend(writer.chunks);
    Ok(file)
}

#[derive(Default)]
struct Writer {
    directory: String,
    chunks: Vec<u8>,
    chunk: String,
    first: String,
}

impl Writer {
    /// Compresses the current chunk, and begins a new one.
    fn flush(&mut self) -> Result<(), TextsError> {
        if self.chunk.is_empty() {
            return Ok(());
        }
        let (section, packed) = pack_at(&self.chunk, LEVEL);
        let Section {
            packed: length,
            unpacked,
            hash,
        } = section;
        let first = &self.first;
        if length > MAX_UNPACKED {
            return Err(TextsError::TooLong(first.clone()));
        }
        let _ = writeln!(self.directory, "{length} {unpacked} {hash:016x} {first}");
        self.chunks.extend(packed);
        self.chunk.clear();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directory_without_line_break_is_damaged() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("intl.bin");
        for directory in ["\u{e9}", "head\n1 1 0 key\u{e9}", ""] {
            let (section, packed) = pack_at(directory, LEVEL);
            let mut file = header(MAGIC, &section).expect("a short section");
            file.extend(packed);
            std::fs::write(&path, file).expect("a file");
            let error = Table::open(&path).expect_err("it is damaged");
            assert!(matches!(error, TextsError::Damaged { .. }), "{directory}");
        }
    }

    #[test]
    fn unreadable_contents_are_rejected() {
        let long = |number| format!("{number:03}{}", "x".repeat(CHUNK));
        let keys: Vec<String> = (0..MAX_UNPACKED / CHUNK).map(long).collect();
        let written = write("head", keys.iter().map(|key| (key.as_str(), "")));
        assert!(matches!(written, Err(TextsError::TooMany)));
        for (head, key) in [("head", "a\tb"), ("head", "a\nb"), ("a\nb", "key")] {
            let written = write(head, [(key, "text")].into_iter());
            assert!(matches!(written, Err(TextsError::Name(_))), "{key:?}");
        }
    }
}
