//! Classifies the causes of a failure, across HTTP libraries.

use std::{error::Error as StdError, io};

#[cfg(any(feature = "blocking", feature = "hyper"))]
use rustls::{CertificateError, Error, InvalidMessage};

#[cfg(any(feature = "blocking", feature = "hyper"))]
use super::connect::{ProxyFailure, TunnelError};

type DynError = dyn StdError + 'static;

/// Returns whether the failure is a timeout.
pub(super) fn is_timeout(error: &DynError) -> bool {
    any(error, |error| {
        #[cfg(feature = "reqwest")]
        if let Some(error) = error.downcast_ref::<reqwest::Error>() {
            return error.is_timeout();
        }
        // The server did not answer a ping.
        #[cfg(feature = "http2")]
        if let Some(error) = error.downcast_ref::<hyper::Error>() {
            return error.is_timeout();
        }
        let io = error.downcast_ref::<io::Error>();
        io.is_some_and(|error| error.kind() == io::ErrorKind::TimedOut)
    })
}

/// Returns whether a retry would fail in the same way: the server has the wrong identity, TLS cannot be negotiated, or the
/// proxy requires valid credentials.
pub(super) fn is_permanent(error: &DynError) -> bool {
    any(error, |error| {
        #[cfg(feature = "reqwest")]
        if let Some(error) = error.downcast_ref::<reqwest::Error>() {
            return error.is_builder();
        }
        #[cfg(any(feature = "blocking", feature = "hyper"))]
        let is_of_built_in = match error.downcast_ref() {
            Some(Error::InvalidCertificate(_) | Error::PeerIncompatible(_)) => true,
            Some(Error::InvalidMessage(InvalidMessage::InvalidContentType)) => true,
            Some(Error::NoCertificatesPresented) => true,
            _ => {
                error.is::<rustls::pki_types::InvalidDnsNameError>()
                    || is_proxy_auth_required(error)
            }
        };
        #[cfg(not(any(feature = "blocking", feature = "hyper")))]
        let is_of_built_in = false;
        // The transport's only error of this type is that of an unsupported proxy.
        is_of_built_in || error.is::<crate::Error>()
    })
}

#[cfg(any(feature = "blocking", feature = "hyper"))]
fn is_proxy_auth_required(error: &DynError) -> bool {
    matches!(error.downcast_ref(), Some(TunnelError::ProxyAuthRequired))
}

/// Returns the remedy for the failure, if known.
#[cfg(any(feature = "blocking", feature = "hyper"))]
pub(super) fn remedy(error: &DynError) -> Option<&'static str> {
    // The proxy opened no tunnel. Behind one, errors are those of the service.
    let is_of_proxy = any(error, |error| error.is::<TunnelError>());
    find(error, &|error| {
        if is_proxy_auth_required(error) {
            return Some("put a valid `user:password@` before the host of the proxy");
        }
        match error.downcast_ref()? {
            Error::InvalidMessage(InvalidMessage::InvalidContentType) if is_of_proxy => {
                Some("the proxy does not speak TLS; begin its URL with `http://`")
            }
            Error::InvalidMessage(InvalidMessage::InvalidContentType) => {
                Some("the server does not speak TLS; check host and port of the endpoint")
            }
            Error::InvalidCertificate(CertificateError::UnknownIssuer) => Some(
                "if a proxy inspects TLS, or the server has an authority of its own, \
                 add that authority by `root_certificates` or SSL_CERT_FILE",
            ),
            _ => None,
        }
    })
}

/// Returns host and port of the proxy that the connection needed.
#[cfg(any(feature = "blocking", feature = "hyper"))]
pub(super) fn proxy(error: &DynError) -> Option<String> {
    find(error, &|error| {
        let failure = error.downcast_ref::<ProxyFailure>()?;
        Some(failure.proxy.clone())
    })
}

/// Returns whether the server reported over HTTP/2 that it did not process the request: it refused the stream, or it
/// closed the connection with an earlier stream as the last one.
pub(super) fn is_unprocessed(error: &DynError) -> bool {
    any(error, |error| {
        #[cfg(feature = "http2")]
        if let Some(error) = error.downcast_ref::<h2::Error>() {
            let is_refused = error.reason() == Some(h2::Reason::REFUSED_STREAM);
            // h2 reports the server's GOAWAY only for streams after the last one.
            return error.is_remote() && (is_refused || error.is_go_away());
        }
        let _ = error;
        false
    })
}

/// Returns whether `is` holds for an error or one of its causes.
fn any(error: &DynError, is: fn(&DynError) -> bool) -> bool {
    find(error, &|error| is(error).then_some(())).is_some()
}

/// Returns what `pick` finds in an error or the first of its causes.
fn find<T>(error: &DynError, pick: &dyn Fn(&DynError) -> Option<T>) -> Option<T> {
    // `io::Error::source` skips the wrapped error and returns the source of that error.
    let wrapped = error.downcast_ref().and_then(io::Error::get_ref);
    let wrapped = wrapped.map(|wrapped| wrapped as &DynError);
    pick(error).or_else(|| {
        let cause = wrapped.or_else(|| error.source());
        cause.and_then(|cause| find(cause, pick))
    })
}
