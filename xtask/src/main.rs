//! The maintainer's commands, run as `cargo xtask <command>`.

mod changes;
mod conformance;
mod diff;
mod emulate;
mod explain;
mod fetch;
mod files;
mod generate;
mod import;
mod lock;
mod parse;
mod regenerate;
mod removal;
mod service;
mod workers;

use std::path::{Path, PathBuf};
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
    /// Read every documented response of the vendor's metadata into the generated types, write it again, and say what was
    /// lost; list every response that deviates from its own tables.
    ///
    /// Exit status: 0 if nothing is lost of the responses that are well-formed, 1 if something is or the crates do not
    /// build, 2 if the command is used wrongly.
    Conformance(conformance::Arguments),
    /// Say what changed from some specs to others, what each change does to callers of the generated crates, and which
    /// version follows.
    ///
    /// Exit status: 0 whatever changed, 1 if a side cannot be read or the two do not belong together, 2 if the command is
    /// used wrongly.
    Diff(diff::Arguments),
    /// Run a local service made from the specs, to develop and test against, until the process is ended.
    ///
    /// Prints where it listens and how a client is pointed at it. Exit status: 1 if it cannot start, 2 if the command is
    /// used wrongly.
    Emulate(emulate::Arguments),
    /// Print where something comes from and what comes of it: the row of the page, the entry in the spec, the generated
    /// code, and the fixups, imports and entries of the glossary that touched it.
    ///
    /// Where several things have the name, all are printed. Exit status: 1 if nothing has it or a file cannot be read, 2
    /// if the command is used wrongly.
    Explain(explain::Arguments),
    /// Download the pages of a version of a service into `specs/<service>/pages/<version>`, politely, and keep the good ones.
    ///
    /// What is no page of an action, of data types or of error codes, or not the one that it should be, never takes the
    /// place of a good page. A run that was interrupted goes on where it stopped. Exit status: 0 if all pages are there
    /// as the site has them, 1 if a page was refused or did not come (the others are kept), 2 if the command is used
    /// wrongly.
    Fetch(fetch::Arguments),
    /// Generate crates from specs into a folder of their own, of all services or some, with all their actions or some.
    ///
    /// Exit status: 1 if a spec cannot be read, or a service or an action does not exist (then nothing is written), 2 if
    /// the command is used wrongly.
    Generate(generate::Arguments),
    /// Read the vendor's machine-readable metadata, as PyPI has it in the packages `tccli-intl-en` and `tccli`, and write
    /// specs.
    ///
    /// Where a service has pages, what they say stays, the metadata fills in the rest, and contradictions are reported.
    /// Exit status: 1 if the metadata or a page cannot be read or an action is gone (then nothing is written), 2 if the
    /// command is used wrongly.
    Import(import::Arguments),
    /// Read documentation pages and print what they say as JSON Lines, one object a page.
    ///
    /// Diagnostics for people go to standard error. Exit status: 0 if no page has an error, 1 if one has, 2 if the
    /// command is used wrongly.
    Parse {
        /// Pages, and folders of pages.
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
    },
    /// Read all pages below `specs`, and write the specs and the generated crates.
    ///
    /// Exit status: 0 if all is well, 1 if a page has an error, a fixup does not fit or an action is gone (then nothing is
    /// written) or the check failed, 2 if the command is used wrongly.
    Regenerate {
        /// Write nothing; print the difference and fail if specs or generated crates are stale.
        #[arg(long)]
        check: bool,
        /// The folder with `specs` and `generated` in it, instead of this workspace.
        #[arg(long, value_name = "DIR")]
        root: Option<PathBuf>,
        /// Let actions go that specs or generated crates have, and neither pages nor metadata have any more.
        #[arg(long)]
        allow_removal: bool,
    },
}

fn main() -> ExitCode {
    // A path that cannot be read is a wrong use of `parse`, and a failure of `regenerate`.
    let (result, failure) = match Arguments::parse().command {
        Command::Conformance(arguments) => (conformance::run(&arguments), 1),
        Command::Diff(arguments) => (diff::run(&arguments), 1),
        Command::Emulate(arguments) => (emulate::run(arguments), 1),
        Command::Explain(arguments) => (explain::run(&arguments), 1),
        Command::Fetch(arguments) => (fetch::run(&arguments), 1),
        Command::Generate(arguments) => (generate::run(&arguments), 1),
        Command::Import(arguments) => (import::run(&arguments), 1),
        Command::Parse { paths } => (parse::run(&paths), 2),
        Command::Regenerate {
            check,
            root,
            allow_removal,
        } => {
            let root = root.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
            (regenerate::run(&root, check, allow_removal), 1)
        }
    };
    result.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::from(failure)
    })
}
