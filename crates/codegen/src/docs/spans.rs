//! Finds the ends of code spans and brackets in one pass, because searching for each end separately would take
//! quadratic time.

use std::collections::BTreeMap;

/// Counts the backticks at the start of a text.
pub(super) fn backticks(text: &str) -> usize {
    text.len() - text.trim_start_matches('`').len()
}

/// The code spans of a text: the next run of the same length on the line closes a run of backticks.
pub(super) struct CodeSpans(BTreeMap<usize, usize>);

impl CodeSpans {
    pub(super) fn of(text: &str) -> Self {
        let mut spans = BTreeMap::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let mut open = BTreeMap::new();
            let mut at = 0;
            while let Some(distance) = line[at..].find('`') {
                at += distance;
                let length = backticks(&line[at..]);
                if let Some(opened) = open.insert(length, at) {
                    spans.insert(start + opened, start + at + length);
                }
                at += length;
            }
            start += line.len();
        }
        Self(spans)
    }

    /// Returns the offset after the code span at `at`, if there is one.
    pub(super) fn end(&self, at: usize) -> Option<usize> {
        self.0.get(&at).copied()
    }
}

/// The closed brackets of a text.
pub(super) struct Brackets(BTreeMap<usize, usize>);

impl Brackets {
    pub(super) fn of(text: &str) -> Self {
        let mut pairs = BTreeMap::new();
        let (mut square, mut round) = (Vec::new(), Vec::new());
        for (at, byte) in text.bytes().enumerate() {
            let opened = match byte {
                b'[' => {
                    square.push(at);
                    None
                }
                b'(' => {
                    round.push(at);
                    None
                }
                b']' => square.pop(),
                b')' => round.pop(),
                _ => None,
            };
            if let Some(opened) = opened {
                pairs.insert(opened, at);
            }
        }
        Self(pairs)
    }

    /// Returns the offset of the bracket that closes the one at `at`, within `max_length` bytes.
    pub(super) fn end(&self, at: usize, max_length: usize) -> Option<usize> {
        let end = self.0.get(&at).copied();
        end.filter(|end| end - at <= max_length)
    }
}

/// The positions of a marker in a text, queried in ascending order.
pub(super) struct MarkPositions<'a> {
    text: &'a str,
    mark: &'static str,
    /// The next position after the last query; the text's end if there is none.
    next: usize,
    is_searched: bool,
}

impl<'a> MarkPositions<'a> {
    pub(super) fn of(text: &'a str, mark: &'static str) -> Self {
        Self {
            text,
            mark,
            next: 0,
            is_searched: false,
        }
    }

    /// Returns the first position from `at` on, within `max_length` bytes. `at` must not decrease.
    pub(super) fn from(&mut self, at: usize, max_length: usize) -> Option<usize> {
        if !self.is_searched || self.next < at {
            let found = self.text.get(at..).and_then(|rest| rest.find(self.mark));
            self.next = found.map_or(self.text.len(), |distance| at + distance);
            self.is_searched = true;
        }
        let is_near = self.next < self.text.len() && self.next - at <= max_length;
        is_near.then_some(self.next)
    }
}
