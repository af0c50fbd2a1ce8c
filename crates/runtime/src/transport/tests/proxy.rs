use std::{
    io::{self, Write as _},
    net::{Shutdown, TcpStream},
    sync::mpsc,
    thread,
};

use super::{
    server::{Server, head, respond_ok},
    tls::{accept, trusting_test_ca},
    *,
};

/// Starts a proxy that opens tunnels, or sends the response `refuse` instead. The receiver gets the heads of its
/// requests.
fn proxy(refuse: Option<&'static str>) -> (Server, mpsc::Receiver<String>) {
    let (sender, heads) = mpsc::channel();
    let server = Server::per_connection(move |mut stream| {
        let Some(head) = head(&mut stream) else {
            return;
        };
        let target = head.split(' ').nth(1).unwrap().to_owned();
        let _ = sender.send(head);
        if let Some(refusal) = refuse {
            let _ = stream.write_all(refusal.as_bytes());
            return;
        }
        let upstream = TcpStream::connect(target).unwrap();
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
        let (mut from, mut to) = (stream.try_clone().unwrap(), upstream.try_clone().unwrap());
        thread::spawn(move || {
            let _ = io::copy(&mut from, &mut to);
            let _ = to.shutdown(Shutdown::Both);
        });
        let (mut from, mut to) = (upstream, stream);
        let _ = io::copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Both);
    });
    (server, heads)
}

fn with_proxy(proxy: &str, options: options::Options) -> options::Options {
    options::Options {
        proxy: options::ProxyOption::Url(proxy.to_owned().into()),
        ..options
    }
}

#[test]
fn requests_use_a_tunnel() {
    for make in built_in_transports() {
        for scheme in ["http", "https"] {
            let service = match scheme {
                "https" => Server::per_request(accept, |_, stream| respond_ok(stream)),
                _ => Server::ok(),
            };
            let (proxy, heads) = proxy(None);
            let transport = make(with_proxy(&proxy.url(), trusting_test_ca(true)));
            for _ in 0..2 {
                assert_works(&*transport, &format!("{scheme}://{}/", service.address));
            }
            let head = heads.recv().unwrap();
            let line = format!("CONNECT {} HTTP/1.1\r\n", service.address);
            assert!(head.starts_with(&line), "{head}");
            assert!(!head.to_lowercase().contains("authorization"), "{head}");
            // A connection to the proxy may be dropped before it is used.
            assert!(proxy.connections() >= service.connections());
            assert_eq!(service.requests().len(), 2);
        }
    }
}

#[test]
fn password_is_sent_only_to_the_proxy() {
    for make in built_in_transports() {
        // In base64: Aladdin:opensesame, and me:a:b@c/d.
        for (user, expected) in [
            ("Aladdin:open%73esame", "QWxhZGRpbjpvcGVuc2VzYW1l"),
            ("me:a:b@c%2fd", "bWU6YTpiQGMvZA=="),
        ] {
            let service = Server::ok();
            let (proxy, heads) = proxy(None);
            let url = format!("http://{user}@{}", proxy.address);
            assert_works(&*make(with_proxy(&url, no_proxy_options())), &service.url());
            let head = heads.recv().unwrap();
            let header = format!("\r\nproxy-authorization: basic {expected}\r\n");
            let found = head.to_lowercase().contains(&header.to_lowercase());
            assert!(found && head.contains(expected), "{head}");
            let head = service.requests()[0].head.to_lowercase();
            assert!(!head.contains("proxy"), "{head}");
        }
    }
}

#[test]
fn proxy_connection_uses_tls() {
    for make in built_in_transports() {
        // The proxy also acts as the service behind the tunnel.
        let proxy = Server::per_request(
            |stream| {
                let mut stream = accept(stream);
                let head = head(&mut stream).unwrap();
                assert!(head.starts_with("CONNECT 127.0.0.1:1 "), "{head}");
                stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
                accept(stream)
            },
            |_, stream| respond_ok(stream),
        );
        let url = format!("https://{}", proxy.address);
        let transport = make(with_proxy(&url, trusting_test_ca(true)));
        assert_works(&*transport, "https://127.0.0.1:1/");
        assert_eq!(proxy.requests().len(), 1);
    }
}

