//! For the tests of programs that call a service: a transport that answers from rules and needs no network.
//!
//! [`Answers`] is given to [`ClientBuilder::transport`](crate::ClientBuilder::transport). For each action it has rules,
//! which are used one after the other; the last one stays. What was asked can be looked at afterwards. Pauses take no
//! time, so that neither retries nor rates make a test slow.
//!
//! ```
//! # static SERVICE: tc3::Service =
//! #     tc3::Service::new("organization", "2021-03-31", "organization.intl.tencentcloudapi.com");
//! use tc3::{Client, CommonError, Credential, testing::Answers};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let answers = Answers::new();
//! answers
//!     .answer("DescribeBind", r#"{"BindStatus": "Valid"}"#)
//!     .refuse("DescribeBind", "ResourceNotFound", "There is no such member.");
//!
//! let client = Client::builder(&SERVICE)
//!     .credential(Credential::new("id", "key"))
//!     .transport(answers.clone())
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
//! let asked = answers.asked();
//! assert_eq!(asked.len(), 2);
//! assert_eq!(asked[0].parameters.to_string(), r#"{"MemberUin":7}"#);
//! # Ok::<(), tc3::Error>(())
//! # })?;
//! # Ok(())
//! # }
//! ```

mod answers;

pub use self::answers::{Answers, Asked};
