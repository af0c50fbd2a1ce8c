//! JSON objects with secrets.

use std::{
    collections::BTreeMap,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde_json::value::RawValue;
use zeroize::Zeroizing;

use super::{Credential, ExpiringCredential, Fetched};
use crate::Error;

/// Members of a JSON object as slices of its text, so that no secret is copied until it is needed.
///
/// A member that is null or of another type counts as missing.
#[derive(Default)]
pub(super) struct Members<'a>(BTreeMap<String, &'a RawValue>);

impl<'a> Members<'a> {
    /// Reads a JSON object, with a byte order mark before it or not.
    pub(super) fn read(text: &'a str) -> serde_json::Result<Self> {
        serde_json::from_str(text.trim_start_matches('\u{FEFF}')).map(Self)
    }

    /// Returns the names and the JSON texts of all members.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&str, &'a str)> {
        let members = self.0.iter();
        members.map(|(name, value)| (name.as_str(), value.get()))
    }

    pub(super) fn object(&self, name: &str) -> Option<Members<'a>> {
        Self::read(self.0.get(name)?.get()).ok()
    }

    /// Returns a string, unless it is empty.
    pub(super) fn string(&self, name: &str) -> Option<Zeroizing<String>> {
        let string = string(self.0.get(name)?.get())?;
        (!string.is_empty()).then_some(string)
    }

    /// Returns a Unix time in seconds, from a number or a string.
    pub(super) fn time(&self, name: &str) -> Option<SystemTime> {
        let seconds = self.0.get(name)?.get().trim_matches('"').parse().ok()?;
        UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
    }

    /// Returns the temporary credential that the members describe. It expires at `expires`.
    pub(super) fn credential(&self, expires: Option<SystemTime>) -> Fetched {
        let mut missing = Vec::new();
        let [id, key, token] = ["TmpSecretId", "TmpSecretKey", "Token"].map(|name| {
            let string = self.string(name);
            if string.is_none() {
                missing.push(name);
            }
            // Moved, so that there is no copy.
            std::mem::take(&mut *string.unwrap_or_default())
        });
        let credential = Credential::new(id, key).with_token(token);
        match expires {
            None => missing.push("ExpiredTime"),
            Some(expires) if missing.is_empty() => {
                return Ok(ExpiringCredential::until(credential, expires));
            }
            Some(_) => {}
        }
        let problem = format!("the response has no `{}`", missing.join("`, `"));
        Err(Error::credential(problem))
    }
}

/// Decodes a JSON string; `None` for other values.
///
/// `serde_json` decodes a string with escapes in a buffer that is not wiped, and some encoders escape each `/` of a
/// token. A pair of surrogates is no part of a secret and becomes two replacement characters.
pub(super) fn string(json: &str) -> Option<Zeroizing<String>> {
    let content = json.strip_prefix('"')?.strip_suffix('"')?;
    // No escape is shorter than its character, so the buffer never moves.
    let mut text = Zeroizing::new(String::with_capacity(content.len()));
    let mut rest = content.chars();
    while let Some(c) = rest.next() {
        text.push(match c {
            '\\' => match rest.next()? {
                'b' => '\u{8}',
                'f' => '\u{c}',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => {
                    let (code, after) = rest.as_str().split_at_checked(4)?;
                    rest = after.chars();
                    let code = u32::from_str_radix(code, 16).ok()?;
                    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
                }
                c => c,
            },
            c => c,
        });
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn member_of_another_type_counts_as_missing() {
        let text = "\u{FEFF}{\"A\":\"x\\u0041\",\"B\":null,\"C\":7,\"D\":\"8\",\"E\":\"\",\"F\":{\"A\":[1]}}";
        let members = Members::read(text).unwrap();
        assert_eq!(
            members.string("A").as_deref().map(String::as_str),
            Some("xA")
        );
        for name in ["B", "C", "E", "F", "G"] {
            assert!(members.string(name).is_none(), "{name}");
        }
        let at = |seconds| UNIX_EPOCH.checked_add(Duration::from_secs(seconds));
        assert_eq!((members.time("C"), members.time("D")), (at(7), at(8)));
        assert_eq!((members.time("A"), members.time("B")), (None, None));
        assert!(
            members
                .object("F")
                .is_some_and(|inner| inner.string("A").is_none())
        );
        assert!(members.object("A").is_none());
    }

    /// A reallocated buffer would leave a copy that is not wiped.
    #[test]
    fn string_is_decoded_in_one_buffer() {
        for json in [
            r#""""#,
            r#""plain""#,
            r#""a\/b\/c==""#,
            r#""\"\\\b\f\n\r\t""#,
            r#""\u0041\u00e9\u6f22\u0000""#,
            "\"\u{e9}\u{6f22}\u{1f600}\"",
        ] {
            let decoded = string(json).unwrap();
            assert_eq!(*decoded, serde_json::from_str::<String>(json).unwrap());
            assert_eq!(decoded.capacity(), json.len() - 2);
        }
        assert_eq!(*string(r#""\ud83d\ude00""#).unwrap(), "\u{FFFD}\u{FFFD}");
        for other in ["7", "null", "[]", "{}", "true"] {
            assert!(string(other).is_none(), "{other}");
        }
    }
}
