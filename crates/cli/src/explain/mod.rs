//! `tc3 explain`: explains a service, an action, a parameter or a data type.

mod find;
mod json;
mod service;
mod subject;
mod text;
mod uses;

use std::process::ExitCode;

use clap::Args;
use tc3_spec::{Site, Spec};

use self::subject::{Explained, Subject};
use crate::failure::Failure;
use crate::line::Line;
use crate::terminal::{print_data, print_text};
use crate::texts;

pub(crate) use self::service::text as service;

/// Arguments of `tc3 explain`.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Name to explain: SERVICE, SERVICE.Action, SERVICE.Action.Parameter.Field, SERVICE.Type or SERVICE.Type.Field.
    #[arg(required = true, value_name = "NAME")]
    path: Vec<String>,
    /// Maximum depth of nested structures.
    #[arg(long, value_name = "LEVELS", default_value_t = 2)]
    depth: usize,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Explains a name.
pub(crate) fn run(
    line: &Line,
    arguments: &Arguments,
    site: Site,
    version: Option<&str>,
) -> Result<ExitCode, Failure> {
    let path = find::Path::new(line, &arguments.path);
    let whole = path.service(site, version)?;
    let mut spec = find::part(&whole, &path);
    texts::describe(site, &mut spec);
    let name = path.name();
    let explained = Explained {
        spec: &spec,
        whole: &whole,
        name: &name,
        depth: arguments.depth,
    };
    let subjects = path.subjects(&spec)?;
    if arguments.json {
        print_data(&json::text(&explained, &subjects))?;
    } else {
        print_text(&text::text(&explained, &subjects))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Finds the action of the words `SERVICE.Action`, and its spec without descriptions.
///
/// # Errors
/// Fails if the words are not an action.
pub(crate) fn action(
    line: &Line,
    words: &[String],
    site: Site,
    version: Option<&str>,
) -> Result<(Spec, String), Failure> {
    let path = find::Path::new(line, words);
    let whole = path.service(site, version)?;
    match &*path.subjects(&whole)? {
        [Subject::Action(name, _)] => Ok((find::part(&whole, &path), (*name).to_owned())),
        _ => Err(path.not_an_action()),
    }
}
