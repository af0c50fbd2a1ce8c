//! The maintainer's commands, run as `cargo xtask <command>`.

mod files;
mod parse;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Commands for the maintainer of the generated Tencent Cloud clients.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Read documentation pages and print what they say as JSON Lines, one object a page.
    ///
    /// Diagnostics for people go to standard error. Exit status: 0 if no page has an error, 1 if one has, 2 if the
    /// command is used wrongly.
    Parse {
        /// Pages, and folders of pages.
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
    },
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Parse { paths } => parse::run(&paths),
    };
    result.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::from(2)
    })
}
