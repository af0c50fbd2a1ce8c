use std::{error::Error as StdError, fmt, sync::Arc};

use crate::{Credential, ErrorCode, Phase, operation::Operation, transport::TransportError};

/// Why a call failed, or why a client could not be built.
///
/// Its text is one line with everything that a log needs: the action, the code, the service's message, the
/// documented meaning of the code, the request id and the HTTP status. The cause, where there is one, is the
/// error's [`source`](StdError::source). No secret ever stands in it.
///
/// ```
/// # fn demo(error: tc3::Error) {
/// use tc3::CommonError;
///
/// if error.is(CommonError::AuthFailureSecretIdNotFound) {
///     eprintln!("check the credential: {error}");
/// } else if error.code().is_some() {
///     eprintln!("the service refused: {error}");
/// }
/// # }
/// ```
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    phase: Phase,
    timeout: bool,
    permanent: bool,
    /// Whether a credential may be had later.
    passing: bool,
    harmless: bool,
    attempts: u32,
    /// Whether there is no credential since the place that was asked has none to give.
    absent_credential: bool,
    action: Option<Box<str>>,
    code: Option<Box<str>>,
    meaning: Option<&'static str>,
    /// The service's message if there is a code, else our own.
    message: Box<str>,
    request_id: Option<Box<str>>,
    http_status: Option<u16>,
    /// Shared, since all calls that waited for one credential fail alike.
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

/// What stands behind an error.
pub(crate) type Cause = Box<dyn StdError + Send + Sync + 'static>;

