//! A loopback site with scripted responses.

use std::collections::{HashMap, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A scripted response.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// A response with status, headers and body.
    Whole(u16, Vec<(String, String)>, String),
    /// The first half of a body with its full length declared.
    Half(String),
    /// The first half of a body, but the connection stays open.
    Stalled(String),
    /// An endless body.
    Endless,
    /// No response, but the connection stays open.
    Silence,
    /// No response; the connection is closed.
    Drop,
}

impl Reply {
    pub(crate) fn page(body: impl Into<String>) -> Reply {
        Reply::Whole(200, Vec::new(), body.into())
    }

    pub(crate) fn status(status: u16) -> Reply {
        Reply::Whole(status, Vec::new(), format!("<p>Status {status}.</p>"))
    }

    pub(crate) fn redirect(to: &str) -> Reply {
        Reply::status(302).header("Location", to)
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Reply {
        if let Reply::Whole(_, headers, _) = &mut self {
            headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }
}

/// A received request: path, and headers with lower-case names.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) path: String,
    headers: HashMap<String, String>,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }
}

#[derive(Default)]
struct State {
    replies: HashMap<String, VecDeque<Reply>>,
    requests: Vec<Request>,
}

/// The site. It runs until the process ends.
#[derive(Clone)]
pub(crate) struct Site {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl Site {
    pub(crate) fn start() -> Site {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let site = Site {
            address: listener.local_addr().expect("an address"),
            state: Arc::default(),
        };
        let accepting = site.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (site, stream) = (accepting.clone(), stream.expect("a connection"));
                // The client may disconnect at any time.
                thread::spawn(move || site.answer(&stream));
            }
        });
        site
    }

    /// Sets the response of a path.
    pub(crate) fn set(&self, path: &str, reply: Reply) {
        self.set_each(path, [reply]);
    }

    /// Sets successive responses of a path; the last one repeats.
    pub(crate) fn set_each(&self, path: &str, replies: impl IntoIterator<Item = Reply>) {
        let mut state = self.state.lock().expect("no panic");
        state
            .replies
            .insert(path.to_owned(), replies.into_iter().collect());
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Returns the requests since the last query.
    pub(crate) fn requests(&self) -> Vec<Request> {
        std::mem::take(&mut self.state.lock().expect("no panic").requests)
    }

    /// Returns the paths of these requests, without `robots.txt`.
    pub(crate) fn paths(&self) -> Vec<String> {
        let paths = self.requests().into_iter().map(|request| request.path);
        paths.filter(|path| path != "/robots.txt").collect()
    }

    pub(crate) fn was_requested(&self, path: &str) -> bool {
        let state = self.state.lock().expect("no panic");
        state.requests.iter().any(|request| request.path == path)
    }

    fn answer(&self, mut stream: &TcpStream) -> std::io::Result<()> {
        let mut reader = BufReader::new(stream);
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 {
                return Ok(());
            }
            match line.trim_end() {
                "" => break,
                line => lines.push(line.to_owned()),
            }
        }
        let path = lines[0].split(' ').nth(1).expect("a path").to_owned();
        let headers = lines[1..].iter().filter_map(|line| line.split_once(':'));
        let headers = headers.map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()));
        let request = Request {
            headers: headers.collect(),
            path,
        };
        let reply = self.reply(&request);
        self.state.lock().expect("no panic").requests.push(request);
        match reply {
            Reply::Whole(status, headers, body) => {
                let mut head = format!("HTTP/1.1 {status} X\r\nConnection: close\r\n");
                for (name, value) in headers {
                    head.push_str(&format!("{name}: {value}\r\n"));
                }
                if status != 304 {
                    head.push_str(&format!("Content-Length: {}\r\n", body.len()));
                }
                stream.write_all(format!("{head}\r\n{body}").as_bytes())
            }
            Reply::Half(body) => half(stream, &body),
            Reply::Stalled(body) => {
                half(stream, &body)?;
                reader.read(&mut [0]).map(drop)
            }
            Reply::Endless => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n")?;
                loop {
                    stream.write_all(&[b'x'; 4096])?;
                }
            }
            Reply::Silence => reader.read(&mut [0]).map(drop),
            Reply::Drop => Ok(()),
        }
    }

    /// Returns the response of a path, or status 304 if the validators match.
    fn reply(&self, request: &Request) -> Reply {
        let mut state = self.state.lock().expect("no panic");
        let reply = match state.replies.get_mut(&request.path) {
            None => Reply::status(404),
            Some(replies) if replies.len() > 1 => replies.pop_front().expect("a reply"),
            Some(replies) => replies[0].clone(),
        };
        if let Reply::Whole(200, headers, _) = &reply {
            let has = |name: &str, of: Option<&str>| {
                let mut headers = headers.iter().filter(|(header, _)| header == name);
                headers.any(|(_, value)| Some(value.as_str()) == of)
            };
            if has("ETag", request.header("if-none-match"))
                || has("Last-Modified", request.header("if-modified-since"))
            {
                return Reply::Whole(304, headers.clone(), String::new());
            }
        }
        reply
    }
}

fn half(mut stream: &TcpStream, body: &str) -> std::io::Result<()> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
    stream.write_all(head.as_bytes())?;
    stream.write_all(&body.as_bytes()[..body.len() / 2])
}
