//! The generated client of Organization: calls of all five documented actions over real HTTP on loopback, against a
//! service that checks each signature with code of its own, and what the README shows.

mod calls;
mod readme;
/// The runtime's own test service, and its other side of the signature.
#[path = "../../../crates/runtime/tests/client/server.rs"]
#[allow(dead_code, reason = "the runtime's tests use more of it")]
mod server;
#[path = "../../../crates/runtime/tests/client/verify.rs"]
mod verify;

/// The credential that the service knows.
mod api {
    pub(crate) const SECRET_ID: &str = "AKIDorganization";
    pub(crate) const SECRET_KEY: &str = "the-key-of-the-tests";
    pub(crate) const TOKEN: &str = "no-token";
}
