//! Invisible characters.

/// Makes a line safe to show: everything in it is visible, and nothing affects its neighbours.
///
/// Bidirectional and other control characters are shown as their code point, `U+202E`, so that readers of the source
/// see them. Characters that only affect line breaks or joining are removed.
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

/// Whether a character is a control character, or hides text.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            // Direction: marks, embeddings, overrides and isolates.
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            // Deprecated format characters, and interlinear annotations.
            | '\u{206a}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}'
            // Invisible operators.
            | '\u{2061}'..='\u{2065}'
            // Blank letters.
            | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}' | '\u{ffa0}'
            // Controls of shorthand and music, and tags, which can spell invisible text.
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e00ff}'
            | '\u{e01f0}'..='\u{e0fff}')
}

/// Whether a character only affects line breaks, joining, or the variant of a glyph.
fn is_joint(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200d}' | '\u{2060}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}')
}
