//! Load test over HTTP and TLS: `cargo bench -p tc3-emulator --bench load`.
//!
//! 32 clients, one connection each, read the mailboxes of 50 members; every tenth call changes one. Prints calls per
//! second, CPU time per call on both sides, and the emulator's memory after each quarter. Fails if a call fails or memory
//! grows. The same calls then go to a baseline server that returns a fixed response with the same HTTP library. CPU time
//! is also reported as a multiple of the baseline, which varies less between machines than microseconds.
//!
//! Both servers run in separate processes, so their CPU time and memory are measured apart from the clients'. The figures
//! come from `/proc` and are available on Linux only.

use std::{
    collections::BTreeSet,
    convert::Infallible,
    env, fs,
    io::{self, BufRead as _, Read as _},
    process::{Child, Command, ExitCode, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use http_body_util::{BodyExt as _, Full};
use hyper::{
    Request, Response,
    body::Incoming,
    header::{CONTENT_TYPE, HeaderValue, SERVER},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use rcgen::{CertificateParams, KeyPair};
use serde_json::json;
use tc3_emulator::{Bytes, Emulator, Seed};
use tencentcloud_organization::{
    tc3::{Credential, Error, RateLimit, Retry},
    v20210331::Client,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpListener,
    task::JoinSet,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::ring, pki_types::PrivatePkcs8KeyDer},
};

/// The environment variable that selects the server to run.
const SERVE: &str = "TC3_BENCH_SERVE";

const CONNECTIONS: u64 = 32;
const MEMBERS: u64 = 50;

/// The number of the first member and its binding. The others follow.
const FIRST: u64 = 100_000_000_100;

/// One call in this many is a write.
const WRITES: u64 = 10;

/// The size of the emulator's outbox, which is larger than its request log.
const OUTBOX: u64 = 10_000;

/// The maximum ratio of memory after the last quarter to memory after the first.
const MAX_GROWTH: f64 = 1.2;

/// The response of the baseline server, the same as most of the emulator's.
const RESPONSE: &str = r#"{"Response":{"BindId":100000000100,"ApplyTime":"2025-03-06 17:08:36","Email":"100000000100.12345@example.com","Phone":"13000000000","BindStatus":"Valid","BindTime":"","Description":"","PhoneBind":0,"CountryCode":"86","RequestId":"b46d2afe-6893-4529-bc96-2c82d9214957"}}"#;

fn main() -> ExitCode {
    if let Some(server) = env::var_os(SERVE) {
        match server.to_str() {
            Some("emulator") => emulate(false),
            Some("emulator-tls") => emulate(true),
            Some("baseline") => serve_baseline(false),
            _ => serve_baseline(true),
        }
        return ExitCode::SUCCESS;
    }
    if cpu_seconds("self").is_none() {
        println!("this system does not report the CPU time and memory of a process");
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let mut is_within = true;
    for (name, emulator, baseline) in [
        ("HTTP", "emulator", "baseline"),
        ("TLS", "emulator-tls", "baseline-tls"),
    ] {
        println!("over {name}:");
        is_within &= runtime.block_on(compare(emulator, baseline));
    }
    if is_within {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Measures and prints the emulator and the baseline; returns `false` if a call failed or memory grew.
async fn compare(emulator: &str, baseline: &str) -> bool {
    let second = Duration::from_secs(1);
    let server = Running::start(emulator);
    let load = Load::new(&server, true);
    // Bounded buffers are filled first. Each write sends a message.
    let full = load.run(&server, 60 * second, OUTBOX + 1000, 1).await;
    let warm = load.run(&server, 2 * second, u64::MAX, WRITES).await;
    let own = load.run(&server, 10 * second, 1_000_000, WRITES).await;
    drop(server);

    let server = Running::start(baseline);
    let load = Load::new(&server, false);
    let baseline_warm = load.run(&server, 2 * second, u64::MAX, WRITES).await;
    let floor = load.run(&server, 60 * second, own.calls, WRITES).await;
    drop(server);

    own.print("the emulator");
    floor.print("the baseline server");
    if let (Some(own), Some(floor)) = (own.server_cpu, floor.server_cpu) {
        println!(
            "  a call takes {:.2} times the CPU time of the baseline server",
            own / floor
        );
    }
    let growth = own.print_memory(&full, &warm);

    let runs = [full, warm, own, baseline_warm, floor];
    let failures: u64 = runs.iter().map(|run| run.failures).sum();
    println!("  {failures} calls failed");
    let grows = growth.is_some_and(|growth| growth > MAX_GROWTH);
    if grows {
        println!("  memory must not grow by more than a factor of {MAX_GROWTH}");
    }
    failures == 0 && !grows
}

/// The target and the clients of a run.
struct Load {
    clients: Vec<Client>,
    /// Whether responses must match the requested member.
    checks_members: bool,
    /// Numbers the mail addresses, which are new for each write.
    addresses: Arc<AtomicU64>,
}

/// The results of a run.
#[derive(Default)]
struct Run {
    calls: u64,
    failures: u64,
    seconds: f64,
    /// The connections open at the end of a quarter.
    connections: Option<usize>,
    /// CPU microseconds per call.
    client_cpu: Option<f64>,
    server_cpu: Option<f64>,
    /// The server's memory at the end of each quarter, in KiB.
    memory: Vec<u64>,
}

/// The phase of a run.
#[derive(Default)]
struct Progress {
    started: AtomicU64,
    done: AtomicU64,
    failed: AtomicU64,
    /// The time is over.
    is_over: AtomicBool,
}

/// One of the calling tasks.
struct Caller {
    client: Client,
    progress: Arc<Progress>,
    addresses: Arc<AtomicU64>,
    checks_members: bool,
    /// The maximum number of calls of all tasks.
    limit: u64,
    /// One call in this many is a write.
    writes: u64,
}

impl Load {
    fn new(server: &Running, checks_members: bool) -> Self {
        // A client reuses its idle connection, so 32 clients have 32 connections.
        let clients = (0..CONNECTIONS).map(|_| server.client()).collect();
        Self {
            clients,
            checks_members,
            addresses: Arc::default(),
        }
    }

    /// Runs for a time or a number of calls; one in `writes` is a write.
    async fn run(&self, server: &Running, time: Duration, limit: u64, writes: u64) -> Run {
        let progress = Arc::new(Progress::default());
        let before = (cpu_seconds("self"), server.cpu_seconds());
        let begin = Instant::now();
        let mut tasks = JoinSet::new();
        for client in &self.clients {
            let caller = Caller {
                client: client.clone(),
                progress: Arc::clone(&progress),
                addresses: Arc::clone(&self.addresses),
                checks_members: self.checks_members,
                limit,
                writes,
            };
            tasks.spawn(caller.run());
        }
        let mut run = Run::default();
        let mut connections = Some(BTreeSet::new());
        for quarter in 1..=4 {
            while begin.elapsed() < time * quarter / 4
                && progress.done.load(Ordering::Relaxed) < limit / 4 * u64::from(quarter)
            {
                // Polling more often would disturb the measurement.
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            run.memory.extend(server.memory());
            connections = connections
                .zip(server.connections())
                .map(|(seen, more)| &seen | &more);
        }
        // Waits for the last calls in flight.
        progress
            .is_over
            .store(begin.elapsed() >= time, Ordering::Relaxed);
        while let Some(ended) = tasks.join_next().await {
            ended.expect("no task panics");
        }
        run.seconds = begin.elapsed().as_secs_f64();
        run.calls = progress.done.load(Ordering::Relaxed);
        run.failures = progress.failed.load(Ordering::Relaxed);
        run.connections = connections.map(|seen| seen.len());
        let per_call = |before: Option<f64>, after: Option<f64>| {
            Some((after? - before?) * 1e6 / run.calls as f64)
        };
        run.client_cpu = per_call(before.0, cpu_seconds("self"));
        run.server_cpu = per_call(before.1, server.cpu_seconds());
        run
    }
}

impl Caller {
    async fn run(self) {
        let progress = &self.progress;
        while !progress.is_over.load(Ordering::Relaxed) {
            let number = progress.started.fetch_add(1, Ordering::Relaxed);
            if number >= self.limit {
                return;
            }
            let member = FIRST + number % MEMBERS;
            // Not `number % writes`, which would change only a few members.
            let called = if number / MEMBERS % self.writes == number % self.writes {
                self.change(member).await
            } else {
                self.describe(member).await
            };
            progress.done.fetch_add(1, Ordering::Relaxed);
            if let Err(problem) = called
                && progress.failed.fetch_add(1, Ordering::Relaxed) == 0
            {
                println!("  a call failed: {problem}");
            }
        }
    }

    async fn describe(&self, member: u64) -> Result<(), String> {
        let call = self.client.describe_organization_member_email_bind();
        let response = call
            .member_uin(signed(member))
            .send()
            .await
            .map_err(message)?;
        if self.checks_members && response.bind_id != Some(member) {
            return Err(format!(
                "the response for {member} belongs to {:?}",
                response.bind_id
            ));
        }
        match response.bind_status.as_deref() {
            Some("Valid" | "Success") => Ok(()),
            other => Err(format!("the mailbox of {member} is {other:?}")),
        }
    }

    async fn change(&self, member: u64) -> Result<(), String> {
        let number = self.addresses.fetch_add(1, Ordering::Relaxed);
        let call = self.client.update_organization_member_email_bind();
        call.member_uin(signed(member))
            .bind_id(signed(member))
            .email(format!("{member}.{number}@example.com"))
            .country_code("86")
            .phone("13000000000")
            .send()
            .await
            .map_err(message)?;
        Ok(())
    }
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).expect("a small number")
}

fn message(error: Error) -> String {
    error.to_string()
}

impl Run {
    fn print(&self, name: &str) {
        let rate = self.calls as f64 / self.seconds;
        println!(
            "  {name}: {} calls in {:.1} s, {rate:.0} a second",
            self.calls, self.seconds
        );
        if let (Some(client), Some(server)) = (self.client_cpu, self.server_cpu) {
            println!(
                "    CPU microseconds a call: {client:.1} of the clients, {server:.1} of the server"
            );
        }
        match self.connections {
            Some(connections) => println!("    by {connections} connections"),
            None => println!("    by {CONNECTIONS} clients; number of connections unknown"),
        }
    }

    /// Prints the memory of all runs, and returns the ratio of the end of this run to its first quarter.
    fn print_memory(&self, full: &Self, warm: &Self) -> Option<f64> {
        let (first, last) = (*self.memory.first()?, *self.memory.last()?);
        let growth = last as f64 / first as f64;
        println!(
            "  memory in KiB: {} after the buffers are full, {} after the warm-up, then by quarters {:?}: {growth:.3} times",
            full.memory.last()?,
            warm.memory.last()?,
            self.memory
        );
        Some(growth)
    }
}

/// A server in a separate process.
struct Running {
    process: Child,
    endpoint: String,
    /// The certificate to trust, in PEM; empty without TLS.
    authority: String,
}

impl Running {
    fn start(server: &str) -> Self {
        let mut process = Command::new(env::current_exe().expect("this program"))
            .env(SERVE, server)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let output = process.stdout.take().expect("its output");
        let mut lines = io::BufReader::new(output).lines().map_while(Result::ok);
        let endpoint = lines.next().expect("its address");
        let authority: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
        Self {
            process,
            endpoint,
            authority: authority.join("\n"),
        }
    }

    fn client(&self) -> Client {
        let mut builder = Client::builder()
            .credential(Credential::new(Seed::SECRET_ID, Seed::SECRET_KEY))
            .endpoint(&self.endpoint)
            .no_proxy()
            .rate_limit(RateLimit::off())
            // A retry would hide a failure.
            .retry(Retry::never());
        if !self.authority.is_empty() {
            builder = builder.only_root_certificates(self.authority.as_bytes());
        }
        builder.build().expect("valid settings")
    }

    fn cpu_seconds(&self) -> Option<f64> {
        cpu_seconds(&self.process.id().to_string())
    }

    /// Returns the private memory of the process, in KiB.
    fn memory(&self) -> Option<u64> {
        let text = fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.trim().strip_suffix(" kB")?.parse().ok()
    }

    /// Returns the peer addresses of the server's connections.
    fn connections(&self) -> Option<BTreeSet<String>> {
        const ESTABLISHED: &str = "01";
        let port: u16 = self.endpoint.rsplit_once(':')?.1.parse().ok()?;
        let local = format!(":{port:04X}");
        let text = fs::read_to_string("/proc/net/tcp").ok()?;
        let lines = text
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>());
        Some(
            lines
                .filter_map(|fields| match fields.as_slice() {
                    [_, own, other, ESTABLISHED, ..] if own.ends_with(&local) => {
                        Some((*other).to_owned())
                    }
                    _ => None,
                })
                .collect(),
        )
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // The process may already have ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Returns the CPU time of a process (a PID or `self`), all threads included.
fn cpu_seconds(process: &str) -> Option<f64> {
    let mut nanoseconds = 0.0;
    for thread in fs::read_dir(format!("/proc/{process}/task")).ok()? {
        let text = fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        nanoseconds += text.split(' ').next()?.parse::<f64>().ok()?;
    }
    Some(nanoseconds / 1e9)
}

/// Prints the endpoint of a server, and runs until the parent process ends.
fn announce(endpoint: &str, authority: &str) {
    println!("{endpoint}\n{}\n", authority.trim());
    // The parent writes nothing; end of input means that it ended.
    let _ = io::stdin().read(&mut [0]);
}

/// Returns an emulator of an organization whose members have mailboxes with unlimited updates.
fn emulate(tls: bool) {
    let numbers = FIRST..FIRST + MEMBERS;
    let members: Vec<_> = numbers
        .map(|number| {
            let binding = json!({
                "id": number,
                "email": format!("{number}@example.com"),
                "country_code": "86",
                "phone": "13000000000",
                "outcome": { "bound": 0 },
            });
            json!({ "uin": number, "bindings": [binding] })
        })
        .collect();
    let seed = json!({
        "callers": [{ "secret_id": Seed::SECRET_ID, "secret_key": Seed::SECRET_KEY, "uin": Seed::ADMIN }],
        "limits": { "updates": u32::MAX, "members_a_phone": MEMBERS },
        "organizations": [{ "id": 1, "admin": Seed::ADMIN, "members": members }],
    });
    let seed = Seed::from_json(&seed.to_string(), "seed".as_ref()).expect("a seed");
    let mut builder = Emulator::builder().seed(seed).rate_limits(false);
    if tls {
        builder = builder.tls();
    }
    let emulator = builder.start_blocking().expect("the emulator starts");
    announce(
        emulator.endpoint(),
        emulator.authority().unwrap_or_default(),
    );
}

/// Returns a fixed response to all requests, on one thread like the emulator.
fn serve_baseline(tls: bool) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let (acceptor, authority) = tls.then(identity).unzip();
    let listener = runtime
        .block_on(TcpListener::bind("127.0.0.1:0"))
        .expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || runtime.block_on(accept(listener, acceptor)));
    let scheme = if tls { "https" } else { "http" };
    announce(
        &format!("{scheme}://{address}"),
        &authority.unwrap_or_default(),
    );
}

async fn accept(listener: TcpListener, acceptor: Option<TlsAcceptor>) {
    while let Ok((stream, _)) = listener.accept().await {
        let acceptor = acceptor.clone();
        tokio::spawn(async move {
            // Same as the emulator.
            let _ = stream.set_nodelay(true);
            match acceptor {
                None => serve(stream).await,
                Some(acceptor) => serve(acceptor.accept(stream).await.expect("TLS")).await,
            }
        });
    }
}

async fn serve<S: AsyncRead + AsyncWrite + Unpin>(stream: S) {
    let handler = service_fn(|request: Request<Incoming>| async {
        // An unread body would close the connection.
        let _ = request.into_body().collect().await;
        let mut response = Response::new(Full::new(Bytes::from_static(RESPONSE.as_bytes())));
        let headers = response.headers_mut();
        headers.insert(SERVER, HeaderValue::from_static("tc3-emulator"));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        Ok::<_, Infallible>(response)
    });
    // The connection ends when its client closes it.
    let _ = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), handler)
        .await;
}

/// Creates a self-signed certificate like the emulator's.
fn identity() -> (TlsAcceptor, String) {
    let key = KeyPair::generate().expect("a key");
    let certificate = CertificateParams::new(["127.0.0.1".to_owned()])
        .and_then(|params| params.self_signed(&key))
        .expect("a certificate");
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
        )
        .expect("a configuration");
    (TlsAcceptor::from(Arc::new(config)), certificate.pem())
}
