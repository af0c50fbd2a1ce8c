//! `diff`, and the changes reported by `regenerate`.

mod formats;
mod readme;
mod regenerate;
mod shop;
mod sides;
