//! The control API under `/emulator`, and the links in sent messages.

use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use hyper::Method;
use hyper::header::{CONTENT_TYPE, HOST, HeaderMap, HeaderValue};
use serde::Deserialize;
use serde_json::{Value, json};
use tc3::{CommonError, ErrorCode as _};

use crate::Clock;
use crate::clock::timestamp;
use crate::fault::Fault;
use crate::gateway::{BODY_LIMIT, Body, Raw, WINDOW};
use crate::guard::GuardError;
use crate::organization::{LINKS, Visit};
use crate::service::{Response, Service};
use crate::state::State;

/// Prefix of the control paths.
pub(crate) const PATH: &str = "/emulator";

/// Returns whether a path belongs to the control API instead of the gateway.
pub(crate) fn is_path(path: &str) -> bool {
    path == PATH || path.starts_with("/emulator/") || path.starts_with(LINKS)
}

/// A response value, or an HTTP status with a message.
type ControlResult = Result<Value, GuardError>;

/// Handles a control request.
pub(crate) fn handle(service: &Service, raw: &Raw) -> Response {
    let (status, value) = match check_and_run(service, raw) {
        Ok(value) => (200, value),
        Err((status, error)) => (status, json!({ "error": error })),
    };
    Response {
        status,
        content_type: JSON,
        body: Bytes::from(format!("{value:#}\n")),
        cut: None,
        time: service.client_time(),
        trace_id: None,
    }
}

/// Handles a control request of this process, at a path below the prefix. No token is required.
pub(crate) fn handle_local(
    service: &Service,
    address: SocketAddr,
    path: &str,
    change: Option<&Value>,
) -> ControlResult {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(JSON));
    if let Ok(host) = HeaderValue::try_from(address.to_string()) {
        headers.insert(HOST, host);
    }
    let (method, body) = match change {
        None => (Method::GET, Bytes::new()),
        Some(change) => (Method::POST, Bytes::from(change.to_string())),
    };
    let raw = Raw {
        method,
        path: format!("{PATH}/{path}"),
        query: None,
        headers,
        head: Bytes::new(),
        body: Body::Whole(body),
    };
    control(service, &raw)
}

/// Checks the access of a request, and runs it.
fn check_and_run(service: &Service, raw: &Raw) -> ControlResult {
    service.guard.check_origin(raw)?;
    let link = raw.path.strip_prefix(LINKS);
    if link.is_none() {
        // Links need no token, because each link contains an unguessable one.
        service.guard.check_token(raw)?;
    }
    if raw.body == Body::TooLarge {
        return Err((413, format!("the body exceeds {BODY_LIMIT} bytes")));
    }
    match link {
        Some(token) => visit(service, token, raw),
        None => control(service, raw),
    }
}

