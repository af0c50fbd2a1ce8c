//! Malformed input. It must not affect the process or other connections.

use std::io::ErrorKind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;
use tc3_emulator::Emulator;

use super::raw::{Connection, READ_TIMEOUT, Response};
use super::signed::Request;
use super::world::{builder, send, start, start_shop, start_with_large_response, valid_request};

/// An emulator that receives malformed input, and a connection of another client.
struct Attack {
    emulator: Emulator,
    other: Connection,
}

impl Attack {
    fn new() -> Self {
        let emulator = start_shop();
        let mut other = Connection::open(&emulator);
        other.exchange(valid_request().bytes()).accepted();
        Self { emulator, other }
    }

    /// Sends bytes, closes the sending side, and returns all responses. Checks that the other client is served meanwhile and
    /// afterwards.
    #[track_caller]
    fn send(&mut self, bytes: &[u8]) -> Vec<Response> {
        let mut connection = Connection::open(&self.emulator);
        // The emulator may close the connection before it has read everything.
        let _ = connection.try_send(bytes);
        self.other.exchange(valid_request().bytes()).accepted();
        connection.try_finish();
        let mut responses = Vec::new();
        while let Some(response) = connection.receive() {
            responses.push(response);
        }
        self.other.exchange(valid_request().bytes()).accepted();
        responses
    }

    /// Checks the response statuses, and that the connection is closed.
    #[track_caller]
    fn check(&mut self, bytes: impl AsRef<[u8]>, statuses: &[u16]) {
        let bytes = bytes.as_ref();
        let responses = self.send(bytes);
        let found: Vec<u16> = responses.iter().map(|response| response.status).collect();
        let start = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
        assert_eq!(found, statuses, "{start}");
    }
}

#[test]
fn non_http_input_is_rejected() {
    let mut attack = Attack::new();
    for (bytes, statuses) in [
        ("", &[][..]),
        ("\r\n\r\n", &[]),
        ("GET", &[]),
        ("GET /\r\n\r\n", &[400]),
        ("GET / HTTP/1.1", &[]),
        ("GET / HTTP/9.9\r\n\r\n", &[400]),
        ("GET / HTP/1.1\r\n\r\n", &[400]),
        ("GET  / HTTP/1.1\r\n\r\n", &[400]),
        ("G\u{1}T / HTTP/1.1\r\n\r\n", &[400]),
        (" / HTTP/1.1\r\n\r\n", &[400]),
        ("GET / HTTP/1.1\r\nNo colon\r\n\r\n", &[400]),
        ("GET / HTTP/1.1\r\n: no name\r\n\r\n", &[400]),
        ("GET / HTTP/1.1\r\nA b: space\r\n\r\n", &[400]),
        ("GET / HTTP/1.1\r\nA : space\r\n\r\n", &[400]),
        ("GET / HTTP/1.1\r\nA: \0\r\n\r\n", &[400]),
        ("GET / HTTP/1.1\r\nA: b\r\n folded\r\n\r\n", &[400]),
        ("GET / HTTP/1.1\rA: b\r\r", &[400]),
        ("GET http:// HTTP/1.1\r\n\r\n", &[400]),
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", &[]),
        ("\x16\x03\x01\x02\x00\x01\x00\x01\u{fc}\x03\x03", &[400]),
    ] {
        attack.check(bytes, statuses);
    }
}

#[test]
fn unusual_requests_get_a_response() {
    let mut attack = Attack::new();
    for bytes in [
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "GET /%00/%ff HTTP/1.1\r\n\r\n",
        "GET /?%00&=&%zz HTTP/1.1\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
        "GET / HTTP/1.1\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n",
    ] {
        let responses = attack.send(bytes.as_bytes());
        assert_eq!(responses.len(), 1, "{bytes}");
        assert_eq!(responses[0].status, 200);
        assert!(responses[0].error().is_some(), "{}", responses[0].text());
    }
    // A tunnel request to a proxy.
    attack.send(b"CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n");
}

