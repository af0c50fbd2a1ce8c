//! The words of a line as shells pass them.

use std::ffi::OsString;

/// The words before the completed one, without the program.
pub(super) fn before(words: &[OsString], index: usize) -> Vec<String> {
    let before = words.iter().take(index).skip(1);
    before
        .map(|word| word.to_string_lossy().into_owned())
        .collect()
}

/// Removes the words `=` that bash splits off from `--name=value`. Returns the new index of the word to complete.
pub(super) fn joined(words: Vec<OsString>, index: usize) -> (Vec<OsString>, usize) {
    let mut joined: Vec<OsString> = Vec::with_capacity(words.len());
    let mut completed = index;
    for (number, word) in words.into_iter().enumerate() {
        let follows_option = joined
            .last()
            .is_some_and(|last| last.to_string_lossy().starts_with("--"));
        let is_separator = follows_option && word == "=";
        if is_separator && number == index {
            joined.push(OsString::new());
        } else if is_separator {
            completed -= usize::from(number < index);
        } else {
            joined.push(word);
        }
    }
    (joined, completed)
}
