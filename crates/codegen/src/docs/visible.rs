//! Invisible characters.

use tc3_spec::is_hidden;

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

/// Whether a character only affects line breaks, joining, or the variant of a glyph.
fn is_joint(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200d}' | '\u{2060}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}')
}
