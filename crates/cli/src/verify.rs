//! `tc3 verify`: checks the signature of another client.

use std::process::ExitCode;

use tc3_verify::{ClientSteps, verify};

use crate::failure::Failure;
use crate::input;
use crate::terminal::print_text;

/// The steps of another client.
#[derive(clap::Args, Debug)]
#[group(required = true, multiple = true)]
pub(crate) struct Arguments {
    /// File with the canonical request, or `-`.
    #[arg(long, value_name = "FILE")]
    canonical_request: Option<String>,
    /// File with the string to sign, or `-`.
    #[arg(long, value_name = "FILE")]
    string_to_sign: Option<String>,
    /// The header, or a file with it, or `-`.
    #[arg(long, value_name = "TEXT|FILE")]
    authorization: Option<String>,
    /// File with the body of the request, byte for byte.
    #[arg(long, value_name = "FILE", requires = "canonical_request")]
    body: Option<String>,
}

/// Checks the steps, and prints the wrong lines.
///
/// # Errors
/// Fails if a file or the secret key cannot be read.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let read = |path: &Option<String>| {
        let text = path.as_deref().map(input::text).transpose();
        text.map_err(Failure::usage)
    };
    let canonical_request = read(&arguments.canonical_request)?;
    let string_to_sign = read(&arguments.string_to_sign)?;
    let authorization = match &arguments.authorization {
        Some(header) if header.contains(' ') => Some(header.clone()),
        path => read(path)?,
    };
    let body = arguments.body.as_deref().map(input::bytes).transpose();
    let body = body.map_err(Failure::usage)?;
    let key = input::variable("TENCENTCLOUD_SECRET_KEY").map_err(Failure::usage)?;
    let findings = verify(
        ClientSteps {
            canonical_request: canonical_request.as_deref(),
            string_to_sign: string_to_sign.as_deref(),
            authorization: authorization.as_deref(),
            body: body.as_deref(),
        },
        key.as_deref(),
    );
    if findings.is_empty() {
        print_text("all lines are correct\n")?;
        let missing = [
            (key.is_none(), "TENCENTCLOUD_SECRET_KEY is not set"),
            (string_to_sign.is_none(), "--string-to-sign is missing"),
        ];
        let missing = missing.into_iter().find(|(is_missing, _)| *is_missing);
        if let (Some((_, reason)), true) = (missing, authorization.is_some()) {
            print_text(&format!("the signature was not checked: {reason}\n"))?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    for finding in findings {
        print_text(&format!("{finding}\n"))?;
    }
    Ok(ExitCode::FAILURE)
}
