//! Progress of long work.

use std::io::{self, IsTerminal as _, Write as _};

use crate::style::visible;

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

    /// Replaces the line; `text` may come from the service. Errors are ignored: there is nowhere to report them.
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
