use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tc3_spec::Spec;
use tokio::sync::oneshot;

use crate::StartError;
use crate::catalogue::Catalogue;
use crate::emulator::Emulator;
use crate::fault::{Fault, Faults};
use crate::gateway::{Gateway, Rates};
use crate::net::{Identity, Server};
use crate::received::Log;
use crate::seed::Seed;
use crate::service::Service;
use crate::store::Store;

/// Settings for an [`Emulator`].
#[derive(Clone, Debug)]
#[must_use = "nothing runs before it is started"]
pub struct Builder {
    listen: SocketAddr,
    tls: bool,
    specs: Option<PathBuf>,
    more: Vec<Spec>,
    seed: Seed,
    state_file: Option<PathBuf>,
    rate_limits: bool,
    patience: Duration,
    faults: Vec<Fault>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            tls: false,
            specs: None,
            more: Vec::new(),
            seed: Seed::demonstration(),
            state_file: None,
            rate_limits: true,
            patience: Duration::from_secs(30),
            faults: Vec::new(),
        }
    }
}

impl Builder {
    /// Sets where it listens, an address of loopback. The default is a free port of 127.0.0.1.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// Speaks TLS, with a certificate that [`Emulator::authority`] vouches for.
    pub fn tls(mut self) -> Self {
        self.tls = true;
        self
    }

    /// Sets the folder of specs, `<service>/<version>.json` each. The default is this project's.
    pub fn specs(mut self, folder: impl Into<PathBuf>) -> Self {
        self.specs = Some(folder.into());
        self
    }

    /// Adds a spec. If no folder is set, there are no others then.
    pub fn spec(mut self, spec: Spec) -> Self {
        self.more.push(spec);
        self
    }

    /// Sets what it starts with. The default is the [demonstration](Seed::demonstration).
    pub fn seed(mut self, seed: Seed) -> Self {
        self.seed = seed;
        self
    }

    /// Keeps the state in a file, which is whole at any moment: what was answered is in it, however the process ends.
    ///
    /// If the file is there already, its state is taken, and of the seed the credentials and limits alone. What the
    /// system had not put on the disk when the machine itself stops may be lost.
    pub fn state_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.state_file = Some(path.into());
        self
    }

    /// Sets whether the documented rates are kept; they are by default.
    pub fn rate_limits(mut self, kept: bool) -> Self {
        self.rate_limits = kept;
        self
    }

    /// Sets how long the head of a request may take to come in, and how long nothing may move on a connection otherwise,
    /// before it is closed, which may take twice as long. The default is 30 seconds, the most is a day.
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience.min(Duration::from_secs(24 * 3600));
        self
    }

    /// Adds a fault that waits for requests from the beginning.
    pub fn fault(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }

    /// Starts it. Once this returns, it answers.
    ///
    /// # Errors
    /// If specs, seed or state are wrong, or nothing can listen at the address.
    pub async fn start(self) -> Result<Emulator, StartError> {
        // The work is short, and done on the caller's thread: there is nothing to wait for.
        self.start_blocking()
    }

    /// Starts it, without an async runtime.
    ///
    /// # Errors
    /// Fails as [`start`](Self::start) does.
    pub fn start_blocking(self) -> Result<Emulator, StartError> {
        if !self.listen.ip().is_loopback() {
            return Err(StartError::NotLoopback(self.listen));
        }
        let catalogue = self.catalogue()?;
        self.seed.check("the seed")?;
        let failed = |source| StartError::Listen {
            address: self.listen,
            source,
        };
        let listener = TcpListener::bind(self.listen).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let identity = self.tls.then(|| Identity::make(address.ip())).transpose()?;
        let (tls, authority) = identity.map(|of| (of.acceptor, of.authority)).unzip();
        // Last, so that a start that fails leaves no file behind.
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
            endpoint: format!("{scheme}://{address}"),
        });
        let server = Arc::new(Server {
            service: Arc::clone(&service),
            tls,
            patience: self.patience,
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
                        // The sender is dropped, never used.
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
            None if self.more.is_empty() => Catalogue::load(&own_specs())?,
            None => Catalogue::default(),
        };
        for spec in &self.more {
            catalogue.add(spec.clone(), Path::new("the specs that were added"))?;
        }
        Ok(catalogue)
    }
}

/// The specs of the project that this crate was built from: they lie beside it, also where cargo fetched it.
fn own_specs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs")
}
