//! Redacts secrets by name: passwords, private keys, tokens and the like.
//!
//! `Debug` and excerpts of responses show `[redacted]` instead. Fields and serialized messages contain the values.
//!
//! A String or JSON of undocumented shape is a secret if its name ends in one of [`SECRETS`], in the singular or plural,
//! and is not one of [`OTHER_TOKENS`]: `LoginPassword`, `SecretKeys` and `sessionToken` are secrets; `SecretId`,
//! `PasswordPolicy`, `TokenLimit` and `NextToken` are not. A spec can override this for a field.

use std::borrow::Cow;

/// Replacement of a secret.
pub const REDACTED: &str = "[redacted]";

/// Last words of the names of secrets, in lower case and without separators.
const SECRETS: [&str; 25] = [
    "accesskey",
    "aeskey",
    "apikey",
    "appkey",
    "authkey",
    "authorization",
    "cookie",
    "decryptionkey",
    "decryptkey",
    "encryptionkey",
    "encryptkey",
    "passphrase",
    "passwd",
    "password",
    "plaintext",
    "presharedkey",
    "presharekey",
    "privatekey",
    "pwd",
    "secret",
    "secretbinary",
    "secretkey",
    "secretstring",
    "signkey",
    "token",
];

/// Words before `Token` in the names of tokens that give no access: page tokens, idempotency tokens, tokens of language
/// models.
const OTHER_TOKENS: [&str; 13] = [
    "client",
    "completion",
    "continuation",
    "continue",
    "idempotency",
    "input",
    "marker",
    "next",
    "output",
    "page",
    "pagination",
    "scroll",
    "total",
];

/// Returns whether a value with this name is a secret.
pub(crate) fn is_secret(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    let lower: String = letters.flat_map(char::to_lowercase).collect();
    let lower = lower.trim_end_matches(|c: char| c.is_ascii_digit());
    let singular = lower.strip_suffix('s').unwrap_or(lower);
    [lower, singular].into_iter().any(|name| {
        let Some(secret) = SECRETS.iter().find(|secret| name.ends_with(*secret)) else {
            return false;
        };
        let before = &name[..name.len() - secret.len()];
        *secret != "token" || !OTHER_TOKENS.iter().any(|word| before.ends_with(word))
    })
}

/// Maximum nesting of JSON in strings of JSON that is searched.
const MAX_LEVELS: usize = 4;

/// Redacts the secrets in JSON, which may be invalid or truncated.
pub fn redact_json(json: &str) -> Cow<'_, str> {
    redact(json, MAX_LEVELS)
}

fn redact(json: &str, levels: usize) -> Cow<'_, str> {
    let mut output = String::new();
    // Start of the part that is not in the output yet, and position of the search.
    let (mut rest, mut from) = (0, 0);
    while let Some(start) = find(json, from, '"') {
        let end = string_end(json, start);
        let after = skip_space(json, end);
        let (start, end, replacement) = if json[after..].starts_with(':') {
            let value = skip_space(json, after + 1);
            from = value;
            let end = match is_secret(&content(&json[start..end])) {
                true => value_end(json, value),
                false => value,
            };
            (value, end, REDACTED.to_owned())
        } else {
            from = end;
            let inner = content(&json[start..end]);
            if levels == 0 || !inner.contains('"') {
                continue;
            }
            match redact(&inner, levels - 1) {
                Cow::Owned(inner) => (start, end, inner),
                Cow::Borrowed(_) => continue,
            }
        };
        if end > start {
            output += &json[rest..start];
            // Strings and numbers always have a text.
            output += &serde_json::to_string(&replacement).unwrap_or_default();
            (rest, from) = (end, end);
        }
    }
    if output.is_empty() {
        return Cow::Borrowed(json);
    }
    Cow::Owned(output + &json[rest..])
}

/// Returns the content of a JSON string, or its text if it is invalid.
fn content(string: &str) -> Cow<'_, str> {
    match serde_json::from_str(string) {
        Ok(content) => Cow::Owned(content),
        Err(_) => Cow::Borrowed(string.trim_matches('"')),
    }
}

