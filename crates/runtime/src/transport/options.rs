//! Options of the built-in transports.

use std::{env, time::Duration};

use rustls::pki_types::CertificateDer;
use zeroize::Zeroizing;

use super::{proxy::Proxies, roots};
use crate::{Error, check::refuse_zero};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Time after which an idle connection is closed. Servers close idle connections after about a minute. A request sent at
/// that moment cannot always be retried, so the client closes them earlier.
pub(super) const IDLE_TIMEOUT: Duration = Duration::from_secs(30);

/// Unchecked options of the caller.
#[derive(Default)]
pub(crate) struct Options {
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) proxy: ProxyOption,
    /// Certificates in PEM or DER, each with the name of its setting.
    pub(crate) roots: Vec<(&'static str, Vec<u8>)>,
    pub(crate) no_public_roots: bool,
}

/// Proxy of all requests.
#[derive(Default)]
pub(crate) enum ProxyOption {
    #[default]
    Environment,
    None,
    Url(Zeroizing<String>),
}

impl Options {
    /// Returns the name of an option that was set, if any.
    pub(crate) fn first_set(&self) -> Option<&'static str> {
        let proxy = match self.proxy {
            ProxyOption::Environment => None,
            ProxyOption::None => Some("no_proxy"),
            ProxyOption::Url(_) => Some("proxy"),
        };
        let connect_timeout = self.connect_timeout.map(|_| "connect_timeout");
        let roots = self.roots.first().map(|(name, _)| *name);
        connect_timeout.or(proxy).or(roots)
    }

    /// Checks the options.
    pub(crate) fn check(&self) -> Result<Settings, Error> {
        let connect_timeout = self.connect_timeout.unwrap_or(CONNECT_TIMEOUT);
        refuse_zero("connect_timeout", connect_timeout.is_zero())?;
        let proxies = match &self.proxy {
            ProxyOption::Environment => Proxies::from_env(|name| env::var_os(name))?,
            ProxyOption::None => Proxies::none(),
            ProxyOption::Url(url) => Proxies::all("proxy", url)?,
        };
        let mut roots = roots::parse(&self.roots)?;
        let from_file = match self.no_public_roots {
            true => None,
            false => roots::from_file(env::var_os(roots::FILE))?,
        };
        let public_roots = !self.no_public_roots && from_file.is_none();
        roots.extend(from_file.unwrap_or_default());
        Ok(Settings {
            connect_timeout,
            proxies,
            roots,
            public_roots,
        })
    }
}

/// Checked options.
pub(crate) struct Settings {
    pub(super) connect_timeout: Duration,
    pub(super) proxies: Proxies,
    /// Additional trusted certificate authorities.
    pub(super) roots: Vec<CertificateDer<'static>>,
    /// Whether to trust the certificate authorities that Mozilla trusts, too.
    pub(super) public_roots: bool,
}
