//! The response that no generated type describes.

use std::fmt;

use tc3_protocol::message::{Field, FieldReader, FieldWriter, Kind, Message, Table, UnknownFields};

/// The response of an action that says nothing but that it succeeded.
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct EmptyResponse {
    /// Request ID; quote it to Tencent Cloud support.
    pub request_id: String,
    /// What the service sent besides, by its wire name.
    pub extra: UnknownFields,
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
        tc3_protocol::message::debug(self, f)
    }
}

/// The response to a [call by name](crate::Client::call): all its members but `RequestId` are in `extra`.
///
/// ```
/// # async fn demo(client: tc3::Client) -> Result<(), Box<dyn std::error::Error>> {
/// let parameters: tc3::Json = r#"{"Lang": "en-US"}"#.parse()?;
/// let response = client.call("DescribeOrganization", parameters).await?;
/// println!("{:?}, request {}", response.extra.get("OrgId"), response.request_id);
/// # Ok(())
/// # }
/// ```
pub type UntypedResponse = EmptyResponse;
