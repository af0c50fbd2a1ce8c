//! The catalogues in this crate, and hostile files.

mod damaged;
mod embedded;
mod opened;
mod searched;
mod shop;
mod texts;
