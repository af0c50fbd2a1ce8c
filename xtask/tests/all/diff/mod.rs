//! `diff` as it is called, and what `regenerate` says of changes.

mod formats;
mod readme;
mod regenerate;
mod shop;
mod sides;
