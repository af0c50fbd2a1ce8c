//! Startup errors.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use tc3_spec::LoadError;

/// Reason why an emulator could not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The folder of specs could not be read.
    #[error("cannot read the specs in {}: {cause}", path.display())]
    Specs {
        /// The folder.
        path: PathBuf,
        /// The I/O error.
        cause: io::Error,
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
    DuplicateSpec {
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
    #[error("cannot use the state file {}: {cause}", path.display())]
    StateFile {
        /// The file.
        path: PathBuf,
        /// The I/O error.
        cause: io::Error,
    },
    /// Another emulator holds the lock of the state file.
    #[error(
        "state file {} is in use by another emulator; stop it or use another file",
        .0.display()
    )]
    StateInUse(PathBuf),
    /// The seed has no callers.
    #[error(
        "the seed has no callers, so every call would be refused; add \"callers\": [{{\"secret_id\": \"…\", \
         \"secret_key\": \"…\", \"uin\": {uin}}}], as a state contains no keys"
    )]
    NoCallers {
        /// An account to call as.
        uin: u64,
    },
    /// A fault is invalid.
    #[error(transparent)]
    Fault(#[from] InvalidFault),
    /// The listen address is not loopback.
    #[error(
        "listen address {0} is not loopback, so other machines could control the emulator; use an address such as \
         127.0.0.1:{port}, or set a control token (`Builder::control_token`, `--control-token-file`)", port = .0.port()
    )]
    NotLoopback(SocketAddr),
    /// A control token is unsuitable. The error does not show it.
    #[error(
        "{0}: a control token must have at least 16 visible ASCII characters; create a random one"
    )]
    ControlToken(
        /// The origin of the token.
        String,
    ),
    /// The address could not be bound.
    #[error("cannot listen on {address}: {cause}; choose another address")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The I/O error.
        cause: io::Error,
    },
    /// The certificate could not be created.
    #[error("cannot create a certificate: {0}")]
    Certificate(String),
    /// The server thread could not be started.
    #[error("cannot start the server thread: {0}")]
    Thread(io::Error),
}

/// An invalid fault.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid fault: {0}")]
pub struct InvalidFault(pub(crate) String);

/// Reads a file; `content` describes it in errors.
pub(crate) fn read(path: &Path, content: &str) -> Result<String, StartError> {
    std::fs::read_to_string(path).map_err(|error| StartError::Data {
        origin: path.display().to_string(),
        message: format!("cannot read {content}: {error}"),
    })
}

/// Converts a JSON error in a file, with its position.
pub(crate) fn json_error(error: &serde_json::Error, path: &Path) -> StartError {
    let (line, column) = (error.line(), error.column());
    let message = error.to_string();
    let message = message
        .strip_suffix(&format!(" at line {line} column {column}"))
        .unwrap_or(&message);
    StartError::Data {
        origin: format!("{}:{line}:{column}", path.display()),
        message: message.to_owned(),
    }
}
