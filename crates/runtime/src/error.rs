use std::{error::Error as StdError, fmt, sync::Arc};

use crate::{ErrorCode, Phase, operation::Operation};

/// Error of a call, or of building a client.
///
/// Its text is one line with everything for a log: action, code, the service's message, the cause, the documented
/// meaning of the code, request ID and HTTP status. The chain of [`source`](StdError::source) has the causes. Neither
/// contains a secret.
///
/// ```
/// # fn demo(error: tc3::Error) {
/// use tc3::CommonError;
///
/// if error.is(CommonError::AuthFailureSecretIdNotFound) {
///     eprintln!("check the credential: {error}");
/// } else if error.code().is_some() {
///     eprintln!("the service returned an error: {error}");
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
    /// Whether a failure of the transport or of a credential provider is transient.
    transient: bool,
    retry_safe: bool,
    /// Whether a credential provider has no credential, rather than failed.
    absent_credential: bool,
    attempts: u32,
    action: Option<Box<str>>,
    code: Option<Box<str>>,
    meaning: Option<&'static str>,
    /// Remedy for the caller, if known.
    remedy: Option<&'static str>,
    /// The service's message if there is a code, else this crate's.
    message: Box<str>,
    request_id: Option<Box<str>>,
    client_token: Option<Box<str>>,
    http_status: Option<u16>,
    /// Shared by all calls that waited for the same credential.
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

/// Cause of an error.
pub(crate) type Cause = Box<dyn StdError + Send + Sync + 'static>;

