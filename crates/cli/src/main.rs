//! `tc3`: the command line of Tencent Cloud's API 3.0.

#![forbid(unsafe_code)]

mod action_help;
mod all;
mod async_runtime;
mod call;
mod commands;
mod complete;
mod completion;
mod configure;
mod docs;
mod document;
mod emulate;
mod examples;
mod explain;
mod explore;
mod failure;
mod folders;
mod input;
mod json;
mod keyring;
mod line;
mod names;
mod node;
mod observer;
mod options;
mod output;
mod profile_file;
mod progress;
mod query;
mod reference;
mod request_text;
mod rows;
mod search;
mod service_help;
mod session;
mod skeleton;
mod table;
mod target;
mod terminal;
mod texts;
mod verify;
mod wait;

use std::env;
use std::process::ExitCode;

use crate::failure::{ErrorFormat, Failure};
use crate::line::Line;

fn main() -> ExitCode {
    if let Some(code) = complete::run() {
        return code;
    }
    let line = match Line::new(env::args_os().skip(1)) {
        Ok(line) => line,
        Err(number) => {
            let problem = format!("argument {number} is not UTF-8; use `@FILE` for such a value");
            return Failure::usage(problem).report(ErrorFormat::Text);
        }
    };
    commands::run(&line).unwrap_or_else(|failure| failure.report(options::error_format(&line)))
}
