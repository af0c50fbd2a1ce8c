//! `explain`: traces names to pages, spec entries and code.

mod organization;
mod readme;
mod shop;
