//! The control API under `/emulator`, and the links in sent messages.

use std::time::Duration;

use bytes::Bytes;
use hyper::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use tc3::{CommonError, ErrorCode as _};

use crate::Clock;
use crate::clock::timestamp;
use crate::fault::Fault;
use crate::gateway::{BODY_LIMIT, Body, Raw};
use crate::organization::{LINKS, Visit};
use crate::service::{Response, Service};
use crate::state::State;

/// Prefix of the control paths.
pub(crate) const PATH: &str = "/emulator";

/// Whether a path belongs to the control API and not to the gateway.
pub(crate) fn is_path(path: &str) -> bool {
    path == PATH || path.starts_with("/emulator/") || path.starts_with(LINKS)
}

/// A response value, or an HTTP status with a message.
type ControlResult = Result<Value, (u16, String)>;

/// Answers a control request.
pub(crate) fn answer(service: &Service, raw: &Raw) -> Response {
    let result = match raw.path.strip_prefix(LINKS) {
        _ if raw.body == Body::TooLarge => {
            Err((413, format!("the body exceeds {BODY_LIMIT} bytes")))
        }
        Some(token) => visit(service, token, raw),
        None => control(service, raw),
    };
    let (status, value) = match result {
        Ok(value) => (200, value),
        Err((status, error)) => (status, json!({ "error": error })),
    };
    Response {
        status,
        content_type: "application/json",
        body: Bytes::from(format!("{value:#}\n")),
        cut: None,
        time: service.now(),
        trace_id: None,
    }
}

fn control(service: &Service, raw: &Raw) -> ControlResult {
    let path = raw.path.strip_prefix(PATH).unwrap_or_default();
    let path = path.trim_matches('/');
    match (&raw.method, path) {
        (&Method::GET, "") => Ok(index(service)),
        (&Method::GET, "requests") => to_json(&service.log.list()),
        (&Method::DELETE, "requests") => {
            service.log.clear();
            done()
        }
        (&Method::GET, "outbox") => to_json(&service.outbox()),
        (&Method::GET, "faults") => to_json(&service.faults.list()),
        (&Method::POST, "faults") => {
            service.faults.add(read::<Fault>(raw)?);
            done()
        }
        (&Method::DELETE, "faults") => {
            service.faults.clear();
            done()
        }
        (&Method::GET, "clock") => Ok(clock(service)),
        (&Method::POST, "clock") => {
            let wanted: ClockChange = read(raw)?;
            change(service, |state| wanted.apply(&mut state.clock))?;
            Ok(clock(service))
        }
        (&Method::GET, "state") => service.store.read(to_json),
        (&Method::PUT, "state") => {
            let wanted: State = read(raw)?;
            change(service, |state| *state = wanted)?;
            done()
        }
        (_, "" | "requests" | "outbox" | "faults" | "clock" | "state") => Err((
            405,
            format!("method {} is not allowed for {}", raw.method, raw.path),
        )),
        _ => Err((
            404,
            format!("no such path: {}; GET {PATH} lists the paths", raw.path),
        )),
    }
}

/// Visits a link.
fn visit(service: &Service, token: &str, raw: &Raw) -> ControlResult {
    let form = match raw.method {
        Method::GET => Visit::new(),
        Method::POST if raw.body().is_empty() => Visit::new(),
        Method::POST => read(raw)?,
        _ => return Err((405, "links accept GET and POST only".to_owned())),
    };
    match service.visit(token, &form) {
        Ok(visited) => Ok(json!({ "visited": visited })),
        Err(error) => Ok(json!({ "code": error.code, "message": error.message })),
    }
}

/// Lists services and paths.
fn index(service: &Service) -> Value {
    let specs = service.gateway.catalogue.specs();
    let services: Vec<Value> = specs
        .map(|spec| {
            json!({
                "service": spec.service,
                "version": spec.version,
                "actions": spec.actions.len(),
            })
        })
        .collect();
    json!({
        "services": services,
        "paths": {
            "GET /emulator/requests": "lists recent requests, raw and parsed",
            "DELETE /emulator/requests": "clears the request log",
            "GET /emulator/outbox": "lists sent messages",
            "GET /emulator/faults": "lists pending faults",
            "POST /emulator/faults": "adds a fault",
            "DELETE /emulator/faults": "removes all faults",
            "GET /emulator/clock": "returns the time",
            "POST /emulator/clock": "sets the clock: {\"advance\": seconds}, {\"run_from\": unix_time} or {\"stop_at\": unix_time}",
            "GET /emulator/state": "returns the state",
            "PUT /emulator/state": "replaces the state",
            "GET /links/<token>": "visits a link; POST takes a form {\"code\", \"email\", \"password\"}",
        },
    })
}

/// A change of the clock.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ClockChange {
    /// Moves the clock forward by some seconds.
    Advance(u64),
    /// Sets the time and lets the clock run.
    RunFrom(u64),
    /// Sets the time and stops the clock.
    StopAt(u64),
}

impl ClockChange {
    fn apply(self, clock: &mut Clock) {
        match self {
            ClockChange::Advance(seconds) => clock.advance(Duration::from_secs(seconds)),
            ClockChange::RunFrom(time) => *clock = Clock::running_from(time),
            ClockChange::StopAt(time) => *clock = Clock::Stopped(time),
        }
    }
}

fn clock(service: &Service) -> Value {
    let clock = service.store.read(|state| state.clock);
    let now = clock.now();
    json!({ "clock": clock, "time": now, "utc": timestamp(now) })
}

fn done() -> ControlResult {
    Ok(json!({}))
}

/// Parses the request body as JSON.
fn read<T: for<'de> Deserialize<'de>>(raw: &Raw) -> Result<T, (u16, String)> {
    serde_json::from_slice(&raw.body()).map_err(|error| (400, error.to_string()))
}

fn to_json(value: &impl serde::Serialize) -> ControlResult {
    serde_json::to_value(value).map_err(|error| (500, error.to_string()))
}

fn change(service: &Service, change: impl FnOnce(&mut State)) -> Result<(), (u16, String)> {
    service.edit(change).map_err(|error| {
        let is_internal = error.code == CommonError::InternalError.as_str();
        (if is_internal { 500 } else { 400 }, error.message)
    })
}
