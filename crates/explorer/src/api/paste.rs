//! Parses pasted text into parameters: JSON, or a command line of curl, `tc3` or tccli.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use tc3_arguments::{Options, first_word, parameters, split};

use super::body::object;
use super::curl::Curl;
use crate::form::secrets;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::settings::Settings;
use crate::subject::{Name, Subject, Version, site};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pasted {
    /// The action of the page.
    of: Name,
    text: String,
}

/// A call that was parsed from a text.
struct ParsedCall {
    subject: Subject,
    region: Option<String>,
    parameters: Map<String, Value>,
}

pub(super) fn respond(settings: &Settings, pasted: Pasted) -> Result<Reply, Problem> {
    let subject = pasted.of.find()?;
    let text = pasted.text.trim();
    let parsed = if text.starts_with('{') {
        ParsedCall {
            subject,
            region: None,
            parameters: object(text)?,
        }
    } else {
        // A backslash at the end of a line continues it.
        let text = text.replace("\\\r\n", " ").replace("\\\n", " ");
        let words = shlex::split(&text).ok_or_else(|| {
            Problem::bad_request("the line has an unclosed quotation mark; copy the whole line")
        })?;
        match words.first().map(|program| program.rsplit('/').next()) {
            Some(Some("curl")) => parse_curl(subject, Curl::read(&words[1..]))?,
            Some(Some("tc3" | "tccli")) => parse_line(settings, subject, &words)?,
            _ => {
                return Err(Problem::bad_request(
                    "the text must be a JSON object, or a command line of curl, tc3 or tccli",
                ));
            }
        }
    };
    let ParsedCall {
        subject,
        region,
        parameters,
    } = parsed;
    Ok(Reply::json(&json!({
        "of": subject.name(),
        "region": region,
        "parameters": format!("{:#}", Value::Object(parameters)),
        "secrets": secrets(subject.described().action, &subject.spec.types),
    })))
}

/// Parses a command line of `tc3` or tccli.
fn parse_line(
    settings: &Settings,
    subject: Subject,
    words: &[String],
) -> Result<ParsedCall, Problem> {
    let words = &words[1..];
    let takes_value = settings.takes_value;
    let at = first_word(words, &takes_value)
        .filter(|at| at + 1 < words.len())
        .ok_or_else(|| {
            Problem::bad_request("the line names no service and action; paste the whole line")
        })?;
    let option = |name: &str| {
        let mut pairs = words.windows(2);
        let next = pairs.find(|pair| pair[0] == name).map(|pair| &*pair[1]);
        let mut joined = words.iter().filter_map(|word| word.split_once('='));
        next.or_else(|| joined.find(|(of, _)| *of == name).map(|(_, value)| value))
    };
    let version = option("--Version").or_else(|| option("--version"));
    let site = match option("--site") {
        Some(name) => site(name)?,
        None => subject.of.site,
    };
    let of = Version::find(site, &words[at], version)?;
    let subject = of.action(&words[at + 1])?;
    let described = subject.described();
    let call_option = |name: &str| match name {
        "--version" => Some(true),
        name => takes_value(name),
    };
    let split = split(described, words, at + 2, &call_option);
    let mut read =
        |_: &str| Err("the explorer does not read files; paste the value instead".to_owned());
    let base = match option("--input").or_else(|| option("--cli-input-json")) {
        Some(text) if text.trim_start().starts_with('{') => object(text)?,
        Some(_) => {
            return Err(Problem::bad_request(
                "the line names a file with parameters, which the explorer does not read; paste the JSON instead",
            ));
        }
        None => Map::new(),
    };
    // The form shows missing and unknown parameters.
    let options = Options { base, force: true };
    let read = parameters(described, &split.parameters, options, &mut read);
    let problems = |problems: Vec<tc3_arguments::Problem>| {
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        Problem::bad_request(problems.join("; "))
    };
    if !split.problems.is_empty() {
        return Err(problems(split.problems));
    }
    Ok(ParsedCall {
        parameters: read.map_err(problems)?,
        region: option("--region").map(str::to_owned),
        subject,
    })
}

/// Finds the action of a curl command, and parses its parameters.
fn parse_curl(subject: Subject, curl: Curl) -> Result<ParsedCall, Problem> {
    if curl.body.starts_with('@') {
        return Err(Problem::bad_request(
            "the line names a file with data, which the explorer does not read; paste the JSON instead",
        ));
    }
    let parameters = match &*curl.body {
        "" => Map::new(),
        body => object(body)?,
    };
    let region = curl.header("x-tc-region").map(str::to_owned);
    let subject = match curl.header("x-tc-action") {
        None => subject,
        // The host does not contain the service.
        Some(action) if curl.is_local() => subject.of.action(action)?,
        Some(action) => {
            let version = curl.header("x-tc-version");
            Version::find(subject.of.site, curl.service(), version)?.action(action)?
        }
    };
    Ok(ParsedCall {
        subject,
        region,
        parameters,
    })
}