#[test]
fn invalid_content_length_is_rejected() {
    let mut attack = Attack::new();
    let post = |headers: &str, body: &str| {
        format!("POST / HTTP/1.1\r\nHost: x\r\n{headers}\r\n\r\n{body}")
    };
    for (headers, statuses) in [
        ("Content-Length: x", &[400][..]),
        ("Content-Length: -1", &[400]),
        ("Content-Length: +2", &[400]),
        ("Content-Length: 99999999999999999999", &[400]),
        ("Content-Length: 2\r\nContent-Length: 3", &[400]),
        ("Content-Length: 2, 3", &[400]),
        ("Transfer-Encoding: gzip", &[400]),
        ("Transfer-Encoding: chunked, gzip", &[400]),
        // The rest of the body never arrives.
        ("Content-Length: 10", &[]),
        // Rejected before the body is read.
        ("Content-Length: 18446744073709551615", &[431]),
        ("Content-Length: 1000000000000", &[200]),
        // Bytes after the body are not a request.
        ("Content-Length: 1", &[200, 400]),
    ] {
        attack.check(post(headers, "{}"), statuses);
    }
}

/// Encodes a request body in chunks.
fn chunked(body: &str) -> Vec<u8> {
    let request = valid_request().with("Transfer-Encoding", "chunked");
    [request.head().as_bytes(), body.as_bytes()].concat()
}

