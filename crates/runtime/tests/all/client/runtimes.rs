//! One client in several tokio runtimes.

use std::{
    io::Write as _,
    net::Shutdown,
    sync::{LazyLock, Mutex, mpsc},
    thread,
    time::Duration,
};

use tc3::{Client, Retry};
use tokio::runtime::{Builder, Runtime};

use super::{
    api::{Get, MEMBER, Update},
    server::{Connection, Server, envelope},
};

/// Timeout that only a call which hangs exceeds.
const LONG: Duration = Duration::from_secs(20);

static SERVER: LazyLock<Server> = LazyLock::new(|| Server::responding(envelope(MEMBER)));
static CLIENT: LazyLock<Client> = LazyLock::new(|| {
    let builder = SERVER.client().retry(Retry::never()).timeout(LONG);
    builder.build().unwrap()
});

fn current_thread() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// Makes several calls at the same time, and one more.
async fn call() {
    let calls = [(); 4].map(|()| tokio::spawn(CLIENT.send(&Update::new("Ada"))));
    for call in calls {
        call.await.unwrap().unwrap();
    }
    CLIENT.send(&Get::new("Ada")).await.unwrap();
}

#[test]
fn runtimes_in_turn() {
    for _ in 0..3 {
        current_thread().block_on(call());
        Runtime::new().unwrap().block_on(call());
    }
}

#[test]
fn idle_runtimes_between_calls() {
    let runtimes = [current_thread(), current_thread()];
    for _ in 0..3 {
        for runtime in &runtimes {
            runtime.block_on(call());
        }
    }
}

#[test]
fn runtimes_in_parallel() {
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..5 {
                    current_thread().block_on(call());
                }
            });
        }
    });
}

#[test]
fn stale_connection_is_replaced() {
    let (close, close_requests) = mpsc::channel();
    let (sender, closed) = mpsc::channel();
    let close_requests = Mutex::new(close_requests);
    let server = Server::per_request(move |_, stream| {
        stream.write_all(envelope(MEMBER).as_bytes()).unwrap();
        close_requests.lock().unwrap().recv().unwrap();
        stream.shutdown(Shutdown::Both).unwrap();
        sender.send(()).unwrap();
        Connection::Close
    });
    let client = server.client().retry(Retry::never()).build().unwrap();
    let runtime = current_thread();
    for _ in 0..3 {
        runtime.block_on(client.send(&Update::new("Ada"))).unwrap();
        close.send(()).unwrap();
        closed.recv().unwrap();
        // The client checks a connection after a second without requests.
        thread::sleep(Duration::from_millis(1200));
    }
    assert_eq!(server.received().len(), 3);
}

#[cfg(feature = "http2")]
#[test]
fn runtime_ends_during_connect() {
    use std::io::Read as _;

    use super::server::{tls_stream, with_tls};

    let first = Mutex::new(true);
    let server = Server::per_connection(move |stream| {
        if std::mem::take(&mut *first.lock().unwrap()) {
            let _ = (&stream).read(&mut [0; 1]);
            thread::sleep(LONG * 2);
            return;
        }
        let mut stream = tls_stream(stream, b"http/1.1");
        let mut received = Vec::new();
        while !received.ends_with(b"}") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            received.push(byte[0]);
        }
        stream.write_all(envelope(MEMBER).as_bytes()).unwrap();
    });
    let client = with_tls(&server)
        .timeout(LONG)
        .retry(Retry::never())
        .build()
        .unwrap();
    let call = client.send(&Update::new("Ada"));
    let cancelled = current_thread()
        .block_on(async { tokio::time::timeout(Duration::from_millis(200), call).await });
    assert!(cancelled.is_err());
    let call = client.send(&Update::new("Ada"));
    current_thread().block_on(call).unwrap();
    assert_eq!(server.connections(), 2);
}
