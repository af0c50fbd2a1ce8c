//! The vendor's texts, which a user imported: descriptions and examples of the services of a site.
//!
//! They are kept outside this crate, in one [`table`] for each site. Its keys are:
//!
//! | key | value |
//! |---|---|
//! | `a/SERVICE/VERSION/ACTION` | the descriptions of an action, its parameters and its response |
//! | `t/SERVICE/VERSION/TYPE` | the descriptions of a data type and its fields |
//! | `s/SERVICE/VERSION` | the first sentences of the descriptions of its actions |
//! | `x/SERVICE/VERSION/ACTION` | the examples of an action |
//! | `d/NUMBER` | the key of an action or data type with this number |
//! | `w/WORD` | the numbers of the actions and data types whose descriptions have this word |

mod builder;
mod described;
mod error;
mod item;
mod search;
mod store;
mod table;
mod words;

pub use self::builder::TextsBuilder;
pub use self::described::summary;
pub use self::error::TextsError;
pub use self::search::{TextHit, TextOwner};
pub use self::store::Texts;