/// Returns the end of a value that may be a secret: a string, an array or an object.
fn value_end(json: &str, start: usize) -> usize {
    match json.as_bytes().get(start) {
        Some(b'"') => string_end(json, start),
        Some(b'{' | b'[') => {
            let (mut depth, mut at) = (0, start);
            while let Some(byte) = json.as_bytes().get(at) {
                at += 1;
                match byte {
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' => depth -= 1,
                    b'"' => at = string_end(json, at - 1),
                    _ => {}
                }
                if depth == 0 {
                    return at;
                }
            }
            json.len()
        }
        _ => start,
    }
}

/// Returns the end of the string that starts with a quotation mark.
fn string_end(json: &str, start: usize) -> usize {
    let mut bytes = json.bytes().enumerate().skip(start + 1);
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => return at + 1,
            b'\\' => drop(bytes.next()),
            _ => {}
        }
    }
    json.len()
}

fn skip_space(json: &str, from: usize) -> usize {
    json.len() - json[from..].trim_start().len()
}

fn find(json: &str, from: usize, character: char) -> Option<usize> {
    Some(from + json.get(from..)?.find(character)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets() {
        for name in [
            "Password",
            "LoginPassword",
            "PassWords",
            "password2",
            "UserPwd",
            "SecretKey",
            "secret_key",
            "CredentialSecret",
            "AccessKeySecret",
            "SessionToken",
            "Token",
            "TmpToken",
            "X-Auth-Token",
            "PrivateKey",
            "CertificatePrivateKey",
            "ApiKeys",
            "SecretString",
            "Plaintext",
            "Cookie",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in [
            "",
            "s",
            "TokenLimit",
            "NextToken",
            "ClientToken",
            "NextPageToken",
            "PaginationToken",
            "SecretId",
            "SecretName",
            "PasswordPolicy",
            "PublicKey",
            "Key",
            "TagKey",
            "TokenId",
            "TotalTokens",
            "Bypass",
        ] {
            assert!(!is_secret(name), "{name}");
        }
    }

    #[test]
    fn secrets_in_json() {
        for (json, expected) in [
            (
                r#"{"Password":"a\"b","Name":"c"}"#,
                r#"{"Password":"[redacted]","Name":"c"}"#,
            ),
            (
                r#"{"Token" : null, "Tokens": 3}"#,
                r#"{"Token" : null, "Tokens": 3}"#,
            ),
            (
                r#"{"Secret":{"a":["}",1]},"b":1}"#,
                r#"{"Secret":"[redacted]","b":1}"#,
            ),
            (
                r#"[{"SecretKeys":["x","y"]},"SecretKey"]"#,
                r#"[{"SecretKeys":"[redacted]"},"SecretKey"]"#,
            ),
            (
                r#"{"Response":{"CredentialSecret":"cut of"#,
                r#"{"Response":{"CredentialSecret":"[redacted]""#,
            ),
            (r#"{"Secret":["cut of"#, r#"{"Secret":"[redacted]""#),
            (r#"{"Secret":"cut of\"#, r#"{"Secret":"[redacted]""#),
            (r#"{"Secr\u0065t":"x"}"#, r#"{"Secr\u0065t":"[redacted]"}"#),
            (
                r#"{"Body":"{\"Password\":\"x\"}"}"#,
                r#"{"Body":"{\"Password\":\"[redacted]\"}"}"#,
            ),
            ("no JSON: \"", "no JSON: \""),
            ("", ""),
        ] {
            assert_eq!(redact_json(json), expected, "{json}");
        }
    }

    #[test]
    fn search_is_linear() {
        let nested = "[".repeat(100_000) + &"{\"Secret\":".repeat(100_000);
        assert!(redact_json(&nested).len() < 200_000 + 20);
        let quotes = "\"".repeat(1_000_001);
        assert_eq!(redact_json(&quotes), quotes);
    }
}
