//! Requests to one site.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::time::{Duration, SystemTime};

use ureq::http::{HeaderMap, Response, header};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Body, Timeout};
use url::{Host, Origin, Url};

use crate::robots::{self, Robots};
use crate::{Event, Failure, FetchError, Rejection, Settings, TimeSource};

/// The product token for `robots.txt`.
const TOKEN: &str = "tc-fetch";

/// The `User-Agent` header.
const USER_AGENT: &str = concat!(
    "tc-fetch/",
    env!("CARGO_PKG_VERSION"),
    " (reads API documentation for generated clients, one page at a time)"
);

/// The maximum number of redirects, as RFC 9309 recommends for `robots.txt`.
const MAX_REDIRECTS: usize = 5;

/// One site, which receives one request at a time.
pub(crate) struct Site<'a> {
    agent: Agent,
    origin: Origin,
    robots: Robots,
    interval: Duration,
    /// The time of the last request.
    last: Option<SystemTime>,
    settings: &'a Settings,
    clock: &'a dyn TimeSource,
    notify: &'a dyn Fn(Event<'_>),
}

/// The validators of conditional requests.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Validators {
    pub(crate) etag: Option<String>,
    pub(crate) last_modified: Option<String>,
}

/// A usable response to a page request.
pub(crate) enum PageResponse {
    Page(Vec<u8>, Validators),
    /// The page matches the validators.
    Unchanged(Validators),
}

