//! Text whose white space is collapsed as in a browser.

/// Text whose white space is collapsed as in a browser.
#[derive(Default)]
pub(super) struct Buffer {
    pub(super) text: String,
    /// Whether a space precedes the next text.
    space: bool,
}

impl Buffer {
    pub(super) fn push(&mut self, text: &str) {
        let mut rest = text;
        loop {
            let word = rest.trim_start();
            self.space |= word.len() < rest.len();
            if word.is_empty() {
                return;
            }
            let end = folded_length(word);
            self.push_space();
            self.text.push_str(&word[..end]);
            rest = &word[end..];
        }
    }

    /// Appends text without the pending space.
    pub(super) fn push_tight(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn push_space(&mut self) {
        if self.space && !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push(' ');
        }
        self.space = false;
    }

    /// Returns where the next text will begin, after writing the pending space.
    pub(super) fn start_of_next(&mut self) -> usize {
        self.push_space();
        self.text.len()
    }

    pub(super) fn newline(&mut self) {
        self.space = false;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.space = false;
    }
}

/// Returns the length of the prefix in which collapsing white space changes nothing. The text begins with a letter.
fn folded_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b' ' if matches!(bytes.get(at + 1), Some(0x21..=0x7e)) => {}
            b'\t'..=b'\r' | b' ' => return at,
            // The first byte of three, for example of Chinese and Korean letters, but of no white space.
            0xe4..=0xed => at += 2,
            0x00..=0x7f => {}
            _ => {
                let letter = text[at..].chars().next().unwrap_or(' ');
                if letter.is_whitespace() {
                    return at;
                }
                at += letter.len_utf8();
                continue;
            }
        }
        at += 1;
    }
    at
}
