//! JSON that stands in a text.

use serde::de::IgnoredAny;
use serde_json::de::Deserializer;

/// How many times the length of a text is read in all where no JSON is.
const MOST: usize = 16;

/// Looks for JSON in a text.
///
/// Where many brackets are open, each of them would be read to the end of the text. No text that somebody wrote needs more
/// than a few attempts, so the sum of those that fail is limited, and what is behind them is text.
pub(super) struct Json {
    left: usize,
}

impl Json {
    pub(super) fn of(text: &str) -> Self {
        Self {
            left: text.len().saturating_mul(MOST),
        }
    }

    /// The length of the JSON value that the rest of the text starts with.
    pub(super) fn value(&mut self, rest: &str) -> Option<usize> {
        if self.left == 0 {
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
                self.left = self.left.saturating_sub(read);
                None
            }
        }
    }
}
