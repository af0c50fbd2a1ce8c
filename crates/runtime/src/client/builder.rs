use std::{collections::HashMap, fmt, marker::PhantomData, sync::Arc, time::Duration};

use super::{
    Client, Language, Observer, RateLimit, Retry,
    clock::ServerClock,
    rate_limit::{LocalRateLimiter, RateLimiter, RateLimits},
    retry::RetryBudget,
    settings::Settings,
    shared::Shared,
    target::Target,
};
#[cfg(all(feature = "blocking", not(feature = "hyper")))]
use crate::transport::Blocking as DefaultTransport;
#[cfg(feature = "hyper")]
use crate::transport::Hyper as DefaultTransport;
#[cfg(any(feature = "blocking", feature = "hyper"))]
use crate::transport::options::{Options, ProxyOption};
use crate::{
    Credentials, Error, Service, Site, check, credential::environment, transport::Transport,
};

/// Builder of a [`Client`], or of the client `C` of a generated crate; see [`Client::builder`].
///
/// Settings are checked by [`build`](Self::build).
#[must_use]
pub struct ClientBuilder<C = Client> {
    unchecked: Unchecked,
    client: PhantomData<fn() -> C>,
}

/// Settings before they are checked.
struct Unchecked {
    settings: Settings,
    credentials: Option<Credentials>,
    endpoint: Option<String>,
    region: Option<String>,
    rate_limit: RateLimit,
    action_rate_limits: HashMap<String, f64>,
    rate_limiter: Option<Arc<dyn RateLimiter>>,
    transport: Option<Arc<dyn Transport>>,
    layers: Vec<Layer>,
    #[cfg(any(feature = "blocking", feature = "hyper"))]
    options: Options,
}

/// Wraps a transport.
type Layer = Box<dyn FnOnce(Arc<dyn Transport>) -> Arc<dyn Transport> + Send>;

impl Client {
    /// Returns a builder of a client for this service.
    pub fn builder(service: &'static Service) -> ClientBuilder {
        ClientBuilder::new(service)
    }

    /// Builds a client for this service with the [default credentials](Credentials::default_chain) and default settings.
    /// Region, site and endpoint are those of the environment or of the profile: see [`ClientBuilder::region`],
    /// [`ClientBuilder::site`] and [`ClientBuilder::endpoint`].
    ///
    /// # Errors
    /// Fails if the environment or a profile has an invalid setting, and without the features `hyper` and `blocking`,
    /// since there is no transport then. A missing credential is reported by the first call.
    pub fn from_env(service: &'static Service) -> Result<Self, Error> {
        Self::builder(service)
            .credential(Credentials::default_chain())
            .build()
    }

    /// Builds a client as [`from_env`](Self::from_env) does, for calls without an async runtime: see
    /// [`ClientBuilder::build_blocking`].
    ///
    /// # Errors
    /// Fails as [`from_env`](Self::from_env) does, and if the thread of its connections cannot be started.
    #[cfg(feature = "blocking")]
    pub fn from_env_blocking(service: &'static Service) -> Result<Self, Error> {
        Self::builder(service)
            .credential(Credentials::default_chain())
            .build_blocking()
    }
}

impl<C> ClientBuilder<C> {
    /// Returns a builder of a client for this service. Generated clients call it.
    pub fn new(service: &'static Service) -> Self {
        Self {
            unchecked: Unchecked {
                settings: Settings {
                    service,
                    site: None,
                    language: None,
                    timeout: Duration::from_secs(60),
                    read_timeout: Duration::from_secs(30),
                    response_limit: 16 * 1024 * 1024,
                    retry: Retry::new(),
                    observer: None,
                },
                credentials: None,
                endpoint: None,
                region: None,
                rate_limit: RateLimit::documented(),
                action_rate_limits: HashMap::new(),
                rate_limiter: None,
                transport: None,
                layers: Vec::new(),
                #[cfg(any(feature = "blocking", feature = "hyper"))]
                options: Options::default(),
            },
            client: PhantomData,
        }
    }

    /// Sets the credential that requests are signed with: a [`Credential`](crate::Credential), or [`Credentials`] that
    /// are fetched and refreshed. There is no default; [`Credentials::default_chain`] finds one in the environment.
    pub fn credential(mut self, credentials: impl Into<Credentials>) -> Self {
        self.unchecked.credentials = Some(credentials.into());
        self
    }

