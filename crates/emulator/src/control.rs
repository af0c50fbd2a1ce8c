//! What tests in another process ask an emulator, under `/emulator`, and the links that it sends to people.

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

/// The beginning of all paths of this kind.
pub(crate) const PATH: &str = "/emulator";

/// Whether a path leads here, and not to the gateway.
pub(crate) fn is_path(path: &str) -> bool {
    path == PATH || path.starts_with("/emulator/") || path.starts_with(LINKS)
}

/// Status and JSON of an answer.
type Told = Result<Value, (u16, String)>;

/// Answers a request for the emulator itself.
pub(crate) fn answer(service: &Service, raw: &Raw) -> Response {
    let told = match raw.path.strip_prefix(LINKS) {
        _ if raw.body == Body::TooLarge => {
            Err((413, format!("the body is larger than {BODY_LIMIT} bytes")))
        }
        Some(token) => visit(service, token, raw),
        None => control(service, raw),
    };
    let (status, value) = match told {
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

fn control(service: &Service, raw: &Raw) -> Told {
    let place = raw.path.strip_prefix(PATH).unwrap_or_default();
    let place = place.trim_matches('/');
    match (&raw.method, place) {
        (&Method::GET, "") => Ok(index(service)),
        (&Method::GET, "requests") => written(&service.log.list()),
        (&Method::DELETE, "requests") => {
            service.log.clear();
            done()
        }
        (&Method::GET, "outbox") => written(&service.outbox()),
        (&Method::GET, "faults") => written(&service.faults.list()),
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
            let wanted: Move = read(raw)?;
            change(service, |state| wanted.make(&mut state.clock))?;
            Ok(clock(service))
        }
        (&Method::GET, "state") => service.store.read(written),
        (&Method::PUT, "state") => {
            let wanted: State = read(raw)?;
            change(service, |state| *state = wanted)?;
            done()
        }
        (_, "" | "requests" | "outbox" | "faults" | "clock" | "state") => Err((
            405,
            format!("{} does not take the method {}", raw.path, raw.method),
        )),
        _ => Err((
            404,
            format!("there is no {}; see {PATH} for what there is", raw.path),
        )),
    }
}

/// Somebody visits a link.
fn visit(service: &Service, token: &str, raw: &Raw) -> Told {
    let form = match raw.method {
        Method::GET => Visit::new(),
        Method::POST if raw.body().is_empty() => Visit::new(),
        Method::POST => read(raw)?,
        _ => return Err((405, "a link is visited by GET or POST".to_owned())),
    };
    match service.visit(token, &form) {
        Ok(visited) => Ok(json!({ "visited": visited })),
        Err(error) => Ok(json!({ "code": error.code, "message": error.message })),
    }
}

/// What there is.
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
            "GET /emulator/requests": "the last requests, as they were sent and as they were understood",
            "DELETE /emulator/requests": "forgets them",
            "GET /emulator/outbox": "what was sent to people",
            "GET /emulator/faults": "the faults that wait for requests",
            "POST /emulator/faults": "adds a fault",
            "DELETE /emulator/faults": "removes all faults",
            "GET /emulator/clock": "the time",
            "POST /emulator/clock": "moves the clock: {\"advance\": seconds}, {\"run_from\": unix_time} or {\"stop_at\": unix_time}",
            "GET /emulator/state": "the state",
            "PUT /emulator/state": "replaces it",
            "GET /links/<token>": "visits a link; POST fills in {\"code\", \"email\", \"password\"}",
        },
    })
}

/// A move of the clock.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Move {
    /// Forward by so many seconds.
    Advance(u64),
    /// To a Unix time, from which it runs on.
    RunFrom(u64),
    /// To a Unix time, at which it stands.
    StopAt(u64),
}

impl Move {
    fn make(self, clock: &mut Clock) {
        match self {
            Move::Advance(seconds) => clock.advance(Duration::from_secs(seconds)),
            Move::RunFrom(time) => *clock = Clock::running_from(time),
            Move::StopAt(time) => *clock = Clock::Stopped(time),
        }
    }
}

fn clock(service: &Service) -> Value {
    let clock = service.store.read(|state| state.clock);
    let now = clock.now();
    json!({ "clock": clock, "time": now, "utc": timestamp(now) })
}

fn done() -> Told {
    Ok(json!({}))
}

/// The JSON in the body of a request.
fn read<T: for<'de> Deserialize<'de>>(raw: &Raw) -> Result<T, (u16, String)> {
    serde_json::from_slice(&raw.body()).map_err(|error| (400, error.to_string()))
}

fn written(value: &impl serde::Serialize) -> Told {
    serde_json::to_value(value).map_err(|error| (500, error.to_string()))
}

fn change(service: &Service, change: impl FnOnce(&mut State)) -> Result<(), (u16, String)> {
    service.edit(change).map_err(|error| {
        let is_ours = error.code == CommonError::InternalError.as_str();
        (if is_ours { 500 } else { 400 }, error.message)
    })
}
