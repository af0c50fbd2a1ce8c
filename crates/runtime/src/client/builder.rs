use std::{fmt, marker::PhantomData, sync::Arc, time::Duration};

use super::{
    Client, Language, Observer, Pacing, Retry, Shared, Site, Target,
    clock::Clock,
    pace::Pacer,
    retry::Budget,
    settings::{self, Settings, check_duration},
};
use crate::{Credentials, Error, Service, transport::Transport};

const TIMEOUT: Duration = Duration::from_secs(60);
const SILENCE: Duration = Duration::from_secs(30);
#[cfg(feature = "hyper")]
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
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
    connect_timeout: Option<Duration>,
    response_bytes: usize,
    transport: Option<Arc<dyn Transport>>,
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
                connect_timeout: None,
                response_bytes: RESPONSE_BYTES,
                transport: None,
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

    /// Sets how long it may take to make a connection: name resolution, TCP and TLS together. The default is 10
    /// seconds.
    ///
    /// It goes for the crate's own transport; a transport of your own has settings of its own.
    #[cfg(feature = "hyper")]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.wanted.connect_timeout = Some(timeout);
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
        self.wanted.client().map(C::from)
    }
}

impl Wanted {
    fn client(self) -> Result<Client, Error> {
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
        if self.response_bytes == 0 {
            return Err(Error::setting(
                "response_limit",
                "0 bytes hold no answer; it may be any other number",
            ));
        }
        let transport = transport(self.transport, self.connect_timeout)?;
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
                    silence: SILENCE,
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

#[cfg(feature = "hyper")]
fn transport(
    transport: Option<Arc<dyn Transport>>,
    connect_timeout: Option<Duration>,
) -> Result<Arc<dyn Transport>, Error> {
    match (transport, connect_timeout) {
        (Some(transport), None) => Ok(transport),
        (Some(_), Some(_)) => Err(Error::setting(
            "connect_timeout",
            "it goes for the crate's own transport; leave it out, or leave out `transport`",
        )),
        (None, timeout) => {
            let timeout = timeout.unwrap_or(CONNECT_TIMEOUT);
            check_duration("connect_timeout", timeout)?;
            Ok(Arc::new(crate::transport::Hyper::new(timeout)?))
        }
    }
}

#[cfg(not(feature = "hyper"))]
fn transport(
    transport: Option<Arc<dyn Transport>>,
    _connect_timeout: Option<Duration>,
) -> Result<Arc<dyn Transport>, Error> {
    transport.ok_or_else(|| {
        Error::setting(
            "transport",
            "it is not set; give one, or compile the crate's own with the feature `hyper`",
        )
    })
}
