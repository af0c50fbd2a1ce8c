//! The token in the address, and the session cookie that replaces it.

use std::sync::Mutex;
use std::sync::PoisonError;

use hyper::HeaderMap;
use hyper::header::COOKIE;
use subtle::ConstantTimeEq as _;

/// Authenticates the user. The token is valid once and is exchanged for the cookie, which authorizes further requests.
pub(crate) struct Session {
    /// The unused token.
    token: Mutex<Option<String>>,
    /// Name of the cookie. It contains the port, because browsers send the cookies of a host to all of its ports.
    name: String,
    cookie: String,
}

impl Session {
    pub(crate) fn new(port: u16) -> Result<Self, getrandom::Error> {
        Ok(Self {
            token: Mutex::new(Some(random()?)),
            name: format!("tc3-explorer-{port}"),
            cookie: random()?,
        })
    }

    /// Returns the token, unless it was used.
    pub(crate) fn token(&self) -> Option<String> {
        self.lock().clone()
    }

    /// Consumes the token, and returns the value of `Set-Cookie`; `None` if the given token is wrong or was used.
    pub(crate) fn exchange(&self, token: &str) -> Option<String> {
        let mut own = self.lock();
        let is_own = own.as_ref().is_some_and(|own| is_equal(own, token));
        if !is_own {
            return None;
        }
        *own = None;
        let Self { name, cookie, .. } = self;
        Some(format!(
            "{name}={cookie}; Path=/; HttpOnly; SameSite=Strict"
        ))
    }

    /// Whether a request has the session cookie.
    pub(crate) fn admits(&self, headers: &HeaderMap) -> bool {
        cookies(headers).any(|(name, value)| name == self.name && is_equal(&self.cookie, value))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<String>> {
        self.token.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns the cookies of a request.
pub(crate) fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let values = headers.get_all(COOKIE).into_iter();
    let values = values.filter_map(|value| value.to_str().ok());
    let pairs = values.flat_map(|value| value.split(';'));
    pairs.filter_map(|pair| pair.trim().split_once('='))
}

fn is_equal(own: &str, given: &str) -> bool {
    own.as_bytes().ct_eq(given.as_bytes()).into()
}

/// Returns 256 random bits as hexadecimal digits.
fn random() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
