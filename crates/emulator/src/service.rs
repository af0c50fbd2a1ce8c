//! Handles API calls: checks, faults, actions and responses.

use bytes::Bytes;
use serde_json::{Map, Value};
use tc3::{CommonError, ErrorCode as _};

use crate::InvalidFault;
use crate::clock::{shifted, system_now};
use crate::fault::{Effect, Fault, Faults};
use crate::gateway::{Admitted, Gateway, Raw, Times, Understood};
use crate::guard::Guard;
use crate::organization::{self, LINKS, LinkVisit, Operation, Request, Visit, Visited};
use crate::received::{Log, Received};
use crate::service_error::ServiceError;
use crate::state::{Message, State};
use crate::store::Store;
use crate::{Limits, pages, sample};

/// The emulator without its network layer.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) gateway: Gateway,
    pub(crate) store: Store,
    pub(crate) faults: Faults,
    pub(crate) log: Log,
    pub(crate) limits: Limits,
    pub(crate) guard: Guard,
    pub(crate) lists: Lists,
    /// Whether signatures are checked against real time instead of the emulator's clock.
    pub(crate) real_time_clients: bool,
    /// The endpoint for clients, such as `http://127.0.0.1:40123`.
    pub(crate) endpoint: String,
}

/// Settings of lists.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lists {
    /// The number of items of a list that is built from a response table.
    pub(crate) length: usize,
    /// The default number of items of a page; `None` for all.
    pub(crate) page: Option<u64>,
}

/// The fault for a request.
struct FaultMatch {
    /// The fault; the default has no effect.
    fault: Fault,
    /// Whether it was pending, rather than sent with the request.
    pending: bool,
    /// The error if the fault in the request is invalid.
    error: Option<ServiceError>,
}

/// The reply to a request.
#[derive(Debug)]
pub(crate) enum Reply {
    Response(Response),
    /// Closes the connection without a response.
    Drop,
}

/// A response.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) content_type: &'static str,
    pub(crate) body: Bytes,
    /// Closes the connection after this number of body bytes.
    pub(crate) cut: Option<usize>,
    /// The time in the `Date` header: Unix time in seconds.
    pub(crate) time: u64,
    /// The trace ID from the request, returned unchanged.
    pub(crate) trace_id: Option<String>,
}

impl Service {
    /// Handles an API call.
    pub(crate) async fn call(&self, raw: &Raw) -> Reply {
        let FaultMatch {
            mut fault,
            pending,
            error,
        } = self.fault_for(raw);
        let now = shifted(self.now(), fault.clock_offset);
        let client_time = shifted(self.client_time(), fault.clock_offset);
        let mut understood = Understood::default();
        let admitted = match error {
            Some(error) => Err(error),
            None => self
                .gateway
                .admit(raw, Times { now, client_time }, &mut understood),
        };
        if fault.clock_offset == 0 && admitted.as_ref().is_err_and(is_expired) {
            // After the clock moved, the client signs the request again. The fault applies to that request.
            if pending {
                self.faults.restore(&fault);
            }
            fault = Fault::default();
        }
        let result = admitted.and_then(|admitted| self.run(&admitted, &fault, now));

        let request_id = uuid::Uuid::new_v4().to_string();
        self.log.add(Received {
            number: 0,
            time: now,
            head: raw.head.clone(),
            body: raw.body(),
            understood,
            request_id: request_id.clone(),
            code: result.as_ref().err().map(|error| error.code.clone()),
            faulted: fault != Fault::default(),
        });

        let mut response = Response {
            status: 200,
            content_type: "application/json",
            body: envelope(result, request_id),
            cut: None,
            time: client_time,
            trace_id: raw.header("x-tc-traceid"),
        };
        // The delay follows the action, so a client that times out cannot know whether the action ran.
        if !fault.delay.is_zero() {
            tokio::time::sleep(fault.delay).await;
        }
        match fault.effect {
            Some(Effect::Drop) => return Reply::Drop,
            Some(Effect::Cut(bytes)) => response.cut = Some(bytes),
            Some(Effect::Status { status, body }) => {
                response.status = status;
                response.content_type = "text/html";
                response.body = Bytes::from(body);
            }
            Some(Effect::Code { .. }) | None => {}
        }
        Reply::Response(response)
    }

    /// Returns the fault in the request header, or else the first pending one.
    fn fault_for(&self, raw: &Raw) -> FaultMatch {
        let action = raw.header("x-tc-action");
        let Some(sent) = raw.header(Fault::HEADER) else {
            let taken = self.faults.take(action.as_deref());
            return FaultMatch {
                pending: taken.is_some(),
                fault: taken.unwrap_or_default(),
                error: None,
            };
        };
        let sent = Fault::from_json(&sent).and_then(|fault| {
            fault.check(&self.gateway.catalogue)?;
            Ok(fault)
        });
        let sent = sent.map_err(|error| {
            ServiceError::common(
                CommonError::InvalidParameter,
                format_args!("The header {} has an {error}.", Fault::HEADER),
            )
        });
        let (fault, error) = match sent {
            Ok(fault) if fault.applies_to(action.as_deref()) => (fault, None),
            Ok(_) => (Fault::default(), None),
            Err(error) => (Fault::default(), Some(error)),
        };
        FaultMatch {
            fault,
            pending: false,
            error,
        }
    }

