use std::{fmt, marker::PhantomData, sync::Arc, time::Duration};

use super::{
    Client, Language, Observer, Pacing, Retry, Shared, Site, Target,
    clock::Clock,
    pace::Pacer,
    retry::Budget,
    settings::{self, Settings, check_duration},
};
#[cfg(any(feature = "blocking", feature = "hyper"))]
use crate::transport::options::{Options, ProxyOption};
use crate::{Credentials, Error, Service, transport::Transport};

const TIMEOUT: Duration = Duration::from_secs(60);
const SILENCE: Duration = Duration::from_secs(30);
const RESPONSE_BYTES: usize = 64 * 1024 * 1024;

/// Sets up a [`Client`], see [`Client::builder`], or the client `C` of a generated crate that is made from one.
///
/// Nothing is checked before [`build`](Self::build), which refuses every setting that cannot be what it was set to.
#[must_use]
pub struct ClientBuilder<C = Client> {
    wanted: Wanted,
    client: PhantomData<fn() -> C>,
}

/// The settings as they were given.
struct Wanted {
    service: &'static Service,
    credentials: Option<Credentials>,
    endpoint: Option<String>,
    site: Option<Site>,
    region: Option<String>,
    language: Option<Language>,
    retry: Retry,
    pacing: Pacing,
    rates: Vec<(String, f64)>,
    observer: Option<Arc<dyn Observer>>,
    timeout: Duration,
    read_timeout: Duration,
    response_bytes: usize,
    transport: Option<Arc<dyn Transport>>,
    #[cfg(any(feature = "blocking", feature = "hyper"))]
    own: Options,
}

impl<C> ClientBuilder<C> {
    /// A client of this service, to be set up. Generated clients call it.
    pub fn new(service: &'static Service) -> Self {
        Self {
            wanted: Wanted {
                service,
                credentials: None,
                endpoint: None,
                site: None,
                region: None,
                language: None,
                retry: Retry::new(),
                pacing: Pacing::documented(),
                rates: Vec::new(),
                observer: None,
                timeout: TIMEOUT,
                read_timeout: SILENCE,
                response_bytes: RESPONSE_BYTES,
                transport: None,
                #[cfg(any(feature = "blocking", feature = "hyper"))]
                own: Options::default(),
            },
            client: PhantomData,
        }
    }

    /// Sets what requests are signed with: a [`Credential`](crate::Credential), or [`Credentials`] that are fetched
    /// and refreshed. There is no default.
    pub fn credential(mut self, credentials: impl Into<Credentials>) -> Self {
        self.wanted.credentials = Some(credentials.into());
        self
    }

    /// Sets where requests go instead of to the service's own domain name: a host or `host:port`, called over https, or
    /// one with `https://` or `http://` before it. Only the last makes calls in the clear.
    ///
    /// The service's name in signatures stays the one of its documentation, whatever the endpoint is called.
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.wanted.endpoint = Some(endpoint.into());
        self
    }

    /// Sets the region that is sent along with actions that take one, for example `ap-guangzhou`.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.wanted.region = Some(region.into());
        self
    }

    /// Sets which of the service's hosts is called, instead of the one that its documentation names.
    pub fn site(mut self, site: Site) -> Self {
        self.wanted.site = Some(site);
        self
    }

    /// Sets the language of the service's messages. Without it the service chooses.
    pub fn language(mut self, language: Language) -> Self {
        self.wanted.language = Some(language);
        self
    }

    /// Sets whether and how failed calls are repeated. The default is [`Retry::new`].
    pub fn retry(mut self, retry: Retry) -> Self {
        self.wanted.retry = retry;
        self
    }

    /// Sets how fast the client calls. The default is [`Pacing::documented`].
    pub fn pacing(mut self, pacing: Pacing) -> Self {
        self.wanted.pacing = pacing;
        self
    }

    /// Sets how many times a second an action is called at most, whatever its documentation and
    /// [`pacing`](Self::pacing) say. It may be less than 1.
    pub fn rate(mut self, action: impl Into<String>, calls_a_second: f64) -> Self {
        self.wanted.rates.push((action.into(), calls_a_second));
        self
    }

    /// Sets who is told of each attempt.
    pub fn observer(mut self, observer: impl Observer) -> Self {
        self.wanted.observer = Some(Arc::new(observer));
        self
    }

    /// Sets how long a call may take as a whole: all its attempts, the pauses between them, the wait for its turn. The
    /// default is 60 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.wanted.timeout = timeout;
        self
    }

    /// Sets how long the service may be silent once a request is sent: before its answer, and between the parts of
    /// it. The default is 30 seconds.
    pub fn read_timeout(mut self, timeout: Duration) -> Self {
        self.wanted.read_timeout = timeout;
        self
    }

    /// Sets how long it may take to make a connection: name resolution, TCP, TLS and the tunnel of a proxy together.
    /// The default is 10 seconds.
    ///
    /// It goes for the crate's own transports; a transport of your own has settings of its own.
    #[cfg(any(feature = "blocking", feature = "hyper"))]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.wanted.own.connect_timeout = Some(timeout);
        self
    }

    /// Sets the proxy that all requests go through: `http://host:port` or `https://host:port`, with `user:password@`
    /// before the host where it asks for one, in which characters such as `@` may be written as `%40`. The proxy opens
    /// a tunnel to the service and sees nothing of what is said over https.
    ///
    /// The default is what the environment says: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, in upper or
    /// lower case. It goes for the crate's own transports.
    #[cfg(any(feature = "blocking", feature = "hyper"))]
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.wanted.own.proxy = ProxyOption::Url(url.into().into());
        self
    }

    /// Makes requests go without a proxy, whatever the environment says.
    #[cfg(any(feature = "blocking", feature = "hyper"))]
    pub fn no_proxy(mut self) -> Self {
        self.wanted.own.proxy = ProxyOption::None;
        self
    }

    /// Adds certificate authorities that may vouch for a server, or for a proxy, besides those that Mozilla trusts: the
    /// text of a file in PEM, or one certificate in DER.
    ///
    /// It goes for the crate's own transports.
    #[cfg(any(feature = "blocking", feature = "hyper"))]
    pub fn root_certificates(mut self, certificates: impl Into<Vec<u8>>) -> Self {
        let own = &mut self.wanted.own;
        own.roots.push(("root_certificates", certificates.into()));
        self
    }

    /// Adds certificate authorities as [`root_certificates`](Self::root_certificates) does, and trusts no others
    /// besides the ones that are added.
    #[cfg(any(feature = "blocking", feature = "hyper"))]
    pub fn only_root_certificates(mut self, certificates: impl Into<Vec<u8>>) -> Self {
        let own = &mut self.wanted.own;
        own.roots
            .push(("only_root_certificates", certificates.into()));
        own.no_public_roots = true;
        self
    }

    /// Sets how many bytes the body of an answer may have. The default is 64 MiB.
    pub fn response_limit(mut self, bytes: usize) -> Self {
        self.wanted.response_bytes = bytes;
        self
    }

    /// Sets what carries the requests, instead of the crate's own transport.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.wanted.transport = Some(Arc::new(transport));
        self
    }

    /// Checks the settings and builds the client. Nothing is sent.
    ///
    /// # Errors
    /// Fails with an error of kind [`Setting`](crate::ErrorKind::Setting) if a setting is missing or cannot be what
    /// it was set to; the message names it and says what it may be.
    pub fn build(self) -> Result<C, Error>
    where
        C: From<Client>,
    {
        let transport = self.wanted.transport()?;
        self.wanted.client(transport).map(C::from)
    }

    /// Builds a client whose calls need no async runtime: [`Call::wait`](super::Call::wait) makes them on the calling
    /// thread. Awaiting them works as well, but holds up the thread, and whatever else should run on it.
    ///
    /// # Errors
    /// Fails as [`build`](Self::build) does, and if a transport is set.
    #[cfg(feature = "blocking")]
    pub fn build_blocking(self) -> Result<C, Error>
    where
        C: From<Client>,
    {
        if self.wanted.transport.is_some() {
            return Err(Error::setting(
                "transport",
                "`build_blocking` brings its own; leave it out, or call `build`",
            ));
        }
        let transport = crate::transport::Blocking::new(self.wanted.own.check()?)?;
        self.wanted.client(Arc::new(transport)).map(C::from)
    }
}

