//! What stands behind a failure, whichever library it comes from.

use std::{error::Error as StdError, io};

type Dyn = dyn StdError + 'static;

/// Whether time ran out.
pub(super) fn is_timeout(error: &Dyn) -> bool {
    any(error, |error| {
        let io = error.downcast_ref::<io::Error>();
        if io.is_some_and(|error| error.kind() == io::ErrorKind::TimedOut) {
            return true;
        }
        #[cfg(feature = "reqwest")]
        if let Some(error) = error.downcast_ref::<reqwest::Error>() {
            return error.is_timeout();
        }
        false
    })
}

/// Whether it would fail again in the same way: the other side is not who it should be, or no connection to it can
/// ever be agreed on.
pub(super) fn is_permanent(error: &Dyn) -> bool {
    any(error, |error| {
        #[cfg(any(feature = "blocking", feature = "hyper"))]
        {
            if error.is::<Hopeless>() || error.is::<rustls::pki_types::InvalidDnsNameError>() {
                return true;
            }
            if let Some(error) = error.downcast_ref() {
                return matches!(
                    error,
                    rustls::Error::InvalidCertificate(_)
                        | rustls::Error::NoCertificatesPresented
                        | rustls::Error::PeerIncompatible(_)
                );
            }
        }
        #[cfg(feature = "reqwest")]
        if let Some(error) = error.downcast_ref::<reqwest::Error>() {
            return error.is_builder();
        }
        false
    })
}

/// A cause that trying again does not take away.
#[cfg(any(feature = "blocking", feature = "hyper"))]
#[derive(Debug)]
pub(super) struct Hopeless(pub(super) &'static str);

#[cfg(any(feature = "blocking", feature = "hyper"))]
impl Hopeless {
    /// The proxy refuses to open a tunnel for strangers.
    pub(super) const PASSWORD: &'static str =
        "the proxy asks for a user and a password, or for others";
}

#[cfg(any(feature = "blocking", feature = "hyper"))]
impl std::fmt::Display for Hopeless {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

#[cfg(any(feature = "blocking", feature = "hyper"))]
impl StdError for Hopeless {}

/// Whether an error or one of its causes is one that is looked for.
fn any(error: &Dyn, is: fn(&Dyn) -> bool) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if is(error) {
            return true;
        }
        // What an I/O error wraps is not its source: that is the source of what it wraps.
        if let Some(error) = error.downcast_ref::<io::Error>()
            && let Some(wrapped) = error.get_ref()
            && any(wrapped, is)
        {
            return true;
        }
        cause = error.source();
    }
    false
}
