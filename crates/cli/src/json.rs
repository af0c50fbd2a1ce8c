//! JSON as text, so that numbers keep all their digits and members their order.

use std::collections::HashMap;

use serde_json::value::RawValue;

/// Returns the text of the object in the envelope of a response; `None` if the response is not strictly JSON.
pub(crate) fn inside(body: &str) -> Option<String> {
    let envelope: HashMap<&str, &RawValue> = serde_json::from_str(body).ok()?;
    Some(envelope.get("Response")?.get().to_owned())
}

/// Indents JSON that is valid.
pub(crate) fn indent(json: &str) -> String {
    let mut output = String::with_capacity(json.len() * 2);
    let mut depth = 0;
    let mut characters = json.chars().peekable();
    let line = |output: &mut String, depth: usize| {
        output.push('\n');
        output.extend(std::iter::repeat_n("  ", depth));
    };
    while let Some(character) = characters.next() {
        match character {
            ' ' | '\n' | '\r' | '\t' => {}
            '"' => {
                output.push('"');
                while let Some(character) = characters.next() {
                    output.push(character);
                    match character {
                        '\\' => output.extend(characters.next()),
                        '"' => break,
                        _ => {}
                    }
                }
            }
            '{' | '[' => {
                output.push(character);
                while characters.next_if(|c| c.is_ascii_whitespace()).is_some() {}
                match characters.next_if(|c| matches!(c, '}' | ']')) {
                    Some(close) => output.push(close),
                    None => {
                        depth += 1;
                        line(&mut output, depth);
                    }
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(&mut output, depth);
                output.push(character);
            }
            ',' => {
                output.push(',');
                line(&mut output, depth);
            }
            ':' => output.push_str(": "),
            other => output.push(other),
        }
    }
    output
}
