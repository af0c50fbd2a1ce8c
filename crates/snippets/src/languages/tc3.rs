//! The command line of this project.

use crate::arguments;
use crate::call::Checked;
use crate::error::Error;
use crate::text::shell;

pub(super) fn print(call: &Checked<'_>) -> Result<String, Error> {
    let arguments = arguments::of(call)?;
    let mut command = String::from("tc3");
    let mut length = command.len();
    for argument in arguments {
        let word = shell(&argument);
        // Splits a long command before options.
        if length + word.len() > 100 && argument.starts_with("--") {
            command.push_str(" \\\n   ");
            length = 0;
        }
        length += word.len() + 1;
        command.push(' ');
        command.push_str(&word);
    }
    command.push('\n');
    Ok(command)
}
