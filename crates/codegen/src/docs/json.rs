//! Finds JSON in a text.

use serde::de::IgnoredAny;
use serde_json::de::Deserializer;

/// Maximum length of all failed attempts, as a multiple of the text's length.
const MAX_FAILED: usize = 16;

/// Finds JSON in a text.
///
/// Each of many open brackets would be read to the end of the text. Real texts need few attempts, so the total length
/// of failed attempts is limited; the rest is treated as text.
pub(super) struct Json {
    /// The remaining length of failed attempts.
    remaining: usize,
}

impl Json {
    pub(super) fn of(text: &str) -> Self {
        Self {
            remaining: text.len().saturating_mul(MAX_FAILED),
        }
    }

    /// Returns the length of the JSON value at the start of the rest.
    pub(super) fn value(&mut self, rest: &str) -> Option<usize> {
        if self.remaining == 0 {
            return None;
        }
        let mut values = Deserializer::from_str(rest).into_iter::<IgnoredAny>();
        match values.next()? {
            Ok(_) => Some(values.byte_offset()),
            Err(error) => {
                let before = rest
                    .split_inclusive('\n')
                    .take(error.line().saturating_sub(1));
                let read = before.map(str::len).sum::<usize>() + error.column();
                self.remaining = self.remaining.saturating_sub(read);
                None
            }
        }
    }
}
