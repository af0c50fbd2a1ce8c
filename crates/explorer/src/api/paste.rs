//! Parses pasted text to parameters: JSON, or a command line of curl, `tc3` or tccli.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use tc3_arguments::{Options, first_word, parameters, split};

use super::asked::object;
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

/// Result of parsing a text.
struct Understood {
    subject: Subject,
    region: Option<String>,
    parameters: Map<String, Value>,
}

pub(super) fn answer(settings: &Settings, pasted: Pasted) -> Result<Reply, Problem> {
    let subject = pasted.of.find()?;
    let text = pasted.text.trim();
    let understood = if text.starts_with('{') {
        Understood {
            subject,
            region: None,
            parameters: object(text)?,
        }
    } else {
        // A backslash at the end of a line continues it.
        let text = text.replace("\\\r\n", " ").replace("\\\n", " ");
        let words = shlex::split(&text).ok_or_else(|| {
            Problem::bad("the line has a quotation mark without its end; copy the whole line")
        })?;
        match words.first().map(|program| program.rsplit('/').next()) {
            Some(Some("curl")) => of_curl(subject, Curl::read(&words[1..]))?,
            Some(Some("tc3" | "tccli")) => line(settings, subject, &words)?,
            _ => {
                return Err(Problem::bad(
                    "the text must be a JSON object, or a command line of curl, tc3 or tccli",
                ));
            }
        }
    };
    let Understood {
        subject,
        region,
        parameters,
    } = understood;
    Ok(Reply::json(&json!({
        "of": subject.name(),
        "region": region,
        "parameters": format!("{:#}", Value::Object(parameters)),
        "secrets": secrets(subject.described().action, &subject.spec.types),
    })))
}

/// Parses a command line of `tc3` or tccli.
fn line(settings: &Settings, subject: Subject, words: &[String]) -> Result<Understood, Problem> {
    let words = &words[1..];
    let takes_value = settings.takes_value;
    let at = first_word(words, &takes_value)
        .filter(|at| at + 1 < words.len())
        .ok_or_else(|| Problem::bad("the line names no service and action"))?;
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
    let of_call = |name: &str| match name {
        "--version" => Some(true),
        name => takes_value(name),
    };
    let split = split(described, words, at + 2, &of_call);
    let mut read = |_: &str| Err("the explorer reads no files; paste the value".to_owned());
    let base = match option("--input").or_else(|| option("--cli-input-json")) {
        Some(text) if text.trim_start().starts_with('{') => object(text)?,
        Some(_) => {
            return Err(Problem::bad(
                "the line reads its parameters from a file, which the explorer does not; paste the JSON",
            ));
        }
        None => Map::new(),
    };
    // The form shows missing and unknown parameters.
    let options = Options { base, force: true };
    let read = parameters(described, &split.parameters, options, &mut read);
    let problems = |problems: Vec<tc3_arguments::Problem>| {
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        Problem::bad(problems.join("; "))
    };
    if !split.problems.is_empty() {
        return Err(problems(split.problems));
    }
    Ok(Understood {
        parameters: read.map_err(problems)?,
        region: option("--region").map(str::to_owned),
        subject,
    })
}

/// Finds the action of a curl command, and parses its parameters.
fn of_curl(subject: Subject, curl: Curl) -> Result<Understood, Problem> {
    if curl.body.starts_with('@') {
        return Err(Problem::bad(
            "the line reads its data from a file, which the explorer does not; paste the JSON",
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
        Some(action) if curl.is_for_this_machine() => subject.of.action(action)?,
        Some(action) => {
            let version = curl.header("x-tc-version");
            Version::find(subject.of.site, curl.service(), version)?.action(action)?
        }
    };
    Ok(Understood {
        subject,
        region,
        parameters,
    })
}
