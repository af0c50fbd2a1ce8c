//! A local API explorer: a server on loopback addresses. Its pages search the catalogue and show a form for the parameters
//! of an action. They call it on the emulator or with a profile, and show the signature and the call as code.
//!
//! # Security
//! The server listens on 127.0.0.1 and `[::1]`. Its address contains a token. The server accepts the token once, and
//! exchanges it for a session cookie. It requires a loopback name with the port in `Host`, refuses requests of other
//! origins, and accepts changes only as POSTs of JSON. Pages load nothing from other origins and run no inline scripts.
//! They never receive a secret key, because the server signs. They cannot select the endpoint or the path of a file.
//! Accounts are read-only unless [`Settings::write`] is set. The user must confirm a write, with its host.
//!
//! Browsers send the cookies of a host to all of its ports. So a server of another user of this machine receives the
//! session cookie if the user opens one of its pages in the same browser.

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
