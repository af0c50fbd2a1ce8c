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
//! | [`CvmRole`] | 4 | the metadata server of the virtual machine; 1 second without one |
//! | [`AssumeRole`] | | STS, with a credential from any other source |
//! | [`Chain`] | | the first of several providers that has a credential |
//!
//! The pod is asked before the machine, unlike in the vendor's SDKs: a pod that has an identity of its own must not act
//! as the machine that it runs on.
//!
//! The region of a client is the one that its builder sets, or else that of `TENCENTCLOUD_REGION`, or else that of the
//! profile. Likewise the site: that of the builder, of `TENCENTCLOUD_SITE` or of the profile, which are `intl` or `mainland`,
//! or else the host that the service's documentation names. An endpoint takes precedence over the site: that of the
//! builder, of `TENCENTCLOUD_ENDPOINT_` with the service in capitals behind (such as `TENCENTCLOUD_ENDPOINT_CVM`), of
//! `TENCENTCLOUD_ENDPOINT`, or of the profile. STS has an endpoint of its own, which the providers that ask it set. An empty
//! variable counts as missing.
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
//! uses the old credential too, and the next attempt follows after 10 seconds.
//!
//! Without a valid credential, all calls wait for one fetch and share its result. A failure is returned to all of them,
//! and the next call tries again. A fetch belongs to none of the calls: it goes on when they time out or are dropped,
//! and the next call finds its credential. The [transport](crate::transport::Transport::spawn) runs it; with a transport
//! that cannot, the calls that wait poll it. It ends after 60 seconds at the latest, and within a chain each provider
//! has 30 seconds.
//!
//! # Checks
//! Building a client reads the environment and the files of all its providers, without sending anything, and refuses
//! settings that are wrong. The error names the variable, or the file and the line, and never quotes a value of a file.
//!
//! # Secrets in memory
//! The secret keys, tokens and signing keys that this crate holds are wiped when the last client, or the last
//! [`Credentials`], that shares them is dropped: also the texts that they are read from and the requests to STS. What it
//! cannot wipe are copies that others make: the environment of the process, what the transport and its HTTP and TLS
//! libraries buffer of headers and of responses from STS and the metadata server, and copies on the stack.

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
