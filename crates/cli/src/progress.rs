//! Progress of long work.

use std::io::{self, IsTerminal as _, Write as _};

/// Line on standard error that says how far long work is. It is shown only on a terminal, and removed at the end.
pub(crate) struct Progress {
    is_shown: bool,
}

impl Progress {
    pub(crate) fn new() -> Self {
        Self {
            is_shown: io::stderr().is_terminal(),
        }
    }

    /// Replaces the line. Errors are ignored: there is nowhere to report them.
    pub(crate) fn show(&self, text: &str) {
        if self.is_shown {
            let _ = write!(io::stderr(), "\r\x1b[K{text}");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.show("");
    }
}
