use std::{
    collections::{HashMap, VecDeque},
    fmt,
    future::ready,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use http::{HeaderMap, Request, Response, StatusCode};
use serde_json::{Value, json};

use crate::{
    Phase,
    transport::{Limits, Sending, Sleeping, Transport, TransportError},
};

/// A transport that answers from rules. Clones share the rules and what was asked.
#[derive(Clone, Default)]
pub struct Answers(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    rules: HashMap<String, VecDeque<Rule>>,
    asked: Vec<Asked>,
}

/// What an action is answered.
#[derive(Clone)]
enum Rule {
    Body { status: StatusCode, text: String },
    Failure(Phase),
}

/// A request as it was asked for.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Asked {
    /// The action.
    pub action: String,
    /// The version of the service.
    pub version: String,
    /// The region, if one was sent.
    pub region: Option<String>,
    /// The host, with its port if the endpoint has one.
    pub host: String,
    /// The parameters.
    pub parameters: Value,
}

impl Answers {
    /// A transport without rules: all calls fail.
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers the action with what stands inside of `Response`, a JSON object. A `RequestId` is put in if there is none.
    ///
    /// What is no JSON object is sent all the same, so that a test sees what becomes of it.
    pub fn answer(&self, action: &str, response: &str) -> &Self {
        let mut response = response.to_owned();
        if let Ok(Value::Object(members)) = serde_json::from_str(&response)
            && !members.contains_key("RequestId")
            && let Some(end) = response.rfind('}')
        {
            let comma = if members.is_empty() { "" } else { "," };
            response.insert_str(end, &format!(r#"{comma}"RequestId":"{REQUEST_ID}""#));
        }
        self.raw(action, 200, format!(r#"{{"Response":{response}}}"#))
    }

    /// Refuses the action with an error of the service.
    pub fn refuse(&self, action: &str, code: &str, message: &str) -> &Self {
        let response = json!({"Error": {"Code": code, "Message": message}});
        self.answer(action, &response.to_string())
    }

    /// Answers the action with any HTTP status and body. A number that is no status counts as 500.
    pub fn raw(&self, action: &str, status: u16, body: impl Into<String>) -> &Self {
        self.rule(
            action,
            Rule::Body {
                status: StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
                text: body.into(),
            },
        )
    }

    /// Lets the action's connection break at a phase.
    pub fn fail(&self, action: &str, phase: Phase) -> &Self {
        self.rule(action, Rule::Failure(phase))
    }

    fn rule(&self, action: &str, rule: Rule) -> &Self {
        let mut state = self.lock();
        state
            .rules
            .entry(action.to_owned())
            .or_default()
            .push_back(rule);
        drop(state);
        self
    }

    /// What was asked up to now, in order. The credential is not in it; the parameters are, whatever they hold.
    pub fn asked(&self) -> Vec<Asked> {
        self.lock().asked.clone()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

const REQUEST_ID: &str = "00000000-0000-4000-8000-000000000000";

impl State {
    /// The next rule of an action; the last one stays.
    fn next(&mut self, action: &str) -> Option<Rule> {
        let rules = self.rules.get_mut(action)?;
        if rules.len() > 1 {
            return rules.pop_front();
        }
        rules.front().cloned()
    }

    fn answer(&mut self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let text = |headers: &HeaderMap, name: &str| {
            let value = headers.get(name)?.to_str().ok()?;
            Some(value.to_owned())
        };
        let headers = request.headers();
        let action = text(headers, "x-tc-action").unwrap_or_default();
        self.asked.push(Asked {
            version: text(headers, "x-tc-version").unwrap_or_default(),
            region: text(headers, "x-tc-region"),
            host: text(headers, "host").unwrap_or_default(),
            parameters: serde_json::from_slice(request.body()).unwrap_or_default(),
            action: action.clone(),
        });
        match self.next(&action) {
            Some(Rule::Body { status, text }) => {
                let mut response = Response::new(Bytes::from(text));
                *response.status_mut() = status;
                Ok(response)
            }
            Some(Rule::Failure(phase)) => {
                Err(TransportError::new(phase, "the test's rule is a failure"))
            }
            None => {
                let mut known: Vec<&str> = self.rules.keys().map(String::as_str).collect();
                known.sort_unstable();
                Err(TransportError::new(
                    Phase::NotConnected,
                    format!(
                        "the test has no rule for `{action}`, only for: {}",
                        known.join(", ")
                    ),
                )
                .permanent())
            }
        }
    }
}

impl Transport for Answers {
    fn send(&self, request: Request<Bytes>, _limits: Limits) -> Sending<'_> {
        Box::pin(ready(self.lock().answer(request)))
    }

    fn sleep(&self, _duration: Duration) -> Sleeping<'_> {
        Box::pin(ready(()))
    }

    fn is_blocking(&self) -> bool {
        true
    }
}

impl fmt::Debug for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answers")
            .field("asked", &self.lock().asked)
            .finish_non_exhaustive()
    }
}
