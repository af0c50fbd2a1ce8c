use crate::EmptyResponse;

/// Response to a [call by name](crate::Client::call): all its members but `RequestId` are in `extra`.
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
