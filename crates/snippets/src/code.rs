//! Lines of code with indentation.

/// Comment before a call that does not use the types of an SDK.
pub(crate) const UNTYPED: &str =
    "Untyped, because the SDK's types would not send all of these values as they are.";

/// Text of a program during its generation.
pub(crate) struct Code {
    text: String,
    unit: &'static str,
    depth: usize,
}

impl Code {
    /// Creates an empty text with this indentation for each level.
    pub(crate) fn new(unit: &'static str) -> Self {
        Self {
            text: String::new(),
            unit,
            depth: 0,
        }
    }

    /// Adds lines, each with the indentation of the current level.
    pub(crate) fn lines(&mut self, lines: impl AsRef<str>) {
        for line in lines.as_ref().lines() {
            if !line.is_empty() {
                self.text.push_str(&self.unit.repeat(self.depth));
                self.text.push_str(line);
            }
            self.text.push('\n');
        }
    }

    /// Adds lines of a comment.
    pub(crate) fn comment(&mut self, sign: &str, text: Option<String>) {
        for line in text.iter().flat_map(|text| text.lines()) {
            self.lines(format!("{sign} {line}"));
        }
    }

    /// Adds an empty line.
    pub(crate) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// Adds lines, and begins a level.
    pub(crate) fn open(&mut self, lines: impl AsRef<str>) {
        self.lines(lines);
        self.depth += 1;
    }

    /// Ends a level, and adds lines.
    pub(crate) fn close(&mut self, lines: impl AsRef<str>) {
        self.depth -= 1;
        self.lines(lines);
    }

    pub(crate) fn finish(self) -> String {
        self.text
    }
}
