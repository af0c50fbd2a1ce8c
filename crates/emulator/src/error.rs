//! Startup errors.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use tc3_spec::LoadError;

/// Reason why an emulator could not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The folder of specs could not be read.
    #[error("cannot read the specs in {}: {source}", path.display())]
    Specs {
        /// The folder.
        path: PathBuf,
        /// The I/O error.
        source: io::Error,
    },
    /// No service has a spec in the folder.
    #[error(
        "no spec in {}: expected files like organization/2021-03-31.json",
        .0.display()
    )]
    NoSpec(PathBuf),
    /// A spec could not be loaded.
    #[error(transparent)]
    Spec(#[from] LoadError),
    /// Two specs have the same service and version.
    #[error("{}: duplicate spec of {service} {version}", origin.display())]
    Twice {
        /// The service.
        service: String,
        /// The version.
        version: String,
        /// Origin of the second spec.
        origin: PathBuf,
    },
    /// A seed or state is invalid.
    #[error("{origin}: {message}")]
    Data {
        /// The file, with line and column if known.
        origin: String,
        /// The problem.
        message: String,
    },
    /// The state file could not be read or written.
    #[error("cannot use the state file {}: {source}", path.display())]
    StateFile {
        /// The file.
        path: PathBuf,
        /// The I/O error.
        source: io::Error,
    },
    /// Another emulator holds the lock of the state file.
    #[error(
        "state file {} is in use by another emulator; stop it or use another file",
        .0.display()
    )]
    StateInUse(PathBuf),
    /// The listen address is not loopback.
    #[error(
        "listen address {0} is not loopback, and the emulator must not be reachable from other machines; \
         use an address such as 127.0.0.1:{port}", port = .0.port()
    )]
    NotLoopback(SocketAddr),
    /// The address could not be bound.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The I/O error.
        source: io::Error,
    },
    /// The certificate could not be created.
    #[error("cannot create a certificate: {0}")]
    Certificate(String),
    /// The server thread could not be started.
    #[error("cannot start the server thread: {0}")]
    Thread(io::Error),
}
