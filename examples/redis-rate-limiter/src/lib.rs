//! Example of a [`RateLimiter`]: processes share the rate limits of an account through Redis.
//!
//! Redis admits each call by one atomic script and by its own clock, with the rule of [`LocalRateLimiter`]: a call
//! counts until one second after its answer. So the processes keep the rate together, at the service, whatever the
//! network does. While Redis is away, each process keeps its share of the rate by itself.
//!
//! Processes do not notice at the same time that Redis went away or came back. So a process that starts to use Redis,
//! or stops to, admits nothing for [`PAUSE`] before: until then what others admitted by the other rule has been
//! received, and its second has passed. This cannot hold while some processes reach Redis and others do not: then the
//! shares come on top. It cannot hold either if Redis loses what it has acknowledged, so do not let it evict keys or
//! fail over to a replica. And processes whose shares are less than one call in a second may make theirs in the same
//! second.

use std::{
    collections::HashMap,
    hash::{BuildHasher as _, Hasher as _, RandomState},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use redis::{AsyncConnectionConfig, Client, Cmd, RedisResult, aio::MultiplexedConnection};
use tc3::{Acquiring, Attempt, LocalRateLimiter, RateLimiter, transport::Transport};
use tokio::sync;

/// How long a call without an answer counts as on its way to the service.
const TRAVEL: Duration = Duration::from_secs(1);

/// How often Redis is tried while it is away, and how long a share is used after a try.
const RETRY: Duration = Duration::from_secs(1);

/// How long nothing is admitted when Redis goes away or comes back: until every process has noticed, the requests of
/// all have been received, and a second has passed after that.
pub const PAUSE: Duration = Duration::from_secs(3);

/// How long a command or a connection attempt may take before Redis counts as away.
const PATIENCE: Duration = Duration::from_millis(500);

/// Rate limiter of processes that share an account.
pub struct RedisRateLimiter {
    account: String,
    processes: u32,
    link: Arc<sync::Mutex<Link>>,
    /// Keeps the share while Redis is away.
    share: LocalRateLimiter,
    /// The calls that wait for an action, in their order.
    queues: Mutex<HashMap<String, Arc<sync::Mutex<()>>>>,
    next_permit: AtomicU64,
}

/// Connection to Redis.
struct Link {
    client: Client,
    /// `None` while Redis is away.
    connection: Option<MultiplexedConnection>,
    /// When a connection was tried last.
    tried: Option<Instant>,
    /// When the pause ends.
    resumed: Instant,
}

/// What admits a call.
enum Source {
    Nothing(Duration),
    Redis(MultiplexedConnection),
    /// The process's own share, for this time.
    Share(Duration),
}

impl Link {
    async fn source(&mut self) -> Source {
        let pause = self.resumed.saturating_duration_since(Instant::now());
        if !pause.is_zero() {
            return Source::Nothing(pause);
        }
        if let Some(connection) = &self.connection {
            return Source::Redis(connection.clone());
        }
        let since = self.tried.map_or(RETRY, |tried| tried.elapsed());
        if since < RETRY {
            return Source::Share(RETRY - since);
        }
        self.tried = Some(Instant::now());
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(PATIENCE));
        let connecting = self
            .client
            .get_multiplexed_async_connection_with_config(&config);
        match connecting.await {
            Ok(connection) => {
                self.connection = Some(connection);
                self.resumed = Instant::now() + PAUSE;
                Source::Nothing(PAUSE)
            }
            Err(_) => Source::Share(RETRY.saturating_sub(PATIENCE)),
        }
    }

    fn lost(&mut self) {
        if self.connection.take().is_some() {
            self.resumed = Instant::now() + PAUSE;
        }
    }
}

