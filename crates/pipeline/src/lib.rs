//! The pipeline of this project: sources of a service → its spec → its crate.
//!
//! Each command of `cargo xtask` that does more than call one other crate is a function here. It finds out what is to be
//! done and returns it; the command prints it and, if all is well, writes the [`Plan`]. So every error comes before the first
//! write, and nothing here prints. Only [`conformance()`] writes by itself, in a folder of its own, since it builds there.
//!
//! - [`regenerate()`]: pages, metadata, fixups and glossary below `specs` to specs and crates.
//! - [`import()`]: the vendor's metadata to specs.
//! - [`generate()`]: specs to crates in any folder.
//! - [`conformance()`]: the documented responses of a package through the generated types.
//! - [`explain()`]: from a name to the row of the page, the entry of the spec and the code.
//! - [`testing`]: the documented examples through the types of a generated crate.
//! - [`diff`]: what changed between two states of the specs.

#![forbid(unsafe_code)]

mod changes;
mod conformance;
pub mod diff;
mod explain;
mod files;
mod generate;
mod import;
mod lock;
mod plan;
mod reading;
mod regenerate;
mod removal;
mod service;
pub mod testing;
mod text;
mod workers;

pub use conformance::{Conformance, conformance};
pub use explain::explain;
pub use files::files;
pub use generate::{Generation, generate};
pub use import::{Import, ImportOptions, import};
pub use lock::FolderLock;
pub use plan::{Count, Plan};
pub use reading::Reading;
pub use regenerate::{Regeneration, regenerate};
pub use removal::Removal;
pub use service::SpecsFolder;
pub use text::count;