/// Reason why a request has no usable response.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RequestError {
    #[error(transparent)]
    Rejected(#[from] Rejection),
    #[error(transparent)]
    Failed(#[from] Failure),
}

/// A response of any status.
struct Raw {
    status: u16,
    headers: HeaderMap,
    /// The body of a success; one byte more than the limit if it is too large.
    bytes: Vec<u8>,
}

impl<'a> Site<'a> {
    /// Opens the site of a URL and reads its `robots.txt`.
    pub(crate) fn open(
        url: &Url,
        settings: &'a Settings,
        clock: &'a dyn TimeSource,
        notify: &'a dyn Fn(Event<'_>),
    ) -> Result<Site<'a>, FetchError> {
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(settings.timeout))
            .user_agent(USER_AGENT);
        if let Some(path) = &settings.root_certificates {
            let tls = TlsConfig::builder().root_certs(root_certificates(path)?);
            config = config.tls_config(tls.build());
        }
        if is_loopback(url) {
            config = config.proxy(None);
        }
        let mut site = Site {
            agent: config.build().into(),
            origin: url.origin(),
            robots: Robots::default(),
            interval: settings.interval,
            last: None,
            settings,
            clock,
            notify,
        };
        let robots_url = url
            .join("/robots.txt")
            .map_err(|_| FetchError::NotHttp(url.clone()))?;
        let response = site.follow(&robots_url, &Validators::default(), robots::MAX_BYTES);
        let error = match response {
            Ok(raw) if (200..300).contains(&raw.status) => {
                let bytes = raw.bytes.get(..robots::MAX_BYTES).unwrap_or(&raw.bytes);
                site.robots = Robots::parse(&String::from_utf8_lossy(bytes), TOKEN);
                None
            }
            // A missing file allows everything.
            Ok(raw) if (400..500).contains(&raw.status) => None,
            Ok(raw) => Some(Failure::Status(raw.status).into()),
            Err(error) => Some(error),
        };
        if let Some(error) = error {
            return Err(FetchError::Robots {
                url: robots_url,
                cause: error.to_string(),
            });
        }
        if let Some(delay) = site.robots.delay {
            if delay > settings.max_wait {
                return Err(FetchError::CrawlDelay {
                    url: robots_url,
                    delay,
                });
            }
            site.interval = site.interval.max(delay);
        }
        Ok(site)
    }

    /// Requests a page.
    pub(crate) fn get(
        &mut self,
        url: &Url,
        known: &Validators,
    ) -> Result<PageResponse, RequestError> {
        let max_bytes = self.settings.max_page_bytes;
        let raw = self.follow(url, known, max_bytes)?;
        let validators = Validators {
            etag: text(&raw.headers, &header::ETAG),
            last_modified: text(&raw.headers, &header::LAST_MODIFIED),
        };
        match raw.status {
            200 if raw.bytes.len() > max_bytes => Err(Rejection::TooLarge(max_bytes).into()),
            200 => Ok(PageResponse::Page(raw.bytes, validators)),
            304 if *known != Validators::default() => Ok(PageResponse::Unchanged(validators)),
            status => Err(Failure::Status(status).into()),
        }
    }

    /// Requests a URL and follows redirects.
    fn follow(&mut self, url: &Url, known: &Validators, limit: usize) -> Result<Raw, RequestError> {
        let mut url = url.clone();
        let mut seen = BTreeSet::new();
        loop {
            if url.origin() != self.origin {
                return Err(Rejection::ForeignRedirect(url).into());
            }
            let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
            if !self.robots.allow(path) {
                return Err(Rejection::Disallowed(url).into());
            }
            if seen.len() > MAX_REDIRECTS || !seen.insert(url.clone()) {
                return Err(Failure::RedirectLoop.into());
            }
            let raw = self.request(&url, known, limit)?;
            if !matches!(raw.status, 301 | 302 | 303 | 307 | 308) {
                return Ok(raw);
            }
            let to = text(&raw.headers, &header::LOCATION).unwrap_or_default();
            url = match url.join(&to) {
                Ok(url) if !to.is_empty() => without_fragment(url),
                _ => return Err(Failure::InvalidRedirect(to).into()),
            };
        }
    }

    /// Requests a URL and retries temporary failures.
    fn request(&mut self, url: &Url, known: &Validators, limit: usize) -> Result<Raw, Failure> {
        let mut attempts = 1;
        let mut backoff = self.settings.backoff;
        loop {
            self.wait_for_turn();
            let (cause, failure, retry_after) = match self.send(url, known, limit) {
                Ok(raw) if matches!(raw.status, 429 | 500 | 502 | 503 | 504) => {
                    let status = raw.status;
                    let retry_after = self.retry_after(&raw.headers);
                    if let Some(wait) = retry_after.filter(|wait| *wait > self.settings.max_wait) {
                        return Err(Failure::LongRetryAfter { status, wait });
                    }
                    let cause = format!("the site returned status {status}");
                    (cause, Failure::Busy { attempts, status }, retry_after)
                }
                Ok(raw) => return Ok(raw),
                Err(cause) => {
                    let failure = Failure::Unreachable {
                        attempts,
                        cause: cause.clone(),
                    };
                    (cause, failure, None)
                }
            };
            if attempts >= self.settings.attempts {
                return Err(failure);
            }
            let wait = retry_after.unwrap_or(backoff).min(self.settings.max_wait);
            (self.notify)(Event::Waiting {
                url,
                cause: &cause,
                wait,
            });
            self.clock.pause(wait);
            attempts += 1;
            backoff = backoff.saturating_mul(2);
        }
    }

    /// Waits for the minimum interval between requests.
    fn wait_for_turn(&mut self) {
        if let Some(last) = self.last {
            // The clock may have been set back.
            let passed = self.clock.now().duration_since(last).unwrap_or_default();
            if let Some(left) = self
                .interval
                .checked_sub(passed)
                .filter(|left| !left.is_zero())
            {
                self.clock.pause(left);
            }
        }
        self.last = Some(self.clock.now());
    }

    /// Sends one request. The error is a description.
    fn send(&self, url: &Url, known: &Validators, limit: usize) -> Result<Raw, String> {
        let mut request = self.agent.get(url.as_str());
        if let Some(etag) = &known.etag {
            request = request.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(time) = &known.last_modified {
            request = request.header(header::IF_MODIFIED_SINCE, time);
        }
        let describe = |error| self.describe(error);
        let response: Response<Body> = request.call().map_err(describe)?;
        let (head, body) = response.into_parts();
        let mut bytes = Vec::new();
        if head.status.is_success() {
            let max_bytes = u64::try_from(limit).map_or(u64::MAX, |limit| limit.saturating_add(1));
            let mut reader = body.into_reader().take(max_bytes);
            let read = reader.read_to_end(&mut bytes);
            read.map_err(|error| describe(error.into()))?;
        }
        Ok(Raw {
            status: head.status.as_u16(),
            headers: head.headers,
            bytes,
        })
    }

    /// Describes an error, without the prefix of the library.
    fn describe(&self, error: ureq::Error) -> String {
        match error {
            ureq::Error::Timeout(Timeout::Global) => {
                format!("timeout after {} s", self.settings.timeout.as_secs_f64())
            }
            ureq::Error::Io(error) => error.to_string(),
            error => error.to_string(),
        }
    }

    /// Parses `Retry-After`: seconds or a date.
    fn retry_after(&self, headers: &HeaderMap) -> Option<Duration> {
        let text = text(headers, &header::RETRY_AFTER)?;
        if text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() {
            // Digits can be invalid only by overflow.
            return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
        }
        let date = httpdate::parse_http_date(&text).ok()?;
        Some(date.duration_since(self.clock.now()).unwrap_or_default())
    }
}

/// Returns a header value unless it is empty.
fn text(headers: &HeaderMap, name: &header::HeaderName) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    Some(value.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Reads the certificate authorities of a PEM file.
fn root_certificates(path: &Path) -> Result<RootCerts, FetchError> {
    let unusable = |cause: String| FetchError::Certificates {
        path: path.to_owned(),
        cause,
    };
    let pem = fs::read(path).map_err(|error| unusable(error.to_string()))?;
    let mut certificates = Vec::new();
    for item in parse_pem(&pem) {
        if let PemItem::Certificate(certificate) =
            item.map_err(|error| unusable(error.to_string()))?
        {
            certificates.push(certificate);
        }
    }
    if certificates.is_empty() {
        return Err(unusable("no certificate found".to_owned()));
    }
    Ok(RootCerts::new_with_certs(&certificates))
}

/// Whether a URL has a loopback host. Requests to it bypass proxies.
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Removes the fragment of a URL.
pub(crate) fn without_fragment(mut url: Url) -> Url {
    url.set_fragment(None);
    url
}
