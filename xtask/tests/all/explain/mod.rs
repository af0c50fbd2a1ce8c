//! `explain`: traces names to pages, spec entries and code.

mod contributing;
mod organization;
mod shop;
