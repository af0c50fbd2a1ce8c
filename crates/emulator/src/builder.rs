use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tc3_loopback::Origins;
use tc3_spec::Spec;
use tokio::sync::oneshot;

use crate::StartError;
use crate::catalogue::Catalogue;
use crate::emulator::Emulator;
use crate::fault::{Fault, Faults};
use crate::gateway::{Gateway, Rates};
use crate::guard::{ControlToken, Guard};
use crate::net::{Identity, Server};
use crate::received::Log;
use crate::seed::Seed;
use crate::service::{Lists, Service};
use crate::store::Store;

/// Settings for an [`Emulator`].
#[derive(Clone, Debug)]
#[must_use = "call `start` to run the emulator"]
pub struct Builder {
    listen: SocketAddr,
    tls: bool,
    specs: Option<PathBuf>,
    added: Vec<Spec>,
    seed: Seed,
    state_file: Option<PathBuf>,
    rate_limits: bool,
    timeout: Duration,
    faults: Vec<Fault>,
    control_token: Option<ControlToken>,
    real_time_clients: bool,
    lists: Lists,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            tls: false,
            specs: None,
            added: Vec::new(),
            seed: Seed::demonstration(),
            state_file: None,
            rate_limits: true,
            timeout: Duration::from_secs(30),
            faults: Vec::new(),
            control_token: None,
            real_time_clients: false,
            lists: Lists {
                length: 1,
                page: None,
            },
        }
    }
}

impl Builder {
    /// Sets the listen address. The default is a free port of 127.0.0.1.
    ///
    /// An address that is not loopback, such as 0.0.0.0 in a container, requires a
    /// [`control_token`](Self::control_token).
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// Enables TLS. Clients must trust the CA certificate in [`Emulator::authority`].
    pub fn tls(mut self) -> Self {
        self.tls = true;
        self
    }

    /// Sets the folder of specs, with files named `<service>/<version>.json`. By default, the specs of this project are served,
    /// which the package contains.
    pub fn specs(mut self, folder: impl Into<PathBuf>) -> Self {
        self.specs = Some(folder.into());
        self
    }

    /// Adds a spec. Unless [`specs`](Self::specs) sets a folder, only added specs are served.
    pub fn spec(mut self, spec: Spec) -> Self {
        self.added.push(spec);
        self
    }

    /// Sets the initial state. The default is the [demonstration](Seed::demonstration).
    pub fn seed(mut self, seed: Seed) -> Self {
        self.seed = seed;
        self
    }