#[test]
fn refused_tunnel_is_a_connect_error() {
    let auth_required = "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n";
    for make in built_in_transports() {
        for (refusal, permanent) in [
            (auth_required, true),
            ("HTTP/1.1 502 Bad Gateway\r\n\r\n", false),
            ("", false),
        ] {
            let service = Server::ok();
            let (proxy, heads) = proxy(Some(refusal));
            let url = format!("http://me:planted@{}", proxy.address);
            let transport = make(with_proxy(&url, no_proxy_options()));
            let failure = send(&*transport, post(&service.url(), BODY), LIMITS).unwrap_err();
            let text = error_chain(&failure);
            assert_eq!(failure.phase, Phase::NotConnected, "{text}");
            assert_eq!(failure.permanent, permanent, "{text}");
            assert!(!failure.timeout, "{text}");
            assert!(!text.contains("planted"), "{text}");
            assert!(!text.contains("bWU6cGxhbnRlZA"), "{text}");
            assert_eq!(
                (heads.iter().take(1).count(), service.connections()),
                (1, 0)
            );
            let message = failure.at_host("h").to_string();
            let through = format!(
                "connecting failed (h through the proxy {}): ",
                proxy.address
            );
            assert!(message.starts_with(&through), "{message}");
            let remedy = "put a valid `user:password@` before the host of the proxy";
            assert_eq!(message.contains(remedy), permanent, "{message}");
        }
    }
}

#[test]
fn proxy_and_service_without_tls_are_distinguished() {
    for make in built_in_transports() {
        let (service, plain_proxy, (tunnels, _heads)) =
            (Server::without_tls(), Server::without_tls(), proxy(None));
        let url = format!("https://{}/", service.address);
        for (proxy, remedy) in [
            (
                format!("https://{}", plain_proxy.address),
                "(the proxy does not speak TLS; begin its URL with `http://`)",
            ),
            (
                tunnels.url(),
                "(the server does not speak TLS; check host and port of the endpoint)",
            ),
        ] {
            let transport = make(with_proxy(&proxy, no_proxy_options()));
            let failure = send(&*transport, post(&url, BODY), LIMITS).unwrap_err();
            let message = failure.at_host("h").to_string();
            assert!(message.ends_with(remedy), "{message}");
        }
    }
}

#[test]
fn unreachable_proxy_is_a_connect_error() {
    for make in built_in_transports() {
        let service = Server::ok();
        // The first proxy refuses connections, the second one never responds.
        let silent = Server::per_connection(|_stream| thread::sleep(LONG));
        for (address, timeout) in [
            ("127.0.0.1:1".to_owned(), false),
            (silent.address.to_string(), true),
        ] {
            let url = format!("http://{address}");
            let options = options::Options {
                connect_timeout: Some(SHORT),
                ..with_proxy(&url, no_proxy_options())
            };
            let failure = send(&*make(options), post(&service.url(), BODY), LIMITS).unwrap_err();
            let text = error_chain(&failure);
            assert_eq!(failure.phase, Phase::NotConnected, "{text}");
            assert_eq!(failure.timeout, timeout, "{text}");
            assert!(!failure.permanent, "{text}");
            let message = failure.at_host("h").to_string();
            let through = format!(" (h through the proxy {address})");
            assert!(message.contains(&through), "{message}");
        }
        assert_eq!(service.connections(), 0);
    }
}

#[test]
fn proxy_is_read_from_environment() {
    if let Ok(url) = std::env::var(ENDPOINT) {
        for make in built_in_transports() {
            assert_works(&*make(options::Options::default()), &url);
        }
        return;
    }
    for (no_proxy, tunnels) in [
        ("10.0.0.0/8, example.com", built_in_transports().len()),
        ("127.0.0.0/8", 0),
    ] {
        let service = Server::ok();
        let (proxy, _heads) = proxy(None);
        let variables = [("HTTP_PROXY", &*proxy.url()), ("NO_PROXY", no_proxy)];
        run_in_child(
            "proxy::proxy_is_read_from_environment",
            service.url(),
            &variables,
        );
        assert_eq!(proxy.connections(), tunnels);
        assert_eq!(service.requests().len(), built_in_transports().len());
    }
}

/// Requests over http would go to a SOCKS proxy; those over https have another one.
#[test]
fn socks_proxy_refuses_http_only() {
    if let Ok(url) = std::env::var(ENDPOINT) {
        for make in built_in_transports() {
            let transport = make(options::Options::default());
            let failure = send(&*transport, post(&url, BODY), LIMITS).unwrap_err();
            let text = error_chain(&failure);
            assert!(
                failure.permanent && failure.phase == Phase::NotConnected,
                "{text}"
            );
            assert!(text.contains("SOCKS proxies are not supported"), "{text}");
            assert!(!text.contains("planted"), "{text}");
        }
        return;
    }
    let service = Server::ok();
    let variables = [
        ("ALL_PROXY", "socks5://me:planted@127.0.0.1:1"),
        ("HTTPS_PROXY", "http://127.0.0.1:1"),
    ];
    run_in_child(
        "proxy::socks_proxy_refuses_http_only",
        service.url(),
        &variables,
    );
    assert_eq!(service.connections(), 0);
}
