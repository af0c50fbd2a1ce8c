//! The spec of one version of a Tencent Cloud service: what its documentation says, as data.
//!
//! A spec is a JSON file under version control, `specs/<service>/<version>.json`. It is written by the
//! documentation parser and read by the code generator, which know nothing of each other; this crate is the only
//! thing that both depend on. Writing what was read gives the same bytes.
//!
//! # Format 1
//! The file's keys stand in the order of the fields of [`Spec`], [`Action`], [`Field`], [`ErrorCode`], [`Example`],
//! [`Source`], [`DataType`] and [`Sources`]; maps are sorted by name, the indent is two spaces, the file ends with a newline.
//! Optional keys are absent, never `null`; flags are absent when false. Keys that the design's first sketch of the
//! format does not name:
//!
//! - `examples[].description`: the sentence under an example's title, where a page has one;
//! - `access` of an action: `"read"` or `"write"`, see [`Access`];
//! - `pagination` of an action: how its response comes in pages, see [`Pagination`];
//! - `url` and `fetched` of an action's `source`: the address that its page was fetched from, and when;
//! - `deprecated` of an action: whether the vendor advises against its use;
//! - `errors` behind `types`: the codes of the service's error-code page, where the service has one;
//! - `sources` behind them: the pages of data types and of error codes, `types` and `errors`, each like an action's `source`;
//! - `imported` at the end: the package of the vendor's metadata from which comes what no page says.
//!
//! No page says `access` and `pagination`. They are [derived](Spec::derive) and written down, so that they are reviewed
//! with the rest, and a person who knows better can correct them in the file: what stands there is [`Kept`]. A spec
//! without them means what is derived.

mod access;
mod cycles;
mod derived;
pub mod diff;
mod file;
mod fill;
mod fixups;
mod glossary;
mod items;
mod keys;
mod locate;
mod merge;
mod model;
mod nearest;
mod pagination;
mod paging;
mod reach;
mod type_ref;
mod validate;

pub use access::Access;
pub use cycles::Cycles;
pub use derived::{Derivation, Kept};
pub use file::{LoadError, SaveError};
pub use fixups::{Fixup, Fixups, Misfit};
pub use glossary::Glossary;
pub use items::{Item, ItemKind};
pub use keys::unique_json;
pub use locate::{Step, line_of, value_at};
pub use merge::{Conflict, Fragment};
pub use model::{
    Action, DataType, ErrorCode, Example, Field, Format, Imported, IntegerFormat, Region, Source,
    Sources, Spec,
};
pub use nearest::nearest;
pub use pagination::Pagination;
pub use reach::Reach;
pub use type_ref::{ParseTypeError, TypeRef};
pub use validate::{Problem, is_error_code, is_service, is_version};