#[test]
fn chunked_body_is_assembled() {
    let mut attack = Attack::new();
    for body in [
        "b\r\n{\"Limit\":7}\r\n0\r\n\r\n",
        "1\r\n{\r\n9\r\n\"Limit\":7\r\n1\r\n}\r\n0\r\n\r\n",
        "B;name=value\r\n{\"Limit\":7}\r\n0;x\r\n\r\n",
        "000b\r\n{\"Limit\":7}\r\n000\r\nX-Trailer: x\r\n\r\n",
    ] {
        let responses = attack.send(&chunked(body));
        assert_eq!(responses.len(), 1, "{body:?}");
        responses[0].accepted();
    }
    let requests = attack.emulator.requests();
    assert!(
        requests
            .iter()
            .all(|request| request.body == r#"{"Limit":7}"#)
    );
}

#[test]
fn invalid_chunks_close_the_connection() {
    let mut attack = Attack::new();
    for body in [
        "",
        "\r\n",
        "x\r\n",
        "-1\r\n",
        "b\r\n{\"Limit\":7}",
        "b\r\n{\"Limit\":7}\r\n",
        "b\r\n{\"Limit\":7}xx0\r\n\r\n",
        "c\r\n{\"Limit\":7}\r\n0\r\n\r\n",
        "ffffffffffffffff\r\n{}\r\n0\r\n\r\n",
        "fffffffffffffffff\r\n{}\r\n0\r\n\r\n",
    ] {
        attack.check(chunked(body), &[]);
    }
    let endless = format!("1;{}", "x".repeat(1_000_000));
    attack.check(chunked(&endless), &[]);
}

#[test]
fn chunked_body_is_limited() {
    let mut attack = Attack::new();
    let mut body = String::new();
    for _ in 0..11 {
        body += &format!("100000\r\n{}\r\n", "x".repeat(1 << 20));
    }
    let responses = attack.send(&chunked(&format!("{body}0\r\n\r\n")));
    responses[0].refused("RequestSizeLimitExceeded");
}

#[test]
fn endless_head_is_rejected() {
    let mut attack = Attack::new();
    let line = |length: usize| format!("GET /?{} HTTP/1.1\r\n\r\n", "x".repeat(length));
    let many = |count: usize| format!("GET / HTTP/1.1\r\n{}\r\n", "A: b\r\n".repeat(count));
    let large = |length: usize| format!("GET / HTTP/1.1\r\nA: {}\r\n\r\n", "x".repeat(length));
    for head in [
        line(100_000),
        line(10 << 20),
        many(10_000),
        many(1_000_000),
        large(10 << 20),
        "x".repeat(10 << 20),
    ] {
        // Closing with unread input may reset the connection and lose the response.
        for response in attack.send(head.as_bytes()) {
            assert!(
                [400, 414, 431].contains(&response.status),
                "{}",
                response.status
            );
        }
    }
    // None of these reached the gateway.
    let requests = attack.emulator.requests();
    assert!(requests.iter().all(|request| request.code.is_none()));
}

#[test]
fn deeply_nested_json() {
    let mut attack = Attack::new();
    let deep = |open: &str, close: &str, depth: usize| {
        let value = format!("{}1{}", open.repeat(depth), close.repeat(depth));
        Request::post("WeighThing", format!(r#"{{"Unknown":{value}}}"#)).bytes()
    };
    let code = |attack: &mut Attack, request: &[u8]| {
        let responses = attack.send(request);
        responses[0].error().map(|(code, _)| code)
    };
    let shallow = deep("[", "]", 50);
    assert_eq!(code(&mut attack, &shallow), None);
    for depth in [1_000, 100_000, 1_000_000] {
        for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
            let found = code(&mut attack, &deep(open, close, depth));
            assert_eq!(found.as_deref(), Some("InvalidParameter"), "{depth}");
        }
    }
    let query = format!("Unknown{}=x", ".a".repeat(10_000));
    let found = code(&mut attack, &Request::get("WeighThing", &query).bytes());
    assert_eq!(found.as_deref(), Some("InvalidParameter"));
}

#[test]
fn half_closed_client_gets_response() {
    let mut attack = Attack::new();
    let responses = attack.send(&valid_request().bytes());
    assert_eq!(responses.len(), 1);
    responses[0].accepted();
}

#[test]
fn truncated_request_is_closed() {
    let mut attack = Attack::new();
    let whole = valid_request().bytes();
    for length in (0..whole.len()).step_by(7).chain([whole.len() - 1]) {
        attack.check(&whole[..length], &[]);
    }
    // None of these actions ran.
    let requests = attack.emulator.requests();
    assert_eq!(requests.len() as u64, requests.last().unwrap().number);
    assert!(
        requests
            .iter()
            .all(|request| request.head == valid_request().head())
    );
}

#[test]
fn client_disconnects_before_response() {
    let mut attack = Attack::new();
    for _ in 0..50 {
        let mut connection = Connection::open(&attack.emulator);
        connection.send(valid_request().bytes());
        drop(connection);
        attack.other.exchange(valid_request().bytes()).accepted();
    }
}

#[test]
fn silent_client_times_out() {
    let emulator = start(builder().timeout(Duration::from_secs(2)));
    let whole = valid_request().bytes();
    let head = valid_request().head().len();
    let lengths = [0, 1, head / 2, head - 1, head, whole.len() - 1];
    let mut connections = lengths.map(|length| {
        let mut connection = Connection::open(&emulator);
        connection.send(&whole[..length]);
        connection
    });
    // A connection without a second request.
    let mut idle = Connection::open(&emulator);
    idle.exchange(&whole).accepted();
    for (connection, length) in connections.iter_mut().zip(lengths) {
        assert_eq!(connection.end(), 0, "after {length} bytes");
    }
    assert_eq!(idle.end(), 0);
}

#[test]
fn client_without_reading_times_out() {
    // A response larger than the socket buffers.
    let builder = builder().timeout(Duration::from_secs(2));
    let (emulator, request) = start_with_large_response(builder, 32 << 20);
    let mut client = Connection::open(&emulator);
    client.send(request.bytes());
    // Sending to a closed connection fails eventually.
    let deadline = Instant::now() + READ_TIMEOUT;
    let error = loop {
        send(&emulator, &valid_request()).accepted();
        match client.try_send(b"\r\n") {
            Ok(()) => assert!(Instant::now() < deadline, "the connection is never closed"),
            Err(error) => break error.kind(),
        }
        // Without a pause, the loop would only fill the send buffer.
        thread::sleep(Duration::from_millis(5));
    };
    assert!(
        [ErrorKind::BrokenPipe, ErrorKind::ConnectionReset].contains(&error),
        "{error}"
    );
}

#[test]
fn three_hundred_idle_connections() {
    let mut attack = Attack::new();
    let mut idle: Vec<Connection> = (0..300)
        .map(|_| Connection::open(&attack.emulator))
        .collect();
    for connection in idle.iter_mut().step_by(3) {
        connection.send(&valid_request().bytes()[..40]);
    }
    attack.other.exchange(valid_request().bytes()).accepted();
    send(&attack.emulator, &valid_request()).accepted();
    for (number, connection) in idle.iter_mut().enumerate() {
        let sent = if number % 3 == 0 { 40 } else { 0 };
        connection
            .exchange(&valid_request().bytes()[sent..])
            .accepted();
    }
    attack.other.exchange(valid_request().bytes()).accepted();
}

#[test]
fn pipelined_requests_are_served_in_order() {
    let mut attack = Attack::new();
    let request = |number: usize| match number % 3 {
        0 => valid_request().with("X-TC-TraceId", &number.to_string()),
        1 => Request::get("FindThings", "Limit=1").with("X-TC-TraceId", &number.to_string()),
        _ => valid_request()
            .with("X-TC-TraceId", &number.to_string())
            .authorization(""),
    };
    let bytes: Vec<u8> = (0..150)
        .flat_map(|number| request(number).bytes())
        .collect();
    let responses = attack.send(&bytes);
    assert_eq!(responses.len(), 150);
    for (number, response) in responses.iter().enumerate() {
        assert_eq!(
            response.header("x-tc-traceid"),
            Some(number.to_string().as_str())
        );
        assert_eq!(response.error().is_some(), number % 3 == 2, "{number}");
    }
}

/// Pseudorandom generator with the same output in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit
    }
}

