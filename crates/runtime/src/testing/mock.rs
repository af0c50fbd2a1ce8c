use std::{
    collections::{BTreeMap, VecDeque},
    future::ready,
    sync::{Arc, Mutex},
    time::Duration,
};

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use serde_json::{Value, json};

use crate::{
    Phase,
    lock::lock,
    transport::{Limits, Sending, Sleeping, Transport, TransportError},
};

const REQUEST_ID: &str = "00000000-0000-4000-8000-000000000000";

/// Transport that responds to requests by rules and records them. Clones share both.
#[derive(Clone, Debug, Default)]
pub struct MockTransport(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    /// Rules of each action, used one after the other; the last one repeats.
    rules: BTreeMap<String, VecDeque<Result<Response<Bytes>, Phase>>>,
    requests: Vec<RecordedRequest>,
}

/// Request that a [`MockTransport`] received.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// Name of the action.
    pub action: String,
    /// Version of the service.
    pub version: String,
    /// Region, if one was sent.
    pub region: Option<String>,
    /// Host, with the port if the endpoint has one.
    pub host: String,
    /// Parameters of the action.
    pub parameters: Value,
}

impl MockTransport {
    /// Returns a transport without rules: all requests fail.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a successful response of an action, given as the JSON object inside `Response`. A missing `RequestId` is
    /// added.
    ///
    /// Any other text is sent unchanged, so that a test can cover invalid responses.
    pub fn respond(&self, action: &str, response: &str) -> &Self {
        let mut response = response.to_owned();
        if let Ok(Value::Object(members)) = serde_json::from_str(&response)
            && !members.contains_key("RequestId")
            && let Some(end) = response.rfind('}')
        {
            let comma = if members.is_empty() { "" } else { "," };
            response.insert_str(end, &format!(r#"{comma}"RequestId":"{REQUEST_ID}""#));
        }
        self.respond_raw(action, 200, format!(r#"{{"Response":{response}}}"#))
    }

    /// Adds an error response of an action.
    pub fn respond_error(&self, action: &str, code: &str, message: &str) -> &Self {
        let response = json!({"Error": {"Code": code, "Message": message}});
        self.respond(action, &response.to_string())
    }

    /// Adds a response with this HTTP status and body. An invalid status is replaced by 500.
    pub fn respond_raw(&self, action: &str, status: u16, body: impl Into<String>) -> &Self {
        let mut response = Response::new(Bytes::from(body.into()));
        *response.status_mut() =
            StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        self.add(action, Ok(response))
    }

    /// Adds a connection failure in this phase of a call.
    pub fn fail(&self, action: &str, phase: Phase) -> &Self {
        self.add(action, Err(phase))
    }

    fn add(&self, action: &str, rule: Result<Response<Bytes>, Phase>) -> &Self {
        let rules = &mut lock(&self.0).rules;
        rules.entry(action.to_owned()).or_default().push_back(rule);
        self
    }

    /// Returns the requests so far, in order. They contain all parameters, but no credential.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        lock(&self.0).requests.clone()
    }
}

impl State {
    fn respond(&mut self, request: &Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let header = |name| Some(request.headers().get(name)?.to_str().ok()?.to_owned());
        let action = header("x-tc-action").unwrap_or_default();
        self.requests.push(RecordedRequest {
            version: header("x-tc-version").unwrap_or_default(),
            region: header("x-tc-region"),
            host: header("host").unwrap_or_default(),
            parameters: serde_json::from_slice(request.body()).unwrap_or_default(),
            action: action.clone(),
        });
        let rules = self.rules.get_mut(&action);
        let rule = rules.and_then(|rules| match rules.len() {
            1 => rules.front().cloned(),
            _ => rules.pop_front(),
        });
        let Some(rule) = rule else {
            let known = Vec::from_iter(self.rules.keys().cloned()).join(", ");
            let problem = format!(
                "no rule for action `{action}`; add one with `respond` (there are rules for: {known})"
            );
            return Err(TransportError::new(Phase::NotConnected, problem).permanent());
        };
        rule.map_err(|phase| TransportError::new(phase, "failure by a mock rule"))
    }
}

impl Transport for MockTransport {
    fn send(&self, request: Request<Bytes>, _limits: Limits) -> Sending<'_> {
        Box::pin(ready(lock(&self.0).respond(&request)))
    }

    fn sleep(&self, _duration: Duration) -> Sleeping<'_> {
        Box::pin(ready(()))
    }

    fn is_blocking(&self) -> bool {
        true
    }
}
