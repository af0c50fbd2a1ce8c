//! Drives the SDK in a Python process.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::python::command;

/// A configuration of the SDK.
#[derive(Clone, Copy)]
pub(crate) struct SdkConfig {
    pub(crate) name: &'static str,
    pub(crate) method: &'static str,
    /// Whether the payload is unsigned.
    pub(crate) unsigned_payload: bool,
    pub(crate) tls: bool,
}

impl SdkConfig {
    pub(crate) const POST: SdkConfig = SdkConfig {
        name: "by_post",
        method: "POST",
        unsigned_payload: false,
        tls: false,
    };
    pub(crate) const TLS: SdkConfig = SdkConfig {
        name: "over_tls",
        tls: true,
        ..SdkConfig::POST
    };
    pub(crate) const ALL: [SdkConfig; 6] = [
        SdkConfig::POST,
        SdkConfig {
            name: "by_get",
            method: "GET",
            ..SdkConfig::POST
        },
        SdkConfig {
            name: "with_unsigned_payload",
            unsigned_payload: true,
            ..SdkConfig::POST
        },
        SdkConfig {
            name: "by_get_with_unsigned_payload",
            method: "GET",
            unsigned_payload: true,
            ..SdkConfig::POST
        },
        SdkConfig::TLS,
        SdkConfig {
            name: "by_get_over_tls",
            method: "GET",
            ..SdkConfig::TLS
        },
    ];
}

/// The SDK's credential.
#[derive(Clone, Copy)]
pub(crate) struct SdkCredential<'a> {
    pub(crate) id: &'a str,
    pub(crate) secret: &'a str,
    pub(crate) token: Option<&'a str>,
}

/// The SDK's endpoint.
#[derive(Clone, Copy)]
pub(crate) struct SdkEndpoint<'a> {
    pub(crate) url: &'a str,
    /// The CA certificate to trust, in PEM; `None` for the SDK's default.
    pub(crate) authority: Option<&'a str>,
}

/// The SDK's exception.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Exception {
    pub(crate) code: String,
    pub(crate) message: String,
    /// Set only for service errors.
    pub(crate) request_id: Option<String>,
}

/// The result of a call: response fields or an exception.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum CallResult {
    Response(Map<String, Value>),
    Exception(Exception),
}

/// A Python process with the SDK.
pub(crate) struct Sdk {
    process: Child,
    /// Dropped to end the process.
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Sdk {
    pub(crate) fn start(
        python: &Path,
        endpoint: SdkEndpoint<'_>,
        config: SdkConfig,
        key: SdkCredential<'_>,
    ) -> Self {
        let (protocol, address) = endpoint
            .url
            .split_once("://")
            .expect("an endpoint has a scheme");
        let settings = json!({
            "protocol": protocol,
            "endpoint": address,
            "authority": endpoint.authority,
            "method": config.method,
            "unsigned_payload": config.unsigned_payload,
            "secret_id": key.id,
            "secret_key": key.secret,
            "token": key.token,
        });
        let mut process = command(python)
            .arg(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/tests/python_sdk/calls.py"
            ))
            .arg(settings.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python starts, as it did before");
        let input = process.stdin.take();
        let output = process.stdout.take().expect("the output is a pipe");
        Self {
            process,
            input,
            output: BufReader::new(output),
        }
    }

    /// Calls an action.
    pub(crate) fn call(
        &mut self,
        version: &str,
        action: &str,
        parameters: &Value,
    ) -> Result<Map<String, Value>, Exception> {
        let call = json!({ "version": version, "action": action, "parameters": parameters });
        let input = self.input.as_mut().expect("it is taken at the end only");
        // If the process has ended, its standard error shows why.
        let _ = writeln!(input, "{call}");
        let mut line = String::new();
        self.output
            .read_line(&mut line)
            .expect("the output is UTF-8");
        if line.is_empty() {
            let ended = self.process.wait().expect("the process was started");
            panic!("calls.py ended during a call of {action}: {ended}");
        }
        match serde_json::from_str(&line) {
            Ok(CallResult::Response(fields)) => Ok(fields),
            Ok(CallResult::Exception(exception)) => Err(exception),
            Err(error) => panic!("calls.py printed `{line}`: {error}"),
        }
    }
}

impl Drop for Sdk {
    fn drop(&mut self) {
        // End of input lets the process clean up and exit.
        drop(self.input.take());
        let _ = self.process.wait();
    }
}
