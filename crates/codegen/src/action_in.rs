//! What a generated file holds.

/// The action whose code a generated file holds, by its name on the wire; nothing if the file holds another thing.
///
/// So one can tell what a crate that was generated before has, also where its spec is gone.
pub fn action_in(text: &str) -> Option<&str> {
    // Documentation may show such code as well, behind `///`.
    let is_code = |(before, _): &(&str, &str)| {
        let line = before.lines().next_back().unwrap_or_default();
        !line.trim_start().starts_with("//")
    };
    let calls = text.match_indices("::tc3::Action::new(");
    let mut calls = calls.map(|(at, call)| (&text[..at], &text[at + call.len()..]));
    let (_, arguments) = calls.find(is_code)?;
    // A long name stands on a line of its own.
    let name = arguments.trim_start().strip_prefix('"')?;
    name.split_once('"').map(|(name, _)| name)
}
