//! Help of a service: its actions.

use std::process::ExitCode;

use clap::Parser as _;
use tc3_arguments::{Place, Problem};

use crate::failure::Failure;
use crate::line::Line;
use crate::options::{self, CallOptions};
use crate::style::{print, visible};
use crate::target::{self, ServiceTarget};
use crate::{explain, texts};

/// Prints the actions of a service, or fails if help is not asked for: an action is missing.
pub(crate) fn run(line: &Line, at: usize) -> Result<ExitCode, Failure> {
    let words = line.words.iter().enumerate();
    let words = words.filter(|(index, _)| *index != at);
    let words = words.map(|(_, word)| match word.as_str() {
        "help" => "--help",
        word => options::spelling_of_call(word),
    });
    let options = CallOptions::try_parse_from(["tc3"].into_iter().chain(words))
        .map_err(|error| Failure::Clap(Box::new(error)))?;
    let site = target::site(options.options.site, options.options.profile.as_deref())?;
    let of = ServiceTarget::find(line, at, site, options.options.version.as_deref())?;
    if !options.help {
        let end = line.words[at].len();
        let problem = Problem {
            message: format!("an action of `{}` must follow", of.service),
            place: Some(Place {
                argument: at,
                range: 0..end,
                is_hidden: false,
            }),
            similar: Vec::new(),
        };
        return Err(Failure::problems(line, at..at + 1, vec![problem]));
    }
    let spec = of.load()?;
    let summaries = texts::summaries(site, &spec.service, &spec.version);
    print(&visible(&explain::service(&spec, &summaries)))?;
    Ok(ExitCode::SUCCESS)
}
