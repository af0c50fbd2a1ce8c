//! Checks that four processes together keep a rate shared through Redis, also before Redis is available, while it is not,
//! and afterwards.

use std::{
    io::{self, BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{self, Child, Command, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

const PROCESSES: usize = 4;

/// Rate of the action in calls per second.
const RATE: usize = 20;

/// A process that is killed at the end of the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Whether Redis is installed.
fn has_redis() -> bool {
    let mut command = Command::new("redis-server");
    let started = command.arg("--version").stdout(Stdio::null()).status();
    !started.is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
}

/// Returns a free port below 32768. Systems assign higher ones to clients, so one could be taken before Redis listens on it.
fn free_port() -> u16 {
    let first = 20_000 + u16::try_from(process::id() % 10_000).unwrap();
    let is_free = |port: &u16| TcpListener::bind(("127.0.0.1", *port)).is_ok();
    (first..32_768).find(is_free).expect("a free port")
}

/// Starts Redis and waits until it accepts connections.
fn redis(folder: &Path, port: u16) -> Running {
    let child = Command::new("redis-server")
        .args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
        .args(["--port", &port.to_string(), "--dir"])
        .arg(folder)
        .stdout(Stdio::null())
        .spawn();
    let mut running = Running(child.unwrap());
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        let ended = running.0.try_wait().unwrap();
        assert!(ended.is_none(), "redis-server ended: {ended:?}");
        thread::sleep(Duration::from_millis(20));
    }
    running
}

type Arrivals = Arc<Mutex<Vec<Instant>>>;

/// Starts a service that records the time of each complete request, and returns its endpoint.
fn service(arrivals: Arrivals) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let arrivals = Arc::clone(&arrivals);
            thread::spawn(move || respond(stream, &arrivals));
        }
    });
    endpoint
}

/// Responds to the requests of a connection until the client closes it.
fn respond(mut stream: TcpStream, arrivals: &Mutex<Vec<Instant>>) -> io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    loop {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 {
                return Ok(());
            }
            let line = line.trim_end().to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
        }
        reader.read_exact(&mut vec![0; length])?;
        arrivals.lock().unwrap().push(Instant::now());
        let body = r#"{"Response":{"RequestId":"1"}}"#;
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length";
        stream.write_all(format!("{head}: {}\r\n\r\n{body}", body.len()).as_bytes())?;
    }
}

/// Waits for a number of further requests.
fn wait_for_requests(arrivals: &Arrivals, requests: usize) {
    let count = || arrivals.lock().unwrap().len();
    let (until, deadline) = (
        count() + requests,
        Instant::now() + Duration::from_secs(180),
    );
    while count() < until {
        assert!(
            Instant::now() < deadline,
            "no progress: {} of {until}",
            count()
        );
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn processes_together_keep_the_rate() {
    if !has_redis() {
        println!("not tested: redis-server is not installed; install it, for example with apt-get");
        return;
    }
    let (folder, port) = (tempfile::tempdir().unwrap(), free_port());
    let arrivals = Arrivals::default();
    let endpoint = service(Arc::clone(&arrivals));
    let mut processes = Vec::from_iter((0..PROCESSES).map(|_| {
        let child = Command::new(env!("CARGO_BIN_EXE_tc3-redis-rate-limiter"))
            .args([&format!("redis://127.0.0.1:{port}"), &endpoint])
            .arg(PROCESSES.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        Running(child.unwrap())
    }));
    // Each number is greater than that of calls that are already admitted when Redis becomes available or unavailable.
    wait_for_requests(&arrivals, 2 * RATE);
    let server = redis(folder.path(), port);
    wait_for_requests(&arrivals, 3 * RATE);
    drop(server);
    wait_for_requests(&arrivals, 2 * RATE);
    let server = redis(folder.path(), port);
    wait_for_requests(&arrivals, 2 * RATE);

    let mut slowest = 0;
    for process in &mut processes {
        drop(process.0.stdin.take());
        let mut printed = String::new();
        let stdout = process.0.stdout.as_mut().unwrap();
        stdout.read_to_string(&mut printed).unwrap();
        let (calls, millis) = printed.trim_end().split_once(' ').unwrap();
        assert!(
            calls.parse::<usize>().unwrap() > 0,
            "a process made no calls"
        );
        slowest = slowest.max(millis.parse().unwrap());
    }
    drop(server);
    // On a busy machine, a request may need more than a second to reach the service. Then the rate is not guaranteed.
    if slowest >= 500 {
        println!("not checked: the machine is so busy that an attempt took {slowest} ms");
        return;
    }
    let mut arrivals = arrivals.lock().unwrap().clone();
    arrivals.sort();
    for requests in arrivals.windows(RATE + 1) {
        let time = requests[RATE] - requests[0];
        assert!(
            time >= Duration::from_secs(1),
            "{} requests in {time:?}",
            RATE + 1
        );
    }
}
