use std::{
    io::{self, Write as _},
    net::{Shutdown, TcpStream},
    sync::mpsc,
    thread,
};

use super::{
    server::{Server, Stream, found, head},
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

fn through(proxy: &str, wanted: own::Wanted) -> own::Wanted {
    own::Wanted {
        proxy: own::WantedProxy::Url(proxy.to_owned()),
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
            assert_eq!(proxy.connections(), service.connections());
            assert_eq!(service.requests().len(), 2);
        }
    }
}

#[test]
fn the_password_is_for_the_proxy_alone() {
    for make in own() {
        let service = Server::found();
        let (proxy, asked) = proxy(None);
        let url = format!("http://Aladdin:open%73esame@{}", proxy.address);
        works(&*make(through(&url, wanted())), &service.url());
        let head = asked.recv().unwrap();
        let header = "\r\nproxy-authorization: basic QWxhZGRpbjpvcGVuc2VzYW1l\r\n";
        let found = head.to_lowercase().contains(&header.to_lowercase());
        assert!(found && head.contains("QWxhZGRpbjpvcGVuc2VzYW1l"), "{head}");
        let head = service.requests()[0].head.to_lowercase();
        assert!(!head.contains("proxy"), "{head}");
    }
}

#[test]
fn a_proxy_is_spoken_to_over_tls() {
    for make in own() {
        let service = Server::over(accept, |_, stream| found(stream));
        let proxy = Server::raw(|stream| {
            let mut stream = accept(stream);
            let head = head(&mut stream).unwrap();
            let target = head.split(' ').nth(1).unwrap().to_owned();
            let mut there = TcpStream::connect(target).unwrap();
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
            relay(&mut stream, &mut there);
        });
        let url = format!("https://{}", proxy.address);
        let transport = make(through(&url, trusting(true)));
        works(&*transport, &format!("https://{}/", service.address));
        assert_eq!((proxy.connections(), service.requests().len()), (1, 1));
    }
}

/// Carries bytes by turns, for a TLS stream cannot be read and written by two threads. Enough for one exchange: each
/// side is quiet while the other one talks.
fn relay(here: &mut impl Stream, there: &mut TcpStream) {
    there.set_read_timeout(Some(SHORT)).unwrap();
    let mut buffer = [0; 16 * 1024];
    while let Ok(length @ 1..) = here.read(&mut buffer) {
        there.write_all(&buffer[..length]).unwrap();
        while let Ok(length @ 1..) = io::Read::read(there, &mut buffer) {
            here.write_all(&buffer[..length]).unwrap();
        }
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
        let wanted = own::Wanted {
            connect_timeout: Some(SHORT),
            ..wanted()
        };
        // The first one refuses, the second one never answers.
        let silent = Server::raw(|_stream| thread::sleep(LONG));
        for (address, timeout) in [
            ("127.0.0.1:1".to_owned(), false),
            (silent.address.to_string(), true),
        ] {
            let url = format!("http://{address}");
            let wanted = own::Wanted {
                connect_timeout: wanted.connect_timeout,
                ..through(&url, self::wanted())
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