/// Kind of an [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A setting of the client is missing or invalid.
    Setting,
    /// No usable credential is available.
    Credential,
    /// The request is invalid; nothing was sent.
    Request,
    /// No connection could be made, it broke, or a timeout expired. [`Error::phase`] returns how far the call got.
    Transport,
    /// The service returned an error; [`Error::code`] says which.
    Service,
    /// The response does not come from this API, for example a proxy's web page, or cannot be read.
    Response,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            phase: Phase::NotConnected,
            timeout: false,
            transient: false,
            retry_safe: false,
            absent_credential: false,
            attempts: 0,
            action: None,
            code: None,
            meaning: None,
            remedy: None,
            message: one_line(&message.into()),
            request_id: None,
            client_token: None,
            http_status: None,
            source: None,
        }))
    }

    /// Returns the error of a [`Provider`](crate::credential::Provider) that is set up but does not work.
    pub fn credential(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Credential, message)
    }

    /// Returns the error of a [`Provider`](crate::credential::Provider) that has no credential to provide, so that a
    /// [`Chain`](crate::credential::Chain) asks the next one.
    pub fn absent_credential(message: impl Into<String>) -> Self {
        Self::credential(message).into_absent_credential()
    }

    pub(crate) fn into_absent_credential(mut self) -> Self {
        self.0.absent_credential = true;
        self
    }

    pub(crate) fn is_absent_credential(&self) -> bool {
        self.0.absent_credential
    }

    /// Turns the error of a provider into that of the call that needs its credential. A code that another service
    /// returned to the provider is not one of the call.
    pub(crate) fn of_provider(self, name: &str) -> Self {
        let mut error = self;
        let remedy = error.take_remedy();
        let message = format!("no credential from {name}: {error}");
        error.into_credential(message).with_remedy(remedy)
    }

    /// Removes the remedy, for an error whose text contains this one.
    pub(crate) fn take_remedy(&mut self) -> Option<&'static str> {
        self.0.remedy.take()
    }

    /// Replaces the text of a provider's error; the cause stays.
    pub(crate) fn into_credential(self, message: impl Into<String>) -> Self {
        let mut error = Self::credential(message).with_timeout(self.0.timeout);
        error.0.transient = self.is_transient();
        error.0.source = self.0.source;
        error
    }

    /// Returns the error of a request that cannot be sent.
    pub(crate) fn request(problem: impl Into<String>) -> Self {
        Self::new(ErrorKind::Request, problem)
    }

    /// Returns the error of an invalid setting.
    pub(crate) fn setting(name: &str, problem: impl fmt::Display) -> Self {
        Self::new(ErrorKind::Setting, format!("setting `{name}`: {problem}"))
    }

    /// Returns an error that the service returned.
    pub(crate) fn service(operation: &Operation, code: String, message: String) -> Self {
        let mut error = Self::new(ErrorKind::Service, message).with_phase(Phase::Answered);
        let meaning = operation.meaning(&code);
        error.0.meaning = meaning.or_else(|| operation.meaning(first_part(&code)));
        error.0.code = Some(one_line(&code));
        error
    }

    pub(crate) fn with_action(mut self, action: &str) -> Self {
        self.0.action = Some(one_line(action));
        self
    }

    /// Adds the action, how often the request was sent, and whether the call can be made again without the risk that it
    /// acts twice.
    pub(crate) fn of_call(mut self, action: &str, attempts: u32, retry_safe: bool) -> Self {
        (self.0.attempts, self.0.retry_safe) = (attempts, retry_safe);
        self.with_action(action)
    }

    /// Adds the `ClientToken` that the call had.
    pub(crate) fn with_client_token(mut self, token: Option<&str>) -> Self {
        self.0.client_token = token.map(one_line);
        self
    }

    /// Adds the remedy, if known.
    pub(crate) fn with_remedy(mut self, remedy: Option<&'static str>) -> Self {
        self.0.remedy = remedy.or(self.0.remedy);
        self
    }

    pub(crate) fn with_transient(mut self, transient: bool) -> Self {
        self.0.transient = transient;
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

    pub(crate) fn with_request_id(mut self, request_id: Option<impl AsRef<str>>) -> Self {
        self.0.request_id = request_id.map(|id| one_line(id.as_ref()));
        self
    }

    pub(crate) fn with_source(mut self, source: impl Into<Cause>) -> Self {
        self.0.source = Some(Arc::from(source.into()));
        self
    }

    /// Redacts texts from the other side, which may repeat a credential.
    pub(crate) fn redact(mut self, redact: impl Fn(&str) -> String) -> Self {
        let inner = &mut *self.0;
        let texts = [inner.code.as_mut(), inner.request_id.as_mut()];
        for text in texts.into_iter().flatten().chain([&mut inner.message]) {
            *text = redact(text).into();
        }
        self
    }

    /// Returns the kind of the error.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the phase that the call reached, and so whether the service may have acted.
    pub fn phase(&self) -> Phase {
        self.0.phase
    }

    /// Returns the name of the action, if the error is that of a call.
    pub fn action(&self) -> Option<&str> {
        self.0.action.as_deref()
    }

    /// Returns the service's error code, for example `FailedOperation.EmailAlreadyUsed`; `None` if the service returned
    /// no error.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// Returns whether the service returned this error code, of an action's own enum or of
    /// [`CommonError`](crate::CommonError).
    pub fn is<C: ErrorCode>(&self, code: C) -> bool {
        self.code() == Some(code.as_str())
    }

    /// Returns the service's error code as a value of the enum `C`, to `match` on; `None` if the service returned no
    /// error.
    pub fn code_as<C: ErrorCode>(&self) -> Option<C> {
        self.code().map(C::from_code)
    }

    /// Returns the message: the service's if it returned an error, else this crate's.
    ///
    /// The service may change its messages at any time; rely on [`code`](Self::code) only.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Returns the documented meaning of the code: the action's own, else the one common to all services, else that of
    /// the code's first part (`FailedOperation` of `FailedOperation.New`).
    pub fn meaning(&self) -> Option<&'static str> {
        self.0.meaning
    }

    /// Returns the request ID; quote it to Tencent Cloud support.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// Returns the `ClientToken` that the call had, set by the caller or filled in. A call with the same token does not act
    /// twice, even where the error is not [safe to retry](Self::is_retry_safe).
    pub fn client_token(&self) -> Option<&str> {
        self.0.client_token.as_deref()
    }

    /// Returns the HTTP status of the response, if there was one. The service's errors usually have 200.
    pub fn http_status(&self) -> Option<u16> {
        self.0.http_status
    }

    /// Returns how often the request was sent: 0 if never, more than 1 if the call was retried.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns whether the call can be made again without the risk that it acts twice: the action only reads, or the
    /// service cannot have acted. The repeated call may fail again.
    pub fn is_retry_safe(&self) -> bool {
        self.0.retry_safe || self.0.phase < Phase::SentWhole
    }

    /// Returns whether the service may have acted although the call failed, so that a repeated call may act twice. If the
    /// service returned an error, it did not act.
    pub fn may_have_acted(&self) -> bool {
        self.0.kind != ErrorKind::Service && !self.is_retry_safe()
    }

    /// Returns whether a timeout expired, in any phase.
    pub fn is_timeout(&self) -> bool {
        self.0.timeout
    }

    /// Returns whether no connection could be made, so that the service cannot have acted.
    pub fn is_connect(&self) -> bool {
        self.0.kind == ErrorKind::Transport && self.0.phase == Phase::NotConnected
    }

    /// Returns whether the call exceeded a rate limit of the service: `RequestLimitExceeded` or a code under it. The code
    /// `LimitExceeded` reports an exhausted quota instead.
    pub fn is_throttled(&self) -> bool {
        self.code_family() == Some("RequestLimitExceeded")
    }

    /// Returns whether the service did not accept the credential or the signature: a code under `AuthFailure`.
    pub fn is_auth_failure(&self) -> bool {
        self.code_family() == Some("AuthFailure")
    }

    /// Returns whether the failure is transient.
    pub fn is_transient(&self) -> bool {
        let by_code = matches!(
            self.code_family(),
            Some("InternalError" | "RequestLimitExceeded" | "ServiceUnavailable")
        );
        match self.kind() {
            ErrorKind::Service | ErrorKind::Response => {
                by_code || self.http_status().is_some_and(is_transient_status)
            }
            _ => self.0.transient,
        }
    }

    /// Returns the server's time in Unix seconds from the end of the message of `AuthFailure.SignatureExpire`.
    pub(crate) fn server_time(&self) -> Option<u64> {
        let text = self.message().trim_end_matches(['.', '。', '`', ' ']);
        let before = text.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = &text[before.len()..];
        // Unix time has ten digits from 2001 to 2286; any other number is something else.
        let is_time = digits.len() == 10 && !before.ends_with(['-', '+', '.', ',']);
        is_time.then(|| digits.parse().ok())?
    }

    /// Returns the text of the last error in the chain of causes. It is the most specific: the others name parts of
    /// libraries.
    fn root_cause(&self) -> Option<Box<str>> {
        let mut cause = self.source()?;
        while let Some(next) = cause.source() {
            cause = next;
        }
        Some(one_line(&cause.to_string()))
    }

    /// Returns the part of the service's error code before the dot.
    fn code_family(&self) -> Option<&str> {
        self.code().map(first_part)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let error = &*self.0;
        for prefix in [&error.action, &error.code].into_iter().flatten() {
            write!(f, "{prefix}: ")?;
        }
        f.write_str(&error.message)?;
        // The message of an unreadable response has an excerpt. A provider's error is in the message already.
        let cause = self
            .root_cause()
            .filter(|cause| error.kind != ErrorKind::Response && !error.message.contains(&**cause));
        if let Some(cause) = cause {
            write!(f, ": {cause}")?;
        }
        let details = [
            self.request_id().map(|id| format!("request id {id}")),
            self.http_status().map(|status| format!("HTTP {status}")),
            self.client_token()
                .filter(|_| !self.is_retry_safe())
                .map(|token| format!("ClientToken {token}")),
            (error.attempts > 1).then(|| format!("attempts: {}", error.attempts)),
            self.meaning()
                .map(|meaning| format!("documented as: {}", one_line(meaning))),
            error.remedy.map(str::to_owned),
        ];
        let details: Vec<String> = details.into_iter().flatten().collect();
        if !details.is_empty() {
            write!(f, " ({})", details.join(", "))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.kind())
            .field("phase", &self.phase())
            .field("retry_safe", &self.is_retry_safe())
            .field("text", &self.to_string())
            .field("source", &self.0.source)
            .finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

/// Returns whether this HTTP status is transient, so that a retry may succeed.
pub(crate) fn is_transient_status(status: u16) -> bool {
    status == 429 || (500..600).contains(&status)
}

fn first_part(code: &str) -> &str {
    code.split_once('.').map_or(code, |(first, _)| first)
}

/// Maximum number of characters of a text in an error.
const MAX_TEXT: usize = 4000;

/// Truncates a text and replaces invisible characters: control characters, so that it stays on one line, and characters
/// that change the text direction.
fn one_line(text: &str) -> Box<str> {
    let mut line = String::new();
    for (index, character) in text.chars().enumerate() {
        match character {
            _ if index == MAX_TEXT => {
                line.push('…');
                break;
            }
            '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}' => line.extend(character.escape_unicode()),
            _ if character.is_control() => line.push(' '),
            _ => line.push(character),
        }
    }
    line.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn server_time_is_read_from_message_end() {
        for (message, time) in [
            (
                "Signature expired. Please use local time and enable NTP service for time synchronization to avoid \
                 a deviation between `Timestamp` and the server time 1706406788.",
                Some(1_706_406_788),
            ),
            ("the server time 1706406788", Some(1_706_406_788)),
            ("the server time -1706406788", None),
            ("the server time 0.1706406788", None),
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
