//! Tests of HTTP/2 connections, against a server that sends single frames, so that it can misbehave.

use std::{
    io::{self, Read as _, Write as _},
    net::TcpStream,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use tc3::{ClientBuilder, Error, Phase, Retry};
use tokio_rustls::rustls::{ServerConnection, StreamOwned};

use super::{
    api::{Get, MEMBER, Update},
    server::{Server, tls_stream, with_tls},
};

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GOAWAY: u8 = 7;

/// The flag ACK of SETTINGS and PING, and END_STREAM of HEADERS and DATA.
const LAST: u8 = 1;
const END_HEADERS: u8 = 4;

const INTERNAL_ERROR: u32 = 2;
const REFUSED_STREAM: u32 = 7;

const LONG: Duration = Duration::from_secs(60);

/// The server's side of a connection.
struct Connection(StreamOwned<ServerConnection, TcpStream>);

impl Connection {
    fn accept(stream: TcpStream) -> io::Result<Self> {
        let mut connection = Self(tls_stream(stream, b"h2"));
        let mut preface = [0; 24];
        connection.0.read_exact(&mut preface)?;
        assert_eq!(&preface, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        connection.send(SETTINGS, 0, 0, &[])?;
        Ok(connection)
    }

    fn send(&mut self, kind: u8, flags: u8, stream: u32, payload: &[u8]) -> io::Result<()> {
        let mut frame = u32::try_from(payload.len()).unwrap().to_be_bytes()[1..].to_vec();
        frame.extend([kind, flags]);
        frame.extend(stream.to_be_bytes());
        frame.extend(payload);
        self.0.write_all(&frame)?;
        self.0.flush()
    }

    /// Reads to the end of a request, and returns its stream.
    fn request(&mut self) -> io::Result<u32> {
        loop {
            let mut head = [0; 9];
            self.0.read_exact(&mut head)?;
            let [_, a, b, kind, flags, stream @ ..] = head;
            let mut payload = vec![0; usize::from(u16::from_be_bytes([a, b]))];
            self.0.read_exact(&mut payload)?;
            match kind {
                HEADERS | DATA if flags & LAST != 0 => return Ok(u32::from_be_bytes(stream)),
                SETTINGS | PING if flags & LAST == 0 => {
                    let answer = if kind == PING { &payload[..] } else { &[] };
                    self.send(kind, LAST, 0, answer)?;
                }
                _ => {}
            }
        }
    }

    fn respond(&mut self, stream: u32) -> io::Result<()> {
        // The first entry of HPACK's table that is a status, 200.
        self.send(HEADERS, END_HEADERS, stream, &[0x88])?;
        let body = format!(r#"{{"Response":{MEMBER}}}"#);
        self.send(DATA, LAST, stream, body.as_bytes())
    }

    fn reset(&mut self, stream: u32, reason: u32) -> io::Result<()> {
        self.send(RST_STREAM, 0, stream, &reason.to_be_bytes())
    }

    /// Announces the end of the connection, after the stream `last`.
    fn go_away(&mut self, last: u32) -> io::Result<()> {
        let payload = [last.to_be_bytes(), [0; 4]].concat();
        self.send(GOAWAY, 0, 0, &payload)
    }

    /// Allows the client only this many streams at a time.
    fn limit_streams(&mut self, limit: u32) -> io::Result<()> {
        let payload = [&[0, 3], &limit.to_be_bytes()[..]].concat();
        self.send(SETTINGS, 0, 0, &payload)
    }
}

/// Starts a server that handles the first connection with `first`, and acts on all requests of the others. `first` gets
/// the counter of requests on which the server acted, which is returned too.
fn serve(
    first: impl Fn(&mut Connection, &AtomicUsize) -> io::Result<()> + Send + Sync + 'static,
) -> (Server, Arc<AtomicUsize>) {
    let acted = Arc::new(AtomicUsize::new(0));
    let (count, accepted) = (Arc::clone(&acted), AtomicUsize::new(0));
    let server = Server::per_connection(move |stream| {
        let is_first = accepted.fetch_add(1, Ordering::SeqCst) == 0;
        // The client may close the connection at any time.
        let _ = Connection::accept(stream).and_then(|mut connection| {
            if is_first {
                return first(&mut connection, &count);
            }
            loop {
                let stream = connection.request()?;
                count.fetch_add(1, Ordering::SeqCst);
                connection.respond(stream)?;
            }
        });
    });
    (server, acted)
}

fn client(server: &Server) -> ClientBuilder {
    let retry = Retry::new().initial_backoff(Duration::from_millis(1));
    with_tls(server).retry(retry)
}

/// Checks that a write succeeds, that the server acted on it once, and in how many connections.
async fn assert_acts_once(server: &Server, acted: &AtomicUsize, connections: usize) {
    let client = client(server).build().unwrap();
    let before = acted.load(Ordering::SeqCst);
    client.send(&Update::new("Ada")).await.unwrap();
    assert_eq!(acted.load(Ordering::SeqCst), before + 1);
    assert_eq!(server.connections(), connections);
}

#[tokio::test]
async fn refused_stream_is_retried() {
    let (server, acted) = serve(|connection, acted| {
        let stream = connection.request()?;
        connection.reset(stream, REFUSED_STREAM)?;
        let stream = connection.request()?;
        acted.fetch_add(1, Ordering::SeqCst);
        connection.respond(stream)?;
        connection.request().map(drop)
    });
    assert_acts_once(&server, &acted, 1).await;
}

#[tokio::test]
async fn stream_after_the_last_of_a_goaway_is_retried() {
    let (server, acted) = serve(|connection, acted| {
        let stream = connection.request()?;
        connection.go_away(stream - 1)?;
        // Until the client closes the connection.
        assert!(connection.request().is_err());
        assert_eq!(acted.load(Ordering::SeqCst), 1);
        Ok(())
    });
    assert_acts_once(&server, &acted, 2).await;
}

#[tokio::test]
async fn possibly_executed_write_is_not_retried() {
    let reset = |connection: &mut Connection, stream| connection.reset(stream, INTERNAL_ERROR);
    // The server closes the connection after a stream that it does not respond to.
    let go_away = |connection: &mut Connection, stream| connection.go_away(stream);
    for fail in [reset, go_away] as [fn(&mut Connection, u32) -> io::Result<()>; 2] {
        let (server, acted) = serve(move |connection, acted| {
            let stream = connection.request()?;
            acted.fetch_add(1, Ordering::SeqCst);
            fail(connection, stream)
        });
        let client = client(&server).build().unwrap();
        let error = client.send(&Update::new("Ada")).await.unwrap_err();
        assert_eq!(error.phase(), Phase::SentWhole, "{error}");
        assert_eq!((error.attempts(), error.is_retry_safe()), (1, false));
        assert_eq!(acted.load(Ordering::SeqCst), 1);
        // A read is retried, and the client still works.
        client.send(&Get::new("Ada")).await.unwrap();
    }
}

/// Responds to one request and then to nothing, not even a ping.
fn fall_silent(connection: &mut Connection, _acted: &AtomicUsize) -> io::Result<()> {
    let stream = connection.request()?;
    connection.respond(stream)?;
    thread::sleep(LONG);
    Ok(())
}

// While the server is silent only timers fire, so the tests pause tokio's clock, which then jumps to the next timer.

#[tokio::test]
async fn silent_connection_is_replaced() {
    let (server, acted) = serve(fall_silent);
    let client = client(&server).read_timeout(Duration::from_secs(5));
    let client = client.build().unwrap();
    client.send(&Update::new("Ada")).await.unwrap();
    tokio::time::pause();
    // The connection is pinged after ten seconds, and has ten seconds for its answer.
    for _ in 0..4 {
        let error = client.send(&Update::new("Ada")).await.unwrap_err();
        assert_eq!(error.phase(), Phase::SentWhole, "{error}");
        assert!(error.is_timeout(), "{error}");
    }
    tokio::time::sleep(Duration::from_secs(5)).await;
    tokio::time::resume();
    client.send(&Update::new("Ada")).await.unwrap();
    assert_eq!((server.connections(), acted.load(Ordering::SeqCst)), (2, 1));
}

#[tokio::test]
async fn silent_idle_connection_is_replaced() {
    let (server, acted) = serve(fall_silent);
    let client = client(&server).build().unwrap();
    client.send(&Update::new("Ada")).await.unwrap();
    tokio::time::pause();
    tokio::time::sleep(Duration::from_secs(25)).await;
    tokio::time::resume();
    let call = client.send(&Update::new("Ada")).timeout(LONG / 4);
    call.await.unwrap();
    assert_eq!((server.connections(), acted.load(Ordering::SeqCst)), (2, 1));
}

fn serve_one_stream() -> Server {
    let (server, _) = serve(|connection, _| {
        let stream = connection.request()?;
        connection.limit_streams(0)?;
        connection.respond(stream)?;
        connection.request().map(drop)
    });
    server
}

#[track_caller]
fn check_no_stream(error: &Error) {
    assert!(error.is_timeout() && error.is_retry_safe(), "{error}");
    assert_eq!(error.phase(), Phase::SentInPart, "{error}");
    assert!(
        error.to_string().ends_with("the read timeout is 500ms"),
        "{error}"
    );
}

#[tokio::test]
async fn read_timeout_covers_the_wait_for_a_stream() {
    let server = serve_one_stream();
    let builder = client(&server).retry(Retry::never()).timeout(LONG);
    let client = builder
        .read_timeout(Duration::from_millis(500))
        .build()
        .unwrap();
    client.send(&Update::new("Ada")).await.unwrap();
    // The first one waits in the connection, the second one before it.
    let calls = [(); 2].map(|()| tokio::spawn(client.send(&Update::new("Ada"))));
    for call in calls {
        check_no_stream(&call.await.unwrap().unwrap_err());
    }
    assert_eq!(server.connections(), 1);
}

#[cfg(feature = "blocking")]
#[test]
fn blocking_read_timeout_covers_wait_for_stream() {
    let server = serve_one_stream();
    let builder = client(&server).retry(Retry::never()).timeout(LONG);
    let client = builder
        .read_timeout(Duration::from_millis(500))
        .build_blocking()
        .unwrap();
    client.send(&Update::new("Ada")).wait().unwrap();
    let error = client.send(&Update::new("Ada")).wait().unwrap_err();
    check_no_stream(&error);
}
