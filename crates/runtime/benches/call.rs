//! Cost of a call over loopback, compared with a plain POST of the same bytes by hyper-util whose response is read with
//! serde's derives: `cargo bench -p tc3 --bench call`.
//!
//! Prints the ratios of CPU time with 1 and 32 tasks, the CPU seconds of 1000 calls, and the allocations. The server is
//! another process, so that its CPU time is not counted. CPU time is read from `/proc`, which requires Linux.

#[path = "../../protocol/tests/all/messages.rs"]
#[macro_use]
mod messages;

use std::{
    env, fs,
    hint::black_box,
    io::{self, BufRead as _},
    process::{Child, Command, Stdio},
};

use http_body_util::{BodyExt as _, Full};
use hyper_util::{
    client::legacy::{Client as PlainClient, connect::HttpConnector},
    rt::TokioExecutor,
};
use tc3::{
    Action, Client, Credential, Request, Service, UnknownFields,
    transport::{Bytes, http},
};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    runtime::Runtime,
    task::JoinSet,
};

/// Environment variable that makes this program run the server.
const SERVE: &str = "TC3_BENCH_SERVE";

const RESPONSE: &str = r#"{"Response":{"BindId":1234567,"ApplyTime":"2025-03-06 17:08:36","Email":"ada@example.com","Phone":"13000000000","BindStatus":"Success","BindTime":"2025-03-06 17:10:00","Description":"","PhoneBind":1,"CountryCode":"86","RequestId":"b46d2afe-6893-4529-bc96-2c82d9214957"}}"#;

static SERVICE: Service = Service::new("member", "2021-03-31", "member.tencentcloudapi.com");

messages! {
    Describe ["MemberUin"] {
        "MemberUin" member_uin: required i64 = Kind::I64;
    }

    Bind {
        "BindId" bind_id: optional i64 = Kind::I64;
        "ApplyTime" apply_time: optional String = Kind::String;
        "Email" email: optional String = Kind::String;
        "Phone" phone: optional String = Kind::String;
        "BindStatus" bind_status: optional String = Kind::String;
        "BindTime" bind_time: optional String = Kind::String;
        "Description" description: optional String = Kind::String;
        "PhoneBind" phone_bind: optional i64 = Kind::I64;
        "CountryCode" country_code: optional String = Kind::String;
        "RequestId" request_id: required String = Kind::String;
    }
}

