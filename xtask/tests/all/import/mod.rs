//! `import`: output, written files, and files that are kept.

mod contents;
mod derived;
mod pages;
pub(crate) mod place;
mod readme;
mod selection;
mod wheels;
