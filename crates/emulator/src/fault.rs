//! Fault injection.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::InvalidFault;
use crate::catalogue::Catalogue;

/// A fault that a test injects.
///
/// A request carries a fault as JSON in the header [`X-Emulator-Fault`](Fault::HEADER). A fault added to the emulator
/// applies to the next matching requests.
/// ```
/// use tc3_emulator::Fault;
///
/// let lost = Fault::drop_after().on("AddOrganizationMemberEmail").times(1);
/// let same = r#"{"action": "AddOrganizationMemberEmail", "times": 1, "drop": "after"}"#;
/// assert_eq!(Fault::from_json(same)?, lost);
/// # Ok::<(), tc3_emulator::InvalidFault>(())
/// ```
///
/// | key | effect |
/// |---|---|
/// | `action` | applies to this action only; default: all actions |
/// | `times` | applies to this number of requests; default: all; ignored in a header |
/// | `delay_ms` | delays the response, after the action ran; at most ten minutes |
/// | `clock_offset` | shifts the emulator's clock by this number of seconds |
/// | `drop` | closes the connection without a response, `"before"` or `"after"` the action runs |
/// | `cut` | closes the connection after this number of bytes of the response body |
/// | `status`, `body` | responds with this HTTP status and text; the action does not run |
/// | `code`, `message` | responds with this service error; the action does not run |
/// | `acts` | with `status` or `code`: the action runs nevertheless |
///
/// At most one of `drop`, `cut`, `status` and `code` may be set. All other keys can be combined with each of them.
/// An invalid request gets its own error instead of `code`. A request with an expired signature consumes no fault, except
/// one with `clock_offset`: after the clock moved, the client signs the request again, and the fault applies then.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "FaultJson", into = "FaultJson")]
pub struct Fault {
    pub(crate) action: Option<String>,
    pub(crate) times: Option<u32>,
    pub(crate) delay: Duration,
    pub(crate) clock_offset: i64,
    pub(crate) effect: Option<Effect>,
    pub(crate) acts: bool,
}

/// The effect on the response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    Drop,
    Cut(usize),
    Status { status: u16, body: String },
    Code { code: String, message: String },
}

impl Fault {
    /// The request header that carries a fault.
    pub const HEADER: &'static str = "X-Emulator-Fault";

    fn with_effect(effect: Effect, acts: bool) -> Self {
        Self {
            effect: Some(effect),
            acts,
            ..Self::default()
        }
    }

    /// Delays the response, by ten minutes at most.
    pub fn delay(by: Duration) -> Self {
        Self::default().delayed(by)
    }

    /// Shifts the emulator's clock by some seconds.
    pub fn clock_offset(seconds: i64) -> Self {
        Self {
            clock_offset: seconds,
            ..Self::default()
        }
    }

    /// Closes the connection before the action runs.
    pub fn drop_before() -> Self {
        Self::with_effect(Effect::Drop, false)
    }

    /// Runs the action, then closes the connection without a response.
    pub fn drop_after() -> Self {
        Self::with_effect(Effect::Drop, true)
    }

    /// Runs the action, then closes the connection after some bytes of the response body.
    pub fn cut(after_bytes: usize) -> Self {
        Self::with_effect(Effect::Cut(after_bytes), true)
    }

    /// Responds with any HTTP status and text, as a proxy might.
    ///
    /// A status outside 200 to 599 becomes 500.
    pub fn status(status: u16, body: impl Into<String>) -> Self {
        let status = if is_status(status) { status } else { 500 };
        let body = body.into();
        Self::with_effect(Effect::Status { status, body }, false)
    }

    /// Responds with a service error.
    pub fn code(code: impl Into<String>) -> Self {
        let (code, message) = (code.into(), "Injected fault.".to_owned());
        Self::with_effect(Effect::Code { code, message }, false)
    }

    /// Runs the action nevertheless.
    pub fn acting(mut self) -> Self {
        self.acts = true;
        self
    }

    /// Also delays the response, by ten minutes at most.
    pub fn delayed(mut self, by: Duration) -> Self {
        self.delay = by.min(MAX_DELAY);
        self
    }

