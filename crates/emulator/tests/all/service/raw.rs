//! A raw HTTP/1.1 client, which sends malformed input unchanged.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use serde_json::Value;
use tc3_emulator::Emulator;

/// Timeout of reads and writes, so that a test fails instead of hanging.
pub(crate) const READ_TIMEOUT: Duration = Duration::from_secs(60);

/// A connection to the emulator.
pub(crate) struct Connection<S = TcpStream> {
    stream: S,
    /// The bytes read beyond the last response.
    rest: Vec<u8>,
}

/// A raw response.
#[derive(Clone, Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// The declared body length.
    pub(crate) length: usize,
}

impl Connection {
    pub(crate) fn open(emulator: &Emulator) -> Self {
        let stream = TcpStream::connect(emulator.address()).expect("the emulator listens");
        stream.set_read_timeout(Some(READ_TIMEOUT)).unwrap();
        stream.set_write_timeout(Some(READ_TIMEOUT)).unwrap();
        Self::over(stream)
    }

    /// Closes the sending side.
    pub(crate) fn finish(&self) {
        self.stream.shutdown(Shutdown::Write).unwrap();
    }

    /// Closes the sending side; the emulator may already have closed the connection.
    pub(crate) fn try_finish(&self) {
        let _ = self.stream.shutdown(Shutdown::Write);
    }
}

impl<S: Read + Write> Connection<S> {
    pub(crate) fn over(stream: S) -> Self {
        Self {
            stream,
            rest: Vec::new(),
        }
    }

    /// Sends raw bytes.
    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.try_send(bytes.as_ref()).expect("the emulator reads");
    }

    /// Sends raw bytes; the emulator may already have closed the connection.
    pub(crate) fn try_send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes)?;
        self.stream.flush()
    }

    /// Sends a request and reads the response.
    #[track_caller]
    pub(crate) fn exchange(&mut self, request: impl AsRef<[u8]>) -> Response {
        self.send(request);
        self.receive().expect("a response")
    }

    /// Reads a response, with a partial body if it is cut; `None` if the connection ends first.
    pub(crate) fn receive(&mut self) -> Option<Response> {
        loop {
            let head = self.read_head()?;
            let mut lines = head.split("\r\n");
            let status = lines.next().and_then(|line| line.split(' ').nth(1));
            let status = status
                .and_then(|status| status.parse().ok())
                .expect("a status line");
            if (100..200).contains(&status) {
                continue;
            }
            let headers: Vec<(String, String)> = lines
                .filter(|line| !line.is_empty())
                .map(|line| line.split_once(": ").expect("a header"))
                .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
                .collect();
            let length = headers.iter().find(|(name, _)| name == "content-length");
            let length = length.map_or(0, |(_, value)| value.parse().expect("a length"));
            while self.rest.len() < length && self.read_more() {}
            let body = self.rest.drain(..length.min(self.rest.len())).collect();
            return Some(Response {
                status,
                headers,
                body,
                length,
            });
        }
    }

    /// Reads up to the empty line.
    fn read_head(&mut self) -> Option<String> {
        loop {
            let end = self.rest.windows(4).position(|four| four == b"\r\n\r\n");
            if let Some(end) = end {
                let head = self.rest.drain(..end + 4).collect();
                return Some(String::from_utf8(head).expect("a head is text"));
            }
            if !self.read_more() {
                assert_eq!(self.rest, b"", "the head of a response is complete");
                return None;
            }
        }
    }

    /// Returns the next byte, or `None` at the end.
    pub(crate) fn byte(&mut self) -> Option<u8> {
        (!self.rest.is_empty() || self.read_more()).then(|| self.rest.remove(0))
    }

    /// Waits until the emulator closes the connection, and returns the number of bytes before that.
    pub(crate) fn end(&mut self) -> usize {
        while self.read_more() {}
        self.rest.len()
    }

    /// Reads available bytes; `false` at the end. A reset also counts as the end: the emulator closed the connection with
    /// unread input.
    fn read_more(&mut self) -> bool {
        let mut buffer = [0; 16 * 1024];
        match self.stream.read(&mut buffer) {
            Ok(0) => false,
            Ok(length) => {
                self.rest.extend_from_slice(&buffer[..length]);
                true
            }
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut
                ) =>
            {
                panic!("the emulator neither responds nor closes the connection")
            }
            Err(_) => false,
        }
    }
}

impl Response {
    /// Returns the value of a header, which must not be repeated.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(of, _)| of == name);
        let value = values.next().map(|(_, value)| value.as_str());
        assert!(values.next().is_none(), "{name} is repeated");
        value
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("the body is text")
    }

    /// Returns the complete body as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.body.len(), self.length, "the body is whole");
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// Returns the content of the envelope.
    #[track_caller]
    pub(crate) fn content(&self) -> Value {
        let Value::Object(mut envelope) = self.json() else {
            panic!("no object: {}", self.text());
        };
        assert_eq!(envelope.len(), 1, "{}", self.text());
        envelope.remove("Response").expect("the envelope")
    }

    /// Returns the error code and message, or `None` without an error.
    #[track_caller]
    pub(crate) fn error(&self) -> Option<(String, String)> {
        let response = self.content();
        let error = response.get("Error")?;
        let text = |key: &str| error[key].as_str().expect("a text").to_owned();
        Some((text("Code"), text("Message")))
    }

    /// Checks that the request succeeded.
    #[track_caller]
    pub(crate) fn accepted(&self) -> Value {
        assert_eq!(self.status, 200);
        assert_eq!(self.error(), None);
        self.content()
    }

    /// Checks the error code, and returns the message.
    #[track_caller]
    pub(crate) fn refused(&self, code: &str) -> String {
        assert_eq!(self.status, 200);
        let Some((found, message)) = self.error() else {
            panic!("{code} was expected: {}", self.text());
        };
        assert_eq!(found, code, "{message}");
        message
    }
}
