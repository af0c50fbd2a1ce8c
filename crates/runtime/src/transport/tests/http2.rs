use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use super::{tls, *};

/// Starts a server that supports only HTTP/2. It closes the connection at the second request, and responds to all
/// others. Returns its address, and the numbers of connections and requests.
fn serve() -> (SocketAddr, Arc<AtomicUsize>, Arc<AtomicUsize>) {
    let connections = Arc::new(AtomicUsize::new(0));
    let requests = Arc::new(AtomicUsize::new(0));
    let counts = (Arc::clone(&connections), Arc::clone(&requests));
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    listener.set_nonblocking(true).unwrap();
    let mut config = tls::config();
    config.alpn_protocols = vec![b"h2".to_vec()];
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let serving = async move {
        let listener = tokio::net::TcpListener::from_std(listener).unwrap();
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            connections.fetch_add(1, Ordering::SeqCst);
            let stream = acceptor.accept(stream).await.unwrap();
            let mut connection = h2::server::handshake(stream).await.unwrap();
            while let Some(Ok((request, mut respond))) = connection.accept().await {
                let number = requests.fetch_add(1, Ordering::SeqCst) + 1;
                assert_eq!(request.version(), http::Version::HTTP_2);
                let mut body = request.into_body();
                // The connection must be polled to receive the body.
                let read = async {
                    let mut received = Vec::new();
                    while let Some(Ok(data)) = body.data().await {
                        received.extend_from_slice(&data);
                    }
                    received
                };
                let received = tokio::select! {
                    received = read => received,
                    _ = std::future::poll_fn(|context| connection.poll_closed(context)) => break,
                };
                assert_eq!(received, BODY);
                if number == 2 {
                    break;
                }
                let mut response = respond
                    .send_response(http::Response::new(()), false)
                    .unwrap();
                response
                    .send_data(Bytes::from_static(b"found"), true)
                    .unwrap();
            }
        }
    };
    std::thread::spawn(|| tokio::runtime::Runtime::new().unwrap().block_on(serving));
    (address, counts.0, counts.1)
}

#[test]
fn http2_is_used_if_offered() {
    for make in built_in_transports() {
        let (address, connections, requests) = serve();
        let transport = make(tls::trusting_test_ca(true));
        let url = format!("https://{address}/");
        assert_works(&*transport, &url);
        let failure = send(&*transport, post(&url, BODY), LIMITS).unwrap_err();
        assert_eq!(failure.phase, Phase::SentWhole, "{}", error_chain(&failure));
        assert_eq!(requests.load(Ordering::SeqCst), 2);
        // Requests share one HTTP/2 connection.
        assert_eq!(connections.load(Ordering::SeqCst), 1);
        assert_works(&*transport, &url);
        assert_works(&*transport, &url);
        assert_eq!(requests.load(Ordering::SeqCst), 4);
        assert_eq!(connections.load(Ordering::SeqCst), 2);
    }
}