    /// Sets the endpoint, instead of the service's own domain name: `host` or `host:port`, optionally after `https://` or
    /// `http://`. The default scheme is https; only `http://` sends requests unencrypted.
    ///
    /// The default is that of the environment variable `TENCENTCLOUD_ENDPOINT_` with the service in capitals as suffix,
    /// such as `TENCENTCLOUD_ENDPOINT_CVM`, of `TENCENTCLOUD_ENDPOINT`, or of the
    /// [profile](crate::credential::Profile), if the credentials may come from one. Otherwise it is the host of the
    /// [site](Self::site). Requests to STS for a role do not use it.
    ///
    /// The service's name in signatures stays the documented one.
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.unchecked.endpoint = Some(endpoint.into());
        self
    }

    /// Sets the region that is sent to actions that take one, for example `ap-guangzhou`.
    ///
    /// The default is that of the environment variable `TENCENTCLOUD_REGION`, or else that of the
    /// [profile](crate::credential::Profile), if the credentials may come from one.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.unchecked.region = Some(region.into());
        self
    }

    /// Sets the site, which selects the host of the service.
    ///
    /// The default is the site of the environment variable `TENCENTCLOUD_SITE`, `intl` or `mainland`, or that of the
    /// [profile](crate::credential::Profile), if the credentials may come from one. Otherwise the documented host is
    /// called. An [endpoint](Self::endpoint) from any source takes precedence over the site.
    pub fn site(mut self, site: Site) -> Self {
        self.unchecked.settings.site = Some(site);
        self
    }

    /// Sets the language of the service's messages. By default the service chooses.
    pub fn language(mut self, language: Language) -> Self {
        self.unchecked.settings.language = Some(language);
        self
    }

    /// Sets the retry policy. The default is [`Retry::new`].
    pub fn retry(mut self, retry: Retry) -> Self {
        self.unchecked.settings.retry = retry;
        self
    }

    /// Sets the rate limit. The default is [`RateLimit::documented`].
    pub fn rate_limit(mut self, rate_limit: RateLimit) -> Self {
        self.unchecked.rate_limit = rate_limit;
        self
    }

    /// Sets the rate limit of one action in calls per second, which may be less than 1. It takes precedence over
    /// [`rate_limit`](Self::rate_limit).
    pub fn action_rate_limit(mut self, action: impl Into<String>, calls_per_second: f64) -> Self {
        let limits = &mut self.unchecked.action_rate_limits;
        limits.insert(action.into(), calls_per_second);
        self
    }

    /// Sets the rate limiter, for clients and programs that share the rate limits of an account. The default is a
    /// [`LocalRateLimiter`] of this client and its clones.
    pub fn rate_limiter(mut self, limiter: Arc<dyn RateLimiter>) -> Self {
        self.unchecked.rate_limiter = Some(limiter);
        self
    }

    /// Sets the observer of all attempts.
    pub fn observer(mut self, observer: impl Observer) -> Self {
        self.unchecked.settings.observer = Some(Arc::new(observer));
        self
    }

    /// Sets the timeout of a call, which covers all attempts, backoff and the wait for the rate limit. The default is 60
    /// seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.unchecked.settings.timeout = timeout;
        self
    }

    /// Sets the read timeout: the longest time without data from the service once a request is sent. The default is 30
    /// seconds.
    pub fn read_timeout(mut self, timeout: Duration) -> Self {
        self.unchecked.settings.read_timeout = timeout;
        self
    }

    /// Sets the maximum size of a response body in bytes. The default is 16 MiB.
    ///
    /// The decoded values of a body may take eight times as much memory, because small structures take more memory as values
    /// than as text.
    pub fn response_limit(mut self, bytes: usize) -> Self {
        self.unchecked.settings.response_limit = bytes;
        self
    }

    /// Sets the transport, in place of the crate's own.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.unchecked.transport = Some(Arc::new(transport));
        self
    }

    /// Wraps the transport in another one, which sees every signed request and its response. The last layer that is added
    /// is the outermost.
    pub fn layer<T: Transport>(
        mut self,
        wrap: impl FnOnce(Arc<dyn Transport>) -> T + Send + 'static,
    ) -> Self {
        let layer: Layer = Box::new(|inner| Arc::new(wrap(inner)));
        self.unchecked.layers.push(layer);
        self
    }
}

impl<C: From<Client>> ClientBuilder<C> {
    /// Checks the settings and builds the client. Nothing is sent.
    ///
    /// # Errors
    /// Fails with an error of kind [`Setting`](crate::ErrorKind::Setting) that names the setting that is missing or
    /// invalid.
    pub fn build(self) -> Result<C, Error> {
        let transport = self.unchecked.transport()?;
        self.unchecked.build(transport).map(C::from)
    }

    /// Builds a client whose calls need no async runtime: [`Call::wait`](super::Call::wait) makes them on the calling
    /// thread. Awaiting them works too, in any executor. The client has one thread of its own for its connections.
    ///
    /// # Errors
    /// Fails as [`build`](Self::build) does, if a transport is set, and if the thread cannot be started.
    #[cfg(feature = "blocking")]
    pub fn build_blocking(self) -> Result<C, Error> {
        if self.unchecked.transport.is_some() {
            let problem =
                "`build_blocking` uses its own transport; remove this setting, or call `build`";
            return Err(Error::setting("transport", problem));
        }
        let transport = crate::transport::Blocking::new(self.unchecked.options.check()?)?;
        self.unchecked.build(Arc::new(transport)).map(C::from)
    }
}

