//! Connections and HTTP.

mod certificate;
mod payload;
mod recorder;

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
use self::recorder::{ConnectionLog, HEAD_LIMIT, Recorder};
use crate::clock::http_date;
use crate::control;
use crate::gateway::{BODY_LIMIT, Body, Raw};
use crate::service::{self, Reply, Service};

/// The server for incoming connections.
pub(crate) struct Server {
    pub(crate) service: Arc<Service>,
    pub(crate) tls: Option<TlsAcceptor>,
    /// The timeout for handshakes, request heads and idle connections.
    pub(crate) timeout: Duration,
}

/// The delay before `accept` is retried. It usually fails because too many files are open, and immediate retries would
/// waste CPU time.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(50);

/// The maximum number of bytes that are read of an oversized body. Many clients read the response only after they have sent
/// the body.
const DRAIN_LIMIT: usize = 4 * BODY_LIMIT;

impl Server {
    /// Accepts connections until the future is dropped.
    pub(crate) async fn run(self: Arc<Self>, listener: TcpListener) -> Infallible {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => {
                    tokio::spawn(Arc::clone(&self).connection(stream));
                }
                Err(_) => tokio::time::sleep(ACCEPT_RETRY_DELAY).await,
            }
        }
    }

    async fn connection(self: Arc<Self>, stream: TcpStream) {
        // Avoids delays of small responses. A failure only makes the connection slower.
        let _ = stream.set_nodelay(true);
        match &self.tls {
            None => self.serve(stream).await,
            Some(acceptor) => {
                let handshake = tokio::time::timeout(self.timeout, acceptor.accept(stream));
                if let Ok(Ok(stream)) = handshake.await {
                    self.serve(stream).await;
                }
            }
        }
    }

    /// Serves a connection until it is closed or idle for too long.
    async fn serve<S: AsyncRead + AsyncWrite + Unpin>(&self, stream: S) {
        let (recorder, log) = Recorder::new(stream);
        let handler = service_fn(|request| self.handle(request, &log));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.timeout)
            .half_close(true)
            .auto_date_header(false)
            .max_buf_size(HEAD_LIMIT)
            .serve_connection(TokioIo::new(recorder), handler);
        // An error affects only this connection. The HTTP library responds to malformed requests.
        tokio::select! {
            _ = connection => {}
            () = log.idle(self.timeout) => {}
        }
    }

    /// Handles a request. An error closes the connection without a response.
    async fn handle(
        &self,
        request: Request<Incoming>,
        log: &ConnectionLog,
    ) -> Result<Response<Payload>, Closed> {
        let (parts, body) = request.into_parts();
        let body = read_body(body).await?;
        let head = log.take_head(parts.method.as_str());
        let head = head.unwrap_or_else(|| rebuild_head(&parts));
        let uri = parts.uri;
        let raw = Raw {
            method: parts.method,
            path: uri.path().to_owned(),
            query: uri.query().map(str::to_owned),
            headers: parts.headers,
            head,
            body,
        };
        log.set_responding(true);
        let reply = if control::is_path(&raw.path) {
            Reply::Response(control::handle(&self.service, &raw))
        } else {
            self.service.call(&raw).await
        };
        log.set_responding(false);
        match reply {
            Reply::Response(reply) => Ok(response(reply)),
            Reply::Drop => Err(Closed),
        }
    }
}

/// The connection was closed by the client during a body, or by a fault.
#[derive(Debug, thiserror::Error)]
#[error("the connection is closed")]
struct Closed;

/// Reads a body up to the size limit.
async fn read_body(mut body: Incoming) -> Result<Body, Closed> {
    if body.size_hint().lower() > DRAIN_LIMIT as u64 {
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
        if length > DRAIN_LIMIT {
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

/// Rebuilds the head of a request whose raw bytes were not recorded.
fn rebuild_head(parts: &hyper::http::request::Parts) -> Bytes {
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

/// Builds the HTTP response.
fn response(reply: service::Response) -> Response<Payload> {
    let mut response = Response::new(Payload::new(reply.body, reply.cut));
    *response.status_mut() =
        StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(SERVER, HeaderValue::from_static("tc3-emulator"));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(reply.content_type));
    if let Ok(date) = HeaderValue::try_from(http_date(reply.time)) {
        headers.insert(DATE, date);
    }
    if let Some(trace_id) = reply.trace_id.and_then(|id| HeaderValue::try_from(id).ok()) {
        headers.insert("x-tc-traceid", trace_id);
    }
    response
}
