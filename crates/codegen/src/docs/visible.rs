//! Characters that cannot be seen.

/// The line with everything in it that can be seen, and nothing that changes how its neighbours are shown.
///
/// A character that turns the direction of text, or is a control, is shown as its number, `U+202E`: whoever reads the
/// source sees that it was there, and what follows reads as it is written. One that only says where a line may break or
/// letters join says nothing here, and is left out.
pub(super) fn visible(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        if c == '\t' {
            out.push(' ');
        } else if is_hidden(c) {
            out.push_str(&format!("U+{:04X}", u32::from(c)));
        } else if !is_joint(c) {
            out.push(c);
        }
    }
    out
}

/// Whether a character is a control, of the text's direction or otherwise, or hides what is written.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            // Direction: marks, embeddings, overrides and isolates.
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            // Formats that Unicode advises against, and annotations between the lines.
            | '\u{206a}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}'
            // Operators that are read and not shown.
            | '\u{2061}'..='\u{2065}'
            // Letters that show as nothing.
            | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}' | '\u{ffa0}'
            // Controls of shorthand and music, and tags, which can spell what nobody sees.
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e00ff}'
            | '\u{e01f0}'..='\u{e0fff}')
}

/// Whether a character only tells where a line may break, where letters join, or which shape of a letter is meant.
fn is_joint(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200d}' | '\u{2060}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}')
}