#[test]
fn fixed_pseudorandom_bytes() {
    let mut attack = Attack::new();
    let mut random = Random(0x5eed_0001);
    for _ in 0..150 {
        let length = random.below(3000);
        let bytes: Vec<u8> = (0..length).map(|_| random.below(256) as u8).collect();
        for response in attack.send(&bytes) {
            assert_eq!(response.status, 400);
        }
    }
}

#[test]
fn fixed_pseudorandom_mutations() {
    let mut attack = Attack::new();
    let mut random = Random(0x5eed_0002);
    let (mut handled, mut rejected) = (0, 0);
    for _ in 0..300 {
        let mut bytes = valid_request()
            .with("X-TC-Token", "")
            .signing("content-type;host")
            .bytes();
        for _ in 0..=random.below(4) {
            let at = random.below(bytes.len());
            match random.below(3) {
                0 => bytes[at] = random.below(256) as u8,
                1 => bytes.insert(at, random.below(256) as u8),
                _ => drop(bytes.remove(at)),
            }
        }
        for response in attack.send(&bytes) {
            if response.status == 200 {
                response.content();
                handled += 1;
            } else {
                rejected += 1;
            }
        }
    }
    // The mutations must produce both valid and invalid requests.
    assert!(handled > 50 && rejected > 20, "{handled} and {rejected}");
}

#[test]
fn concurrent_valid_and_malformed_requests() {
    let emulator = start_shop();
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        let clients: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let mut connection = Connection::open(&emulator);
                    let mut served = 0;
                    while !is_over.load(Ordering::Relaxed) || served < 20 {
                        connection.exchange(valid_request().bytes()).accepted();
                        served += 1;
                    }
                })
            })
            .collect();
        for round in 0..40 {
            let mut connection = Connection::open(&emulator);
            let bytes = match round % 4 {
                0 => vec![b'x'; 1 << 20],
                1 => valid_request().bytes()[..100].to_vec(),
                2 => Request::post("WeighThing", "[".repeat(100_000)).bytes(),
                _ => valid_request().bytes().repeat(20),
            };
            let _ = connection.try_send(&bytes);
            connection.try_finish();
            connection.end();
        }
        is_over.store(true, Ordering::Relaxed);
        for thread in clients {
            thread.join().expect("every request gets a response");
        }
    });
    let listed = Connection::open(&emulator).exchange(format!(
        "GET /emulator/clock HTTP/1.1\r\nHost: {}\r\n\r\n",
        emulator.address()
    ));
    assert_eq!(listed.json()["clock"], json!({ "stopped": emulator.now() }));
}

/// Without a limit, a header of 100 KB listed thousands of times would expand to gigabytes.
#[test]
fn signed_header_list_is_bounded() {
    let mut attack = Attack::new();
    let endless: String = (0..20_000).map(|number| format!(";h{number}")).collect();
    for (names, problem) in [
        (";host".repeat(20_000), "is repeated"),
        (endless, "more than 100"),
    ] {
        let authorization = format!(
            "TC3-HMAC-SHA256 Credential=AKIDTEST/2024-02-29/shop/tc3_request, SignedHeaders=content-type{names}, Signature=00"
        );
        let request = valid_request().authorization(&authorization);
        let message = send(&attack.emulator, &request).refused("AuthFailure.InvalidAuthorization");
        assert!(message.contains(problem), "{message}");
        attack.other.exchange(valid_request().bytes()).accepted();
    }
}
