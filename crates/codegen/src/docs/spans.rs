//! Where code and brackets end, found in one pass over a text: looking for each end by itself would take a text of
//! nothing but backticks as many passes as it has backticks.

use std::collections::BTreeMap;

/// How many backticks a text starts with.
pub(super) fn backticks(text: &str) -> usize {
    text.len() - text.trim_start_matches('`').len()
}

/// The code spans of a text: a run of backticks is closed by the next one of the same length in its line.
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

    /// The offset behind the code span that starts at `at`, where there is a run of backticks.
    pub(super) fn end(&self, at: usize) -> Option<usize> {
        self.0.get(&at).copied()
    }
}

/// The brackets of a text that are closed.
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

    /// The offset of the bracket that closes the one at `at`, unless it is further away than `most`.
    pub(super) fn end(&self, at: usize, most: usize) -> Option<usize> {
        let end = self.0.get(&at).copied();
        end.filter(|end| end - at <= most)
    }
}

/// The places of a mark in a text, asked for from the start of the text to its end.
pub(super) struct Places<'a> {
    text: &'a str,
    mark: &'static str,
    /// The next place behind what was asked for; that of the text's end if there is none.
    next: usize,
    is_searched: bool,
}

impl<'a> Places<'a> {
    pub(super) fn of(text: &'a str, mark: &'static str) -> Self {
        Self {
            text,
            mark,
            next: 0,
            is_searched: false,
        }
    }

    /// The first place at `at` or behind it, unless it is further away than `most`. No `at` is smaller than the one before.
    pub(super) fn from(&mut self, at: usize, most: usize) -> Option<usize> {
        if !self.is_searched || self.next < at {
            let found = self.text.get(at..).and_then(|rest| rest.find(self.mark));
            self.next = found.map_or(self.text.len(), |distance| at + distance);
            self.is_searched = true;
        }
        let is_near = self.next < self.text.len() && self.next - at <= most;
        is_near.then_some(self.next)
    }
}
