//! Finds the action of a generated file.

/// Returns the wire name of the action in a generated file; `None` for other files.
///
/// This identifies the actions of an existing crate, even if its spec no longer exists.
pub fn action_in(text: &str) -> Option<&str> {
    // Documentation may contain such code too, after `///`.
    let is_code = |(before, _): &(&str, &str)| {
        let line = before.lines().next_back().unwrap_or_default();
        !line.trim_start().starts_with("//")
    };
    let calls = text.match_indices("::tc3::Action::new(");
    let mut calls = calls.map(|(at, call)| (&text[..at], &text[at + call.len()..]));
    let (_, arguments) = calls.find(is_code)?;
    // A long name is on a line of its own.
    let name = arguments.trim_start().strip_prefix('"')?;
    name.split_once('"').map(|(name, _)| name)
}
