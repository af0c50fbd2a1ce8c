//! Characters that hide text or change its direction.

/// Whether a character is a control character, or hides text. Output for people shows its code point instead.
pub fn is_hidden(c: char) -> bool {
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
