//! Decodes responses with generated types, and encodes them again.

use std::collections::HashMap;
use std::io::{self, BufRead, Write};

use tc3::{__private::echo, Request};

type Echo = fn(&str) -> Result<String, String>;

/// The functions that decode and encode the response of each action, by version and action.
#[derive(Default)]
pub(crate) struct Echoes(HashMap<(&'static str, &'static str), Echo>);

impl Echoes {
    /// Adds the action of a request.
    pub(crate) fn add<R: Request>(&mut self) {
        let echo: Echo = |text| echo::<R::Response>(text).map(|(written, _)| written);
        let action = (R::ACTION.service.version, R::ACTION.name);
        self.0.insert(action, echo);
    }

    /// Reads lines of a version, an action and a response, separated by tabs. For each, writes a line with the response
    /// encoded again, or a tab and the error.
    ///
    /// # Errors
    /// Fails if the lines cannot be read or written.
    pub(crate) fn run(&self, input: impl BufRead, mut out: impl Write) -> io::Result<()> {
        for line in input.lines() {
            let line = line?;
            let mut parts = line.splitn(3, '\t');
            let [version, action, text] = [(); 3].map(|()| parts.next().unwrap_or_default());
            let echo = self.0.get(&(version, action));
            match echo.map_or_else(|| Err("unknown action".to_owned()), |echo| echo(text)) {
                Ok(text) => writeln!(out, "{text}")?,
                Err(error) => writeln!(out, "\t{}", error.replace('\n', " "))?,
            }
        }
        out.flush()
    }
}
