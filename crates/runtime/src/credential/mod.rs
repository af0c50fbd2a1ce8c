//! Sources of credentials.
//!
//! A [`Credential`] is an ID, a key and an optional token. It never changes, and a client uses it for all calls.
//! [`Credentials`] hold the current credential of a [`Provider`], which is cached and refreshed before it expires:
//!
//! | provider | in the default chain | source |
//! |---|---|---|
//! | [`Environment`] | 1 | `TENCENTCLOUD_SECRET_ID`, `TENCENTCLOUD_SECRET_KEY`, and `TENCENTCLOUD_TOKEN`, `TENCENTCLOUD_SESSION_TOKEN` or `TENCENTCLOUD_SECURITY_TOKEN` |
//! | [`Profile`] | 2 | `~/.tencentcloud/credentials`, `/etc/tencentcloud/credentials`, or tccli's `~/.tccli/<profile>.credential`; also keyrings, by a command; the profile `TENCENTCLOUD_PROFILE`, `TCCLI_PROFILE` or `default` |
//! | [`WebIdentity`] | 3 | STS, with the token that TKE issues to pods |
//! | [`CvmRole`] | 4 | the metadata server of the virtual machine; takes 1 second if there is none |
//! | [`AssumeRole`] | | STS, with a credential from any other source |
//! | [`Chain`] | | the first of several providers that has a credential |
//!
//! The chain tries the pod before the machine, unlike the vendor's SDKs: a pod with its own identity must not act as
//! the machine on which it runs.
//!
//! The settings of a client have these sources, in this order of precedence:
//! - region: the builder, `TENCENTCLOUD_REGION`, the profile;
//! - endpoint: the builder, `TENCENTCLOUD_ENDPOINT_` with the service in capitals as suffix (such as
//!   `TENCENTCLOUD_ENDPOINT_CVM`), `TENCENTCLOUD_ENDPOINT`, the profile;
//! - site, if there is no endpoint: the builder, `TENCENTCLOUD_SITE`, the profile, or else the documented host.
//!
//! A site is `intl` or `mainland`. The endpoint of STS is a setting of the providers that call it. An empty variable
//! counts as missing.
//!
//! ```no_run
//! use tc3::credential::{AssumeRole, Credentials};
//!
//! // The default chain:
//! let credentials = Credentials::default_chain();
//!
//! // Another role, assumed with these:
//! let auditor = AssumeRole::new("qcs::cam::uin/100000000001:roleName/auditor", credentials);
//! let credentials = Credentials::new(auditor);
//! ```
//! For any other source, implement [`Provider`]; two methods are required.
//!
//! # Refresh
//! A credential is refreshed when a fifth of its lifetime is left, or five minutes if that is less. One call waits for
//! the new credential, while the others use the old one. If the fetch fails or takes more than 3 seconds, this call
//! uses the old credential too. The next attempt follows after 10 seconds.
//!
//! Without a valid credential, all calls wait for one fetch and share its result. A failure is returned to all of them,
//! and the next call tries again. A fetch is independent of the calls: it continues if they time out or are dropped,
//! and the next call finds its credential. The [transport](crate::transport::Transport::spawn) runs it. If the
//! transport cannot, the waiting calls poll it. The timeout of a fetch is 60 seconds, and that of each provider in a
//! chain 30 seconds.
//!
//! # Checks
//! Building a client reads the environment and the files of all its providers, sends nothing, and refuses invalid
//! settings. The error names the variable, or the file and the line, and never quotes a value of a file.
//!
//! # Secrets in memory
//! The secret keys, tokens and signing keys in this crate are wiped when the last client, or the last [`Credentials`],
//! that shares them is dropped. So are the texts that they are read from, and the requests to STS. Copies outside this
//! crate are not wiped: the environment of the process, headers and responses of STS and the metadata server in buffers
//! of the transport and its HTTP and TLS libraries, and copies on the stack.

mod assume_role;
mod cache;
mod chain;
mod credentials;
mod cvm_role;
pub(crate) mod environment;
mod flight;
mod ini;
mod json;
mod key_command;
mod profile;
mod provider;
mod request;
mod section;
mod sts;
mod tccli;
#[cfg(test)]
mod tests;
mod web_identity;

use self::provider::Fetched;
pub use self::{
    assume_role::AssumeRole,
    chain::Chain,
    credentials::Credentials,
    cvm_role::CvmRole,
    environment::Environment,
    profile::Profile,
    provider::{ExpiringCredential, Provider, Providing},
    web_identity::WebIdentity,
};
pub use crate::secrets::Credential;
