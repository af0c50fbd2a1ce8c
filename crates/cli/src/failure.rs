//! Errors of the command line, their texts and exit codes.

use std::io;
use std::ops::Range;
use std::process::ExitCode;

use clap::ValueEnum;
use serde_json::{Map, Value, json};
use tc3::{Error, ErrorKind, Phase};
use tc3_arguments::{ArgumentSpan, Problem};

use crate::line::Line;
use crate::terminal::{Colour, print_stderr, visible};

/// The format of errors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ErrorFormat {
    /// Text for people.
    #[default]
    Text,
    /// One JSON object.
    Json,
}

/// Reason why a command failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command line is wrong.
    Usage(Usage),
    /// Help, or a usage error found by clap.
    Clap(Box<clap::Error>),
    /// A call failed.
    Call(Box<Error>),
    /// The service did nothing, because no request was sent.
    NotSent(String),
    /// The response cannot be processed or written.
    Output(String),
    /// The user interrupted the call, which may have been sent.
    Interrupted { may_have_acted: bool },
    /// A list ended before its last page, after some items.
    Incomplete { items: u64, failure: Box<Failure> },
    /// The condition of a wait was not met before the timeout.
    NotReached(String),
    /// A call of `--wait` failed with a permanent error.
    WhileWaiting(Box<Failure>),
}

/// The error of writing to standard output.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(format!("cannot write to standard output: {error}"))
    }
}

/// The program's name in messages.
const PROGRAM: &str = "tc3";

/// Usage error.
#[derive(Debug)]
pub(crate) struct Usage {
    line: Line,
    problems: Vec<Problem>,
    /// The command whose help has more information.
    help: String,
}

impl Failure {
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        let problem = Problem {
            message: message.into(),
            place: None,
            similar: Vec::new(),
        };
        Self::problems(&Line { words: Vec::new() }, 0..0, vec![problem])
    }

    /// Creates the error for problems of a command line. `command` has the service and the action, as far as they are
    /// known.
    pub(crate) fn problems(line: &Line, command: Range<usize>, problems: Vec<Problem>) -> Self {
        let mut help = vec![PROGRAM];
        help.extend(line.words[command].iter().map(String::as_str));
        Self::Usage(Usage {
            line: line.clone(),
            problems,
            help: help.join(" "),
        })
    }

    /// Creates the error for a word that is not in the catalogue: the last one of the command, or its version.
    pub(crate) fn unknown(
        line: &Line,
        command: Range<usize>,
        error: &tc3_catalogue::Error,
    ) -> Self {
        let version = match error {
            tc3_catalogue::Error::UnknownVersion { version, .. } => {
                line.words.iter().rposition(|word| word.ends_with(version))
            }
            _ => None,
        };
        let argument = version.unwrap_or(command.end - 1);
        let command = command.start..command.end - 1;
        Self::at_word(line, command, argument, error.to_string())
    }

    /// Creates the error for the word with this index.
    pub(crate) fn at_word(
        line: &Line,
        command: Range<usize>,
        argument: usize,
        message: String,
    ) -> Self {
        let problem = Problem {
            message,
            place: Some(ArgumentSpan {
                argument,
                range: 0..line.words[argument].len(),
                is_hidden: false,
            }),
            similar: Vec::new(),
        };
        Self::problems(line, command, vec![problem])
    }

    /// Sets the command whose help has more information, unless one is set.
    pub(crate) fn with_help_command(mut self, name: &str) -> Self {
        if let Self::Usage(usage) = &mut self
            && usage.help == PROGRAM
        {
            usage.help = format!("{PROGRAM} {name}");
        }
        self
    }

    /// Adds similar names to the problem at the word with this index, if there is one.
    pub(crate) fn with_similar(mut self, at: usize, similar: &[&str]) -> Self {
        if let Self::Usage(usage) = &mut self {
            let is_of_word = |problem: &&mut Problem| {
                problem
                    .place
                    .as_ref()
                    .is_some_and(|place| place.argument == at)
            };
            for problem in usage.problems.iter_mut().filter(is_of_word) {
                let similar = similar.iter().map(|name| (*name).to_owned());
                problem.similar.extend(similar);
            }
        }
        self
    }

    pub(crate) fn not_sent(message: impl Into<String>) -> Self {
        Self::NotSent(message.into())
    }

    /// Prints the error and returns the exit code.
    pub(crate) fn report(self, format: ErrorFormat) -> ExitCode {
        let code = self.code();
        match (self, format) {
            (Self::Clap(error), ErrorFormat::Json) if error.use_stderr() => {
                let message = error.to_string();
                let message = message.trim_end().trim_start_matches("error: ");
                let problems = json!([{ "message": message }]);
                print_stderr(
                    json!({"error": {"kind": "usage", "problems": problems, "exit_status": code}}),
                );
            }
            (Self::Clap(error), _) => {
                // Help goes to standard output.
                let _ = error.print();
            }
            (failure, ErrorFormat::Text) => {
                print_stderr(failure.text(&Colour::of_errors()).trim_end())
            }
            (failure, ErrorFormat::Json) => {
                let mut error = failure.json();
                error.insert("exit_status".to_owned(), code.into());
                print_stderr(json!({ "error": error }));
            }
        }
        ExitCode::from(code)
    }

    fn code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Clap(error) => u8::try_from(error.exit_code()).unwrap_or(2),
            Self::NotSent(_) => 3,
            Self::Output(_) => 6,
            Self::Interrupted { .. } => 130,
            Self::Incomplete { failure, .. } => match **failure {
                Self::Interrupted { .. } => failure.code(),
                _ => 6,
            },
            Self::NotReached(_) | Self::WhileWaiting(_) => 5,
            Self::Call(error) => match error.kind() {
                ErrorKind::Service => 1,
                ErrorKind::Response => 6,
                _ if error.is_timeout() => 4,
                _ if error.phase() < Phase::SentWhole => 3,
                _ => 4,
            },
        }
    }

    /// Returns the text for people. Text of the service cannot control the terminal.
    fn text(&self, colour: &Colour) -> String {
        let error = colour.bold_red("error:");
        match self {
            Self::Usage(usage) => usage.text(&error),
            Self::Clap(_) => String::new(),
            Self::NotSent(message) | Self::Output(message) | Self::NotReached(message) => {
                format!("{error} {}", visible(message))
            }
            Self::Incomplete { items, failure } => {
                let note = format!("the list is incomplete: it ends after {items} items");
                format!("{}\n{error} {note}", failure.text(colour))
            }
            Self::WhileWaiting(failure) => failure.text(colour),
            Self::Interrupted { may_have_acted } => match may_have_acted {
                false => format!("{error} interrupted; the service did nothing"),
                true => format!(
                    "{error} interrupted; the service may have acted, so check before you repeat the call"
                ),
            },
            Self::Call(call) => {
                let mut text = format!("{error} {}", visible(&headline(call)));
                for (name, value) in details(call) {
                    let value = visible(&value);
                    text += &format!("\n  {} {value}", colour.dim(&format!("{name:<11}")));
                }
                text
            }
        }
    }

    fn json(&self) -> Map<String, Value> {
        let value = match self {
            Self::Usage(usage) => usage.json(),
            Self::Clap(_) => json!({}),
            Self::NotSent(message) => json!({"kind": "not_sent", "message": message}),
            Self::Output(message) => json!({"kind": "output", "message": message}),
            Self::NotReached(message) => json!({"kind": "wait", "message": message}),
            Self::WhileWaiting(failure) => return failure.json(),
            Self::Incomplete { items, failure } => {
                json!({"kind": "incomplete", "items": items, "cause": failure.json()})
            }
            Self::Interrupted { may_have_acted } => {
                json!({"kind": "interrupted", "may_have_acted": may_have_acted})
            }
            Self::Call(error) => json!({
                "kind": kind(error),
                "action": error.action(),
                "code": error.code(),
                "message": error.message(),
                "text": error.to_string(),
                "meaning": error.meaning(),
                "request_id": error.request_id(),
                "http_status": error.http_status(),
                "attempts": error.attempts(),
                "may_have_acted": error.may_have_acted(),
                "client_token": error.client_token(),
            }),
        };
        match value {
            Value::Object(mut members) => {
                members.retain(|_, value| !value.is_null());
                members
            }
            _ => Map::new(),
        }
    }
}