/// Runs a request at a control path.
fn control(service: &Service, raw: &Raw) -> ControlResult {
    let path = raw.path.strip_prefix(PATH).unwrap_or_default();
    let path = path.trim_matches('/');
    match (&raw.method, path) {
        (&Method::GET, "") => Ok(index(service)),
        (&Method::GET, "requests") => to_json(&service.log.list()),
        (&Method::POST, "requests/clear") => {
            let Empty {} = parse(raw)?;
            service.log.clear();
            done()
        }
        (&Method::GET, "outbox") => {
            // Links use the host of the request, because its port may be forwarded.
            let host = raw.header("host").unwrap_or_default();
            to_json(&service.outbox(&service.guard.origin(&host)))
        }
        (&Method::GET, "faults") => to_json(&service.faults.list()),
        (&Method::POST, "faults") => {
            let fault = parse::<Fault>(raw)?;
            let added = service.inject(fault);
            added.map_err(|error| (400, error.to_string()))?;
            done()
        }
        (&Method::POST, "faults/clear") => {
            let Empty {} = parse(raw)?;
            service.faults.clear();
            done()
        }
        (&Method::GET, "clock") => Ok(clock(service)),
        (&Method::POST, "clock") => {
            let clock_change: ClockChange = parse(raw)?;
            change(service, |state| clock_change.apply(&mut state.clock))?;
            Ok(clock(service))
        }
        (&Method::GET, "state") => service.store.read(to_json),
        (&Method::POST, "state") => {
            let new: State = parse(raw)?;
            change(service, |state| *state = new)?;
            done()
        }
        (
            _,
            "" | "requests" | "requests/clear" | "outbox" | "faults" | "faults/clear" | "clock"
            | "state",
        ) => Err((
            405,
            format!(
                "method {} is not allowed for {}; GET {PATH} lists the methods and paths",
                raw.method, raw.path
            ),
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
        Method::POST => parse(raw)?,
        _ => return Err((405, "links accept only GET and POST".to_owned())),
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
            "POST /emulator/requests/clear": "clears the request log: {}",
            "GET /emulator/outbox": "lists sent messages",
            "GET /emulator/faults": "lists pending faults",
            "POST /emulator/faults": "adds a fault, such as {\"action\": \"…\", \"times\": 1, \"drop\": \"after\"}",
            "POST /emulator/faults/clear": "removes all faults: {}",
            "GET /emulator/clock": "returns the time, and the time near which clients must sign",
            "POST /emulator/clock": "sets the clock: {\"advance\": seconds}, {\"stop_at\": unix_time}, {\"run_from\": unix_time}, or {\"ahead\": 0} to follow real time",
            "GET /emulator/state": "returns the state, which is also a seed without callers",
            "POST /emulator/state": "replaces the state",
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
    /// Lets the clock run at this offset from real time, in seconds.
    Ahead(i64),
    /// Sets the time and lets the clock run.
    RunFrom(u64),
    /// Sets the time and stops the clock.
    StopAt(u64),
}

impl ClockChange {
    fn apply(self, clock: &mut Clock) {
        match self {
            ClockChange::Advance(seconds) => clock.advance(Duration::from_secs(seconds)),
            ClockChange::Ahead(seconds) => *clock = Clock::Ahead(seconds),
            ClockChange::RunFrom(time) => *clock = Clock::running_from(time),
            ClockChange::StopAt(time) => *clock = Clock::Stopped(time),
        }
    }
}

/// Returns the clock, and `clients.time`, the time near which clients must sign.
fn clock(service: &Service) -> Value {
    let clock = service.store.read(|state| state.clock);
    let (now, expected) = (clock.now(), service.client_time());
    json!({
        "clock": clock,
        "time": now,
        "utc": timestamp(now),
        "clients": {
            "follow": if service.real_time_clients { "real time" } else { "this clock" },
            "time": expected,
            "earliest": expected.saturating_sub(WINDOW),
            "latest": expected.saturating_add(WINDOW),
        },
    })
}

fn done() -> ControlResult {
    Ok(json!({}))
}

/// The body of a request that takes no values: `{}`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Empty {}

/// The only accepted content type of bodies. Forms of web pages cannot send it.
const JSON: &str = "application/json";

/// Parses the request body as JSON.
fn parse<T: for<'de> Deserialize<'de>>(raw: &Raw) -> Result<T, GuardError> {
    let content_type = raw.values("content-type").collect::<Vec<_>>().join(", ");
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case(JSON) {
        return Err((
            415,
            format!("the Content-Type must be {JSON}; got `{content_type}`"),
        ));
    }
    serde_json::from_slice(&raw.body()).map_err(|error| (400, error.to_string()))
}

fn to_json(value: &impl serde::Serialize) -> ControlResult {
    serde_json::to_value(value).map_err(|error| (500, error.to_string()))
}

fn change(service: &Service, change: impl FnOnce(&mut State)) -> Result<(), GuardError> {
    service.edit(change).map_err(|error| {
        let is_internal = error.code == CommonError::InternalError.as_str();
        (if is_internal { 500 } else { 400 }, error.message)
    })
}
