//! The generated client of Organization: calls of all five documented actions against the emulator, over HTTP and over
//! TLS, and what the README shows.

mod calls;
mod emulated;
mod readme;
