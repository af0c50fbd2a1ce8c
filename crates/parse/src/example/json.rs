//! Finds the extent of JSON in lines.

use serde_json::Value;

/// The maximum length of JSON in an example; the longest known example has some 60 KB.
pub(crate) const MAX_JSON: usize = 16 << 20;

/// Counts the open braces and brackets of a JSON text.
#[derive(Default)]
pub(crate) struct Depth {
    open: usize,
    in_string: bool,
}

impl Depth {
    /// Counts those of the next line.
    pub(crate) fn add(&mut self, line: &str) {
        let mut escaped = false;
        for byte in line.bytes() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if self.in_string => escaped = true,
                b'"' => self.in_string = !self.in_string,
                b'{' | b'[' if !self.in_string => self.open += 1,
                b'}' | b']' if !self.in_string => self.open = self.open.saturating_sub(1),
                _ => {}
            }
        }
        // A JSON string ends on its line.
        self.in_string = false;
    }

    /// Whether the JSON continues on the next line.
    pub(crate) fn is_open(&self) -> bool {
        self.open > 0
    }
}

/// Returns the parameter names in the example responses of a page, without parsing its tables.
pub(crate) fn response_keys<'b>(lines: impl Iterator<Item = &'b str> + Clone) -> Vec<String> {
    let mut keys = Vec::new();
    let mut rest = lines;
    while let Some(line) = rest.next() {
        let is_response = |line: &str| {
            line.trim_start_matches('{')
                .trim_start()
                .starts_with("\"Response\"")
        };
        if !line.starts_with('{')
            || !(is_response(line) || rest.clone().next().is_some_and(is_response))
        {
            continue;
        }
        let mut text = line.to_owned();
        let mut depth = Depth::default();
        depth.add(line);
        while depth.is_open() && text.len() < MAX_JSON {
            let Some(line) = rest.next() else { break };
            text.push('\n');
            text.push_str(line);
            depth.add(line);
        }
        if let Ok(Value::Object(mut envelope)) = serde_json::from_str(&text)
            && let Some(Value::Object(response)) = envelope.remove("Response")
        {
            keys.extend(response.into_iter().map(|(name, _)| name));
        }
    }
    keys
}
