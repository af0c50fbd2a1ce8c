//! The output of `--verbose`.

use tc3::{Attempt, Error, Observer};

use crate::terminal::{print_stderr, visible};

/// Prints each attempt to standard error.
pub(crate) struct AttemptLog;

impl Observer for AttemptLog {
    fn before(&self, attempt: &Attempt<'_>) {
        let region = attempt.region.map(|region| format!(" in {region}"));
        print_stderr(format_args!(
            "attempt {}: {} at {}{}",
            attempt.number,
            attempt.action,
            attempt.host,
            region.unwrap_or_default()
        ));
    }

    fn after(&self, attempt: &Attempt<'_>, outcome: Result<&str, &Error>) {
        let outcome = match outcome {
            Ok(request_id) => format!("request ID {request_id}"),
            Err(error) => error.to_string(),
        };
        print_stderr(visible(&format!(
            "attempt {}: {} ms, {outcome}",
            attempt.number,
            attempt.elapsed.as_millis()
        )));
    }
}