fn kind(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::Setting => "setting",
        ErrorKind::Credential => "credential",
        ErrorKind::Request => "request",
        ErrorKind::Service => "service",
        ErrorKind::Response => "response",
        _ if error.is_timeout() => "timeout",
        _ => "connection",
    }
}

/// Returns the first line: the problem.
fn headline(error: &Error) -> String {
    match error.code() {
        Some(code) => format!("{code}: {}", error.message()),
        None => error.to_string(),
    }
}

/// Returns the lines after the first: details and the remedy.
fn details(error: &Error) -> Vec<(&'static str, String)> {
    let mut details = Vec::new();
    if error.code().is_some() {
        let known = [
            ("action", error.action()),
            ("meaning", error.meaning()),
            ("request ID", error.request_id()),
        ];
        for (name, value) in known {
            details.extend(value.map(|value| (name, value.to_owned())));
        }
        if error.attempts() > 1 {
            details.push(("attempts", error.attempts().to_string()));
        }
    }
    if error.may_have_acted() {
        let mut note = "the service may have acted; check before you repeat the call".to_owned();
        if let Some(token) = error.client_token() {
            note = format!(
                "the service may have acted; a call with --ClientToken {token} does not act twice"
            );
        }
        details.push(("note", note));
    }
    details.extend(remedy(error).map(|remedy| ("try", remedy.to_owned())));
    details
}

fn remedy(error: &Error) -> Option<&'static str> {
    match error.kind() {
        ErrorKind::Credential => Some(
            "set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, or choose a profile with --profile; --emulate needs no account",
        ),
        ErrorKind::Service if error.is_auth_failure() => {
            Some("check the credential and its permissions, and the clock of this machine")
        }
        ErrorKind::Service if error.is_throttled() => Some("call again later"),
        ErrorKind::Service
            if error
                .code()
                .is_some_and(|code| code.starts_with("UnsupportedRegion")) =>
        {
            Some("choose another region with --region")
        }
        ErrorKind::Transport if error.is_timeout() => Some("allow more time with --timeout"),
        ErrorKind::Transport if error.is_connect() => {
            Some("check the network, the proxy (HTTPS_PROXY) and --endpoint")
        }
        _ => None,
    }
}

impl Usage {
    fn text(&self, error: &str) -> String {
        let mut text = String::new();
        for problem in &self.problems {
            text += &format!("{error} {}\n", visible(&problem.message));
            if let Some(place) = &problem.place {
                text += &self.line.pointer(place);
            }
            if !problem.similar.is_empty() {
                text += &format!("  similar: {}\n", visible(&problem.similar.join(", ")));
            }
        }
        text + &format!("\nFor more information, try '{} --help'.", self.help)
    }

    fn json(&self) -> Value {
        let problems = self.problems.iter().map(|problem| {
            let place = problem.place.as_ref();
            json!({
                "message": problem.message,
                "argument": place.map(|place| place.argument + 1),
                "start": place.map(|place| place.range.start),
                "end": place.map(|place| place.range.end),
                "similar": problem.similar,
            })
        });
        json!({"kind": "usage", "problems": problems.collect::<Vec<_>>()})
    }
}