/// What sort of thing went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A setting of the client is missing or cannot be what it was set to.
    Setting,
    /// There is no usable credential.
    Credential,
    /// The request cannot be sent as it stands; nothing was sent.
    Request,
    /// No connection could be made, it broke, or time ran out. [`Error::phase`] tells how far the call came.
    Transport,
    /// The service answered with an error: [`Error::code`] tells which.
    Service,
    /// What came back is no answer of this API, for instance a web page of a proxy, or cannot be read.
    Answer,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            phase: Phase::NotConnected,
            timeout: false,
            permanent: false,
            passing: false,
            harmless: false,
            attempts: 0,
            absent_credential: false,
            action: None,
            code: None,
            meaning: None,
            message: one_line(message.into()),
            request_id: None,
            http_status: None,
            source: None,
        }))
    }

    /// Why there is no credential, for a [`Provider`](crate::credential::Provider) to say: its place is set up, and
    /// does not work.
    pub fn credential(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Credential, message)
    }

    /// Why there is no credential, for a [`Provider`](crate::credential::Provider) to say: its place has none to give,
    /// so that a [`Chain`](crate::credential::Chain) goes on to the next.
    pub fn absent_credential(message: impl Into<String>) -> Self {
        Self::credential(message).into_absent_credential()
    }

    /// Marks a provider's failure as one that tells of no credential.
    pub(crate) fn into_absent_credential(mut self) -> Self {
        self.0.absent_credential = true;
        self
    }

    /// Whether a provider has no credential to give, and is none that failed.
    pub(crate) fn is_absent_credential(&self) -> bool {
        self.0.absent_credential
    }

    /// What a provider's failure is to the call that wanted a credential of it: not one of the call itself, so without
    /// the code that a service may have given to the provider.
    pub(crate) fn of_provider(self, name: &str) -> Self {
        let message = format!("no credential from {name}: {self}");
        self.into_credential(message)
    }

    /// A provider's failure in other words, with the same cause.
    pub(crate) fn into_credential(self, message: impl Into<String>) -> Self {
        let mut error = Self::credential(message).with_timeout(self.0.timeout);
        error.0.passing = self.is_transient();
        error.0.source = self.0.source;
        error
    }

    /// Says that a credential may be had later.
    pub(crate) fn with_passing(mut self, passing: bool) -> Self {
        self.0.passing = passing;
        self
    }

    /// Whether the failure may pass by itself.
    pub(crate) fn is_transient(&self) -> bool {
        let status = self.http_status().is_some_and(is_transient_status);
        match self.kind() {
            ErrorKind::Transport => !self.0.permanent,
            ErrorKind::Service => {
                status
                    || self.is_throttled()
                    || matches!(
                        self.code_family(),
                        Some("InternalError" | "ServiceUnavailable")
                    )
            }
            ErrorKind::Answer => status,
            ErrorKind::Credential => self.0.passing,
            ErrorKind::Setting | ErrorKind::Request => false,
        }
    }

    /// A setting that cannot be what it is; `problem` says what is wrong and what it may be.
    pub(crate) fn setting(name: &str, problem: impl fmt::Display) -> Self {
        Self::new(ErrorKind::Setting, format!("setting `{name}`: {problem}"))
    }

    /// The service's own error.
    pub(crate) fn service(operation: &Operation, code: String, message: String) -> Self {
        let mut error = Self::new(ErrorKind::Service, message).with_phase(Phase::Answered);
        let meaning = |code| operation.meaning(code);
        error.0.meaning = meaning(&code).or_else(|| meaning(first_part(&code)));
        error.0.code = Some(one_line(code));
        error
    }

    /// A request that got no answer from a host.
    pub(crate) fn transport(failure: TransportError, host: &str) -> Self {
        let mut error = Self::new(ErrorKind::Transport, format!("{failure} ({host})"))
            .with_phase(failure.phase)
            .with_timeout(failure.timeout)
            .with_source(failure.source);
        error.0.permanent = failure.permanent;
        error.0.http_status = failure.http_status;
        error
    }

    pub(crate) fn with_action(mut self, action: &str) -> Self {
        self.0.action = Some(one_line(action.to_owned()));
        self
    }

    /// How often the request was sent, and whether the same call can be made again without harm.
    pub(crate) fn with_attempts(mut self, attempts: u32, harmless: bool) -> Self {
        (self.0.attempts, self.0.harmless) = (attempts, harmless);
        self
    }

    /// Marks a failure that would come again.
    pub(crate) fn with_permanent(mut self, permanent: bool) -> Self {
        self.0.permanent = permanent;
        self
    }

    pub(crate) fn with_phase(mut self, phase: Phase) -> Self {
        self.0.phase = phase;
        self
    }

    pub(crate) fn with_timeout(mut self, timeout: bool) -> Self {
        self.0.timeout = timeout;
        self
    }

    pub(crate) fn with_http_status(mut self, status: u16) -> Self {
        self.0.http_status = Some(status);
        self
    }

    pub(crate) fn with_request_id(mut self, request_id: Option<String>) -> Self {
        self.0.request_id = request_id.map(one_line);
        self
    }

    pub(crate) fn with_source(mut self, source: impl Into<Cause>) -> Self {
        self.0.source = Some(Arc::from(source.into()));
        self
    }

    /// Blots out a credential that the other side sent back to us.
    pub(crate) fn redact(mut self, credential: &Credential) -> Self {
        let redact = |text: &mut Box<str>| {
            if credential.occurs_in(text) {
                *text = credential.redact(text).into();
            }
        };
        redact(&mut self.0.message);
        self.0.code.as_mut().map(redact);
        self.0.request_id.as_mut().map(redact);
        self
    }

    /// What sort of thing went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// How far the call had come, and so whether the service may have acted.
    pub fn phase(&self) -> Phase {
        self.0.phase
    }

    /// The name of the action that was called, if the error is one of a call.
    pub fn action(&self) -> Option<&str> {
        self.0.action.as_deref()
    }

    /// The service's error code, `FailedOperation.EmailAlreadyUsed`; `None` if the service did not answer with an error.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// Whether the service answered with this very code, of an action's own enum or of
    /// [`CommonError`](crate::CommonError).
    pub fn is<C: ErrorCode>(&self, code: C) -> bool {
        self.code() == Some(code.as_str())
    }

    /// The service's error code as a value of the enum `C`, to `match` on; `None` if the service did not answer
    /// with an error.
    pub fn code_as<C: ErrorCode>(&self) -> Option<C> {
        self.code().map(C::from_code)
    }

    /// What was said of the error: by the service if it answered with one, else by this crate.
    ///
    /// The service may word its messages anew at any time; rely on [`code`](Self::code) alone.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What the documentation says of the code: the action's own table if it has the code, else the meaning common to
    /// all services, else that of the code's first part (`FailedOperation` of `FailedOperation.New`).
    pub fn meaning(&self) -> Option<&'static str> {
        self.0.meaning
    }

    /// The id that the service gave to the request, which its support asks for.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// The HTTP status of the answer, if there was one. Errors of the service come with 200 as a rule.
    pub fn http_status(&self) -> Option<u16> {
        self.0.http_status
    }

    /// How often the request was sent: 0 if it never was, more than 1 if the call was repeated.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Whether the same call can be made again without the risk that it acts twice: the action only reads, or
    /// nothing can have happened. It says nothing of whether the call would fare better.
    pub fn is_retry_safe(&self) -> bool {
        self.0.harmless || self.0.phase < Phase::SentWhole
    }

    /// Whether time ran out, at whatever phase.
    pub fn is_timeout(&self) -> bool {
        self.0.timeout
    }

    /// Whether no connection could be made, so that the service cannot have acted.
    pub fn is_connect(&self) -> bool {
        self.0.kind == ErrorKind::Transport && self.0.phase == Phase::NotConnected
    }

    /// Whether the service refused the call because too many were made in a second: `RequestLimitExceeded` or one of
    /// the codes under it. A used-up quota, `LimitExceeded`, is another matter.
    pub fn is_throttled(&self) -> bool {
        self.code_family() == Some("RequestLimitExceeded")
    }

    /// The server's time, in Unix seconds, with which the message of `AuthFailure.SignatureExpire` ends.
    pub(crate) fn server_time(&self) -> Option<u64> {
        let text = self.message().trim_end_matches(['.', '。', '`', ' ']);
        let digits = text.rsplit(|c: char| !c.is_ascii_digit()).next()?;
        // Ten digits from 2001 to 2286: any other number is something else.
        let is_time = digits.len() == 10;
        is_time.then(|| digits.parse().ok())?
    }

    /// The part of the service's error code before the dot.
    pub(crate) fn code_family(&self) -> Option<&str> {
        self.code().map(first_part)
    }

    /// Whether the service did not accept the credential or the signature: a code under `AuthFailure`.
    pub fn is_auth_failure(&self) -> bool {
        self.code_family() == Some("AuthFailure")
    }
}

