use std::{
    mem,
    time::{Duration, UNIX_EPOCH},
};

use zeroize::Zeroize as _;

use super::{Credential, Lease};
use crate::{Error, Extra};

/// A temporary credential as servers send it.
pub(super) struct Issued {
    pub(super) code: Option<String>,
    id: String,
    key: String,
    token: String,
    pub(super) expired_time: Option<i64>,
    pub(super) extra: Extra,
}

// It has no `Debug`, which would show the secrets. It drops itself, and no list holds it, nor an `Option`.
crate::__record_layout!(Issued {
    0 => code: "Code",
    1 => id: "TmpSecretId",
    2 => key: "TmpSecretKey",
    3 => token: "Token",
    4 => expired_time: "ExpiredTime",
});

impl Drop for Issued {
    fn drop(&mut self) {
        self.id.zeroize();
        self.key.zeroize();
        self.token.zeroize();
    }
}

impl Issued {
    /// The credential until the time that is given in Unix seconds, or the names of what the answer lacks.
    pub(super) fn lease(&mut self, expired_time: Option<i64>) -> Result<Lease, Error> {
        let expires = expired_time
            .and_then(|seconds| u64::try_from(seconds).ok())
            .and_then(|seconds| UNIX_EPOCH.checked_add(Duration::from_secs(seconds)));
        let parts = [
            ("TmpSecretId", self.id.is_empty()),
            ("TmpSecretKey", self.key.is_empty()),
            ("Token", self.token.is_empty()),
            ("ExpiredTime", expires.is_none()),
        ];
        let missing: Vec<_> = parts
            .into_iter()
            .filter(|(_, is_missing)| *is_missing)
            .map(|(name, _)| format!("`{name}`"))
            .collect();
        match expires {
            Some(expires) if missing.is_empty() => {
                let [id, key, token] =
                    [&mut self.id, &mut self.key, &mut self.token].map(mem::take);
                let credential = Credential::new(id, key).with_token(token);
                Ok(Lease::until(credential, expires))
            }
            _ => Err(Error::credential(format!(
                "the answer has no {}",
                missing.join(", ")
            ))),
        }
    }
}
