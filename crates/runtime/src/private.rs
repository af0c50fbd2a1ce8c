//! Items that only generated code uses. They may change with any version, together with the generator.

pub use serde_core as serde;

pub use crate::raw_builder::RawBuilder;
pub use tc3_protocol::message::{
    Field, FieldReader, FieldWriter, Kind, Message, Table, clone, debug, default, deserialize,
    echo, eq, from_json, serialize, to_json,
};
