//! Pasted text as parameters: JSON, a line of curl, or one of `tc3` or tccli.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use tc3_arguments::{Options, first_word, parameters, split};

use super::asked::object;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::settings::Settings;
use crate::subject::{Name, Subject, Version};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pasted {
    /// The action of the page.
    of: Name,
    text: String,
}

/// What a text says.
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
        let words = shlex::split(text).ok_or_else(|| {
            Problem::bad("the line has a quotation mark without its end; copy the whole line")
        })?;
        match words.first().map(|program| program.rsplit('/').next()) {
            Some(Some("curl")) => curl(subject, &words)?,
            Some(Some("tc3" | "tccli")) => line(settings, subject, &words)?,
            _ => {
                return Err(Problem::bad(
                    "the text is none of: a JSON object, a line that begins with curl, tc3 or tccli",
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
        "href": subject.href(),
        "region": region,
        "parameters": format!("{:#}", Value::Object(parameters)),
    })))
}

/// Reads a line of `tc3` or tccli.
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
    let of = Version::find(subject.of.site, &words[at], version)?;
    let subject = of.action(&words[at + 1])?;
    let described = subject.described();
    let of_call = |name: &str| match name {
        "--version" => Some(true),
        name => takes_value(name),
    };
    let split = split(described, words, at + 2, &of_call);
    let mut read = |_: &str| Err("the explorer reads no files; paste the value".to_owned());
    // The form shows what is missing or unknown.
    let options = Options {
        base: Map::new(),
        force: true,
    };
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

/// Reads a line of curl.
fn curl(subject: Subject, words: &[String]) -> Result<Understood, Problem> {
    let mut body = None;
    let mut headers = Vec::new();
    let mut url = None;
    let mut rest = words[1..].iter();
    while let Some(word) = rest.next() {
        let (name, joined) = match word.split_once('=') {
            Some((name, value)) if name.starts_with("--") => (name, Some(value.to_owned())),
            _ => (word.as_str(), None),
        };
        let mut value = || joined.clone().or_else(|| rest.next().cloned());
        match name {
            "-d" | "--data" | "--data-raw" | "--data-binary" | "--data-ascii" | "--json" => {
                body = value();
            }
            "-H" | "--header" => headers.extend(value()),
            "--url" => url = value(),
            "-X" | "--request" | "-o" | "--output" | "-u" | "--user" | "-x" | "--proxy" => {
                value();
            }
            name if name.starts_with('-') => {}
            _ => url = Some(word.clone()),
        }
    }
    let header = |name: &str| {
        let mut pairs = headers.iter().filter_map(|header| header.split_once(':'));
        let (_, value) = pairs.find(|(of, _)| of.trim().eq_ignore_ascii_case(name))?;
        Some(value.trim())
    };
    let host = url.as_deref().map(|url| {
        let url = url.split_once("://").map_or(url, |(_, rest)| rest);
        url.split(['/', '.', ':']).next().unwrap_or_default()
    });
    let text = body.unwrap_or_default();
    if text.starts_with('@') {
        return Err(Problem::bad(
            "the line reads its data from a file, which the explorer does not; paste the JSON",
        ));
    }
    let region = header("x-tc-region").map(str::to_owned);
    let parameters = object(if text.is_empty() { "{}" } else { &text })?;
    // A line for another host, such as the emulator, is of the action of the page, if it names none.
    let subject = match (header("x-tc-action"), host) {
        (Some(action), Some(host)) => {
            let version = header("x-tc-version");
            let found = Version::find(subject.of.site, host, version);
            found.unwrap_or(subject.of).action(action)?
        }
        _ => subject,
    };
    Ok(Understood {
        subject,
        region,
        parameters,
    })
}
