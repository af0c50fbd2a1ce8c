//! Pages over a service that answers from a script: what is asked for, and where it ends.

mod by_offset;
mod by_token;
mod lists;
mod next;
mod script;
#[cfg(feature = "stream")]
mod stream;
#[cfg(feature = "blocking")]
mod wait;