    /// Restricts the fault to one action.
    pub fn on(mut self, action: impl Into<String>) -> Self {
        self.action = Some(action.into());
        self
    }

    /// Limits the number of requests that the fault applies to.
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    /// Whether the fault applies to an action.
    pub(crate) fn applies_to(&self, action: Option<&str>) -> bool {
        self.action.is_none() || self.action.as_deref() == action
    }

    /// Parses a fault from JSON.
    ///
    /// # Errors
    /// Fails if the text is not a valid fault.
    pub fn from_json(text: &str) -> Result<Self, InvalidFault> {
        serde_json::from_str(text).map_err(|error| InvalidFault(error.to_string()))
    }

    /// Rejects an action that is in no spec: the fault would never apply.
    pub(crate) fn check(&self, catalogue: &Catalogue) -> Result<(), InvalidFault> {
        let Some(action) = &self.action else {
            return Ok(());
        };
        catalogue.check_action(action).map_err(|hint| {
            let hint = match &*hint {
                "" => "; it must be an action of an emulated service",
                hint => hint,
            };
            InvalidFault(format!("action `{action}` does not exist{hint}"))
        })
    }
}

fn is_status(status: u16) -> bool {
    (200..600).contains(&status)
}

/// Maximum delay. The connection stays open during the delay, even if the client disconnects.
const MAX_DELAY: Duration = Duration::from_secs(600);

/// A fault as JSON.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct FaultJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delay_ms: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    clock_offset: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    drop: Option<Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cut: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    acts: Option<bool>,
}

/// Whether the connection is closed before or after the action runs.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Moment {
    Before,
    After,
}

impl TryFrom<FaultJson> for Fault {
    type Error = InvalidFault;

    fn try_from(json: FaultJson) -> Result<Self, InvalidFault> {
        let invalid = |problem: &str| Err(InvalidFault(problem.to_owned()));
        let mut fault = match (json.drop, json.cut, json.status, json.code) {
            (None, None, None, None) => Fault::default(),
            (Some(Moment::Before), None, None, None) => Fault::drop_before(),
            (Some(Moment::After), None, None, None) => Fault::drop_after(),
            (None, Some(bytes), None, None) => Fault::cut(bytes),
            (None, None, Some(status), None) if is_status(status) => {
                Fault::status(status, json.body.clone().unwrap_or_default())
            }
            (None, None, Some(_), None) => return invalid("`status` must be between 200 and 599"),
            (None, None, None, Some(code)) => Fault::code(code),
            _ => return invalid("only one of `drop`, `cut`, `status` and `code` is allowed"),
        };
        match (&mut fault.effect, json.message) {
            (Some(Effect::Code { message, .. }), Some(text)) => *message = text,
            (_, Some(_)) => return invalid("`message` requires `code`"),
            (_, None) => {}
        }
        let status_or_code = match fault.effect {
            Some(Effect::Status { .. }) => true,
            Some(Effect::Code { .. }) if json.body.is_none() => true,
            _ if json.body.is_some() => return invalid("`body` requires `status`"),
            _ => false,
        };
        match json.acts {
            Some(acts) if status_or_code => fault.acts = acts,
            Some(_) => return invalid("`acts` requires `status` or `code`"),
            None => {}
        }
        fault.action = json.action;
        fault.times = json.times;
        fault.delay = Duration::from_millis(json.delay_ms.unwrap_or(0));
        if fault.delay > MAX_DELAY {
            return invalid("`delay_ms` must be at most 600000 (ten minutes)");
        }
        fault.clock_offset = json.clock_offset.unwrap_or(0);
        Ok(fault)
    }
}

