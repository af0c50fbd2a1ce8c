//! From a request to its answer.

use bytes::Bytes;
use serde_json::{Map, Value};
use tc3::{CommonError, ErrorCode as _};

use crate::clock::shifted;
use crate::fault::{Effect, Fault, Faults};
use crate::gateway::{Admitted, Gateway, Raw, Understood};
use crate::organization::{self, LINKS, Operation, Request, Visit, Visited, Visiting};
use crate::received::{Log, Received};
use crate::service_error::ServiceError;
use crate::state::{Message, State};
use crate::store::Store;
use crate::{Limits, sample};

/// An emulator, without the network around it.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) gateway: Gateway,
    pub(crate) store: Store,
    pub(crate) faults: Faults,
    pub(crate) log: Log,
    pub(crate) limits: Limits,
    /// Where clients call: `http://127.0.0.1:40123`.
    pub(crate) endpoint: String,
}

/// The fault that a request meets; the default one is none.
struct Met {
    fault: Fault,
    /// Whether it waited for the request, and did not come with it.
    waited: bool,
    /// What is wrong with a fault that came with the request.
    wrong: Option<ServiceError>,
}

/// What happens to a request.
#[derive(Debug)]
pub(crate) enum Reply {
    Response(Response),
    /// The connection is closed without an answer.
    Drop,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) content_type: &'static str,
    pub(crate) body: Bytes,
    /// After how many bytes of the body the connection is closed, if it is not sent whole.
    pub(crate) cut: Option<usize>,
    /// The time in the `Date` header: Unix time in seconds.
    pub(crate) time: u64,
    /// What comes back as it was sent, to find the request in logs.
    pub(crate) trace_id: Option<String>,
}

impl Service {
    /// Answers a call of an action.
    pub(crate) async fn call(&self, raw: &Raw) -> Reply {
        let Met {
            mut fault,
            waited,
            wrong,
        } = self.fault_for(raw);
        let now = shifted(self.now(), fault.clock_offset);
        let mut understood = Understood::default();
        let admitted = match wrong {
            Some(error) => Err(error),
            None => self.gateway.admit(raw, now, &mut understood),
        };
        if fault.clock_offset == 0 && admitted.as_ref().is_err_and(is_expired) {
            // The test moved the clock, and the client is about to sign again: that request is the one that is meant.
            if waited {
                self.faults.give_back(&fault);
            }
            fault = Fault::default();
        }
        let result = admitted.and_then(|admitted| self.carry_out(&admitted, &fault, now));

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

        let mut answer = Response {
            status: 200,
            content_type: "application/json",
            body: envelope(result, request_id),
            cut: None,
            time: now,
            trace_id: raw.header("x-tc-traceid"),
        };
        // What was asked for is done by now: a client that does not wait for the answer cannot know.
        if !fault.delay.is_zero() {
            tokio::time::sleep(fault.delay).await;
        }
        match fault.effect {
            Some(Effect::Drop) => return Reply::Drop,
            Some(Effect::Cut(bytes)) => answer.cut = Some(bytes),
            Some(Effect::Status { status, body }) => {
                answer.status = status;
                answer.content_type = "text/html";
                answer.body = Bytes::from(body);
            }
            Some(Effect::Code { .. }) | None => {}
        }
        Reply::Response(answer)
    }

    /// The fault that a request brings along, or else the one that waits for it.
    fn fault_for(&self, raw: &Raw) -> Met {
        let action = raw.header("x-tc-action");
        let Some(brought) = raw.header(Fault::HEADER) else {
            let waiting = self.faults.meet(action.as_deref());
            return Met {
                waited: waiting.is_some(),
                fault: waiting.unwrap_or_default(),
                wrong: None,
            };
        };
        let brought = Fault::from_json(&brought).map_err(|error| {
            ServiceError::common(
                CommonError::InvalidParameter,
                format_args!("The header {} is {error}.", Fault::HEADER),
            )
        });
        let (fault, wrong) = match brought {
            Ok(fault) if fault.concerns(action.as_deref()) => (fault, None),
            Ok(_) => (Fault::default(), None),
            Err(error) => (Fault::default(), Some(error)),
        };
        Met {
            fault,
            waited: false,
            wrong,
        }
    }

