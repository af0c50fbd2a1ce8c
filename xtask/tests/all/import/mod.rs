//! `import`: output, written files, and files that are kept.

mod contents;
mod contributing;
mod derived;
mod pages;
pub(crate) mod place;
mod selection;
mod wheels;
