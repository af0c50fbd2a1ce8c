//! Mock transport for the tests of programs that call a service.
//!
//! Pass a [`MockTransport`] to [`ClientBuilder::transport`](crate::ClientBuilder::transport). Its rules say what each
//! action returns. They are used one after the other, and the last one repeats. Afterwards the test can check the
//! requests. Sleeps return immediately, so that retries and rate limits do not slow down a test.
//!
//! ```
//! # static SERVICE: tc3::Service =
//! #     tc3::Service::new("organization", "2021-03-31", "organization.intl.tencentcloudapi.com");
//! use tc3::{Client, CommonError, Credential, testing::MockTransport};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let transport = MockTransport::new();
//! transport
//!     .respond("DescribeBind", r#"{"BindStatus": "Valid"}"#)
//!     .respond_error("DescribeBind", "ResourceNotFound", "There is no such member.");
//!
//! let client = Client::builder(&SERVICE)
//!     .credential(Credential::new("id", "key"))
//!     .transport(transport.clone())
//!     .build()?;
//!
//! # let runtime = tokio::runtime::Builder::new_current_thread().build()?;
//! # runtime.block_on(async {
//! let member = || serde_json::json!({"MemberUin": 7});
//! let bind = client.call("DescribeBind", member()).await?;
//! assert_eq!(bind.extra.get("BindStatus").unwrap().text(), r#""Valid""#);
//! let error = client.call("DescribeBind", member()).await.unwrap_err();
//! assert!(error.is(CommonError::ResourceNotFound));
//!
//! let requests = transport.requests();
//! assert_eq!(requests.len(), 2);
//! assert_eq!(requests[0].parameters.to_string(), r#"{"MemberUin":7}"#);
//! # Ok::<(), tc3::Error>(())
//! # })?;
//! # Ok(())
//! # }
//! ```

mod mock;

pub use self::mock::{MockTransport, RecordedRequest};
