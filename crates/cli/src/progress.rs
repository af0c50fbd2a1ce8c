//! Progress line for long operations.

use std::io::{self, IsTerminal as _, Write as _};

use crate::terminal::visible;

/// Line on standard error with the progress of a long operation. It is shown only on a terminal, and removed at the
/// end.
pub(crate) struct Progress {
    is_shown: bool,
}

impl Progress {
    pub(crate) fn new() -> Self {
        Self {
            is_shown: io::stderr().is_terminal(),
        }
    }

    /// Replaces the line; `text` may come from the service. Write errors are ignored, because they cannot be reported.
    pub(crate) fn show(&self, text: &str) {
        if self.is_shown {
            let line = visible(&text.replace('\n', " "));
            let _ = write!(io::stderr(), "\r\x1b[K{line}");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.show("");
    }
}