impl Wanted {
    /// The transport that was given, or the crate's own.
    fn transport(&self) -> Result<Arc<dyn Transport>, Error> {
        let Some(transport) = &self.transport else {
            return self.own_transport();
        };
        #[cfg(any(feature = "blocking", feature = "hyper"))]
        if let Some(setting) = self.own.given() {
            return Err(Error::setting(
                setting,
                "it goes for the crate's own transports; leave it out, or leave out `transport`",
            ));
        }
        Ok(Arc::clone(transport))
    }

    #[cfg(feature = "hyper")]
    fn own_transport(&self) -> Result<Arc<dyn Transport>, Error> {
        Ok(Arc::new(crate::transport::Hyper::new(self.own.check()?)?))
    }

    #[cfg(all(feature = "blocking", not(feature = "hyper")))]
    fn own_transport(&self) -> Result<Arc<dyn Transport>, Error> {
        Ok(Arc::new(crate::transport::Blocking::new(
            self.own.check()?,
        )?))
    }

    #[cfg(not(any(feature = "blocking", feature = "hyper")))]
    fn own_transport(&self) -> Result<Arc<dyn Transport>, Error> {
        Err(Error::setting(
            "transport",
            "it is not set; give one, or compile the crate's own with the feature `hyper` or `blocking`",
        ))
    }

    fn client(self, transport: Arc<dyn Transport>) -> Result<Client, Error> {
        settings::check_service(self.service)?;
        let credentials = self.credentials.ok_or_else(|| {
            Error::setting(
                "credential",
                "it is not set; `Credential::new` makes one, `Credentials::default_chain` looks in the usual places",
            )
        })?;
        credentials.check()?;
        let region = self.region.as_deref().map(settings::region).transpose()?;
        let target = match (self.endpoint, self.site) {
            (Some(_), Some(_)) => {
                return Err(Error::setting(
                    "site",
                    "an endpoint is set as well, and only one of them can be called; leave one out",
                ));
            }
            (Some(endpoint), None) => Target::at(self.service, &endpoint)?,
            (None, Some(site)) => Target::on(self.service, site, region.as_ref())?,
            (None, None) => Target::at(self.service, self.service.endpoint)?,
        };
        check_duration("timeout", self.timeout)?;
        self.retry.check()?;
        check_duration("read_timeout", self.read_timeout)?;
        if self.response_bytes == 0 {
            return Err(Error::setting(
                "response_limit",
                "0 bytes hold no answer; it may be any other number",
            ));
        }
        Ok(Client {
            shared: Arc::new(Shared {
                settings: Settings {
                    service: self.service,
                    credentials,
                    target: Arc::new(target),
                    site: self.site,
                    region,
                    language: self.language,
                    timeout: self.timeout,
                    silence: self.read_timeout,
                    response_bytes: self.response_bytes,
                    retry: self.retry,
                    observer: self.observer,
                },
                transport,
                clock: Clock::default(),
                pacer: Pacer::new(self.pacing, self.rates)?,
                budget: Budget::full(),
            }),
        })
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("service", self.wanted.service)
            .finish_non_exhaustive()
    }
}
