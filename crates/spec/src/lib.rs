//! The spec of one version of a Tencent Cloud service: its documentation as data.
//!
//! A spec is a JSON file under version control, `specs/<service>/<version>.json`. The documentation parser writes it and
//! the code generator reads it; this crate is their only common dependency. Reading and writing a spec preserves its
//! bytes.
//!
//! # Format 1
//! The keys of the file are in the order of the fields of [`Spec`], [`Action`], [`Field`], [`ErrorCode`], [`Example`],
//! [`Source`], [`DataType`] and [`Sources`]. Maps are sorted by name, the indentation is two spaces, and the file ends
//! with a newline. Optional keys are absent, never `null`; flags are absent when false. Further keys:
//!
//! - `examples[].description`: the sentence under an example's title, if any;
//! - `access` of an action: `"read"` or `"write"`, see [`Access`];
//! - `pagination` of an action: the pagination of its response, see [`Pagination`];
//! - `url` and `fetched` of an action's `source`: the URL of its page and the fetch time;
//! - `deprecated` of an action: whether it is deprecated;
//! - `secret` of a parameter or field: whether `Debug` of generated types hides its value, where its name says otherwise;
//! - `errors` after `types`: the codes of the service's error-code page, if any;
//! - `sources`: the pages of data types (`types`) and error codes (`errors`), each like an action's `source`;
//! - `imported` at the end: the vendor's metadata package that supplies facts missing from the pages.
//!
//! Pages do not state `access` and `pagination`. They are [derived](Spec::derive) and stored, so that they can be reviewed
//! and corrected in the file; corrections are [`Kept`]. If absent, the derived value applies.

mod access;
mod cycles;
mod derived;
mod deviation;
pub mod diff;
mod facts;
mod file;
mod fill;
mod fixups;
mod glossary;
mod hidden;
mod items;
mod keys;
mod listed;
mod locate;
mod merge;
mod model;
mod nearest;
mod pagination;
mod paging;
mod problem;
mod reach;
mod shape;
mod site;
mod type_ref;
mod validate;

pub use access::Access;
pub use cycles::Cycles;
pub use derived::{Derivation, Kept};
pub use deviation::{Deviation, DeviationKind, Direction, deviations};
pub use file::{LoadError, SaveError};
pub use fixups::{Fixup, Fixups, Mismatch};
pub use glossary::Glossary;
pub use hidden::is_hidden;
pub use items::{Item, ItemKind};
pub use keys::unique_json;
pub use locate::{Segment, line_of, value_at};
pub use merge::{Conflict, Fragment};
pub use model::{
    Action, DataType, ErrorCode, Example, Field, Format, Imported, IntegerFormat, Region, Source,
    Sources, Spec,
};
pub use nearest::{did_you_mean, nearest, nearest_names};
pub use pagination::{Flag, Pagination};
pub use problem::Problem;
pub use reach::Reach;
pub use shape::Shape;
pub use site::{Site, UnknownSite};
pub use type_ref::{ParseTypeError, TypeRef};
pub use validate::{is_error_code, is_service, is_version};
