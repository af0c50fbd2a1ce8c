//! Asking one site for pages.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::time::{Duration, SystemTime};

use ureq::http::{HeaderMap, Response, header};
use ureq::{Agent, Body, Timeout};
use url::{Host, Origin, Url};

use crate::robots::{self, Robots};
use crate::{Clock, Event, Failure, FetchError, Refusal, Settings};

/// The name that `robots.txt` files know the program by.
const TOKEN: &str = "tc-fetch";

/// The program, as it introduces itself.
const USER_AGENT: &str = concat!(
    "tc-fetch/",
    env!("CARGO_PKG_VERSION"),
    " (reads API documentation for generated clients, one page at a time)"
);

/// As many redirects as RFC 9309 wants followed for `robots.txt`.
const MOST_REDIRECTS: usize = 5;

/// One site, which is asked for one thing at a time.
pub(crate) struct Site<'a> {
    agent: Agent,
    origin: Origin,
    robots: Robots,
    interval: Duration,
    /// When it was asked last.
    last: Option<SystemTime>,
    settings: &'a Settings,
    clock: &'a dyn Clock,
    tell: &'a dyn Fn(Event<'_>),
}

/// By what the site can tell that a page is still the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Validators {
    pub(crate) etag: Option<String>,
    pub(crate) last_modified: Option<String>,
}

/// What came of asking for a page.
pub(crate) enum Answer {
    Page(Vec<u8>, Validators),
    /// It is the one that the validators are of.
    Unchanged(Validators),
    Refused(Refusal),
    Failed(Failure),
}

/// An answer of any status.
struct Raw {
    status: u16,
    headers: HeaderMap,
    /// What it holds, if it is a page; one byte more than what a page may hold, if it is larger.
    bytes: Vec<u8>,
}

