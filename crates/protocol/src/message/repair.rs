use std::borrow::Cow;

/// Repairs JSON with invalid characters in strings: escapes control characters, and replaces lone surrogates by U+FFFD.
///
/// A service that mangles a text has still acted, so its response must be readable.
pub(super) fn repair(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut repaired = String::new();
    let (mut at, mut copied, mut in_string) = (0, 0, false);
    while let Some(&byte) = bytes.get(at) {
        let (length, replacement) = match byte {
            b'"' => {
                in_string = !in_string;
                (1, None)
            }
            b'\\' if in_string => match (code_unit(bytes, at), code_unit(bytes, at + 6)) {
                (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => (12, None),
                (Some(0xD800..=0xDFFF), _) => (6, Some("\\ufffd".to_owned())),
                _ => (2, None),
            },
            0..=0x1F if in_string => (1, Some(format!("\\u{byte:04x}"))),
            _ => (1, None),
        };
        if let Some(replacement) = replacement {
            repaired.push_str(&text[copied..at]);
            repaired.push_str(&replacement);
            copied = at + length;
        }
        at += length;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    repaired.push_str(&text[copied..]);
    Cow::Owned(repaired)
}

/// Returns the code unit of an escape such as `\u0041`.
fn code_unit(bytes: &[u8], at: usize) -> Option<u16> {
    let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
    let digits = str::from_utf8(digits).ok()?;
    // A number may have a sign, an escape may not.
    let is_hex = !digits.starts_with('+');
    is_hex.then(|| u16::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_made_valid() {
        for (text, expected) in [
            (r#"["\ud83d"]"#, r#"["\ufffd"]"#),
            (r#"["\ud83dx\ude00"]"#, r#"["\ufffdx\ufffd"]"#),
            (r#"["\ud83d\ud83d\ude00"]"#, r#"["\ufffd\ud83d\ude00"]"#),
            ("[\"a\tb\\\n\"]", "[\"a\\u0009b\\\n\"]"),
        ] {
            assert_eq!(repair(text), expected, "{text}");
        }
        for text in [
            r#"["\ud83d\ude00", "\\ud83d", "\""]"#,
            "{\n\t\"a\": 1}",
            r#"["\u"#,
            r#"["\u+d8d"]"#,
            r#"["\ué123"#,
            "\"\\",
        ] {
            assert!(matches!(repair(text), Cow::Borrowed(_)), "{text}");
        }
    }
}
