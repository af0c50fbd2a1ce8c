use std::fmt;

use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    Field, FieldReader, FieldWriter, Kind, Message, Table, UnknownFields, debug, deserialize,
    serialize,
};

/// Response without fields of its own.
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct EmptyResponse {
    /// Request ID; quote it to Tencent Cloud support.
    pub request_id: String,
    /// Unknown fields.
    pub extra: UnknownFields,
}

impl EmptyResponse {
    /// Returns an empty builder, for tests.
    pub fn builder() -> EmptyResponseBuilder {
        EmptyResponseBuilder(Self::default())
    }
}

/// Builds a value of [`EmptyResponse`].
#[derive(Clone, Debug)]
#[must_use = "nothing is built until `.build()` is called"]
pub struct EmptyResponseBuilder(EmptyResponse);

impl EmptyResponseBuilder {
    /// Sets [`request_id`](EmptyResponse::request_id).
    pub fn request_id(mut self, value: impl Into<String>) -> Self {
        self.0.request_id = value.into();
        self
    }

    /// Builds the value.
    pub fn build(self) -> EmptyResponse {
        self.0
    }
}

impl Message for EmptyResponse {
    const TABLE: &'static Table = &Table {
        name: "EmptyResponse",
        fields: &[Field("RequestId", Kind::String)],
    };

    fn read(fields: &mut FieldReader<'_>) -> Self {
        Self {
            request_id: fields.take_or_default(),
            extra: fields.take_unknown(),
        }
    }

    fn write<'a>(&'a self, fields: &mut FieldWriter<'a>) {
        fields.put_unknown(&self.extra);
        fields.put(&[&self.request_id]);
    }
}

impl fmt::Debug for EmptyResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl Serialize for EmptyResponse {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for EmptyResponse {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}