    /// Does what an admitted request asks for, as far as a fault lets it.
    fn carry_out(
        &self,
        admitted: &Admitted<'_>,
        fault: &Fault,
        now: u64,
    ) -> Result<Map<String, Value>, ServiceError> {
        let asked = match &fault.effect {
            Some(Effect::Code { code, message }) => Some(ServiceError::new(code, message)),
            _ => None,
        };
        let acts = fault.acts || fault.effect.is_none();
        let acted = if acts {
            self.act(admitted, now)
        } else {
            Ok(Map::new())
        };
        match asked {
            Some(error) => acted.and(Err(error)),
            None => acted,
        }
    }

    /// Carries out an action: for real, or by its documentation.
    fn act(&self, admitted: &Admitted<'_>, now: u64) -> Result<Map<String, Value>, ServiceError> {
        let (spec, parameters) = (admitted.spec, &admitted.parameters);
        let request = Request::new(admitted.caller, parameters, &self.limits, now);
        match organization::operation(&spec.service, &spec.version, admitted.name) {
            Some(Operation::Read(read)) => self.store.read(|state| read(state, &request)),
            Some(Operation::Write(write)) => self.change(|state| write(state, &request))?,
            None => Ok(sample::response(spec, admitted.action, parameters)),
        }
    }

    /// The time, by the emulator's clock: Unix time in seconds.
    pub(crate) fn now(&self) -> u64 {
        self.store.read(|state| state.clock.now())
    }

    /// Changes the state.
    pub(crate) fn change<R>(
        &self,
        change: impl FnOnce(&mut State) -> R,
    ) -> Result<R, ServiceError> {
        self.store.change(change).map_err(|error| {
            ServiceError::common(
                CommonError::InternalError,
                format_args!("The state file cannot be written, so nothing was done: {error}."),
            )
        })
    }

    /// Changes the state as a test likes, and adds what goes without saying.
    ///
    /// # Errors
    /// If it would contradict itself then, or cannot be written; then nothing has changed.
    pub(crate) fn edit<R>(&self, edit: impl FnOnce(&mut State) -> R) -> Result<R, ServiceError> {
        self.change(|state| {
            let mut next = state.clone();
            let result = edit(&mut next);
            next.complete();
            if let Some(problem) = next.problem() {
                return Err(ServiceError::common(
                    CommonError::InvalidParameter,
                    format_args!("The state contradicts itself: {problem}."),
                ));
            }
            *state = next;
            Ok(result)
        })?
    }

    /// Visits the link with that token.
    pub(crate) fn visit(&self, token: &str, form: &Visit) -> Result<Visited, ServiceError> {
        let visiting = Visiting {
            token,
            form,
            limits: &self.limits,
            now: self.now(),
        };
        self.change(|state| visiting.visit(state))?
    }

    /// What was sent to people, with whole links.
    pub(crate) fn outbox(&self) -> Vec<Message> {
        let mut messages: Vec<Message> = self
            .store
            .read(|state| state.outbox.iter().cloned().collect());
        for link in messages
            .iter_mut()
            .filter_map(|message| message.link.as_mut())
        {
            link.insert_str(0, &self.endpoint);
        }
        messages
    }
}

fn is_expired(error: &ServiceError) -> bool {
    error.code == CommonError::AuthFailureSignatureExpire.as_str()
}

/// The token at the end of a link or of its path.
pub(crate) fn token_of(link: &str) -> &str {
    link.rsplit_once(LINKS).map_or(link, |(_, token)| token)
}

/// The body of an answer to a call.
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
