//! The maintainer's commands: `cargo xtask <command>`.

#[macro_use]
mod print;

mod catalogue;
mod conformance;
mod diff;
mod explain;
mod fetch;
mod generate;
mod import;
mod parse;
mod progress;
mod regenerate;
mod report;
mod source;
mod usage;
mod visible;
mod workspace;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use usage::as_usage;

/// Commands for the maintainer of the generated Tencent Cloud clients.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the catalogues of all services from the vendor's packages.
    ///
    /// Exit status: 0 if they were built, 1 if a package cannot be read or a service cannot be imported (nothing is
    /// written), or if the check failed, 2 on a usage error.
    Catalogue(catalogue::Arguments),
    /// Check that documented responses survive the generated types.
    ///
    /// Decodes and re-encodes every documented response of the vendor's metadata, reports what was lost, and lists each
    /// response that deviates from its own tables. Exit status: 0 if well-formed responses lose nothing, 1 if they do
    /// or the crates do not build, 2 on a usage error.
    Conformance(conformance::Arguments),
    /// Compare two sets of specs: changes, their effect on callers, and the next crate version.
    ///
    /// Exit status: 0 if the sides were compared, 1 if a side cannot be read, 2 on a usage error, such as sides of different
    /// services.
    Diff(diff::Arguments),
    /// Trace a name: its row on the page, its entry in the spec, and its generated code.
    ///
    /// Also prints the fixups, imports and glossary entries that apply. Prints every item of that name. Exit status: 1
    /// if a file cannot be read, 2 on a usage error, such as an unknown name.
    Explain(explain::Arguments),
    /// Download the documentation pages of a service version into `specs/<service>/pages/<version>`.
    ///
    /// Keeps only valid pages of actions, data types or error codes; a rejected page never replaces a good one. An
    /// interrupted run can be resumed. Exit status: 0 if all pages are up to date, 1 if a page was rejected or failed
    /// (the others are kept), 2 on a usage error.
    Fetch(fetch::Arguments),
    /// Generate crates from specs into any folder, for all or some services and actions.
    ///
    /// Exit status: 1 if a spec cannot be read (nothing is written), 2 on a usage error, such as an unknown service or
    /// action.
    Generate(generate::Arguments),
    /// Import specs from the vendor's metadata (PyPI packages `tccli-intl-en` and `tccli`).
    ///
    /// Pages take precedence; the metadata adds what they lack, and conflicts are reported. `--all` skips services
    /// that fail. Exit status: 1 if a service failed, or an action would be removed (nothing is written), 2 on a usage
    /// error.
    Import(import::Arguments),
    /// Parse documentation pages and print JSON Lines, one object per page.
    ///
    /// Prints diagnostics to standard error. Exit status: 0 if no page has an error, 1 if one has, 2 on a usage error.
    Parse(parse::Arguments),
    /// Regenerate the specs and the generated crates from all sources below `specs`.
    ///
    /// Exit status: 0 on success, 1 if a page has an error, a fixup does not apply or an action would be removed
    /// (nothing is written), or if the check failed, 2 on a usage error.
    Regenerate(regenerate::Arguments),
}

fn main() -> ExitCode {
    let matches = Arguments::command().get_matches();
    let arguments = Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let result = match arguments.command {
        Command::Catalogue(arguments) => catalogue::run(arguments),
        Command::Conformance(arguments) => conformance::run(arguments),
        Command::Diff(arguments) => diff::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Fetch(arguments) => fetch::run(arguments),
        Command::Generate(arguments) => generate::run(arguments),
        Command::Import(arguments) => import::run(arguments),
        Command::Parse(arguments) => parse::run(arguments),
        Command::Regenerate(arguments) => regenerate::run(arguments),
    };
    result.unwrap_or_else(|error| match as_usage(error) {
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
            print_message!("error: {}\n", message(&error));
            ExitCode::FAILURE
        }
    })
}

/// Formats an error with its causes, without those that the message already ends with.
fn message(error: &anyhow::Error) -> String {
    let mut message = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !message.ends_with(&cause) {
            message = format!("{message}: {cause}");
        }
    }
    message
}
