//! Connections, and the requests that come by them.

mod certificate;
mod payload;
mod tape;

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt as _;
use hyper::body::{Body as _, Incoming};
use hyper::header::{CONTENT_TYPE, DATE, HeaderValue, SERVER};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

pub(crate) use self::certificate::Identity;
use self::payload::Payload;
use self::tape::{HEAD_LIMIT, Notes, Tape};
use crate::clock::http_date;
use crate::control;
use crate::gateway::{BODY_LIMIT, Body, Raw};
use crate::service::{self, Reply, Service};

/// What serves the connections that come in.
pub(crate) struct Server {
    pub(crate) service: Arc<Service>,
    pub(crate) tls: Option<TlsAcceptor>,
    /// How long a connection may be silent.
    pub(crate) patience: Duration,
}

/// How long it takes until the next try to take a connection, after one that failed: as a rule the process has too many
/// files open, and some have to be closed first.
const PAUSE: Duration = Duration::from_millis(50);

/// How much of a body that is too large is read all the same: a client that still sends does not read the answer.
const DRAINED: usize = 4 * BODY_LIMIT;

impl Server {
    /// Serves until the future is dropped, and with it the connections' tasks.
    pub(crate) async fn run(self: Arc<Self>, listener: TcpListener) -> Infallible {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => {
                    tokio::spawn(Arc::clone(&self).connection(stream));
                }
                // Mostly too many files are open, and trying again at once would only use the processor.
                Err(_) => tokio::time::sleep(PAUSE).await,
            }
        }
    }

    async fn connection(self: Arc<Self>, stream: TcpStream) {
        // Without it small answers may wait for one another; a connection that refuses it is merely slower.
        let _ = stream.set_nodelay(true);
        match &self.tls {
            None => self.requests(stream).await,
            Some(acceptor) => {
                let handshake = tokio::time::timeout(self.patience, acceptor.accept(stream));
                if let Ok(Ok(stream)) = handshake.await {
                    self.requests(stream).await;
                }
            }
        }
    }

    /// Answers the requests of a connection until one side closes it, or nothing moves any more.
    async fn requests<S: AsyncRead + AsyncWrite + Unpin>(&self, stream: S) {
        let (tape, notes) = Tape::new(stream);
        let answer = service_fn(|request| self.answer(request, &notes));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.patience)
            .half_close(true)
            .auto_date_header(false)
            .max_buf_size(HEAD_LIMIT)
            .serve_connection(TokioIo::new(tape), answer);
        // However it ends, it concerns this connection alone. What is malformed the library answers by itself.
        tokio::select! {
            _ = connection => {}
            () = notes.stalled(self.patience) => {}
        }
    }

    /// An error closes the connection without an answer.
    async fn answer(
        &self,
        request: Request<Incoming>,
        notes: &Notes,
    ) -> Result<Response<Payload>, Closed> {
        let (parts, body) = request.into_parts();
        let body = collect(body).await?;
        let head = notes.take_head(parts.method.as_str());
        let head = head.unwrap_or_else(|| rebuilt(&parts));
        let uri = parts.uri;
        let raw = Raw {
            method: parts.method,
            path: uri.path().to_owned(),
            query: uri.query().map(str::to_owned),
            headers: parts.headers,
            head,
            body,
        };
        notes.set_answering(true);
        let reply = if control::is_path(&raw.path) {
            Reply::Response(control::answer(&self.service, &raw))
        } else {
            self.service.call(&raw).await
        };
        notes.set_answering(false);
        match reply {
            Reply::Response(answer) => Ok(response(answer)),
            Reply::Drop => Err(Closed),
        }
    }
}

/// The connection is closed: by the client, within a body, or by a fault.
#[derive(Debug, thiserror::Error)]
#[error("the connection is closed")]
struct Closed;

/// Reads a body, as far as a body may go.
async fn collect(mut body: Incoming) -> Result<Body, Closed> {
    if body.size_hint().lower() > DRAINED as u64 {
        return Ok(Body::TooLarge);
    }
    let mut bytes = BytesMut::new();
    let mut length = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Closed)?;
        let Ok(data) = frame.into_data() else {
            continue;
        };
        length += data.len();
        if length > DRAINED {
            break;
        }
        if length <= BODY_LIMIT {
            bytes.extend_from_slice(&data);
        } else {
            bytes = BytesMut::new();
        }
    }
    if length > BODY_LIMIT {
        return Ok(Body::TooLarge);
    }
    Ok(Body::Whole(bytes.freeze()))
}

/// The head of a request whose bytes are not at hand, as far as it can be told from what was read of it.
fn rebuilt(parts: &hyper::http::request::Parts) -> Bytes {
    let mut head = format!("{} {} {:?}\r\n", parts.method, parts.uri, parts.version).into_bytes();
    for (name, value) in &parts.headers {
        head.extend_from_slice(name.as_str().as_bytes());
        head.extend_from_slice(b": ");
        head.extend_from_slice(value.as_bytes());
        head.extend_from_slice(b"\r\n");
    }
    head.extend_from_slice(b"\r\n");
    Bytes::from(head)
}

fn response(answer: service::Response) -> Response<Payload> {
    let mut response = Response::new(Payload::new(answer.body, answer.cut));
    *response.status_mut() =
        StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(SERVER, HeaderValue::from_static("tc3-emulator"));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(answer.content_type));
    if let Ok(date) = HeaderValue::try_from(http_date(answer.time)) {
        headers.insert(DATE, date);
    }
    if let Some(trace_id) = answer
        .trace_id
        .and_then(|id| HeaderValue::try_from(id).ok())
    {
        headers.insert("x-tc-traceid", trace_id);
    }
    response
}
