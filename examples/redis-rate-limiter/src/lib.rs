//! An example of a [`RateLimiter`] with which processes share the rate limits of an account through Redis.
//!
//! An atomic script in Redis admits each call by the clock of Redis and the rule of [`LocalRateLimiter`]: a call counts
//! until one second after its response. So the processes together keep the rate, regardless of network
//! delays. While Redis is unavailable, each process keeps its own share of the rate.
//!
//! Processes do not detect at the same time that Redis became unavailable or available. So a process that starts or stops
//! using Redis first admits nothing for [`PAUSE`]. After that, the service has received all calls that other processes
//! admitted before the change, and they no longer count.
//!
//! The rate can be exceeded in these cases:
//! - Only some processes can connect to Redis: the shares of the others are added to the rate.
//! - Redis loses acknowledged data. Do not let it evict keys or fail over to a replica.
//! - Shares are less than one call per second: while Redis is unavailable, processes may call in the same second.

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

/// Time after which a call without a response counts as received.
const MAX_TRAVEL_TIME: Duration = Duration::from_secs(1);

/// Interval of connection attempts while Redis is unavailable.
const RETRY_INTERVAL: Duration = Duration::from_secs(1);

/// Pause after Redis becomes unavailable or available. In this time, every process detects the change, the service receives
/// all admitted requests, and one second passes after that.
pub const PAUSE: Duration = Duration::from_secs(3);

/// Timeout of a command or a connection attempt, after which Redis counts as unavailable.
const TIMEOUT: Duration = Duration::from_millis(500);

/// A rate limiter for processes that share an account.
pub struct RedisRateLimiter {
    account: String,
    processes: u32,
    connector: Arc<sync::Mutex<Connector>>,
    /// Limits the process to its share while Redis is unavailable.
    share: LocalRateLimiter,
    /// First-in, first-out queues of waiting calls, by the key of their action.
    queues: Mutex<HashMap<String, Arc<sync::Mutex<()>>>>,
    next_permit: AtomicU64,
}

/// Connection to Redis.
struct Connector {
    client: Client,
    /// `None` while Redis is unavailable.
    connection: Option<MultiplexedConnection>,
    /// Time of the last connection attempt.
    last_attempt: Option<Instant>,
    /// End of the pause.
    paused_until: Instant,
}

/// Source of permits.
enum Source {
    /// No permits for this time.
    Paused(Duration),
    Redis(MultiplexedConnection),
    /// The share of the process, for this time.
    Share(Duration),
}

impl Connector {
    /// Returns the source of permits, and connects to Redis if an attempt is due.
    async fn source(&mut self) -> Source {
        let pause = self.paused_until.saturating_duration_since(Instant::now());
        if !pause.is_zero() {
            return Source::Paused(pause);
        }
        if let Some(connection) = &self.connection {
            return Source::Redis(connection.clone());
        }
        let since = self
            .last_attempt
            .map_or(RETRY_INTERVAL, |time| time.elapsed());
        if since < RETRY_INTERVAL {
            return Source::Share(RETRY_INTERVAL - since);
        }
        self.last_attempt = Some(Instant::now());
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(TIMEOUT))
            .set_response_timeout(Some(TIMEOUT));
        let connecting = self
            .client
            .get_multiplexed_async_connection_with_config(&config);
        match connecting.await {
            Ok(connection) => {
                self.connection = Some(connection);
                self.paused_until = Instant::now() + PAUSE;
                Source::Paused(PAUSE)
            }
            Err(_) => Source::Share(RETRY_INTERVAL.saturating_sub(TIMEOUT)),
        }
    }

    /// Drops the connection after a failed command, and starts a pause.
    fn disconnect(&mut self) {
        if self.connection.take().is_some() {
            self.paused_until = Instant::now() + PAUSE;
        }
    }
}

impl RedisRateLimiter {
    /// Creates the rate limiter of one process. `account` is the name of the shared account. `processes` is the number of
    /// processes that share the rate while Redis is unavailable.
    ///
    /// # Errors
    /// Fails if the URL is not a Redis URL.
    pub fn new(url: &str, account: &str, processes: u32) -> RedisResult<Self> {
        let connector = Connector {
            client: Client::open(url)?,
            connection: None,
            last_attempt: None,
            paused_until: Instant::now(),
        };
        Ok(Self {
            account: account.to_owned(),
            processes: processes.max(1),
            connector: Arc::new(sync::Mutex::new(connector)),
            share: LocalRateLimiter::new(),
            queues: Mutex::default(),
            // Random, so that the permits of processes differ.
            next_permit: AtomicU64::new(RandomState::new().build_hasher().finish()),
        })
    }

    /// Returns the Redis key of an action's calls.
    fn key(&self, attempt: &Attempt<'_>) -> String {
        let (service, action) = (attempt.service.name, attempt.action);
        // The braces assign both keys to the same node of a cluster.
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
        // A rate below one allows one call in a longer window.
        let (places, window) = (rate.floor().max(1.0), 1e6 / rate.min(1.0));
        loop {
            let source = self.connector.lock().await.source().await;
            let wait = match source {
                Source::Paused(pause) => pause,
                Source::Redis(mut connection) => {
                    let mut command = script(include_str!("admit.lua"), &key);
                    let travel = MAX_TRAVEL_TIME.as_secs_f64() * 1e6;
                    command.arg(places).arg(window).arg(travel).arg(permit);
                    match command.query_async(&mut connection).await {
                        Ok(0) => return Ok(permit),
                        Ok(micros) => Duration::from_micros(micros),
                        Err(_) => {
                            self.connector.lock().await.disconnect();
                            continue;
                        }
                    }
                }
                Source::Share(time) => {
                    let share = Some(rate / f64::from(self.processes));
                    let acquiring = self.share.acquire(attempt, share, transport, timeout);
                    match tokio::time::timeout(time, acquiring).await {
                        Ok(acquired) => return acquired,
                        // Redis may be available again.
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
        // The share ignores permits of Redis, and Redis ignores permits of the share.
        self.share.answered(attempt, permit, throttled);
        let (key, connector) = (self.key(&attempt), Arc::clone(&self.connector));
        tokio::spawn(async move {
            let Some(mut connection) = connector.lock().await.connection.clone() else {
                return;
            };
            let mut command = script(include_str!("answered.lua"), &key);
            command.arg(permit).arg(u8::from(throttled));
            // If this fails, the call counts as received after `MAX_TRAVEL_TIME`.
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
