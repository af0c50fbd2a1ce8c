//! A service that sends the same response to each request, or none.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;

use tc3_explorer::Settings;

use crate::credentials::accounts;
use crate::site::{Site, settings};

/// Starts an explorer whose planted profile calls such a service. The receiver gets a message for each request.
pub(crate) fn site(response: Option<String>, write: bool) -> (Site, mpsc::Receiver<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (send, requests) = mpsc::channel();
    thread::spawn(move || {
        let mut open = Vec::new();
        for mut stream in listener.incoming().flatten() {
            read(&mut stream);
            let _ = send.send(());
            if let Some(body) = &response {
                let head = format!(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                    body.len()
                );
                let _ = stream.write_all(head.as_bytes());
                let _ = stream.write_all(body.as_bytes());
            }
            open.push(stream);
        }
    });
    let site = Site::unopened(Settings {
        accounts: accounts(),
        endpoint: Some(format!("http://{address}")),
        write,
        ..settings()
    });
    (site, requests)
}

/// Reads a request.
fn read(stream: &mut TcpStream) {
    let mut text = String::new();
    let mut part = [0; 4096];
    while let Ok(length @ 1..) = stream.read(&mut part) {
        text += &String::from_utf8_lossy(&part[..length]);
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let head = head.to_ascii_lowercase();
        let wanted = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        if body.len() >= wanted.and_then(|length| length.parse().ok()).unwrap_or(0) {
            break;
        }
    }
}
