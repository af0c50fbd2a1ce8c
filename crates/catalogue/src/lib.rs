//! The facts of every service of Tencent Cloud API 3.0: actions, parameters, types, error codes, access and pagination,
//! without the vendor's descriptions and examples.
//!
//! ```
//! use tc3_catalogue::Catalogue;
//!
//! let catalogue = Catalogue::international();
//! let newest = catalogue.versions("cvm").last().expect("the service has a version");
//! let spec = catalogue.load("cvm", newest)?;
//! assert!(spec.actions.contains_key("RunInstances"));
//! # Ok::<(), tc3_catalogue::Error>(())
//! ```
//!
//! [`Texts`] adds descriptions and examples that a user imported from the vendor's package.
//!
//! # Files
//! `data/<site>.bin` has a header, the compressed manifest, the compressed index of names, and a compressed section for
//! each service version, which can be read alone. The manifest has the length and the hash of each section, which detect
//! damage. `data/<site>.txt` is the same manifest, uncompressed, so that a diff shows the changes.
//!
//! A section is a text of one line for each fact, because deflate compresses the repeated names of a text better than
//! references to a table of names. `facts.rs` describes the lines.

#![forbid(unsafe_code)]

mod build;
mod catalogue;
mod error;
mod facts;
mod file;
mod found;
mod fuzzy;
mod hash;
mod index;
mod manifest;
mod search;
mod texts;

pub use build::{BuildError, build};
pub use catalogue::Catalogue;
pub use error::{Error, OpenError};
pub use found::Found;
pub use search::{Hit, HitKind};
pub use texts::{TextHit, TextOwner, Texts, TextsBuilder, TextsError, summary};
