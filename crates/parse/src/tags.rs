//! Finds tags in the source text, because the HTML parser does not provide their positions.

/// Whether elements of this name are landmarks: the parser neither implies them nor moves them far.
pub(crate) fn is_landmark(name: &str) -> bool {
    matches!(
        name,
        "td" | "th" | "p" | "pre" | "li" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
    )
}

/// Iterates over start and end tags with their offsets, skipping scripts, styles and comments.
pub(crate) struct Tags<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tags<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        Tags { text, at: 0 }
    }
}

/// A tag.
pub(crate) struct Tag<'a> {
    pub(crate) name: &'a str,
    /// Whether it is an end tag.
    pub(crate) closes: bool,
    /// The offset after the tag.
    pub(crate) end: usize,
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        loop {
            let bytes = self.text.as_bytes();
            let start = self.at + memchr::memchr(b'<', &bytes[self.at..])?;
            self.at = start + 1;
            if self.text[self.at..].starts_with("!--") {
                self.at = self.text[self.at..]
                    .find("-->")
                    .map_or(self.text.len(), |end| self.at + end + 3);
                continue;
            }
            let closes = bytes.get(self.at) == Some(&b'/');
            let name_start = self.at + usize::from(closes);
            let name_end = bytes[name_start..]
                .iter()
                .position(|byte| !byte.is_ascii_alphanumeric())
                .map_or(bytes.len(), |length| name_start + length);
            if name_end == name_start {
                continue;
            }
            let name = &self.text[name_start..name_end];
            self.at = memchr::memchr(b'>', &bytes[name_end..])
                .map_or(bytes.len(), |end| name_end + end + 1);
            let end = self.at;
            if !closes
                && (name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("style"))
            {
                let close = format!("</{name}");
                self.at = self.text[end..]
                    .find(&close)
                    .map_or(self.text.len(), |distance| end + distance);
            }
            return Some(Tag { name, closes, end });
        }
    }
}

/// Returns the offset after the `number`th landmark tag, from 1.
pub(crate) fn landmark_offset(text: &str, number: usize) -> usize {
    let is_landmark = |name: &str| match name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => is_landmark(&name.to_ascii_lowercase()),
        false => is_landmark(name),
    };
    let landmarks = Tags::of(text).filter(|tag| !tag.closes && is_landmark(tag.name));
    match number.checked_sub(1) {
        Some(before) => landmarks.map(|tag| tag.end).nth(before).unwrap_or(0),
        None => 0,
    }
}
