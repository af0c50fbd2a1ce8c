//! Help of a service: its actions.

use std::process::ExitCode;

use clap::Parser as _;
use tc3_arguments::first_word;

use crate::failure::Failure;
use crate::line::Line;
use crate::options::{self, CallOptions};
use crate::target::{self, ServiceTarget};
use crate::terminal::print_text;
use crate::{explain, texts};

/// Prints the actions of a service. Fails unless help is requested: the action is missing or misplaced.
pub(crate) fn run(line: &Line, at: usize) -> Result<ExitCode, Failure> {
    let after = &line.words[at + 1..];
    let site = options::option_value(&line.words, &["--site"]).and_then(|site| site.parse().ok());
    let profile = options::option_value(&line.words, &["--profile"]);
    // An unknown service takes precedence over a missing action.
    let site = target::site(site, profile)?;
    ServiceTarget::find(line, at, site, None)?;
    if let Some(index) = first_word(after, &options::call_option_takes_value)
        && after[index] != "help"
    {
        let service = &line.words[at];
        let message = format!(
            "an action must follow `{service}` directly, and its options follow the action"
        );
        // The word may be the value of a parameter. Then the error points at the parameter.
        let is_parameter = |word: &String| {
            let name = word.split('=').next().unwrap_or_default();
            name.starts_with("--") && options::call_option_takes_value(name).is_none()
        };
        let parameter = after[..index].iter().position(is_parameter);
        let argument = at + 1 + parameter.unwrap_or(index);
        return Err(Failure::at_word(line, at..at + 1, argument, message));
    }
    let words = line.words.iter().enumerate();
    let words = words.filter(|(index, _)| *index != at);
    let words = words.map(|(_, word)| match word.as_str() {
        "help" => "--help",
        word => options::call_option_name(word),
    });
    let options = CallOptions::try_parse_from(["tc3"].into_iter().chain(words))
        .map_err(|error| Failure::Clap(Box::new(error)))?;
    let service = ServiceTarget::find(line, at, site, options.options.version.as_deref())?;
    if !options.help {
        let message = format!("an action of `{}` must follow", service.name);
        return Err(Failure::at_word(line, at..at + 1, at, message));
    }
    let spec = service.outline()?;
    let summaries = texts::summaries(site, &spec.service, &spec.version);
    print_text(&explain::service(&spec, &summaries))?;
    Ok(ExitCode::SUCCESS)
}
