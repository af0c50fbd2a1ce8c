//! Field tables: how a generated type says what its fields are.
//!
//! A generated type implements [`Record`]: its [`Layout`] is the [`Table`] of its wire names, and a row for each field that
//! says where in the record it lies and of which type it is. The crate reads and writes JSON by walking such rows, once for
//! all types: [`Fields`] is a record that is looked at, [`Places`] one that is filled, whatever its type. So a type costs
//! its users almost nothing to compile. [`json`](crate::json) has the reader and the writer, and says what the reader
//! tolerates.
//!
//! # Unsafe code
//! This module is the one place of the crate with `unsafe`, besides the line in which a [`Call`](crate::Call) takes its
//! response out of memory that this module has filled, and what [`record!`](crate::record!) makes of a struct's fields. The
//! need was measured: with two functions for each type that give references to its fields, which is the safe way, the
//! compiler executes a third more instructions for a program, and an eighth more for the crate of a service.
//!
//! All that depends on a type is made by the compiler of its fields themselves: their places by `&raw const`, their types by
//! [`Field`], which only this crate implements, but for records. Nothing assumes how `Vec<T>` or `Option<T>` lie in memory:
//! what a field of such a type holds is got and set by two functions of that type. Of a response that failed, and of
//! a list that is read again, only the layout is known: it is dropped field by field, and so `record!` refuses types that
//! implement `Drop`.
//!
//! # A type
//! ```
//! use tc3::record::Record as _;
//!
//! /// A member of an organization.
//! #[non_exhaustive]
//! pub struct Member {
//!     /// Member uin.
//!     pub uin: Option<i64>,
//!     /// Tags of the member.
//!     pub tags: Option<Vec<String>>,
//!     /// Members below this one.
//!     pub members: Option<Vec<Member>>,
//!     /// The member that pays for this one.
//!     pub payer: Option<Box<Member>>,
//!     /// What the service sent that has no field here, or did not fit its field.
//!     pub extra: tc3::Extra,
//! }
//!
//! tc3::record!(Member {
//!     0 => uin: "Uin",
//!     1 => tags: "Tags",
//!     2 => members: "Members",
//!     3 => payer: "Payer",
//! });
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut member = Member::empty();
//! tc3::json::read(br#"{"Uin": "7", "Tags": [], "Payer": {"Uin": 8}, "Age": 1.50}"#, &mut member)?;
//! assert_eq!(member.uin, Some(7));
//! assert_eq!(member.payer.as_ref().unwrap().uin, Some(8));
//! assert_eq!(
//!     tc3::json::write(&member)?,
//!     br#"{"Uin":7,"Tags":[],"Payer":{"Uin":8},"Age":1.50}"#
//! );
//! assert_eq!(
//!     format!("{member:?}"),
//!     r#"Member { Uin: 7, Tags: [], Payer: Member { Uin: 8 }, Age: 1.50 }"#
//! );
//! # Ok(())
//! # }
//! ```
//!
//! Fields that are always there are plain (`i64`, `String`, `Vec<Tag>`, `Placement`), all others `Option`s; a type
//! that holds itself directly does so in an `Option<Box<T>>`. A value of which nobody documented the shape is a
//! [`Value`](crate::Value). A request's plain fields are its required parameters: `record!(request X …)` gives it a
//! `Deserialize` that refuses a request without one of them. For all other types it is `record!(X …)`.

mod copy;
mod debug;
mod eq;
mod extra;
#[expect(unsafe_code, reason = "see the head of the module")]
mod fields;
pub(crate) mod fit;
mod given;
#[expect(unsafe_code, reason = "see the head of the module")]
mod layout;
#[expect(unsafe_code, reason = "see the head of the module")]
mod places;
#[cfg(feature = "serde")]
mod serde;
mod table;

pub use self::copy::clone;
pub(crate) use self::copy::copy;
pub use self::debug::debug;
pub use self::eq::eq;
pub use self::extra::Extra;
pub(crate) use self::fields::Typed;
pub use self::fields::{Elements, Fields, View};
pub use self::given::{Given, List};
pub(crate) use self::layout::Vacancy;
pub use self::layout::{Element, Field, Layout, Record, Row, Slots, Values, WithoutDrop};
pub use self::places::{Held, Place, Places, Slot};
#[cfg(feature = "serde")]
pub use self::serde::{deserialize, deserialize_request, serialize};
pub use self::table::Table;
pub(crate) use self::table::{Names, text};
