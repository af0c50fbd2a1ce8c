//! Field tables: how a generated type says what its fields are.
//!
//! A generated type implements [`Record`]: its [`Table`] of wire names, where the value of a field stands ([`Item`]),
//! where a value for it goes ([`Slot`]). The crate reads and writes JSON by walking such tables as trait objects
//! ([`Slots`], [`Values`]), once for all types, so that a type costs its users almost nothing to compile. [`json`](crate::json) has the reader and
//! the writer, and says what the reader tolerates.
//!
//! # A type
//! The macro [`record!`](crate::record!) writes such implementations. This is what it writes, but for names:
//!
//! ```
//! use tc3::record::Field as _;
//!
//! /// A member of an organization.
//! #[derive(Clone)]
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
//! impl tc3::record::Record for Member {
//!     const TABLE: tc3::record::Table =
//!         tc3::record::table!(Member: "Uin", "Tags", "Members", "Payer");
//!
//!     fn empty() -> Self {
//!         Self {
//!             uin: None,
//!             tags: None,
//!             members: None,
//!             payer: None,
//!             extra: tc3::Extra::new(),
//!         }
//!     }
//!
//!     fn get(&self, index: usize) -> tc3::record::Item<'_> {
//!         match index {
//!             0 => self.uin.as_item(),
//!             1 => self.tags.as_item(),
//!             2 => self.members.as_item(),
//!             3 => self.payer.as_item(),
//!             _ => tc3::record::Item::Extra(&self.extra),
//!         }
//!     }
//!
//!     fn slot(&mut self, index: usize) -> tc3::record::Slot<'_> {
//!         match index {
//!             0 => self.uin.as_slot(),
//!             1 => self.tags.as_slot(),
//!             2 => self.members.as_slot(),
//!             3 => self.payer.as_slot(),
//!             _ => tc3::record::Slot::Extra(&mut self.extra),
//!         }
//!     }
//! }
//!
//! // `Debug`, `PartialEq` and, with the feature `serde`, `Serialize` and `Deserialize`.
//! tc3::record::impls!(Member);
//!
//! let mut member = Member::empty();
//! # use tc3::record::Record as _;
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
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Fields that are always there are plain (`i64`, `String`, `Vec<Tag>`, `Placement`), all others `Option`s; a type
//! that holds itself directly does so in an `Option<Box<T>>`. A value of which nobody documented the shape is a
//! [`Value`](crate::Value). A request's plain fields are its required parameters: `impls!(request X)` gives it a
//! `Deserialize` that refuses a request without one of them. For all other types it is `impls!(X)`.

mod copy;
mod debug;
mod eq;
mod extra;
mod field;
pub(crate) mod fit;
mod given;
mod impls;
mod item;
mod list;
#[cfg(feature = "serde")]
mod serde;
mod slot;
mod table;

pub use self::copy::clone;
pub(crate) use self::copy::copy;
pub use self::debug::debug;
pub use self::eq::eq;
pub use self::extra::Extra;
pub use self::field::{Element, Field};
pub use self::given::Given;
pub use self::item::{Held, Item, View};
pub use self::list::{List, ListSlots};
#[cfg(feature = "serde")]
pub use self::serde::{deserialize, deserialize_request, serialize};
pub(crate) use self::slot::reset;
pub use self::slot::{Fill, OptionalSlots, Place, Slot};
pub(crate) use self::table::{Names, text};
pub use self::table::{Record, Slots, Table, Values};
pub use crate::field_table as table;
pub use crate::record_impls as impls;
