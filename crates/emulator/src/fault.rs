//! Faults on demand.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Something that goes wrong with a request, because a test wants it to.
///
/// A fault comes with a request, as the JSON of this type in its header [`X-Emulator-Fault`](Fault::HEADER), or is given
/// to the emulator, where it waits for the requests that it is meant for.
/// ```
/// use tc3_emulator::Fault;
///
/// let lost = Fault::drop_after().on("AddOrganizationMemberEmail").times(1);
/// let same = r#"{"action": "AddOrganizationMemberEmail", "times": 1, "drop": "after"}"#;
/// assert_eq!(Fault::from_json(same)?, lost);
/// # Ok::<(), tc3_emulator::WrongFault>(())
/// ```
///
/// | key | what happens |
/// |---|---|
/// | `action` | only requests for this action meet the fault; all do if it is absent |
/// | `times` | so many requests meet it; all do if it is absent |
/// | `delay_ms` | the answer comes later, by so many milliseconds, ten minutes at most; what is asked for is done before |
/// | `clock_offset` | the emulator's clock is off, by so many seconds |
/// | `drop` | the connection breaks without an answer, `"before"` acting or `"after"` it |
/// | `cut` | the connection breaks after so many bytes of the answer's body |
/// | `status`, `body` | an answer of any HTTP status and text, without acting |
/// | `code`, `message` | an error of the service, without acting |
/// | `acts` | with `status` or `code`: the action is carried out all the same |
///
/// Of `drop`, `cut`, `status` and `code` a fault has one at most; `action`, `times`, `delay_ms` and `clock_offset` go with
/// each of them. A request whose signature has expired, since the emulator's clock was moved, meets no fault but one with a
/// `clock_offset`: its client signs it again, and then it does. A request that is wrong in itself is told so rather than the `code`. In a header `times` means nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Form", into = "Form")]
pub struct Fault {
    pub(crate) action: Option<String>,
    pub(crate) times: Option<u32>,
    pub(crate) delay: Duration,
    pub(crate) clock_offset: i64,
    pub(crate) effect: Option<Effect>,
    pub(crate) acts: bool,
}

/// What becomes of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    Drop,
    Cut(usize),
    Status { status: u16, body: String },
    Code { code: String, message: String },
}

/// A fault that is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a fault: {0}")]
pub struct WrongFault(String);

impl Fault {
    /// The header with which a request brings a fault along.
    pub const HEADER: &'static str = "X-Emulator-Fault";

    fn of(effect: Effect, acts: bool) -> Self {
        Self {
            effect: Some(effect),
            acts,
            ..Self::default()
        }
    }

    /// The answer comes later, by ten minutes at most.
    pub fn delay(by: Duration) -> Self {
        Self::default().delayed(by)
    }

    /// The emulator's clock is off by some seconds.
    pub fn clock_offset(seconds: i64) -> Self {
        Self {
            clock_offset: seconds,
            ..Self::default()
        }
    }

    /// The connection breaks before the action is carried out.
    pub fn drop_before() -> Self {
        Self::of(Effect::Drop, false)
    }

    /// The action is carried out, and then the connection breaks without an answer.
    pub fn drop_after() -> Self {
        Self::of(Effect::Drop, true)
    }

    /// The action is carried out, and the connection breaks after some bytes of the answer's body.
    pub fn cut(after_bytes: usize) -> Self {
        Self::of(Effect::Cut(after_bytes), true)
    }

    /// An answer of any HTTP status and text, as a gateway in between might give.
    ///
    /// What is no status of an answer (200 to 599) counts as 500.
    pub fn status(status: u16, body: impl Into<String>) -> Self {
        let status = if is_status(status) { status } else { 500 };
        let body = body.into();
        Self::of(Effect::Status { status, body }, false)
    }

    /// An error of the service.
    pub fn code(code: impl Into<String>) -> Self {
        let (code, message) = (code.into(), "A fault that was asked for.".to_owned());
        Self::of(Effect::Code { code, message }, false)
    }

    /// Lets the action be carried out all the same.
    pub fn acting(mut self) -> Self {
        self.acts = true;
        self
    }

    /// Delays the answer besides.
    pub fn delayed(mut self, by: Duration) -> Self {
        self.delay = by.min(LONGEST_DELAY);
        self
    }

    /// Keeps the fault to one action.
    pub fn on(mut self, action: impl Into<String>) -> Self {
        self.action = Some(action.into());
        self
    }

    /// Lets so many requests meet the fault, and no more.
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    /// Whether requests for an action are meant.
    pub(crate) fn concerns(&self, action: Option<&str>) -> bool {
        self.action.is_none() || self.action.as_deref() == action
    }

    /// Reads a fault from its JSON.
    ///
    /// # Errors
    /// If the text is no fault.
    pub fn from_json(text: &str) -> Result<Self, WrongFault> {
        serde_json::from_str(text).map_err(|error| WrongFault(error.to_string()))
    }
}

fn is_status(status: u16) -> bool {
    (200..600).contains(&status)
}

/// The longest delay that a request may ask for: until it is over, the connection is kept, even if nobody waits there.
const LONGEST_DELAY: Duration = Duration::from_secs(600);

/// A fault as JSON.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Form {
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

/// When a connection breaks.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Moment {
    Before,
    After,
}

impl TryFrom<Form> for Fault {
    type Error = WrongFault;

