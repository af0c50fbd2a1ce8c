use std::fmt;

/// Why a text could not be read: what was expected, what stood there, and where.
///
/// It quotes no more than a few characters of the text.
#[derive(Clone)]
pub struct ReadError(Box<Reason>);

#[derive(Clone)]
struct Reason {
    line: usize,
    column: usize,
    /// The innermost segment first, as they are added on the way out.
    path: Vec<Segment>,
    expected: &'static str,
    found: String,
}

#[derive(Clone)]
enum Segment {
    Member(String),
    Element(usize),
}

/// How many characters of the text an error shows, there and of each name in the path.
const EXCERPT: usize = 32;

/// How many names and indexes a path shows at either end.
const SEGMENTS: usize = 8;

impl ReadError {
    /// An error at a byte of the text.
    #[cold]
    pub(crate) fn new(text: &[u8], position: usize, expected: &'static str) -> Self {
        let position = position.min(text.len());
        let (before, rest) = text.split_at(position);
        let line_start = before
            .iter()
            .rposition(|&byte| byte == b'\n')
            .map_or(0, |index| index + 1);
        // A column is a character: a byte that does not continue one.
        let is_start = |byte: &&u8| **byte & 0xC0 != 0x80;
        Self(Box::new(Reason {
            line: 1 + before.iter().filter(|&&byte| byte == b'\n').count(),
            column: 1 + before[line_start..].iter().filter(is_start).count(),
            path: Vec::new(),
            expected,
            found: excerpt(rest),
        }))
    }

    /// The same error, as seen from the object in which it stands in this member.
    #[cold]
    pub(crate) fn in_member(mut self, name: &str) -> Self {
        let name = name.chars().take(EXCERPT).collect();
        self.0.path.push(Segment::Member(name));
        self
    }

    /// The same error, as seen from the array in which it stands in this element.
    #[cold]
    pub(crate) fn in_element(mut self, index: usize) -> Self {
        self.0.path.push(Segment::Element(index));
        self
    }

    /// The line, from 1.
    pub fn line(&self) -> usize {
        self.0.line
    }

    /// The character in the line, from 1.
    pub fn column(&self) -> usize {
        self.0.column
    }

    /// Which value could not be read, for example `Response.Members[3].Uin`; empty for the whole.
    pub fn path(&self) -> String {
        path(&self.0.path)
    }

    /// What a JSON text, or the document, would have had there.
    pub fn expected(&self) -> &str {
        self.0.expected
    }

    /// What stood there: an excerpt of the text between grave accents, or words that say that it ended.
    pub fn found(&self) -> &str {
        &self.0.found
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Reason {
            line,
            column,
            expected,
            found,
            ..
        } = &*self.0;
        write!(
            f,
            "expected {expected}, found {found} at line {line}, column {column}"
        )?;
        if !self.0.path.is_empty() {
            write!(f, ", in `{}`", self.path())?;
        }
        Ok(())
    }
}

impl fmt::Debug for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReadError({self})")
    }
}

impl std::error::Error for ReadError {}

/// Why a record could not be written: a Float or Double in it is NaN or infinite, for which JSON has no number.
#[derive(Clone)]
pub struct WriteError(Box<Unwritable>);

#[derive(Clone)]
struct Unwritable {
    /// The innermost segment first, as they are added on the way out.
    path: Vec<Segment>,
    value: f64,
}

impl WriteError {
    #[cold]
    pub(crate) fn new(value: f64) -> Self {
        Self(Box::new(Unwritable {
            path: Vec::new(),
            value,
        }))
    }

    #[cold]
    pub(crate) fn in_member(mut self, name: &str) -> Self {
        self.0.path.push(Segment::Member(name.to_owned()));
        self
    }

    #[cold]
    pub(crate) fn in_element(mut self, index: usize) -> Self {
        self.0.path.push(Segment::Element(index));
        self
    }

    /// Which value could not be written, for example `Filters[3].Ratio`.
    pub fn path(&self) -> String {
        path(&self.0.path)
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (path, value) = (self.path(), self.0.value);
        write!(f, "`{path}` is {value}, for which JSON has no number")
    }
}

impl fmt::Debug for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WriteError({self})")
    }
}

impl std::error::Error for WriteError {}

fn path(segments: &[Segment]) -> String {
    let mut path = String::new();
    for (depth, segment) in segments.iter().rev().enumerate() {
        if depth >= SEGMENTS && depth + SEGMENTS < segments.len() {
            if depth == SEGMENTS {
                path.push_str(".…");
            }
            continue;
        }
        match segment {
            Segment::Element(index) => path.push_str(&format!("[{index}]")),
            Segment::Member(name) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.extend(name.chars().flat_map(visible));
            }
        }
    }
    path
}

/// The beginning of a text, in one line.
pub(super) fn excerpt(text: &[u8]) -> String {
    if text.is_empty() {
        return "the end".to_owned();
    }
    // A character has four bytes at most.
    let head = String::from_utf8_lossy(&text[..text.len().min(4 * EXCERPT)]);
    let shown: String = head.chars().take(EXCERPT).flat_map(visible).collect();
    let more = if head.chars().count() > EXCERPT {
        "…"
    } else {
        ""
    };
    format!("`{shown}{more}`")
}

/// A character, escaped if it would not show on a line.
fn visible(character: char) -> impl Iterator<Item = char> {
    let escaped = character.is_control();
    escaped
        .then(|| character.escape_default())
        .into_iter()
        .flatten()
        .chain((!escaped).then_some(character))
}
