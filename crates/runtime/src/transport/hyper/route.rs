use std::{
    future::poll_fn,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use http::{HeaderValue, Uri, uri::Scheme};
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::{
    client::legacy::connect::{HttpConnector, proxy::Tunnel},
    rt::TokioIo,
};
use tokio::net::TcpStream;
use tower_service::Service;
use zeroize::Zeroizing;

use crate::{
    error::Cause,
    transport::{
        cause::Hopeless,
        own::{Proxies, Proxy},
    },
};

/// A connector to proxies, in the clear or by TLS.
type Hop = HttpsConnector<HttpConnector>;
type TunnelError = <Tunnel<Hop> as Service<Uri>>::Error;

/// Opens connections to hosts, without TLS: straight ones, or through the tunnel of a proxy.
#[derive(Clone)]
pub(super) struct Route {
    tcp: HttpConnector,
    hop: Hop,
    proxies: Arc<Proxies>,
}

impl Route {
    pub(super) fn new(tcp: HttpConnector, hop: Hop, proxies: Proxies) -> Self {
        Self {
            tcp,
            hop,
            proxies: Arc::new(proxies),
        }
    }
}

impl Service<Uri> for Route {
    type Response = MaybeHttpsStream<TokioIo<TcpStream>>;
    type Error = Cause;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Cause>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Cause>> {
        self.tcp.poll_ready(context).map_err(Cause::from)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let Some(proxy) = self.proxies.of(&uri) else {
            let connecting = self.tcp.call(uri);
            return Box::pin(async move { Ok(MaybeHttpsStream::Http(connecting.await?)) });
        };
        let mut tunnel = Tunnel::new(proxy.uri.clone(), self.hop.clone());
        if let Some(authorization) = authorization(proxy) {
            tunnel = tunnel.with_auth(authorization);
        }
        Box::pin(async move {
            let connecting = async {
                poll_fn(|context| tunnel.poll_ready(context)).await?;
                tunnel.call(with_port(uri)).await
            };
            connecting.await.map_err(|error| match error {
                TunnelError::ProxyAuthRequired => Hopeless(Hopeless::PASSWORD).into(),
                error => error.into(),
            })
        })
    }
}

/// The URI with its port, for the tunnel would take that of https for every scheme.
fn with_port(uri: Uri) -> Uri {
    if uri.scheme() != Some(&Scheme::HTTP) || uri.port().is_some() {
        return uri;
    }
    let with_port = Uri::builder()
        .scheme(Scheme::HTTP)
        .authority(format!("{}:80", uri.host().unwrap_or_default()))
        .path_and_query("/")
        .build();
    with_port.unwrap_or(uri)
}

/// The name and the password for a proxy that asks for them.
fn authorization(proxy: &Proxy) -> Option<HeaderValue> {
    let user = proxy.user.as_ref()?;
    let pair = Zeroizing::new(format!("{}:{}", *user.name, *user.password));
    let mut value = HeaderValue::from_str(&format!("Basic {}", base64(pair.as_bytes()))).ok()?;
    value.set_sensitive(true);
    Some(value)
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let mut group = [0; 4];
        group[1..=chunk.len()].copy_from_slice(chunk);
        let group = u32::from_be_bytes(group);
        for place in 0..4 {
            if place > chunk.len() {
                text.push('=');
            } else {
                let digit = group >> (18 - 6 * place) & 63;
                text.push(char::from(DIGITS[digit as usize]));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_base64() {
        for (text, expected) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("Aladdin:opensesame", "QWxhZGRpbjpvcGVuc2VzYW1l"),
            ("\u{ff}\u{fe}~", "w7/Dvn4="),
        ] {
            assert_eq!(base64(text.as_bytes()), expected);
        }
    }
}
