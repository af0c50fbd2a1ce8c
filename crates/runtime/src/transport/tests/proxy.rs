use std::{
    io::{self, Write as _},
    net::{Shutdown, TcpStream},
    process::{Command, Stdio},
    sync::mpsc,
    thread,
};

use super::{
    server::{Server, found, head},
    tls::{accept, trusting},
    *,
};

/// A proxy that opens tunnels, or does what `refuse` says in their stead. What it is asked for is received.
fn proxy(refuse: Option<&'static str>) -> (Server, mpsc::Receiver<String>) {
    let (sender, asked) = mpsc::channel();
    let server = Server::raw(move |mut stream| {
        let Some(head) = head(&mut stream) else {
            return;
        };
        let target = head.split(' ').nth(1).unwrap().to_owned();
        let _ = sender.send(head);
        if let Some(refusal) = refuse {
            let _ = stream.write_all(refusal.as_bytes());
            return;
        }
        let there = TcpStream::connect(target).unwrap();
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
        let (mut from, mut to) = (stream.try_clone().unwrap(), there.try_clone().unwrap());
        thread::spawn(move || {
            let _ = io::copy(&mut from, &mut to);
            let _ = to.shutdown(Shutdown::Both);
        });
        let (mut from, mut to) = (there, stream);
        let _ = io::copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Both);
    });
    (server, asked)
}

fn through(proxy: &str, wanted: options::Options) -> options::Options {
    options::Options {
        proxy: options::ProxyOption::Url(proxy.to_owned().into()),
        ..wanted
    }
}

#[test]
fn requests_go_through_a_tunnel() {
    for make in own() {
        for scheme in ["http", "https"] {
            let service = match scheme {
                "https" => Server::over(accept, |_, stream| found(stream)),
                _ => Server::found(),
            };
            let (proxy, asked) = proxy(None);
            let transport = make(through(&proxy.url(), trusting(true)));
            for _ in 0..2 {
                works(&*transport, &format!("{scheme}://{}/", service.address));
            }
            let head = asked.recv().unwrap();
            let line = format!("CONNECT {} HTTP/1.1\r\n", service.address);
            assert!(head.starts_with(&line), "{head}");
            assert!(!head.to_lowercase().contains("authorization"), "{head}");
            // A connection to the proxy may be given up before it is used.
            assert!(proxy.connections() >= service.connections());
            assert_eq!(service.requests().len(), 2);
        }
    }
}

#[test]
fn the_password_is_for_the_proxy_alone() {
    for make in own() {
        // In base64: Aladdin:opensesame, and me:a:b@c/d.
        for (user, expected) in [
            ("Aladdin:open%73esame", "QWxhZGRpbjpvcGVuc2VzYW1l"),
            ("me:a:b@c%2fd", "bWU6YTpiQGMvZA=="),
        ] {
            let service = Server::found();
            let (proxy, asked) = proxy(None);
            let url = format!("http://{user}@{}", proxy.address);
            works(&*make(through(&url, wanted())), &service.url());
            let head = asked.recv().unwrap();
            let header = format!("\r\nproxy-authorization: basic {expected}\r\n");
            let found = head.to_lowercase().contains(&header.to_lowercase());
            assert!(found && head.contains(expected), "{head}");
            let head = service.requests()[0].head.to_lowercase();
            assert!(!head.contains("proxy"), "{head}");
        }
    }
}

#[test]
fn a_proxy_is_spoken_to_over_tls() {
    for make in own() {
        // Behind the tunnel the proxy itself plays the service.
        let proxy = Server::over(
            |stream| {
                let mut stream = accept(stream);
                let head = head(&mut stream).unwrap();
                assert!(head.starts_with("CONNECT 127.0.0.1:1 "), "{head}");
                stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
                accept(stream)
            },
            |_, stream| found(stream),
        );
        let url = format!("https://{}", proxy.address);
        let transport = make(through(&url, trusting(true)));
        works(&*transport, "https://127.0.0.1:1/");
        assert_eq!(proxy.requests().len(), 1);
    }
}

#[test]
fn a_tunnel_that_is_refused_is_no_connection() {
    let closed = "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n";
    for make in own() {
        for (refusal, permanent) in [
            (closed, true),
            ("HTTP/1.1 502 Bad Gateway\r\n\r\n", false),
            ("", false),
        ] {
            let service = Server::found();
            let (proxy, asked) = proxy(Some(refusal));
            let url = format!("http://me:planted@{}", proxy.address);
            let transport = make(through(&url, wanted()));
            let failure = send(&*transport, post(&service.url(), BODY), LIMITS).unwrap_err();
            let text = causes(&failure);
            assert_eq!(failure.phase, Phase::NotConnected, "{text}");
            assert_eq!(failure.permanent, permanent, "{text}");
            assert!(!failure.timeout, "{text}");
            assert!(!text.contains("planted"), "{text}");
            assert!(!text.contains("bWU6cGxhbnRlZA"), "{text}");
            assert_eq!(
                (asked.iter().take(1).count(), service.connections()),
                (1, 0)
            );
        }
    }
}

#[test]
fn a_proxy_that_is_not_there_is_no_connection() {
    for make in own() {
        let service = Server::found();
        // The first one refuses, the second one never answers.
        let silent = Server::raw(|_stream| thread::sleep(LONG));
        for (address, timeout) in [
            ("127.0.0.1:1".to_owned(), false),
            (silent.address.to_string(), true),
        ] {
            let url = format!("http://{address}");
            let wanted = options::Options {
                connect_timeout: Some(SHORT),
                ..through(&url, wanted())
            };
            let failure = send(&*make(wanted), post(&service.url(), BODY), LIMITS).unwrap_err();
            let text = causes(&failure);
            assert_eq!(failure.phase, Phase::NotConnected, "{text}");
            assert_eq!(failure.timeout, timeout, "{text}");
            assert!(!failure.permanent, "{text}");
        }
        assert_eq!(service.connections(), 0);
    }
}

#[test]
fn the_environment_names_the_proxy() {
    const ENDPOINT: &str = "TC3_TEST_ENDPOINT";
    if let Ok(url) = std::env::var(ENDPOINT) {
        for make in own() {
            works(&*make(options::Options::default()), &url);
        }
        return;
    }
    // The environment of a program that runs cannot be changed, so the test runs itself in another one.
    for (no_proxy, tunnels) in [("10.0.0.0/8, example.com", own().len()), ("127.0.0.0/8", 0)] {
        let service = Server::found();
        let (proxy, _asked) = proxy(None);
        let status = Command::new(std::env::current_exe().unwrap())
            .args(
                [concat!(module_path!(), "::the_environment_names_the_proxy")
                    .split_once("::")
                    .unwrap()
                    .1],
            )
            .env_remove("REQUEST_METHOD")
            .env(ENDPOINT, service.url())
            .env("HTTP_PROXY", proxy.url())
            .env("NO_PROXY", no_proxy)
            .stdout(Stdio::null())
            .status()
            .unwrap();
        assert!(status.success());
        assert_eq!(proxy.connections(), tunnels);
        assert_eq!(service.requests().len(), own().len());
    }
}
