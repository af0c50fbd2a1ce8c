//! `diff`, and the changes reported by `regenerate`.

mod contributing;
mod formats;
mod regenerate;
mod shop;
mod sides;