/// Settings of the crate's own transports.
#[cfg(any(feature = "blocking", feature = "hyper"))]
impl<C> ClientBuilder<C> {
    /// Sets the timeout of a connection attempt: name resolution, TCP, TLS and the tunnel of a proxy together. The
    /// default is 10 seconds.
    ///
    /// It applies to the crate's own transports.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.unchecked.options.connect_timeout = Some(timeout);
        self
    }

    /// Sets the proxy of all requests: `http://host:port` or `https://host:port`, with `user:password@` before the host
    /// if it needs one, percent-encoded. The proxy opens a tunnel to the service and cannot read what is sent over https.
    ///
    /// The default is the proxy of the environment: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, in upper or
    /// lower case. `NO_PROXY` lists domains, which include their subdomains, addresses and networks, each with a port or
    /// without one, or `*`. SOCKS proxies are not supported. It applies to the crate's own transports.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.unchecked.options.proxy = ProxyOption::Url(url.into().into());
        self
    }

    /// Turns proxies off, those of the environment too.
    pub fn no_proxy(mut self) -> Self {
        self.unchecked.options.proxy = ProxyOption::None;
        self
    }

    /// Adds certificate authorities to the default ones: the content of a PEM file, or one DER certificate.
    ///
    /// The default is the file that the environment variable `SSL_CERT_FILE` names, or else the
    /// authorities that Mozilla trusts. It applies to the crate's own transports.
    pub fn root_certificates(mut self, certificates: impl Into<Vec<u8>>) -> Self {
        let roots = &mut self.unchecked.options.roots;
        roots.push(("root_certificates", certificates.into()));
        self
    }

    /// Adds certificate authorities as [`root_certificates`](Self::root_certificates) does, and trusts only those that
    /// were added.
    pub fn only_root_certificates(mut self, certificates: impl Into<Vec<u8>>) -> Self {
        self.unchecked.options.no_public_roots = true;
        let roots = &mut self.unchecked.options.roots;
        roots.push(("only_root_certificates", certificates.into()));
        self
    }
}

impl Unchecked {
    /// Returns the transport that was set, or the default one.
    fn transport(&self) -> Result<Arc<dyn Transport>, Error> {
        #[cfg(any(feature = "blocking", feature = "hyper"))]
        {
            let Some(transport) = &self.transport else {
                return Ok(Arc::new(DefaultTransport::new(self.options.check()?)?));
            };
            if let Some(setting) = self.options.first_set() {
                let problem = "applies only to the crate's own transports; leave it out, or leave out `transport`";
                return Err(Error::setting(setting, problem));
            }
            Ok(Arc::clone(transport))
        }
        #[cfg(not(any(feature = "blocking", feature = "hyper")))]
        self.transport.clone().ok_or_else(|| {
            let problem = "is not set; set one, or turn on the feature `hyper` or `blocking`";
            Error::setting("transport", problem)
        })
    }

    fn build(self, transport: Arc<dyn Transport>) -> Result<Client, Error> {
        let layers = self.layers.into_iter();
        let transport = layers.fold(transport, |inner, layer| layer(inner));
        let mut settings = self.settings;
        settings.check()?;
        let credentials = self.credentials.ok_or_else(|| {
            let problem = "is not set; pass a `Credential`, or `Credentials::default_chain()`";
            Error::setting("credential", problem)
        })?;
        credentials.check()?;
        let service = settings.service;
        let from_provider = || credentials.setting(|it| it.region());
        let region = resolve(self.region, environment::region, from_provider)?;
        let region = region.as_deref().map(check::region).transpose()?;
        let limiter = self.rate_limiter;
        let limiter = limiter.unwrap_or_else(|| Arc::new(LocalRateLimiter::new()));
        if self.endpoint.is_some() && settings.site.is_some() {
            let problem = "cannot be combined with `endpoint`; remove one of them";
            return Err(Error::setting("site", problem));
        }
        let named = |endpoint| ("endpoint".to_owned(), endpoint);
        let from_env = || environment::endpoint(service.name);
        let from_provider = || Ok(credentials.setting(|it| it.endpoint())?.map(named));
        let endpoint = resolve(self.endpoint.map(named), from_env, from_provider)?;
        let target = match endpoint {
            Some((setting, endpoint)) => {
                settings.site = None;
                Target::new(service, &setting, &endpoint)?
            }
            None => {
                let from_provider = || credentials.setting(|it| it.site());
                let site = resolve(settings.site, environment::site, from_provider)?;
                Target::of_site(service, site, region.as_ref())?
            }
        };
        Ok(Client {
            shared: Arc::new(Shared {
                settings,
                credentials,
                target: Arc::new(target),
                region,
                transport,
                clock: ServerClock::default(),
                rate_limits: RateLimits::new(self.rate_limit, self.action_rate_limits, limiter)?,
                retry_budget: RetryBudget::full(),
            }),
        })
    }
}

/// Returns a setting of the builder, the environment or the credentials, in this order of precedence.
fn resolve<T>(
    from_builder: Option<T>,
    from_env: impl FnOnce() -> Result<Option<T>, Error>,
    from_provider: impl FnOnce() -> Result<Option<T>, Error>,
) -> Result<Option<T>, Error> {
    if from_builder.is_some() {
        return Ok(from_builder);
    }
    match from_env()? {
        None => from_provider(),
        found => Ok(found),
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("service", self.unchecked.settings.service)
            .finish_non_exhaustive()
    }
}
