//! Shell completion of a command line.
//!
//! It builds a [`clap::Command`] for the typed words: the root, with only the service and the action of the line. The
//! engine of `clap_complete` finds candidates in it. The completion scripts call this program.

mod cache;
mod command;
mod identifiers;
mod incomplete_call;
mod line;
mod parameters;

use std::env;
use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::ValueEnum as _;
use clap_complete::engine;

use crate::completion::{SHELL, Shell, WORDS};

/// Environment variable with the index of the word to complete, in some scripts. In others it is the last word.
const INDEX: &str = "_CLAP_COMPLETE_INDEX";

/// Separator of candidates for bash.
const BASH_SEPARATOR: &str = "\u{b}";

/// Prints candidates if a completion script runs the program, and returns the exit code; otherwise `None`. Prints no
/// errors, which would disturb the line.
pub(crate) fn run() -> Option<ExitCode> {
    let shell = env::var(SHELL).ok().filter(|shell| !shell.is_empty())?;
    let words: Vec<OsString> = match env::var(WORDS) {
        Ok(words) => words.split('\n').map(OsString::from).collect(),
        Err(_) => {
            let mut arguments = env::args_os();
            // The words of the line follow `--`.
            arguments.find(|argument| argument == "--")?;
            arguments.collect()
        }
    };
    let shell = Shell::from_str(&shell, false).ok();
    // Some adapters require at least the name of the program.
    let shell = shell.filter(|_| !words.is_empty());
    let is_complete = shell.is_some_and(|shell| {
        let mut output = Vec::new();
        complete(shell, words, &mut output).is_ok() && io::stdout().write_all(&output).is_ok()
    });
    Some(match is_complete {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

fn complete(shell: Shell, words: Vec<OsString>, output: &mut Vec<u8>) -> io::Result<()> {
    let index = env::var(INDEX).ok().and_then(|index| index.parse().ok());
    let index = index.unwrap_or(words.len().saturating_sub(1));
    // bash splits words at `=`.
    let (words, index) = match shell {
        Shell::Bash => line::joined(words, index),
        _ => (words, index),
    };
    let current = words.get(index).map(|word| word.to_string_lossy());
    let mut command = command::of(&line::before(&words, index), &current.unwrap_or_default());
    let folder = env::current_dir().ok();
    let folder = folder.as_deref();
    let Shell::Bash = shell else {
        let adapter = shell.adapter();
        return adapter.write_complete(&mut command, words, folder, output);
    };
    let candidates = engine::complete(&mut command, words, index, folder)?;
    let values = candidates.iter().map(|of| of.get_value().to_string_lossy());
    output.extend(values.collect::<Vec<_>>().join(BASH_SEPARATOR).bytes());
    Ok(())
}