    /// Runs an admitted request, unless a fault prevents it.
    fn run(
        &self,
        admitted: &Admitted<'_>,
        fault: &Fault,
        now: u64,
    ) -> Result<Map<String, Value>, ServiceError> {
        let injected = match &fault.effect {
            Some(Effect::Code { code, message }) => Some(ServiceError::new(code, message)),
            _ => None,
        };
        let runs = fault.acts || fault.effect.is_none();
        let result = if runs {
            self.run_action(admitted, now)
        } else {
            Ok(Map::new())
        };
        match injected {
            Some(error) => result.and(Err(error)),
            None => result,
        }
    }

    /// Runs an action: its stateful implementation, or a sample response.
    fn run_action(
        &self,
        admitted: &Admitted<'_>,
        now: u64,
    ) -> Result<Map<String, Value>, ServiceError> {
        let (spec, action, parameters) = (admitted.spec, admitted.action, &admitted.parameters);
        let request = Request::new(admitted.caller, parameters, &self.limits, now);
        let mut response =
            match organization::operation(&spec.service, &spec.version, admitted.name) {
                Some(Operation::Read(read)) => self.store.read(|state| read(state, &request))?,
                Some(Operation::Write(write)) => self.change(|state| write(state, &request))??,
                None => sample::response(spec, action, parameters, self.lists.length),
            };
        pages::paginate(&mut response, action, parameters, self.lists.page)?;
        Ok(response)
    }

    /// Returns the emulator's time: Unix time in seconds.
    pub(crate) fn now(&self) -> u64 {
        self.store.read(|state| state.clock.now())
    }

    /// Returns the time that clients must sign with: Unix time in seconds.
    pub(crate) fn client_time(&self) -> u64 {
        if self.real_time_clients {
            system_now()
        } else {
            self.now()
        }
    }

    /// Adds a fault.
    ///
    /// # Errors
    /// Fails if its action is in no spec.
    pub(crate) fn inject(&self, fault: Fault) -> Result<(), InvalidFault> {
        fault.check(&self.gateway.catalogue)?;
        self.faults.add(fault);
        Ok(())
    }

    /// Changes the state.
    pub(crate) fn change<R>(
        &self,
        change: impl FnOnce(&mut State) -> R,
    ) -> Result<R, ServiceError> {
        self.store.change(change).map_err(|error| {
            ServiceError::common(
                CommonError::InternalError,
                format_args!("The state file cannot be written, so nothing was changed: {error}."),
            )
        })
    }

    /// Edits the state for a test, and adds implied entries.
    ///
    /// # Errors
    /// Fails if the new state is inconsistent or cannot be written. The state is then unchanged.
    pub(crate) fn edit<R>(&self, edit: impl FnOnce(&mut State) -> R) -> Result<R, ServiceError> {
        self.change(|state| {
            let mut next = state.clone();
            let result = edit(&mut next);
            next.complete();
            if let Some(problem) = next.problem() {
                return Err(ServiceError::common(
                    CommonError::InvalidParameter,
                    format_args!("The state is inconsistent: {problem}."),
                ));
            }
            *state = next;
            Ok(result)
        })?
    }

    /// Visits the link with this token.
    pub(crate) fn visit(&self, token: &str, form: &Visit) -> Result<Visited, ServiceError> {
        let visit = LinkVisit {
            token,
            form,
            limits: &self.limits,
            now: self.now(),
        };
        self.change(|state| visit.run(state))?
    }

    /// Returns the sent messages, with links below an origin.
    pub(crate) fn outbox(&self, origin: &str) -> Vec<Message> {
        let mut messages: Vec<Message> = self
            .store
            .read(|state| state.outbox.iter().cloned().collect());
        for link in messages
            .iter_mut()
            .filter_map(|message| message.link.as_mut())
        {
            link.insert_str(0, origin);
        }
        messages
    }
}

fn is_expired(error: &ServiceError) -> bool {
    error.code == CommonError::AuthFailureSignatureExpire.as_str()
}

/// Returns the token at the end of a link or its path.
pub(crate) fn token_of(link: &str) -> &str {
    link.rsplit_once(LINKS).map_or(link, |(_, token)| token)
}

/// Builds the response envelope.
fn envelope(result: Result<Map<String, Value>, ServiceError>, request_id: String) -> Bytes {
    let mut response = result.unwrap_or_else(|error| {
        let error = Map::from_iter([
            ("Code".to_owned(), Value::String(error.code)),
            ("Message".to_owned(), Value::String(error.message)),
        ]);
        Map::from_iter([("Error".to_owned(), Value::Object(error))])
    });
    response.insert("RequestId".to_owned(), Value::String(request_id));
    let envelope = Map::from_iter([("Response".to_owned(), Value::Object(response))]);
    Bytes::from(Value::Object(envelope).to_string())
}