impl<'a> Site<'a> {
    /// The site of an address, whose `robots.txt` it reads.
    pub(crate) fn open(
        of: &Url,
        settings: &'a Settings,
        clock: &'a dyn Clock,
        tell: &'a dyn Fn(Event<'_>),
    ) -> Result<Site<'a>, FetchError> {
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(settings.timeout))
            .user_agent(USER_AGENT);
        if is_loopback(of) {
            // A proxy is for other machines.
            config = config.proxy(None);
        }
        let mut site = Site {
            agent: config.build().into(),
            origin: of.origin(),
            robots: Robots::default(),
            interval: settings.interval,
            last: None,
            settings,
            clock,
            tell,
        };
        let url = of
            .join("/robots.txt")
            .map_err(|_| FetchError::NoSite(of.clone()))?;
        let answer = site.follow(&url, &Validators::default(), robots::MOST_BYTES);
        let cause = match answer {
            Ok(raw) if (200..300).contains(&raw.status) => {
                let bytes = raw.bytes.get(..robots::MOST_BYTES).unwrap_or(&raw.bytes);
                site.robots = Robots::parse(&String::from_utf8_lossy(bytes), TOKEN);
                None
            }
            // Who has no such file forbids nothing.
            Ok(raw) if (400..500).contains(&raw.status) => None,
            Ok(raw) => Some(Failure::Status(raw.status).to_string()),
            Err(Answer::Refused(refusal)) => Some(refusal.to_string()),
            Err(Answer::Failed(failure)) => Some(failure.to_string()),
            Err(Answer::Page(..) | Answer::Unchanged(_)) => None,
        };
        if let Some(cause) = cause {
            return Err(FetchError::Robots { url, cause });
        }
        if let Some(delay) = site.robots.delay {
            if delay > settings.longest_wait {
                return Err(FetchError::Delay { url, delay });
            }
            site.interval = site.interval.max(delay);
        }
        Ok(site)
    }

    /// Asks for a page.
    pub(crate) fn get(&mut self, url: &Url, known: &Validators) -> Answer {
        let raw = match self.follow(url, known, self.settings.page_bytes) {
            Ok(raw) => raw,
            Err(answer) => return answer,
        };
        let validators = Validators {
            etag: text(&raw.headers, &header::ETAG),
            last_modified: text(&raw.headers, &header::LAST_MODIFIED),
        };
        match raw.status {
            200 if raw.bytes.len() > self.settings.page_bytes => {
                Answer::Refused(Refusal::TooLarge(self.settings.page_bytes))
            }
            200 => Answer::Page(raw.bytes, validators),
            304 if *known != Validators::default() => Answer::Unchanged(validators),
            status => Answer::Failed(Failure::Status(status)),
        }
    }

    /// Asks, and goes where the site redirects to.
    fn follow(&mut self, url: &Url, known: &Validators, limit: usize) -> Result<Raw, Answer> {
        let mut url = url.clone();
        let mut seen = BTreeSet::new();
        loop {
            if url.origin() != self.origin {
                return Err(Answer::Refused(Refusal::Elsewhere(url)));
            }
            let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
            if !self.robots.allow(path) {
                return Err(Answer::Refused(Refusal::Forbidden(url)));
            }
            if seen.len() > MOST_REDIRECTS || !seen.insert(url.clone()) {
                return Err(Answer::Failed(Failure::Redirects));
            }
            let raw = self.ask(&url, known, limit).map_err(Answer::Failed)?;
            if !matches!(raw.status, 301 | 302 | 303 | 307 | 308) {
                return Ok(raw);
            }
            let to = text(&raw.headers, &header::LOCATION).unwrap_or_default();
            url = match url.join(&to) {
                Ok(url) if !to.is_empty() => without_fragment(url),
                _ => return Err(Answer::Failed(Failure::BadRedirect(to))),
            };
        }
    }

    /// Asks until there is an answer that more patience would not change.
    fn ask(&mut self, url: &Url, known: &Validators, limit: usize) -> Result<Raw, Failure> {
        let mut attempts = 1;
        let mut backoff = self.settings.backoff;
        loop {
            self.wait_for_turn();
            let (cause, failure, asked) = match self.exchange(url, known, limit) {
                Ok(raw) if matches!(raw.status, 429 | 500 | 502 | 503 | 504) => {
                    let status = raw.status;
                    let asked = self.retry_after(&raw.headers);
                    if let Some(wait) = asked.filter(|wait| *wait > self.settings.longest_wait) {
                        return Err(Failure::LeftAlone { status, wait });
                    }
                    let cause = format!("the site answers with status {status}");
                    (cause, Failure::Busy { attempts, status }, asked)
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
            let time = asked.unwrap_or(backoff).min(self.settings.longest_wait);
            (self.tell)(Event::Waiting {
                url,
                cause: &cause,
                time,
            });
            self.clock.pause(time);
            attempts += 1;
            backoff = backoff.saturating_mul(2);
        }
    }

    /// Lets the time pass that has to lie between two requests.
    fn wait_for_turn(&mut self) {
        if let Some(last) = self.last {
            // The clock can have been set back.
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

    /// Asks once. The error is what went wrong with the connection, in words.
    fn exchange(&self, url: &Url, known: &Validators, limit: usize) -> Result<Raw, String> {
        let mut request = self.agent.get(url.as_str());
        if let Some(etag) = &known.etag {
            request = request.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(time) = &known.last_modified {
            request = request.header(header::IF_MODIFIED_SINCE, time);
        }
        let in_words = |error| self.in_words(error);
        let response: Response<Body> = request.call().map_err(in_words)?;
        let (head, body) = response.into_parts();
        let mut bytes = Vec::new();
        if head.status.is_success() {
            let most = u64::try_from(limit).map_or(u64::MAX, |limit| limit.saturating_add(1));
            let mut reader = body.into_reader().take(most);
            let read = reader.read_to_end(&mut bytes);
            read.map_err(|error| in_words(error.into()))?;
        }
        Ok(Raw {
            status: head.status.as_u16(),
            headers: head.headers,
            bytes,
        })
    }

    fn in_words(&self, error: ureq::Error) -> String {
        match error {
            ureq::Error::Timeout(Timeout::Global) => {
                format!("the time-out is {} s", self.settings.timeout.as_secs_f64())
            }
            ureq::Error::Io(error) => error.to_string(),
            error => error.to_string(),
        }
    }

    /// How long the site asks to be left alone: seconds, or until a date.
    fn retry_after(&self, headers: &HeaderMap) -> Option<Duration> {
        let text = text(headers, &header::RETRY_AFTER)?;
        if text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() {
            // Only a number too large for it cannot be read.
            return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
        }
        let date = httpdate::parse_http_date(&text).ok()?;
        Some(date.duration_since(self.clock.now()).unwrap_or_default())
    }
}

/// The text of a header, if it has any.
fn text(headers: &HeaderMap, name: &header::HeaderName) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    Some(value.trim().to_owned()).filter(|text| !text.is_empty())
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// An address without what only a browser needs.
pub(crate) fn without_fragment(mut url: Url) -> Url {
    url.set_fragment(None);
    url
}
