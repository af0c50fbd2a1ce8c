//! The command line as it was typed.

use std::ffi::OsString;

use tc3_arguments::ArgumentSpan;
use unicode_width::UnicodeWidthStr as _;

use crate::terminal::visible;

/// The arguments after the name of the program.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) words: Vec<String>,
}

impl Line {
    /// Converts the arguments to text.
    ///
    /// # Errors
    /// Fails with the number of the first argument that is not UTF-8.
    pub(crate) fn new(arguments: impl Iterator<Item = OsString>) -> Result<Self, usize> {
        let words = (1_usize..).zip(arguments);
        let words = words.map(|(number, word)| word.into_string().map_err(|_| number));
        let words = words.collect::<Result<_, _>>()?;
        Ok(Self { words })
    }

    /// Returns the argument with the value of an option, and the offset of the value in it.
    pub(crate) fn value_of(&self, options: &[&str]) -> Option<(usize, usize)> {
        let mut words = self.words.iter().enumerate();
        words.find_map(|(index, word)| match word.split_once('=') {
            Some((name, _)) if options.contains(&name) => Some((index, name.len() + 1)),
            None if options.contains(&word.as_str()) => Some((index + 1, 0)),
            _ => None,
        })
    }

    /// Returns a line with an argument, and a line that marks a part of it.
    ///
    /// Values that may be secrets are left out, or shown as asterisks.
    pub(crate) fn pointer(&self, place: &ArgumentSpan) -> String {
        const MAX_WIDTH: usize = 60;
        let Some(word) = self.words.get(place.argument) else {
            return String::new();
        };
        let start = word[..place.range.start].chars().count();
        let end = word[..place.range.end].chars().count();
        // Long arguments are truncated around the marked part.
        let from = if end > MAX_WIDTH {
            start.min(end.saturating_sub(MAX_WIDTH))
        } else {
            0
        };
        let value = match word.starts_with("--") {
            true => word.find('=').map_or(word.len(), |at| at + 1),
            false => 0,
        };
        let value = word[..value].chars().count();
        let is_masked = |index: usize| index >= value && place.is_hidden;
        let characters = word.chars().enumerate();
        let characters = characters.map(|(index, character)| match is_masked(index) {
            true => '*',
            false => character,
        });
        let characters: Vec<char> = characters.collect();
        let part = |range: std::ops::Range<usize>| -> String {
            visible(&characters[range].iter().collect::<String>()).replace('\n', "\\n")
        };
        let to = end.min(start + MAX_WIDTH);
        let mut before = vec!["tc3"];
        let command = self.words[..place.argument].iter().take(2);
        before.extend(
            command
                .take_while(|word| !word.starts_with('-'))
                .map(String::as_str),
        );
        // A value is shown after its name.
        let mut names = self.words[..place.argument].iter();
        let name = names.rposition(|name| name.starts_with("--") && !word.starts_with("--"));
        if name.unwrap_or(place.argument) >= before.len() {
            before.push("…");
        }
        before.extend(name.and_then(|name| self.words[name].split('=').next()));
        if name.is_some_and(|name| name + 1 < place.argument) {
            before.push("…");
        }
        let before = before.join(" ") + " " + if from > 0 { "…" } else { "" };
        let [head, marked] = [part(from..start), part(start..to)];
        let indent = " ".repeat(before.width() + head.width());
        let carets = "^".repeat(marked.width().max(1));
        format!("  {before}{head}{marked}\n  {indent}{carets}\n")
    }
}
