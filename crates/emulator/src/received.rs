//! The request log.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use crate::gateway::Understood;

/// A received request, raw and parsed.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Received {
    /// The sequence number, from 1.
    pub number: u64,
    /// The time of receipt by the emulator's clock, with the offset of a fault: Unix time in seconds.
    pub time: u64,
    /// The request line and headers, byte for byte. For a pipelined request they are rebuilt from the parsed headers.
    ///
    /// They may contain a session token. `Debug` and JSON redact it, also in a query or body with the older signature.
    pub head: Bytes,
    /// The body, byte for byte; empty if it exceeded the size limit.
    pub body: Bytes,
    /// The parts that the gateway parsed before it finished or failed.
    pub understood: Understood,
    /// The request ID.
    pub request_id: String,
    /// The error code of the response, before a fault replaced or dropped it. `None` if the request succeeded or a fault
    /// prevented the action.
    pub code: Option<String>,
    /// Whether a fault applied.
    pub faulted: bool,
}

impl Received {
    /// Returns the head as text, with tokens redacted.
    fn redacted_head(&self) -> String {
        let text = String::from_utf8_lossy(&self.head);
        let mut shown = String::with_capacity(text.len());
        for (number, line) in text.split_inclusive('\n').enumerate() {
            match line.split_once(':') {
                Some((name, _)) if name.trim().eq_ignore_ascii_case("x-tc-token") => {
                    shown.push_str(name);
                    shown.push_str(": <token>\r\n");
                }
                _ if number == 0 => shown.push_str(&redact_token(line)),
                _ => shown.push_str(line),
            }
        }
        shown
    }

    /// Returns the body as text, with tokens redacted.
    fn redacted_body(&self) -> String {
        redact_token(&String::from_utf8_lossy(&self.body))
    }
}

/// Redacts the `Token` parameter of the older signature. The emulator rejects such requests but still logs them.
fn redact_token(text: &str) -> String {
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
            .field("head", &self.redacted_head())
            .field("body", &self.redacted_body())
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
        fields.serialize_field("head", &self.redacted_head())?;
        fields.serialize_field("body", &self.redacted_body())?;
        fields.serialize_field("understood", &self.understood)?;
        fields.serialize_field("request_id", &self.request_id)?;
        fields.serialize_field("code", &self.code)?;
        fields.serialize_field("faulted", &self.faulted)?;
        fields.end()
    }
}

/// The most recent requests, bounded so that a long run does not exhaust memory.
#[derive(Debug, Default)]
pub(crate) struct Log(Mutex<Entries>);

#[derive(Debug, Default)]
struct Entries {
    list: VecDeque<Received>,
    /// The total size of the listed requests, in bytes.
    bytes: usize,
    /// The number of requests received so far.
    count: u64,
}

impl Log {
    /// The maximum number of kept requests.
    const MAX_ENTRIES: usize = 1000;

    /// The approximate maximum size of kept requests, more than the largest request.
    const MAX_BYTES: usize = 32 * 1024 * 1024;

    /// Adds a request and assigns its number.
    pub(crate) fn add(&self, mut received: Received) {
        let mut entries = self.lock();
        entries.count += 1;
        received.number = entries.count;
        entries.bytes += size(&received);
        entries.list.push_back(received);
        while entries.list.len() > Self::MAX_ENTRIES || entries.bytes > Self::MAX_BYTES {
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

/// Estimates the memory of a request. Parsed parameters need many times the size of their text.
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
    fn log_is_bounded() {
        let log = Log::default();
        for _ in 0..Log::MAX_ENTRIES + 5 {
            log.add(received("", 1));
        }
        let list = log.list();
        assert_eq!(list.len(), Log::MAX_ENTRIES);
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
    fn check_redacted(received: &Received, rest: &str) {
        let json = serde_json::to_string(received).unwrap();
        for shown in [format!("{received:?}"), json] {
            assert!(!shown.contains("planted"), "{shown}");
            assert!(shown.contains("<token>") && shown.contains(rest), "{shown}");
        }
    }

    #[test]
    fn tokens_are_redacted() {
        let head = "POST / HTTP/1.1\r\nX-Tc-Token: planted\r\nHost: x\r\n\r\n";
        check_redacted(&received(head, 0), "Host: x");
        for query in [
            "Token=planted",
            "A=b&Token=planted&PageToken=next",
            "Token=planted&Token=planted",
        ] {
            let head = format!("GET /?{query} HTTP/1.1\r\nHost: x\r\n\r\n");
            check_redacted(&received(&head, 0), "HTTP/1.1");
            let mut form = received("POST / HTTP/1.1\r\n\r\n", 0);
            form.body = Bytes::copy_from_slice(query.as_bytes());
            check_redacted(&form, "POST");
        }
        assert_eq!(
            redact_token("A=b&PageToken=next Token=x"),
            "A=b&PageToken=next Token=x"
        );
    }
}
