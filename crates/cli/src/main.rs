//! `tc3`: the command line of Tencent Cloud's API 3.0.

#![forbid(unsafe_code)]

mod action_help;
mod call;
mod commands;
mod exchange;
mod failure;
mod json;
mod line;
mod observer;
mod options;
mod service_help;
mod skeleton;
mod style;
mod target;

use std::env;
use std::process::ExitCode;

use crate::line::Line;
use crate::options::ErrorFormat;

fn main() -> ExitCode {
    let line = match Line::new(env::args_os().skip(1)) {
        Ok(line) => line,
        Err(failure) => return failure.report(ErrorFormat::Text),
    };
    commands::run(&line).unwrap_or_else(|failure| failure.report(line.error_format()))
}