/// The same response, for `serde_json`.
#[expect(dead_code, reason = "most fields are only deserialized")]
#[derive(serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
struct DerivedBind {
    bind_id: Option<i64>,
    apply_time: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    bind_status: Option<String>,
    bind_time: Option<String>,
    description: Option<String>,
    phone_bind: Option<i64>,
    country_code: Option<String>,
    request_id: String,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Envelope {
    response: DerivedBind,
}

impl Request for Describe {
    type Response = Bind;
    const ACTION: &'static Action = &Action::new("DescribeBind", &SERVICE);
}

fn main() {
    if env::var_os(SERVE).is_some() {
        return serve();
    }
    let Some(_) = cpu_seconds() else {
        println!("CPU time of a thread is not available on this system");
        return;
    };
    let server = ServerProcess::start();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let client = Client::builder(&SERVICE)
        .credential(Credential::new("AKIDEXAMPLE", "example-key"))
        .endpoint(format!("http://{}", server.address))
        .no_proxy()
        .build()
        .expect("a client");
    let plain = PlainClient::builder(TokioExecutor::new()).build_http();
    let request = || post(&server.address);
    let send = |client: Client| async move { call(&client).await };
    let send_plain = |client: PlainClient<HttpConnector, Full<Bytes>>, request| async move {
        plain_call(&client, request).await
    };

    for tasks in [1, 32] {
        let mut ratios = Vec::new();
        let mut seconds = Vec::new();
        for _ in 0..121 {
            let call = measure(&runtime, tasks, || send(client.clone()));
            let post = measure(&runtime, tasks, || send_plain(plain.clone(), request()));
            ratios.push(call / post);
            seconds.push(call);
        }
        println!(
            "with {tasks} tasks a call takes {:.2} times the CPU of a plain POST, {:.3} CPU seconds for 1000 calls",
            median(ratios),
            median(seconds)
        );
    }
    let call = allocations(&runtime, send(client.clone()));
    let post = allocations(&runtime, send_plain(plain, request()));
    println!(
        "a call allocates {} times, {} bytes; a plain POST {} times, {} bytes",
        call.0, call.1, post.0, post.1
    );
}

async fn call(client: &Client) {
    let request = Describe {
        member_uin: 111_111_111_111,
        extra: UnknownFields::new(),
    };
    let bind = client.send(&request).await.expect("a response");
    assert_eq!(bind.bind_id, Some(1_234_567));
    black_box(&bind.extra);
}

async fn plain_call(
    client: &PlainClient<HttpConnector, Full<Bytes>>,
    request: http::Request<Full<Bytes>>,
) {
    let response = client.request(request).await.expect("a response");
    let body = response
        .into_body()
        .collect()
        .await
        .expect("a body")
        .to_bytes();
    let envelope: Envelope = serde_json::from_slice(&body).expect("JSON");
    assert_eq!(envelope.response.bind_id, Some(1_234_567));
    black_box(&envelope.response);
}

/// Returns a request of the same size, with a fixed signature.
fn post(address: &str) -> http::Request<Full<Bytes>> {
    http::Request::post(format!("http://{address}/"))
        .header("content-type", "application/json")
        .header("user-agent", "tc3/0.1.0 (Rust)")
        .header("authorization", "TC3-HMAC-SHA256 Credential=AKIDEXAMPLE/2026-01-01/member/tc3_request, SignedHeaders=content-type;host;x-tc-action, Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168")
        .header("x-tc-action", "DescribeBind")
        .header("x-tc-version", "2021-03-31")
        .header("x-tc-timestamp", "1551113065")
        .body(Full::new(Bytes::from_static(br#"{"MemberUin":111111111111}"#)))
        .expect("a request")
}

/// Returns the CPU seconds of 1000 calls by this number of concurrent tasks.
fn measure<F: Future<Output = ()> + Send + 'static>(
    runtime: &Runtime,
    tasks: usize,
    call: impl Fn() -> F,
) -> f64 {
    let run = |calls: usize| {
        runtime.block_on(async {
            let mut set = JoinSet::new();
            for _ in 0..calls {
                if set.len() == tasks {
                    set.join_next().await;
                }
                set.spawn(call());
            }
            while let Some(done) = set.join_next().await {
                done.expect("no call panics");
            }
        });
    };
    run(tasks);
    let before = cpu_seconds().unwrap_or_default();
    run(1000);
    cpu_seconds().unwrap_or_default() - before
}

/// Returns the number of allocations of a call, and their bytes.
fn allocations(runtime: &Runtime, call: impl Future<Output = ()>) -> (u64, u64) {
    let info = allocation_counter::measure(|| runtime.block_on(call));
    (info.count_total, info.bytes_total)
}

/// Returns the CPU time of this thread.
fn cpu_seconds() -> Option<f64> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = text.split(' ').next()?.parse().ok()?;
    Some(nanoseconds / 1e9)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Server in its own process.
struct ServerProcess {
    process: Child,
    address: String,
}

impl ServerProcess {
    fn start() -> Self {
        let mut process = Command::new(env::current_exe().expect("this program"))
            .env(SERVE, "1")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let output = process.stdout.take().expect("its output");
        let mut address = String::new();
        io::BufReader::new(output)
            .read_line(&mut address)
            .expect("its address");
        Self {
            process,
            address: address.trim().to_owned(),
        }
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        // It may have exited already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Runs the server, which sends the same response to all requests, on one thread.
fn serve() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        println!("{}", listener.local_addr().expect("an address"));
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(respond(stream));
        }
    });
}

async fn respond(stream: TcpStream) {
    let response = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{RESPONSE}",
        RESPONSE.len()
    );
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    loop {
        let mut length = 0;
        loop {
            line.clear();
            if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
                return;
            }
            if line == "\r\n" {
                break;
            }
            line.make_ascii_lowercase();
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or(0);
            }
        }
        let mut body = vec![0; length];
        let is_read = stream.read_exact(&mut body).await.is_ok();
        if !is_read || stream.write_all(response.as_bytes()).await.is_err() {
            return;
        }
    }
}