    fn try_from(form: Form) -> Result<Self, WrongFault> {
        let wrong = |problem: &str| Err(WrongFault(problem.to_owned()));
        let mut fault = match (form.drop, form.cut, form.status, form.code) {
            (None, None, None, None) => Fault::default(),
            (Some(Moment::Before), None, None, None) => Fault::drop_before(),
            (Some(Moment::After), None, None, None) => Fault::drop_after(),
            (None, Some(bytes), None, None) => Fault::cut(bytes),
            (None, None, Some(status), None) if is_status(status) => {
                Fault::status(status, form.body.clone().unwrap_or_default())
            }
            (None, None, Some(_), None) => return wrong("a `status` is between 200 and 599"),
            (None, None, None, Some(code)) => Fault::code(code),
            _ => return wrong("it may have one of `drop`, `cut`, `status` and `code`"),
        };
        match (&mut fault.effect, form.message) {
            (Some(Effect::Code { message, .. }), Some(text)) => *message = text,
            (_, Some(_)) => return wrong("a `message` goes with a `code`"),
            (_, None) => {}
        }
        let status_or_code = match fault.effect {
            Some(Effect::Status { .. }) => true,
            Some(Effect::Code { .. }) if form.body.is_none() => true,
            _ if form.body.is_some() => return wrong("a `body` goes with a `status`"),
            _ => false,
        };
        match form.acts {
            Some(acts) if status_or_code => fault.acts = acts,
            Some(_) => return wrong("`acts` goes with a `status` or a `code`"),
            None => {}
        }
        fault.action = form.action;
        fault.times = form.times;
        fault.delay = Duration::from_millis(form.delay_ms.unwrap_or(0));
        if fault.delay > LONGEST_DELAY {
            return wrong("a `delay_ms` is at most 600000, ten minutes");
        }
        fault.clock_offset = form.clock_offset.unwrap_or(0);
        Ok(fault)
    }
}

impl From<Fault> for Form {
    fn from(fault: Fault) -> Self {
        let delay = u64::try_from(fault.delay.as_millis()).unwrap_or(u64::MAX);
        let mut form = Form {
            action: fault.action,
            times: fault.times,
            delay_ms: (delay > 0).then_some(delay),
            clock_offset: (fault.clock_offset != 0).then_some(fault.clock_offset),
            ..Form::default()
        };
        let acts = fault.acts.then_some(true);
        match fault.effect {
            None => {}
            Some(Effect::Drop) if fault.acts => form.drop = Some(Moment::After),
            Some(Effect::Drop) => form.drop = Some(Moment::Before),
            Some(Effect::Cut(bytes)) => form.cut = Some(bytes),
            Some(Effect::Status { status, body }) => {
                form.status = Some(status);
                form.body = Some(body);
                form.acts = acts;
            }
            Some(Effect::Code { code, message }) => {
                form.code = Some(code);
                form.message = Some(message);
                form.acts = acts;
            }
        }
        form
    }
}

/// The faults that wait for requests.
#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<Vec<Fault>>);

impl Faults {
    pub(crate) fn add(&self, fault: Fault) {
        self.lock().push(fault);
    }

    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    /// The faults that still wait.
    pub(crate) fn list(&self) -> Vec<Fault> {
        let faults = self.lock();
        let waiting = faults.iter().filter(|fault| fault.times != Some(0));
        waiting.cloned().collect()
    }

    /// The first fault that is meant for a request of this action, which has met it then.
    pub(crate) fn meet(&self, action: Option<&str>) -> Option<Fault> {
        let mut faults = self.lock();
        faults.retain(|fault| fault.times != Some(0));
        let found = faults.iter_mut().find(|fault| fault.concerns(action))?;
        found.times = found.times.map(|times| times - 1);
        Some(found.clone())
    }

    /// Lets a fault that was met wait on, as if it had not been.
    pub(crate) fn give_back(&self, met: &Fault) {
        if let Some(fault) = self.lock().iter_mut().find(|fault| *fault == met) {
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
    fn a_fault_reads_back_from_its_json() {
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
    fn what_is_no_fault_is_refused() {
        for (text, problem) in [
            ("", "EOF"),
            ("7", "invalid type"),
            (r#"{"drop":"later"}"#, "unknown variant"),
            (r#"{"dorp":"after"}"#, "unknown field"),
            (r#"{"drop":"after","code":"X"}"#, "one of"),
            (r#"{"status":99}"#, "between 200 and 599"),
            (r#"{"delay_ms":600001}"#, "ten minutes"),
            (r#"{"message":"x"}"#, "goes with a `code`"),
            (r#"{"code":"X","body":"x"}"#, "goes with a `status`"),
            (r#"{"cut":1,"acts":true}"#, "`acts` goes with"),
        ] {
            let told = Fault::from_json(text).unwrap_err().to_string();
            assert!(told.contains(problem), "{text}: {told}");
        }
    }

    #[test]
    fn faults_meet_those_that_they_are_meant_for() {
        let faults = Faults::default();
        faults.add(Fault::code("A").on("X").times(1));
        faults.add(Fault::code("B").times(1));
        let code = |action| faults.meet(action).map(|fault| fault.effect);
        let of = |code| Some(Fault::code(code).effect);
        assert_eq!(code(Some("Y")), of("B"));
        assert_eq!(code(Some("Y")), None);
        assert_eq!(code(Some("X")), of("A"));
        assert_eq!(code(Some("X")), None);

        faults.add(Fault::code("C").times(1));
        let met = faults.meet(None).unwrap();
        faults.give_back(&met);
        assert_eq!(code(None), of("C"));
        assert_eq!(code(None), None);
    }
}
