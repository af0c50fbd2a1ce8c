use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tc3_catalogue::Catalogue;
use tc3_loopback::Origins;
use tokio::net::{TcpListener, TcpStream};

use crate::api::codes;
use crate::calls::Calls;
use crate::gate::{Gate, OPEN};
use crate::routes;
use crate::session::Session;
use crate::settings::Settings;
use crate::shared::Shared;

/// Timeout for the headers of a request.
const HEADER_TIMEOUT: Duration = Duration::from_secs(30);

/// The delay before `accept` is retried. It usually fails because too many files are open.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(50);

/// Maximum number of attempts to find a port that is free at both loopback addresses.
const MAX_ATTEMPTS: usize = 16;

/// A running explorer.
pub struct Explorer {
    shared: Arc<Shared>,
    listeners: Vec<TcpListener>,
    address: SocketAddr,
}

/// Reason why an explorer does not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The explorer cannot listen.
    #[error("cannot listen on port {port} of the loopback addresses: {cause}; choose another port")]
    Listen {
        /// The port; 0 picks a free one.
        port: u16,
        /// The I/O error.
        cause: io::Error,
    },
    /// The service, version or action to open first does not exist.
    #[error(transparent)]
    Unknown(#[from] tc3_catalogue::Error),
    /// The system's random number generator failed.
    #[error(
        "cannot create the token, because the system's random number generator failed: {0}; try again"
    )]
    Random(getrandom::Error),
}

impl Explorer {
    /// Starts to listen; [`run`](Self::run) handles the requests.
    ///
    /// # Errors
    /// Fails if the service, version or action to open first does not exist, no port is free at the loopback addresses,
    /// or the system's random number generator fails.
    pub async fn start(settings: Settings) -> Result<Self, StartError> {
        let start = start(&settings)?;
        let site = settings.site;
        // Loads the data in the background before the first search.
        std::thread::spawn(move || {
            codes::of_site(site);
        });
        let port = settings.port;
        let listeners = listen(port)
            .await
            .map_err(|cause| StartError::Listen { port, cause })?;
        let address = listeners[0]
            .local_addr()
            .map_err(|cause| StartError::Listen { port, cause })?;
        let session = Session::new(address.port()).map_err(StartError::Random)?;
        let gate = Gate {
            origins: Origins::new("http", address),
            session,
        };
        Ok(Self {
            shared: Arc::new(Shared {
                settings,
                start,
                gate,
                calls: Calls::default(),
            }),
            listeners,
            address,
        })
    }

    /// Returns the address to open in a browser. It works once. It gives access to the explorer, so keep it secret.
    pub fn url(&self) -> String {
        let token = self.shared.gate.session.token().unwrap_or_default();
        format!("http://{}{OPEN}{token}", self.address)
    }

    /// Handles requests until the future is dropped.
    pub async fn run(self) {
        let Self {
            shared, listeners, ..
        } = self;
        let accepting = listeners.into_iter().map(|listener| {
            let shared = Arc::clone(&shared);
            tokio::spawn(accept(shared, listener))
        });
        let mut accepting = Accepting(accepting.collect());
        for task in &mut accepting.0 {
            // They end only if they panic.
            let _ = task.await;
        }
    }
}

/// Returns the path of the first page.
fn start(settings: &Settings) -> Result<String, tc3_catalogue::Error> {
    let site = settings.site;
    let Some(name) = &settings.start else {
        return Ok(format!("/{}/", site.name()));
    };
    let catalogue = Catalogue::of_site(site);
    let (service, action) = name.split_once('.').unwrap_or((name, ""));
    let version = catalogue.version(service, settings.version.as_deref())?;
    if !action.is_empty() {
        catalogue.action(service, version, action)?;
    }
    Ok(format!("/{}/{service}/{version}/{action}", site.name()))
}

/// Tasks that are aborted on drop.
struct Accepting(Vec<tokio::task::JoinHandle<()>>);

impl Drop for Accepting {
    fn drop(&mut self) {
        for task in &self.0 {
            task.abort();
        }
    }
}

/// Listens on the same port of both loopback addresses, or on the only address that the machine has.
async fn listen(port: u16) -> io::Result<Vec<TcpListener>> {
    let mut last = None;
    for _ in 0..MAX_ATTEMPTS {
        let first = match TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
            Ok(listener) => listener,
            Err(error) if error.kind() == io::ErrorKind::AddrNotAvailable => {
                return Ok(vec![TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await?]);
            }
            Err(error) => return Err(error),
        };
        let chosen = first.local_addr()?.port();
        match TcpListener::bind((Ipv6Addr::LOCALHOST, chosen)).await {
            Ok(second) => return Ok(vec![first, second]),
            // Another program uses the port on the other address.
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => last = Some(error),
            Err(_) => return Ok(vec![first]),
        }
        if port != 0 {
            break;
        }
    }
    Err(last.unwrap_or_else(|| io::ErrorKind::AddrInUse.into()))
}

async fn accept(shared: Arc<Shared>, listener: TcpListener) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(serve(Arc::clone(&shared), stream));
            }
            Err(_) => tokio::time::sleep(ACCEPT_RETRY_DELAY).await,
        }
    }
}

async fn serve(shared: Arc<Shared>, stream: TcpStream) {
    // Avoids delays of small responses. A failure only makes the connection slower.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| routes::respond(&shared, request));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIMEOUT)
        .serve_connection(TokioIo::new(stream), service);
    // An error affects only this connection.
    let _ = connection.await;
}