/// A provider of credentials that asks a server by itself tells so why it got no answer.
impl From<TransportError> for Error {
    fn from(failure: TransportError) -> Self {
        let host = "the provider's server";
        Self::transport(failure, host)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let error = &*self.0;
        if let Some(action) = &error.action {
            write!(f, "{action}: ")?;
        }
        if let Some(code) = &error.code {
            write!(f, "{code}: ")?;
        }
        f.write_str(&error.message)?;

        let mut separator = " (";
        let mut part = |f: &mut fmt::Formatter<'_>, label: &str, value: &dyn fmt::Display| {
            let result = write!(f, "{separator}{label} {value}");
            separator = ", ";
            result
        };
        if let Some(request_id) = &error.request_id {
            part(f, "request id", request_id)?;
        }
        if let Some(status) = error.http_status {
            part(f, "HTTP", &status)?;
        }
        if error.attempts > 1 {
            part(f, "attempts:", &error.attempts)?;
        }
        if let Some(meaning) = error.meaning {
            part(f, "documented as:", &OneLine(meaning))?;
        }
        if separator == ", " {
            f.write_str(")")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            kind,
            phase,
            timeout,
            permanent: _,
            passing: _,
            harmless: _,
            absent_credential: _,
            attempts,
            action,
            code,
            meaning,
            message,
            request_id,
            http_status,
            source,
        } = &*self.0;
        let mut debug = f.debug_struct("Error");
        debug.field("kind", kind).field("phase", phase);
        if *attempts > 0 {
            debug
                .field("attempts", attempts)
                .field("retry_safe", &self.is_retry_safe());
        }
        if *timeout {
            debug.field("timeout", timeout);
        }
        let mut optional = |name: &str, value: Option<&dyn fmt::Debug>| {
            if let Some(value) = value {
                debug.field(name, value);
            }
        };
        optional("action", action.as_ref().map(|value| value as _));
        optional("code", code.as_ref().map(|value| value as _));
        optional("message", Some(message));
        optional("request_id", request_id.as_ref().map(|value| value as _));
        optional("http_status", http_status.as_ref().map(|value| value as _));
        optional("meaning", meaning.as_ref().map(|value| value as _));
        optional("source", source.as_ref().map(|value| value as _));
        debug.finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

/// Whether what answers with this HTTP status may do better later.
pub(crate) fn is_transient_status(status: u16) -> bool {
    status == 429 || (500..600).contains(&status)
}

fn first_part(code: &str) -> &str {
    code.split_once('.').map_or(code, |(first, _)| first)
}

/// Keeps an error's text on its one line, whatever a service puts into its message.
fn one_line(text: String) -> Box<str> {
    if text.contains(char::is_control) {
        OneLine(&text).to_string().into()
    } else {
        text.into()
    }
}

/// A text whose line breaks and other control characters are shown as spaces.
struct OneLine<'a>(&'a str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, part) in self.0.split(char::is_control).enumerate() {
            if index > 0 {
                f.write_str(" ")?;
            }
            f.write_str(part)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_time_that_the_message_ends_with() {
        for (message, time) in [
            (
                "Signature expired. Please use local time and enable NTP service for time synchronization to avoid \
                 a deviation between `Timestamp` and the server time 1706406788.",
                Some(1_706_406_788),
            ),
            ("the server time 1706406788", Some(1_706_406_788)),
            ("服务器时间 `1706406788`。", Some(1_706_406_788)),
            ("Signature expired.", None),
            ("The limit is 300.", None),
            ("", None),
            ("99999999999999999999999", None),
        ] {
            let error = Error::new(ErrorKind::Service, message);
            assert_eq!(error.server_time(), time, "{message}");
        }
    }
}
