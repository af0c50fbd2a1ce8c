//! The bars that separate the cells of a line.

/// Returns the positions of unescaped bars.
pub(crate) fn bars(text: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'|', bytes).filter(move |&at| {
        let backslashes = bytes[..at]
            .iter()
            .rev()
            .take_while(|byte| **byte == b'\\')
            .count();
        backslashes % 2 == 0
    })
}

/// Whether a line is a rule: `---|---|---|`, `| :--- | ---: |`.
pub(crate) fn is_rule(text: &str) -> bool {
    let text = text.trim();
    text.contains("--")
        && text.contains('|')
        && text
            .bytes()
            .all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t'))
}

/// Returns the number of cells of a head or rule.
pub(crate) fn cells_between(text: &str) -> usize {
    let inner = text.strip_prefix('|').unwrap_or(text);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    bars(inner).count() + 1
}

/// Whether a line can only be a row with bars: it ends with one and has a second one.
pub(crate) fn is_closed_row(text: &str) -> bool {
    text.ends_with('|') && text.len() > 1 && bars(text).take(2).count() == 2
}