impl From<Fault> for FaultJson {
    fn from(fault: Fault) -> Self {
        let delay = u64::try_from(fault.delay.as_millis()).unwrap_or(u64::MAX);
        let mut json = FaultJson {
            action: fault.action,
            times: fault.times,
            delay_ms: (delay > 0).then_some(delay),
            clock_offset: (fault.clock_offset != 0).then_some(fault.clock_offset),
            ..FaultJson::default()
        };
        let acts = fault.acts.then_some(true);
        match fault.effect {
            None => {}
            Some(Effect::Drop) if fault.acts => json.drop = Some(Moment::After),
            Some(Effect::Drop) => json.drop = Some(Moment::Before),
            Some(Effect::Cut(bytes)) => json.cut = Some(bytes),
            Some(Effect::Status { status, body }) => {
                json.status = Some(status);
                json.body = Some(body);
                json.acts = acts;
            }
            Some(Effect::Code { code, message }) => {
                json.code = Some(code);
                json.message = Some(message);
                json.acts = acts;
            }
        }
        json
    }
}

/// The pending faults.
#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<Vec<Fault>>);

impl Faults {
    pub(crate) fn add(&self, fault: Fault) {
        self.lock().push(fault);
    }

    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    /// Returns the faults that still apply.
    pub(crate) fn list(&self) -> Vec<Fault> {
        let faults = self.lock();
        let pending = faults.iter().filter(|fault| fault.times != Some(0));
        pending.cloned().collect()
    }

    /// Returns the first fault for this action, and counts it as used.
    pub(crate) fn take(&self, action: Option<&str>) -> Option<Fault> {
        let mut faults = self.lock();
        faults.retain(|fault| fault.times != Some(0));
        let found = faults.iter_mut().find(|fault| fault.applies_to(action))?;
        found.times = found.times.map(|times| times - 1);
        Some(found.clone())
    }

    /// Reverts a [`take`](Self::take).
    pub(crate) fn restore(&self, taken: &Fault) {
        if let Some(fault) = self.lock().iter_mut().find(|fault| *fault == taken) {
            fault.times = fault.times.map(|times| times + 1);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Fault>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_round_trip() {
        for fault in [
            Fault::default(),
            Fault::delay(Duration::from_millis(20)),
            Fault::clock_offset(-600).on("AddThing"),
            Fault::drop_before(),
            Fault::drop_after().times(3),
            Fault::cut(0),
            Fault::status(502, "<html>"),
            Fault::status(500, "").acting(),
            Fault::code("InternalError")
                .acting()
                .delayed(Duration::from_secs(1)),
        ] {
            let text = serde_json::to_string(&fault).unwrap();
            assert_eq!(Fault::from_json(&text), Ok(fault), "{text}");
        }
    }

    #[test]
    fn invalid_fault_is_rejected() {
        for (text, problem) in [
            ("", "EOF"),
            ("7", "invalid type"),
            (r#"{"drop":"later"}"#, "unknown variant"),
            (r#"{"dorp":"after"}"#, "unknown field"),
            (r#"{"drop":"after","code":"X"}"#, "only one of"),
            (r#"{"status":99}"#, "between 200 and 599"),
            (r#"{"delay_ms":600001}"#, "ten minutes"),
            (r#"{"message":"x"}"#, "requires `code`"),
            (r#"{"code":"X","body":"x"}"#, "requires `status`"),
            (r#"{"cut":1,"acts":true}"#, "`acts` requires"),
        ] {
            let message = Fault::from_json(text).unwrap_err().to_string();
            assert!(message.contains(problem), "{text}: {message}");
        }
    }

    #[test]
    fn faults_apply_by_action_and_count() {
        let faults = Faults::default();
        faults.add(Fault::code("A").on("X").times(1));
        faults.add(Fault::code("B").times(1));
        let code = |action| faults.take(action).map(|fault| fault.effect);
        let effect = |code| Some(Fault::code(code).effect);
        assert_eq!(code(Some("Y")), effect("B"));
        assert_eq!(code(Some("Y")), None);
        assert_eq!(code(Some("X")), effect("A"));
        assert_eq!(code(Some("X")), None);

        faults.add(Fault::code("C").times(1));
        let taken = faults.take(None).unwrap();
        faults.restore(&taken);
        assert_eq!(code(None), effect("C"));
        assert_eq!(code(None), None);
    }
}
