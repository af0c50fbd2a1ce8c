//! A local API explorer: a server on loopback addresses whose pages search the catalogue, show an action with a form for
//! its parameters, call it on the emulator or with a profile, and show the signature and the call as code.
//!
//! # Security
//! The server listens on 127.0.0.1 and `[::1]`. Its address has a token that is accepted once, and becomes a cookie that
//! only pages of the server send. `Host` must be a loopback name with the port, requests of other origins are refused, and
//! changes are POSTs of JSON. Pages load nothing from elsewhere and run no inline code. They get no secret key: the server
//! signs. They choose neither the endpoint nor a path of a file. Real profiles only read, unless [`Settings::write`] is
//! set, and a write must be confirmed for the host that it goes to.
//!
//! Browsers send cookies of a host to all of its ports, so a server of another user of this machine can get the session, if
//! one opens a page of it in the same browser.

#![forbid(unsafe_code)]

mod api;
mod assets;
mod calls;
mod explorer;
mod form;
mod gate;
mod pages;
mod problem;
mod query;
mod reply;
mod routes;
mod session;
mod settings;
mod shared;
mod subject;
mod words;

pub use explorer::{Explorer, StartError};
pub use settings::{Account, Settings, Source};
