//! `tc3 examples`: the documented examples of an action.

use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};
use tc3_snippets::{Call, Language, snippet};
use tc3_spec::{Example, Site, Spec};

use crate::failure::Failure;
use crate::line::Line;
use crate::terminal::{print_data, print_stderr, print_text};
use crate::{explain, texts};

/// Arguments of `tc3 examples`.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The action: SERVICE.Action.
    #[arg(required = true, value_name = "NAME")]
    path: Vec<String>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Prints the examples of an action.
pub(crate) fn run(
    line: &Line,
    arguments: &Arguments,
    site: Site,
    version: Option<&str>,
) -> Result<ExitCode, Failure> {
    let (spec, action) = explain::action(line, &arguments.path, site, version)?;
    let Some(texts) = texts::open(site) else {
        return Err(Failure::not_sent(format!(
            "no examples are imported for {site}; {}",
            texts::IMPORT_HINT
        )));
    };
    let examples = texts.examples(&spec.service, &spec.version, &action);
    let examples = examples.map_err(|error| Failure::not_sent(error.to_string()))?;
    if arguments.json {
        print_data(&format!("{:#}\n", json!(examples)))?;
        return Ok(ExitCode::SUCCESS);
    }
    if examples.is_empty() {
        print_stderr(format_args!("{action} has no documented examples"));
    }
    let examples = examples.iter().enumerate();
    let examples = examples.map(|(index, example)| text(&spec, &action, index + 1, example));
    print_text(&examples.collect::<Vec<_>>().join("\n"))?;
    Ok(ExitCode::SUCCESS)
}

/// Returns an example as a command line and its response.
fn text(spec: &Spec, action: &str, number: usize, example: &Example) -> String {
    let title = example.title.as_deref().unwrap_or("Example");
    let mut text = format!("# {number}. {title}\n");
    for line in example.description.iter().flat_map(|text| text.lines()) {
        text += &format!("# {line}\n");
    }
    if let Some(request) = &example.request {
        text += &command(spec, action, request);
    }
    if let Some(response) = &example.response {
        text += &format!("{response:#}\n");
    }
    text
}

/// Returns a command line with the parameters as arguments. If that is impossible, they are its standard input.
fn command(spec: &Spec, action: &str, request: &Value) -> String {
    let Spec {
        service, version, ..
    } = spec;
    let with_input = || {
        format!(
            "tc3 {service} {action} --Version {version} --input - <<'JSON'\n{request:#}\nJSON\n"
        )
    };
    let Value::Object(parameters) = request else {
        return with_input();
    };
    let call = Call {
        spec,
        action,
        parameters,
        region: None,
        endpoint: None,
    };
    snippet(&call, Language::Tc3).unwrap_or_else(|_| with_input())
}