    /// Persists the state in a file. Every change is written atomically before its response is sent.
    ///
    /// If the file exists, its state is used, and only the credentials and limits of the seed apply. Recent changes may be
    /// lost when the machine itself crashes.
    pub fn state_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.state_file = Some(path.into());
        self
    }

    /// Enables or disables the documented rate limits. They are enabled by default.
    pub fn rate_limits(mut self, enabled: bool) -> Self {
        self.rate_limits = enabled;
        self
    }

    /// Sets the timeout for reading a request head, and the idle timeout of a connection. An idle connection is closed
    /// after one to two timeouts. The default is 30 seconds, the maximum is a day.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout.min(Duration::from_secs(24 * 3600));
        self
    }

    /// Adds a fault that is active from the start.
    pub fn fault(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }

    /// Requires a token for the control API, which other machines can then use.
    ///
    /// Without the token, other machines can still call actions with a known credential, and send faults for their own
    /// requests.
    pub fn control_token(mut self, token: ControlToken) -> Self {
        self.control_token = Some(token);
        self
    }

    /// Checks signatures against the time of this machine, even if the emulator's clock is moved.
    ///
    /// By default, clients must sign with the emulator's time. The client of this project adapts to it. Clients in other
    /// languages sign with real time.
    pub fn real_time_clients(mut self) -> Self {
        self.real_time_clients = true;
        self
    }

    /// Sets the number of items of the paginated lists that are built from response tables. The default is one.
    pub fn list_length(mut self, items: usize) -> Self {
        self.lists.length = items.min(Self::MAX_LIST_LENGTH);
        self
    }

    /// Sets the default number of items of a page, for requests without a page size. By default a page has all items.
    pub fn page_length(mut self, items: u32) -> Self {
        self.lists.page = Some(u64::from(items.max(1)));
        self
    }

    /// Maximum number of items of a list.
    const MAX_LIST_LENGTH: usize = 100_000;

    /// Starts the emulator. It accepts connections once this returns.
    ///
    /// # Errors
    /// Fails if the specs, seed or state are invalid, or the address cannot be bound.
    pub async fn start(self) -> Result<Emulator, StartError> {
        // Starting takes little time, so it may block the caller's thread.
        self.start_blocking()
    }

    /// Starts the emulator without an async runtime.
    ///
    /// # Errors
    /// Same as [`start`](Self::start).
    pub fn start_blocking(self) -> Result<Emulator, StartError> {
        if !self.listen.ip().is_loopback() && self.control_token.is_none() {
            return Err(StartError::NotLoopback(self.listen));
        }
        let catalogue = self.catalogue()?;
        self.seed.check("the seed")?;
        self.seed.check_callers()?;
        for fault in &self.faults {
            fault.check(&catalogue)?;
        }
        let failed = |cause| StartError::Listen {
            address: self.listen,
            cause,
        };
        let listener = TcpListener::bind(self.listen).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let identity = self
            .tls
            .then(|| Identity::create(address.ip()))
            .transpose()?;
        let (tls, authority) = identity
            .map(|identity| (identity.acceptor, identity.authority))
            .unzip();
        // The state file is opened last, so that a failed start leaves none.
        let store = match &self.state_file {
            None => Store::new(self.seed.state()),
            Some(path) => Store::open(path, self.seed.state())?,
        };
        let scheme = if self.tls { "https" } else { "http" };
        let faults = Faults::default();
        for fault in self.faults {
            faults.add(fault);
        }
        let service = Arc::new(Service {
            gateway: Gateway {
                catalogue,
                callers: self.seed.callers,
                rates: self.rate_limits.then(Rates::default),
            },
            store,
            faults,
            log: Log::default(),
            limits: self.seed.limits,
            guard: Guard::new(Origins::new(scheme, address), self.control_token),
            real_time_clients: self.real_time_clients,
            lists: self.lists,
            endpoint: format!("{scheme}://{}", client_address(address)),
        });
        let server = Arc::new(Server {
            service: Arc::clone(&service),
            tls,
            timeout: self.timeout,
        });

        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(StartError::Thread)?;
        let entered = runtime.enter();
        let listener = tokio::net::TcpListener::from_std(listener).map_err(failed)?;
        drop(entered);
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = thread::Builder::new()
            .name("tc3-emulator".to_owned())
            .spawn(move || {
                runtime.block_on(async {
                    tokio::select! {
                        never = server.run(listener) => match never {},
                        // Dropping the sender ends the thread.
                        _ = stopped => {}
                    }
                });
            })
            .map_err(StartError::Thread)?;
        Ok(Emulator {
            address,
            service,
            authority,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    fn catalogue(&self) -> Result<Catalogue, StartError> {
        let mut catalogue = match &self.specs {
            Some(folder) => Catalogue::load(folder)?,
            None if self.added.is_empty() => Catalogue::load(&own_specs())?,
            None => Catalogue::default(),
        };
        for spec in &self.added {
            catalogue.add(spec.clone(), Path::new("the added specs"))?;
        }
        Ok(catalogue)
    }
}

// The constructors are here, because the module `emulator` must not import the builder.
impl Emulator {
    /// Starts an emulator of all services of this project on a free port of 127.0.0.1, with the
    /// [demonstration](crate::Seed::demonstration) seed.
    ///
    /// # Errors
    /// Fails if the specs cannot be loaded or no port can be bound.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// Returns a builder with default settings.
    pub fn builder() -> Builder {
        Builder::default()
    }
}

/// Returns the address that clients on this machine use: loopback instead of "all addresses".
fn client_address(mut address: SocketAddr) -> SocketAddr {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    address
}

/// Returns the folder of the project's specs in this package. It contains symbolic links to the specs of the workspace,
/// which packaging resolves.
fn own_specs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("specs")
}
