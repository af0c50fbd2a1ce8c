//! Generates Rust clients from specs of Tencent Cloud API 3.0.
//!
//! The input is specs, and the output is texts by path. The same specs give the same bytes on every machine. Only the
//! [`Builder`], for build scripts, reads and writes files.

mod action_in;
mod builder;
mod call_names;
mod changes;
mod check;
mod docs;
mod emit;
mod error;
mod generate;
mod ir;
mod items;
mod krate;
mod names;
mod print;
mod resolve;
mod runtime;
mod rust_names;
mod select;
mod undefined;

pub use action_in::action_in;
pub use builder::{BuildError, Builder, Service};
pub use call_names::{CallNames, TypeNames, call_names};
pub use changes::changes;
pub use error::Error;
pub use generate::{
    GeneratedCrate, GeneratedModule, GeneratedSource, check_actions, generate_client,
    generate_crate, generate_echo, generate_module, generate_source, generated_items,
    workspace_manifest,
};
pub use items::{Declaration, GeneratedItem};
pub use runtime::Runtime;
pub use rust_names::{NamedItem, rust_names};
pub use tc3_spec::Site;
pub use undefined::UndefinedType;

// The example of the macro is tested here: a test of its own package would compile the runtime again.
#[cfg(doctest)]
#[doc = include_str!("../../macros/src/example.md")]
const _: () = ();
