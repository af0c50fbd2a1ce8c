//! An explorer to test, and a client that sends arbitrary requests.

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::mpsc;
use std::thread;

use serde_json::{Value, json};
use tc3_catalogue::TextsBuilder;
use tc3_explorer::{Explorer, Settings};
use tc3_spec::{Imported, Site as Which, Spec};
use tempfile::TempDir;

/// A running explorer, and the cookie of its session.
pub(crate) struct Site {
    /// The address with the token.
    pub(crate) url: String,
    /// The host and port.
    pub(crate) host: String,
    pub(crate) cookie: String,
    /// Dropped to end the explorer.
    _stop: tokio::sync::oneshot::Sender<()>,
}

/// A response.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    /// The headers in lower case.
    pub(crate) head: String,
    pub(crate) body: String,
}

pub(crate) fn settings() -> Settings {
    Settings {
        port: 0,
        site: Which::Intl,
        start: None,
        version: None,
        texts: None,
        accounts: Vec::new(),
        write: false,
        endpoint: None,
        regions: &[("ap-singapore", "Singapore")],
        takes_value: |name| match name {
            "--region" | "--Version" | "--site" | "--input" | "--cli-input-json" => Some(true),
            "--emulate" => Some(false),
            _ => None,
        },
    }
}

impl Site {
    pub(crate) fn start() -> Self {
        Self::with(settings())
    }

    /// Starts an explorer and opens its address.
    pub(crate) fn with(settings: Settings) -> Self {
        let mut site = Self::unopened(settings);
        let path = site.url.split_once(&site.host).unwrap().1.to_owned();
        let opened = site.get(&path);
        assert_eq!(opened.status, 200, "{opened:?}");
        let cookie = opened.header("set-cookie").unwrap();
        site.cookie = cookie.split(';').next().unwrap().to_owned();
        site
    }

    /// Starts an explorer.
    pub(crate) fn unopened(settings: Settings) -> Self {
        let (stop, stopped) = tokio::sync::oneshot::channel();
        let (send, url) = mpsc::channel();
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let explorer = Explorer::start(settings).await.unwrap();
                send.send(explorer.url()).unwrap();
                tokio::select! {
                    () = explorer.run() => {}
                    _ = stopped => {}
                }
            });
        });
        let url: String = url.recv().unwrap();
        let host = url.strip_prefix("http://").unwrap();
        Self {
            host: host.split('/').next().unwrap().to_owned(),
            url,
            cookie: String::new(),
            _stop: stop,
        }
    }

    pub(crate) fn port(&self) -> u16 {
        self.host.rsplit_once(':').unwrap().1.parse().unwrap()
    }

    /// Gets a path as a browser does.
    pub(crate) fn get(&self, path: &str) -> Response {
        let cookie = &self.cookie;
        self.send("GET", path, &[("Host", &self.host), ("Cookie", cookie)], "")
    }

    /// Sends JSON as a page of the explorer does.
    pub(crate) fn post(&self, path: &str, body: &Value) -> Response {
        let origin = format!("http://{}", self.host);
        let headers = [
            ("Host", &*self.host),
            ("Cookie", &self.cookie),
            ("Origin", &origin),
            ("Sec-Fetch-Site", "same-origin"),
            ("Content-Type", "application/json"),
        ];
        self.send("POST", path, &headers, &body.to_string())
    }

    /// Sends a request with exactly these headers.
    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Response {
        let mut head = format!("{method} {path} HTTP/1.1\r\n");
        for (name, value) in headers {
            write!(head, "{name}: {value}\r\n").unwrap();
        }
        write!(
            head,
            "Content-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        )
        .unwrap();
        let mut stream = TcpStream::connect(&self.host).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        Response {
            status: status.unwrap_or(0),
            head: head.to_ascii_lowercase(),
            body: body.to_owned(),
        }
    }
}

impl Response {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines();
        lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }
}

/// Returns the body of a call on the emulator.
pub(crate) fn call(service: &str, version: &str, action: &str, parameters: &str) -> Value {
    json!({
        "of": {"site": "intl", "service": service, "version": version, "action": action},
        "target": "emulator",
        "region": null,
        "parameters": parameters,
    })
}

/// Writes the descriptions of a spec to a folder of imported texts.
pub(crate) fn texts(spec: &Spec) -> TempDir {
    let folder = TempDir::new().unwrap();
    let mut builder = TextsBuilder::new();
    builder.add(spec);
    let from = Imported {
        package: "tccli-intl-en".to_owned(),
        version: None,
    };
    let content = builder.build(Which::Intl, &from).unwrap();
    std::fs::write(folder.path().join("intl.bin"), content).unwrap();
    folder
}
