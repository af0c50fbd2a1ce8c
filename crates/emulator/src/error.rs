//! Why an emulator does not start.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use tc3_spec::LoadError;

/// Why an emulator could not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The folder of specs could not be read.
    #[error("cannot read the specs in {}: {source}", path.display())]
    Specs {
        /// The folder.
        path: PathBuf,
        /// What the system said.
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
    /// Two specs are of the same version of a service.
    #[error("{}: there is a spec of {service} {version} already", origin.display())]
    Twice {
        /// The service.
        service: String,
        /// The version.
        version: String,
        /// Where the second one stands.
        origin: PathBuf,
    },
    /// A seed or a state is wrong.
    #[error("{origin}: {message}")]
    Data {
        /// The file, with line and column if these are known.
        origin: String,
        /// What is wrong.
        message: String,
    },
    /// The state file could not be read or written.
    #[error("cannot use the state file {}: {source}", path.display())]
    StateFile {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another emulator has the state file.
    #[error(
        "another emulator uses the state file {}: stop it, or name another file",
        .0.display()
    )]
    StateInUse(PathBuf),
    /// The address is not one of this machine alone.
    #[error(
        "{0} can be reached from other machines, and an emulator has no real accounts to protect itself with: \
         name an address of loopback, such as 127.0.0.1:{port}", port = .0.port()
    )]
    NotLoopback(SocketAddr),
    /// Nothing can listen at the address.
    #[error("cannot listen at {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// A certificate could not be made.
    #[error("cannot make a certificate: {0}")]
    Certificate(String),
    /// The thread that serves could not be started.
    #[error("cannot start the thread that serves: {0}")]
    Thread(io::Error),
}
