//! The generated client of Organization: calls the emulator over HTTP and TLS, and runs the examples of the README.

mod calls;
mod emulated;
mod readme;
