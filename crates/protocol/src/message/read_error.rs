use std::fmt;

/// Error of the reader, with its cause and position. It quotes only the names of members.
#[derive(Debug)]
pub struct ReadError {
    message: String,
    path: String,
}

const TOO_LARGE: &str = "the values take too much memory";

impl ReadError {
    pub(super) fn new(message: &str, path: &str) -> Self {
        let (message, path) = (message.to_owned(), path.to_owned());
        Self { message, path }
    }

    /// Creates the error of a text whose values take too much memory.
    pub(super) fn too_large() -> Self {
        Self::new(TOO_LARGE, "")
    }

    /// Returns whether the text may be valid, but its values take more memory than was allowed.
    pub fn is_too_large(&self) -> bool {
        self.message == TOO_LARGE
    }

    /// Creates the error of a text that is not JSON.
    #[cold]
    pub(super) fn syntax(text: &str, error: &serde_json::Error) -> Self {
        let lines = text.split_inclusive('\n').take(error.line() - 1);
        // The position is that of the invalid byte.
        let end = lines.map(str::len).sum::<usize>() + error.column();
        let before = end - usize::from(!error.is_eof() && error.column() > 0);
        Self {
            message: error.to_string(),
            path: path(&text.as_bytes()[..before.min(text.len())]),
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if !self.path.is_empty() {
            write!(f, ", in `{}`", self.path)?;
        }
        Ok(())
    }
}

impl std::error::Error for ReadError {}

/// Part of the path to a value.
enum Part<'t> {
    /// A member, with its name once it is known.
    Member(Option<&'t [u8]>),
    Element(usize),
}

/// Maximum number of path parts that an error shows at each end.
const MAX_PARTS: usize = 8;

/// Maximum number of characters of a name that an error shows.
const MAX_NAME: usize = 32;

/// Returns the path to the value at the end of an incomplete JSON text.
fn path(text: &[u8]) -> String {
    let mut parts = Vec::new();
    let mut bytes = text.iter().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match (byte, parts.last_mut()) {
            (b'{', _) => parts.push(Part::Member(None)),
            (b'[', _) => parts.push(Part::Element(0)),
            (b'}' | b']', _) => drop(parts.pop()),
            (b',', Some(Part::Member(name))) => *name = None,
            (b',', Some(Part::Element(index))) => *index += 1,
            (b'"', part) => {
                let mut is_escaped = false;
                let end = bytes.find(|(_, byte)| {
                    let is_end = **byte == b'"' && !is_escaped;
                    is_escaped = **byte == b'\\' && !is_escaped;
                    is_end
                });
                if let (Some((end, _)), Some(Part::Member(name @ None))) = (end, part) {
                    *name = Some(&text[at + 1..end]);
                }
            }
            _ => {}
        }
    }
    let mut path = String::new();
    for (index, part) in parts.iter().enumerate() {
        if index >= MAX_PARTS && index + MAX_PARTS < parts.len() {
            path.push_str(if index == MAX_PARTS { ".…" } else { "" });
            continue;
        }
        match part {
            Part::Element(index) => path.push_str(&format!("[{index}]")),
            Part::Member(None) => {}
            Part::Member(Some(name)) => {
                let name = String::from_utf8_lossy(name);
                let name: String = name.chars().take(MAX_NAME).collect();
                path.push_str(if path.is_empty() { "" } else { "." });
                path.extend(name.escape_debug());
            }
        }
    }
    path
}
