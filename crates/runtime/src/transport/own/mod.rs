//! What the crate's own transports have in common: their settings.

mod no_proxy;
mod proxy;
mod roots;

use std::{env, time::Duration};

use zeroize::Zeroizing;

pub(super) use self::{
    proxy::{Proxies, Proxy},
    roots::Roots,
};
use crate::Error;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a connection is kept that nobody uses. Servers close idle ones after a minute or so, and a request
/// that meets such a close on its way cannot always be repeated, so we are first.
pub(super) const IDLE: Duration = Duration::from_secs(30);

/// The settings of the crate's own transports, as they were given.
#[derive(Default)]
pub(crate) struct Wanted {
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) proxy: WantedProxy,
    /// In PEM or DER, each with the name of the setting that it was given to.
    pub(crate) roots: Vec<(&'static str, Vec<u8>)>,
    pub(crate) no_public_roots: bool,
}

/// Which proxy requests go through.
#[derive(Default)]
pub(crate) enum WantedProxy {
    #[default]
    OfEnvironment,
    None,
    Url(Zeroizing<String>),
}

impl Wanted {
    /// The name of a setting that was given, if one was.
    pub(crate) fn given(&self) -> Option<&'static str> {
        if self.connect_timeout.is_some() {
            return Some("connect_timeout");
        }
        match self.proxy {
            WantedProxy::OfEnvironment => {}
            WantedProxy::None => return Some("no_proxy"),
            WantedProxy::Url(_) => return Some("proxy"),
        }
        self.roots.first().map(|(name, _)| *name)
    }

    /// The settings, if they can be what they were set to.
    pub(crate) fn check(&self) -> Result<Settings, Error> {
        let connect_timeout = self.connect_timeout.unwrap_or(CONNECT_TIMEOUT);
        if connect_timeout.is_zero() {
            return Err(Error::setting(
                "connect_timeout",
                "no connection is made in no time; it may be any duration but 0",
            ));
        }
        let proxies = match &self.proxy {
            WantedProxy::OfEnvironment => Proxies::of_environment(|name| env::var(name).ok())?,
            WantedProxy::None => Proxies::default(),
            WantedProxy::Url(url) => Proxies::all(Proxy::parse("proxy", url)?),
        };
        Ok(Settings {
            connect_timeout,
            proxies,
            roots: Roots::parse(&self.roots, !self.no_public_roots)?,
        })
    }
}

/// The settings of the crate's own transports.
pub(crate) struct Settings {
    /// How long it may take to make a connection.
    pub(super) connect_timeout: Duration,
    pub(super) proxies: Proxies,
    pub(super) roots: Roots,
}
