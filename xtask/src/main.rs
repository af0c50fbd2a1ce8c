//! The maintainer's commands, run as `cargo xtask <command>`.

#[macro_use]
mod print;

mod conformance;
mod diff;
mod emulate;
mod explain;
mod fetch;
mod generate;
mod import;
mod parse;
mod regenerate;
mod workspace;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

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
    Parse(parse::Arguments),
    /// Read all pages below `specs`, and write the specs and the generated crates.
    ///
    /// Exit status: 0 if all is well, 1 if a page has an error, a fixup does not fit or an action is gone (then nothing is
    /// written) or the check failed, 2 if the command is used wrongly.
    Regenerate(regenerate::Arguments),
}

fn main() -> ExitCode {
    let matches = Arguments::command().get_matches();
    let arguments = Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let result = match arguments.command {
        Command::Conformance(arguments) => conformance::run(arguments),
        Command::Diff(arguments) => diff::run(arguments),
        Command::Emulate(arguments) => emulate::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Fetch(arguments) => fetch::run(arguments),
        Command::Generate(arguments) => generate::run(arguments),
        Command::Import(arguments) => import::run(arguments),
        Command::Parse(arguments) => parse::run(arguments),
        Command::Regenerate(arguments) => regenerate::run(arguments),
    };
    result.unwrap_or_else(|error| match error.downcast::<clap::Error>() {
        Ok(usage) => {
            let mut all = Arguments::command();
            all.build();
            let name = matches.subcommand_name().unwrap_or_default();
            match all.find_subcommand_mut(name) {
                Some(command) => usage.format(command).exit(),
                None => usage.exit(),
            }
        }
        Err(error) => {
            tell!("error: {}\n", message(&error));
            ExitCode::FAILURE
        }
    })
}

/// An error with its causes, but for those that it has in its own words already.
fn message(error: &anyhow::Error) -> String {
    let mut message = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !message.ends_with(&cause) {
            message = format!("{message}: {cause}");
        }
    }
    message
}