impl RedisRateLimiter {
    /// Creates the limiter of one process. `account` names the account whose rates are shared, and each of `processes`
    /// processes keeps that part of a rate while Redis is away.
    ///
    /// # Errors
    /// Fails if the URL is not one of Redis.
    pub fn new(url: &str, account: &str, processes: u32) -> RedisResult<Self> {
        let link = Link {
            client: Client::open(url)?,
            connection: None,
            tried: None,
            resumed: Instant::now(),
        };
        Ok(Self {
            account: account.to_owned(),
            processes: processes.max(1),
            link: Arc::new(sync::Mutex::new(link)),
            share: LocalRateLimiter::new(),
            queues: Mutex::default(),
            // Random, so that the permits of processes differ.
            next_permit: AtomicU64::new(RandomState::new().build_hasher().finish()),
        })
    }

    /// Returns the key of an action's calls.
    fn key(&self, attempt: &Attempt<'_>) -> String {
        let (service, action) = (attempt.service.name, attempt.action);
        // The braces keep both keys on one node of a cluster.
        format!("tc3:{{{}:{service}:{action}}}", self.account)
    }

    fn queue(&self, key: &str) -> Arc<sync::Mutex<()>> {
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(queues.entry(key.to_owned()).or_default())
    }

    async fn admit(
        &self,
        attempt: Attempt<'_>,
        rate: f64,
        transport: &dyn Transport,
        timeout: Duration,
    ) -> Result<u64, String> {
        let key = self.key(&attempt);
        let queue = self.queue(&key);
        let _turn = queue.lock().await;
        let permit = self.next_permit.fetch_add(1, Ordering::Relaxed);
        // A rate below one is one call in a longer window.
        let (places, window) = (rate.floor().max(1.0), 1e6 / rate.min(1.0));
        loop {
            let source = self.link.lock().await.source().await;
            let wait = match source {
                Source::Nothing(pause) => pause,
                Source::Redis(mut connection) => {
                    let mut command = script(include_str!("admit.lua"), &key);
                    let travel = TRAVEL.as_secs_f64() * 1e6;
                    command.arg(places).arg(window).arg(travel).arg(permit);
                    match command.query_async(&mut connection).await {
                        Ok(0) => return Ok(permit),
                        Ok(micros) => Duration::from_micros(micros),
                        Err(_) => {
                            self.link.lock().await.lost();
                            continue;
                        }
                    }
                }
                Source::Share(time) => {
                    let share = Some(rate / f64::from(self.processes));
                    let acquiring = self.share.acquire(attempt, share, transport, timeout);
                    match tokio::time::timeout(time, acquiring).await {
                        Ok(acquired) => return acquired,
                        // Redis may be back.
                        Err(_) => continue,
                    }
                }
            };
            transport.sleep(wait).await;
        }
    }
}

impl RateLimiter for RedisRateLimiter {
    fn acquire<'a>(
        &'a self,
        attempt: Attempt<'a>,
        rate: Option<f64>,
        transport: &'a dyn Transport,
        timeout: Duration,
    ) -> Acquiring<'a> {
        match rate {
            Some(rate) => Box::pin(self.admit(attempt, rate, transport, timeout)),
            None => self.share.acquire(attempt, None, transport, timeout),
        }
    }

    fn answered(&self, attempt: Attempt<'_>, permit: u64, throttled: bool) {
        // A permit of the share is not known to Redis, nor one of Redis to the share.
        self.share.answered(attempt, permit, throttled);
        let (key, link) = (self.key(&attempt), Arc::clone(&self.link));
        tokio::spawn(async move {
            let Some(mut connection) = link.lock().await.connection.clone() else {
                return;
            };
            let mut command = script(include_str!("answered.lua"), &key);
            command.arg(permit).arg(u8::from(throttled));
            // If it fails, the call counts until its travel time ends.
            let _ = command.query_async::<()>(&mut connection).await;
        });
    }
}

/// Returns the command that runs a script on the keys of an action.
fn script(script: &str, key: &str) -> Cmd {
    let mut command = redis::cmd("EVAL");
    command
        .arg(script)
        .arg(2)
        .arg(key)
        .arg(format!("{key}:paused"));
    command
}
