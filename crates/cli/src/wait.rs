//! Repeats a call until the response has a value.

use std::process::ExitCode;
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;
use tc3::{Access, Json};
use tokio::time::{Instant, sleep, timeout_at};

use crate::failure::Failure;
use crate::line::Line;
use crate::node::Node;
use crate::options::Options;
use crate::progress::Progress;
use crate::query::Query;
use crate::session::Session;

const DEFAULT_INTERVAL: Duration = Duration::from_secs(5);
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(600);
/// Minimum interval: services limit the rate of calls.
const MIN_INTERVAL: Duration = Duration::from_millis(100);
/// Maximum timeout. It can be added to the current time without overflow.
const MAX_TIMEOUT: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Condition of a wait.
pub(crate) struct Condition {
    text: String,
    query: Query,
    /// The text that the result of the query must have.
    value: String,
    interval: Duration,
    timeout: Duration,
}

/// The value of tccli's `--waiter`.
#[derive(Deserialize)]
struct Waiter {
    expr: String,
    to: Value,
    timeout: Option<f64>,
    interval: Option<f64>,
}

impl Condition {
    /// Returns the condition of a command line, if any.
    ///
    /// # Errors
    /// Fails if it is not `EXPR=VALUE`, or the call may modify state.
    pub(crate) fn new(
        line: &Line,
        options: &Options,
        access: Access,
    ) -> Result<Option<Self>, Failure> {
        let (name, mut condition) = match (&options.wait, &options.waiter) {
            (Some(text), _) => ("--wait", Self::of_wait(line, text, options)?),
            (None, Some(json)) => ("--waiter", Self::of_waiter(line, json, options)?),
            (None, None) if options.wait_interval.or(options.wait_timeout).is_some() => {
                let problem = "--wait-interval and --wait-timeout apply only with --wait; add it";
                return Err(Failure::usage(problem));
            }
            (None, None) => return Ok(None),
        };
        condition.interval = condition.interval.max(MIN_INTERVAL);
        condition.timeout = condition.timeout.min(MAX_TIMEOUT);
        if access == Access::Write && !options.force {
            return Err(Failure::usage(format!(
                "{name} repeats the call, and this action may modify state; wait with the action that reads, or add --force"
            )));
        }
        Ok(Some(condition))
    }

    fn of_wait(line: &Line, text: &str, options: &Options) -> Result<Self, Failure> {
        // The expression may contain `=` in strings and comparisons; the value may contain any text.
        let separators = text.match_indices('=').map(|(at, _)| at);
        let separators = separators.filter(|at| {
            let before = text[..*at].ends_with(['=', '!', '<', '>']);
            !before && !text[at + 1..].starts_with('=')
        });
        let separators: Vec<usize> = separators.collect();
        let Some(last) = separators.last() else {
            return Err(Failure::usage(
                "--wait must be EXPR=VALUE, such as Status=RUNNING",
            ));
        };
        let found = separators
            .iter()
            .find(|at| Query::compile(&text[..**at]).is_ok());
        let at = *found.unwrap_or(last);
        let expression = &text[..at];
        Ok(Self {
            text: expression.to_owned(),
            query: Query::of_option(line, &["--wait"], 0, expression)?,
            value: text[at + 1..].to_owned(),
            interval: options.wait_interval.unwrap_or(DEFAULT_INTERVAL),
            timeout: options.wait_timeout.unwrap_or(DEFAULT_TIMEOUT),
        })
    }

    fn of_waiter(line: &Line, json: &str, options: &Options) -> Result<Self, Failure> {
        let invalid = |problem: String| {
            let example = r#"{"expr": "Status", "to": "RUNNING", "timeout": 180, "interval": 5}"#;
            Failure::usage(format!(
                "--waiter must be JSON such as {example}: {problem}"
            ))
        };
        // tccli evaluates it as Python. Its documented form has single quotes, which YAML allows.
        let waiter = serde_json::from_str(json);
        let waiter = waiter.or_else(|error| serde_saphyr::from_str(json).or(Err(error)));
        let waiter: Waiter = waiter.map_err(|error| invalid(error.to_string()))?;
        let seconds = |name: &str, seconds: Option<f64>| {
            let duration = seconds.map(Duration::try_from_secs_f64).transpose();
            duration.map_err(|error| invalid(format!("`{name}`: {error}")))
        };
        let timeout = seconds("timeout", waiter.timeout)?;
        let interval = seconds("interval", waiter.interval)?;
        let start = json.find(&waiter.expr).unwrap_or(0);
        Ok(Self {
            query: Query::of_option(line, &["--waiter"], start, &waiter.expr)?,
            text: waiter.expr,
            value: match waiter.to {
                Value::String(text) => text,
                other => other.to_string(),
            },
            interval: options
                .wait_interval
                .or(interval)
                .unwrap_or(DEFAULT_INTERVAL),
            timeout: options.wait_timeout.or(timeout).unwrap_or(DEFAULT_TIMEOUT),
        })
    }
}

/// Repeats a call until the condition is true, and prints the last response.
///
/// # Errors
/// Fails on timeout, or if a call fails with a permanent error.
pub(crate) async fn run(
    session: &Session<'_>,
    condition: &Condition,
    parameters: Json,
) -> Result<ExitCode, Failure> {
    let started = Instant::now();
    let deadline = started + condition.timeout;
    let progress = Progress::new();
    let expression = &condition.text;
    let mut last = None;
    let mut state = "the service did not respond".to_owned();
    let failure = loop {
        let call = session
            .client
            .call_described(session.action, parameters.clone());
        let outcome = tokio::select! {
            outcome = timeout_at(deadline, call) => outcome,
            () = session.interrupted() => return Err(session.interruption()),
        };
        match outcome {
            Ok(Ok(response)) => {
                let (response, body) = session.response(&response);
                let value = condition.query.apply(&response).map(|value| text(&value));
                last = Some((response, body));
                state = match value {
                    Ok(value) if value == condition.value => break None,
                    Ok(value) => format!("`{expression}` is `{value}`"),
                    // The expression may apply to a later response, for example if a list is null now.
                    Err(problem) => problem,
                };
            }
            Ok(Err(error)) if error.is_transient() => state = error.to_string(),
            Ok(Err(error)) => {
                let failure = Failure::Call(Box::new(error));
                break Some(Failure::WhileWaiting(Box::new(failure)));
            }
            Err(_) => break Some(Failure::NotReached(timeout_message(condition, &state))),
        }
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            break Some(Failure::NotReached(timeout_message(condition, &state)));
        }
        progress.show(&format!("{} s: {state}", started.elapsed().as_secs()));
        tokio::select! {
            () = sleep(condition.interval.min(left)) => {}
            () = session.interrupted() => return Err(session.interruption()),
        }
    };
    drop(progress);
    if let Some((response, body)) = last {
        session.printer.print(&response, &body)?;
    }
    failure.map_or(Ok(ExitCode::SUCCESS), Err)
}

fn timeout_message(condition: &Condition, state: &str) -> String {
    let (expression, value) = (&condition.text, &condition.value);
    format!(
        "`{expression}` is not `{value}` after {:?}: {state}; allow more time with --wait-timeout",
        condition.timeout
    )
}

/// Returns the text that is compared: that of a scalar, or JSON.
fn text(value: &Node) -> String {
    match value {
        Node::Null => "null".to_owned(),
        other => other.text(),
    }
}
