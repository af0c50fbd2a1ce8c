//! `tc3`: the command line of Tencent Cloud's API 3.0.

#![forbid(unsafe_code)]

mod action_help;
mod call;
mod commands;
mod configure;
mod emulate;
mod exchange;
mod failure;
mod input;
mod json;
mod line;
mod observer;
mod options;
mod profile_file;
mod service_help;
mod skeleton;
mod style;
mod target;
mod verify;

use std::env;
use std::process::ExitCode;

use crate::failure::{ErrorFormat, Failure};
use crate::line::Line;

fn main() -> ExitCode {
    let line = match Line::new(env::args_os().skip(1)) {
        Ok(line) => line,
        Err(word) => {
            let word = word.to_string_lossy();
            let problem = format!("argument `{word}` is not UTF-8; use `@FILE` for such a value");
            return Failure::usage(problem).report(ErrorFormat::Text);
        }
    };
    commands::run(&line).unwrap_or_else(|failure| failure.report(options::error_format(&line)))
}
