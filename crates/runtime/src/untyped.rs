use crate::{Extra, Value, json::Object};

/// The answer to a [call by name](crate::Client::call): its members by their wire names.
///
/// ```
/// # async fn demo(client: tc3::Client) -> Result<(), Box<dyn std::error::Error>> {
/// let parameters: tc3::Value = r#"{"Lang": "en-US"}"#.parse()?;
/// let answer = client.call("DescribeOrganization", parameters).await?;
/// println!("{:?}, request {}", answer.extra.get("OrgId"), answer.request_id);
/// # Ok(())
/// # }
/// ```
#[non_exhaustive]
pub struct Untyped {
    /// The service's number for this call, which its support asks for.
    pub request_id: String,
    /// All other members of the response.
    pub extra: Extra,
}

crate::record!(Untyped {
    0 => request_id: "RequestId",
});

/// The parameters of a call by name.
pub(crate) struct Parameters {
    extra: Extra,
}

crate::record!(request Parameters {});

impl Parameters {
    /// The members of an object; nothing if the value is none.
    pub(crate) fn of(value: Value) -> Option<Self> {
        let members: Object = match value {
            Value::Object(members) => members,
            _ => return None,
        };
        Some(Self {
            extra: members.into(),
        })
    }
}
