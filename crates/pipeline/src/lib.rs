//! The pipeline of this project: sources of a service → its spec → its crate.
//!
//! Each function implements a command of `cargo xtask`. It returns what to print and a [`Plan`] of what to write, and
//! the command prints it and executes the plan. So all errors are found before the first write, and nothing here
//! prints. Only [`conformance()`] writes by itself, into its own folder, because it builds there.
//!
//! - [`regenerate()`]: builds specs and crates from the pages, metadata, fixups and glossaries below `specs`.
//! - [`import()`]: builds specs from the vendor's metadata.
//! - [`generate()`]: generates crates from specs into any folder.
//! - [`catalogue()`]: builds the catalogues of all services from the vendor's packages.
//! - [`conformance()`]: checks the generated types against the documented responses of a package.
//! - [`parse()`]: parses pages.
//! - [`explain()`]: traces a name to its row on a page, its spec entry and its generated code.
//! - [`testing`]: checks the types of a generated crate against the documented examples.
//! - [`diff`]: compares two states of the specs.

#![forbid(unsafe_code)]

mod argument;
mod catalogue;
mod changes;
mod conformance;
mod crates;
pub mod diff;
mod enclosing;
mod explain;
mod files;
mod generate;
mod import;
mod lock;
mod parse;
mod plan;
mod reading;
mod regenerate;
mod releases;
mod removal;
mod runtime;
mod service;
mod sources;
pub mod testing;
mod text;
mod workers;
mod write;

pub use argument::WrongArgument;
pub use catalogue::{CatalogueBuild, catalogue};
pub use conformance::{Conformance, conformance};
pub use explain::explain;
pub use generate::{Generation, generate};
pub use import::{Import, ImportOptions, import};
pub use lock::FolderLock;
pub use parse::{Parsed, parse};
pub use plan::{Count, Plan};
pub use reading::Reading;
pub use regenerate::{Regeneration, regenerate};
pub use removal::Removal;
pub use runtime::parse_runtime;
pub use service::SpecsFolder;
pub use sources::SpecSource;
pub use tc3_codegen::Runtime;
pub use text::count;
