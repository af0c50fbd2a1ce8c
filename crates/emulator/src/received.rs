//! The requests that came in.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use crate::gateway::Understood;

/// A request that came in: as it was sent, and as it was understood.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Received {
    /// Its number, from 1.
    pub number: u64,
    /// When it came, by the emulator's clock and as a fault put it: Unix time in seconds.
    pub time: u64,
    /// The request line and the headers, to the byte; put together again for a request that was sent before the one before
    /// it was answered. The token of a temporary credential stands in here; `Debug` and
    /// JSON leave it out, and that of a request of the older signature, which stands in its query or body.
    pub head: Bytes,
    /// The body, to the byte; empty if it was larger than a body may be.
    pub body: Bytes,
    /// What the gateway made of it, as far as it came.
    pub understood: Understood,
    /// The id that the request was given.
    pub request_id: String,
    /// The error code that the answer has, or would have without a fault that replaces it or lets it get lost; none if the
    /// request succeeded, or if a fault kept it from being carried out.
    pub code: Option<String>,
    /// Whether a fault was met.
    pub faulted: bool,
}

impl Received {
    /// Request line and headers as text, with tokens replaced.
    fn shown_head(&self) -> String {
        let text = String::from_utf8_lossy(&self.head);
        let mut shown = String::with_capacity(text.len());
        for (number, line) in text.split_inclusive('\n').enumerate() {
            match line.split_once(':') {
                Some((name, _)) if name.trim().eq_ignore_ascii_case("x-tc-token") => {
                    shown.push_str(name);
                    shown.push_str(": <token>\r\n");
                }
                _ if number == 0 => shown.push_str(&without_token(line)),
                _ => shown.push_str(line),
            }
        }
        shown
    }

    /// The body as text, with the token replaced.
    fn shown_body(&self) -> String {
        without_token(&String::from_utf8_lossy(&self.body))
    }
}

/// A text without the value of the parameter by which requests of the older signature carry their token. The emulator
/// refuses these, and lists them all the same.
fn without_token(text: &str) -> String {
    const NAME: &str = "Token=";
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(NAME) {
        let (before, from) = rest.split_at(at);
        let value = &from[NAME.len()..];
        let end = value.find(['&', ' ', '\r', '\n']).unwrap_or(value.len());
        shown.push_str(before);
        shown.push_str(NAME);
        if before.is_empty() || before.ends_with(['&', '?']) {
            shown.push_str("<token>");
        } else {
            shown.push_str(&value[..end]);
        }
        rest = &value[end..];
    }
    shown.push_str(rest);
    shown
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("number", &self.number)
            .field("time", &self.time)
            .field("head", &self.shown_head())
            .field("body", &self.shown_body())
            .field("understood", &self.understood)
            .field("request_id", &self.request_id)
            .field("code", &self.code)
            .field("faulted", &self.faulted)
            .finish()
    }
}

impl Serialize for Received {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Received", 8)?;
        fields.serialize_field("number", &self.number)?;
        fields.serialize_field("time", &self.time)?;
        fields.serialize_field("head", &self.shown_head())?;
        fields.serialize_field("body", &self.shown_body())?;
        fields.serialize_field("understood", &self.understood)?;
        fields.serialize_field("request_id", &self.request_id)?;
        fields.serialize_field("code", &self.code)?;
        fields.serialize_field("faulted", &self.faulted)?;
        fields.end()
    }
}

/// The last requests, so that an emulator that runs for days does not fill the memory.
#[derive(Debug, Default)]
pub(crate) struct Log(Mutex<Entries>);

#[derive(Debug, Default)]
struct Entries {
    list: VecDeque<Received>,
    /// How many bytes the requests in the list have.
    bytes: usize,
    /// How many requests there were.
    count: u64,
}

impl Log {
    /// How many requests are kept.
    const ENTRIES: usize = 1000;

    /// How many bytes of requests are kept, roughly: more than one of the largest.
    const BYTES: usize = 32 * 1024 * 1024;

    /// Notes a request, and gives it its number.
    pub(crate) fn add(&self, mut received: Received) {
        let mut entries = self.lock();
        entries.count += 1;
        received.number = entries.count;
        entries.bytes += size(&received);
        entries.list.push_back(received);
        while entries.list.len() > Self::ENTRIES || entries.bytes > Self::BYTES {
            let Some(oldest) = entries.list.pop_front() else {
                break;
            };
            entries.bytes -= size(&oldest);
        }
    }

    pub(crate) fn list(&self) -> Vec<Received> {
        self.lock().list.iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        let mut entries = self.lock();
        entries.list.clear();
        entries.bytes = 0;
    }

    fn lock(&self) -> MutexGuard<'_, Entries> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a request takes up, roughly. As values, its parameters take up many times as much as their text.
fn size(received: &Received) -> usize {
    let text = received.head.len() + received.body.len();
    match received.understood.parameters {
        Some(_) => 32 * text,
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn received(head: &str, body: usize) -> Received {
        Received {
            number: 0,
            time: 0,
            head: Bytes::copy_from_slice(head.as_bytes()),
            body: Bytes::from(vec![b'x'; body]),
            understood: Understood::default(),
            request_id: String::new(),
            code: None,
            faulted: false,
        }
    }

    #[test]
    fn keeps_the_last_requests() {
        let log = Log::default();
        for _ in 0..Log::ENTRIES + 5 {
            log.add(received("", 1));
        }
        let list = log.list();
        assert_eq!(list.len(), Log::ENTRIES);
        assert_eq!(list[0].number, 6);

        for _ in 0..10 {
            log.add(received("", 10 * 1024 * 1024));
        }
        let list = log.list();
        assert_eq!(list.len(), 3);
        assert_eq!(list[2].number, 1015);
        log.clear();
        assert_eq!(log.list(), []);
    }

    #[track_caller]
    fn shows_no_token(received: &Received, rest: &str) {
        let json = serde_json::to_string(received).unwrap();
        for shown in [format!("{received:?}"), json] {
            assert!(!shown.contains("planted"), "{shown}");
            assert!(shown.contains("<token>") && shown.contains(rest), "{shown}");
        }
    }

    #[test]
    fn no_token_is_shown() {
        let head = "POST / HTTP/1.1\r\nX-Tc-Token: planted\r\nHost: x\r\n\r\n";
        shows_no_token(&received(head, 0), "Host: x");
        for query in [
            "Token=planted",
            "A=b&Token=planted&PageToken=next",
            "Token=planted&Token=planted",
        ] {
            let head = format!("GET /?{query} HTTP/1.1\r\nHost: x\r\n\r\n");
            shows_no_token(&received(&head, 0), "HTTP/1.1");
            let mut form = received("POST / HTTP/1.1\r\n\r\n", 0);
            form.body = Bytes::copy_from_slice(query.as_bytes());
            shows_no_token(&form, "POST");
        }
        assert_eq!(
            without_token("A=b&PageToken=next Token=x"),
            "A=b&PageToken=next Token=x"
        );
    }
}
