//! Commands that are used wrongly.

use clap::CommandFactory;
use clap::error::ErrorKind;

/// A wrong use of a command that only the command itself finds. It is printed as those that clap finds.
#[derive(Debug)]
pub(crate) struct UsageError(String);

impl std::fmt::Display for UsageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for UsageError {}

impl UsageError {
    pub(crate) fn new(message: impl Into<String>) -> UsageError {
        UsageError(message.into())
    }

    /// Prints it with the usage of the command of this name, and ends with status 2.
    pub(crate) fn exit<Arguments: CommandFactory>(&self, command: &str) -> ! {
        let mut all = Arguments::command();
        all.build();
        let command = match all.find_subcommand_mut(command) {
            Some(command) => command.clone(),
            None => all,
        };
        command
            .clone()
            .error(ErrorKind::ValueValidation, &self.0)
            .exit()
    }
}
