//! One process of several: calls an action as fast as the shared rate limit allows, until standard input ends.
//!
//! ```text
//! tc3-redis-rate-limiter redis://127.0.0.1:6379 http://127.0.0.1:8080 4
//! ```

use std::{
    env,
    error::Error,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tc3::{Attempt, Client, Credential, Json, Observer, Service};
use tc3_redis_rate_limiter::RedisRateLimiter;
use tokio::io::{AsyncReadExt as _, stdin};

static SERVICE: Service = Service::new("cvm", "2017-03-12", "cvm.tencentcloudapi.com");

/// Number of successful calls, and duration of the slowest attempt.
#[derive(Clone, Default)]
struct Statistics(Arc<Mutex<(u32, Duration)>>);

impl Observer for Statistics {
    fn after(&self, attempt: &Attempt<'_>, outcome: Result<&str, &tc3::Error>) {
        let mut statistics = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        statistics.0 += u32::from(outcome.is_ok());
        statistics.1 = statistics.1.max(attempt.elapsed);
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Vec::from_iter(env::args().skip(1));
    let [redis, endpoint, processes] = &arguments[..] else {
        return Err("usage: tc3-redis-rate-limiter REDIS-URL ENDPOINT PROCESSES".into());
    };
    let statistics = Statistics::default();
    let limiter = RedisRateLimiter::new(redis, "example", processes.parse()?)?;
    let client: Client = Client::builder(&SERVICE)
        .credential(Credential::new("AKIDexample", "example"))
        .endpoint(endpoint)
        .no_proxy()
        .action_rate_limit("DescribeZones", 20.0)
        .rate_limiter(Arc::new(limiter))
        .observer(statistics.clone())
        .build()?;
    let parameters: Json = "{}".parse()?;
    for _ in 0..25 {
        let (client, parameters) = (client.clone(), parameters.clone());
        tokio::spawn(async move {
            loop {
                if let Err(error) = client.call("DescribeZones", parameters.clone()).await {
                    eprintln!("{error}");
                }
            }
        });
    }
    stdin().read_to_end(&mut Vec::new()).await?;
    let (calls, slowest) = *statistics.0.lock().unwrap_or_else(PoisonError::into_inner);
    println!("{calls} {}", slowest.as_millis());
    Ok(())
}
