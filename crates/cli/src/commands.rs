//! The commands.

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};
use clap_mangen::Man;
use tc3_arguments::first_word;
use tc3_catalogue::Catalogue;
use tc3_spec::nearest_names;

use crate::failure::Failure;
use crate::line::Line;
use crate::options::{self, Command, Options, Root};
use crate::{
    call, completion, configure, docs, emulate, examples, explain, explore, reference, search,
    service_help, target, terminal, verify,
};

/// Word that requests help, as in tccli.
const HELP: &str = "help";

/// Runs a command line.
///
/// # Errors
/// Fails if the command fails.
pub(crate) fn run(line: &Line) -> Result<ExitCode, Failure> {
    if let Some(at) = first_word(&line.words, &options::takes_value)
        && line.words[at] != HELP
        && let commands = options::commands()
        && !commands.contains(&line.words[at])
    {
        let result = match line.words.get(at + 1) {
            Some(action) if !action.starts_with('-') && action != HELP => call::run(line, at),
            _ => service_help::run(line, at),
        };
        // A word that is no service may be a misspelled command.
        let similar = nearest_names(&line.words[at], commands.iter().map(String::as_str));
        return result.map_err(|failure| failure.with_similar(at, &similar));
    }
    let first = first_word(&line.words, &options::takes_value);
    let words = line.words.iter().enumerate();
    let words = words.map(|(index, word)| match word.as_str() {
        HELP if first == Some(index) => "--help",
        word => word,
    });
    let words = ["tc3"].into_iter().chain(words);
    let root = Root::try_parse_from(words).map_err(|error| Failure::Clap(Box::new(error)))?;
    root.options.refuse_secrets()?;
    let name = first.map_or("", |first| &line.words[first]);
    command(line, root).map_err(|failure| failure.with_help_command(name))
}

fn command(line: &Line, root: Root) -> Result<ExitCode, Failure> {
    let site = || target::site(root.options.site, root.options.profile.as_deref());
    let version = root.options.version.as_deref();
    match root.command {
        Command::Services => services(&root.options),
        Command::Configure(arguments) => {
            configure::run(&arguments, root.options.profile.as_deref())
        }
        Command::Man { tables: true } => {
            terminal::print_data(&reference::markdown(&Root::command()))?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Man { tables: false } => man(),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::Emulate(arguments) => emulate::run(*arguments, site),
        Command::Explain(arguments) => explain::run(line, &arguments, site()?, version),
        Command::Explore(arguments) => explore::run(
            &arguments,
            site()?,
            root.options.profile,
            root.options.version,
            options::takes_value,
        ),
        Command::Search(arguments) => search::run(&arguments, site()?, version),
        Command::Examples(arguments) => examples::run(line, &arguments, site()?, version),
        Command::Docs(command) => docs::run(&command, root.options.site, site),
        Command::Completion(arguments) => completion::run(&arguments),
    }
}

/// Prints the services of a site with their versions.
fn services(options: &Options) -> Result<ExitCode, Failure> {
    let catalogue = Catalogue::of_site(target::site(options.site, options.profile.as_deref())?);
    let lines = catalogue.services().map(|service| {
        let versions: Vec<&str> = catalogue.versions(service).collect();
        format!("{service:<16} {}\n", versions.join(" "))
    });
    terminal::print_data(&lines.collect::<String>())?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the manual page.
fn man() -> Result<ExitCode, Failure> {
    let mut page = Vec::new();
    Man::new(Root::command()).render(&mut page)?;
    terminal::print_data(&String::from_utf8_lossy(&page))?;
    Ok(ExitCode::SUCCESS)
}
