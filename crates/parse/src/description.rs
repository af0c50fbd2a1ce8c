//! Descriptions of parameters.

/// Takes the note that a field may be null out of a description, and tells whether there was one.
pub(crate) fn take_null_note(description: &mut String) -> bool {
    // One note is the rule, two happen.
    const MOST: usize = 8;
    let mut found = false;
    let mut from = 0;
    for _ in 0..MOST {
        let Some(note) = null_note(description, from) else {
            break;
        };
        found = true;
        let before = description[..note.start].trim_end();
        let after = description[note.end..].trim_start_matches([' ', '\t']);
        // What the note stood between keeps its line break.
        let joint = match (before.is_empty(), after.trim_start().is_empty()) {
            (true, _) | (_, true) => "",
            _ if after.starts_with('\n')
                || description[before.len()..note.start].contains('\n') =>
            {
                "\n"
            }
            _ => " ",
        };
        from = before.len() + joint.len();
        *description = format!("{before}{joint}{}", after.trim_start());
    }
    found
}

/// The place of the first note behind `from`.
fn null_note(text: &str, from: usize) -> Option<std::ops::Range<usize>> {
    // Most descriptions hold no such word, so this is what the time goes into.
    let mut at = from;
    loop {
        let null = at + find_null(text.get(at..)?)?;
        if let Some(range) = note_around(text, from, null) {
            return Some(range);
        }
        at = null + 4;
    }
}

fn find_null(text: &str) -> Option<usize> {
    memchr::memchr2_iter(b'n', b'N', text.as_bytes()).find(|&at| {
        text.as_bytes()
            .get(at..at + 4)
            .is_some_and(|word| word.eq_ignore_ascii_case(b"null"))
    })
}

/// The note that has the word `null` at `null`, if that is what the words around it say.
fn note_around(text: &str, from: usize, null: usize) -> Option<std::ops::Range<usize>> {
    // How far a note reaches: the longest known ones have some 120 bytes on either side.
    const REACH: usize = 200;
    let mut low = null.saturating_sub(REACH).max(from);
    while !text.is_char_boundary(low) {
        low += 1;
    }
    let mut high = (null + REACH).min(text.len());
    while !text.is_char_boundary(high) {
        high -= 1;
    }
    let (before, after) = (&text[low..null], &text[null..high]);
    let (end, gives_reason) = note_end(after)?;
    // Lower case changes no length in what is looked for, but may in other letters: so compare in place.
    let start = [
        "note: this field",
        "note: this is field",
        "note: this parameter",
        "note: the returned value",
        "note: the return value",
        "note: the value",
        "note: when this field",
        "note: `null`",
        "note: null",
        "note:this field",
        "note: it",
        "note：this field",
        "note: this value",
        "note:this parameter",
        "note: the field",
        "note: the parameter",
        "note: \"null\"",
        "note: a null",
        "note: field",
        "注意：此字段",
        "注意:此字段",
        "注意： 此字段",
        "注意: 此字段",
        "注：此字段",
        "注意，此字段",
        "注意：该字段",
        "注意:该字段",
        "注意：この",
        "注：この",
        "注意:この",
        "참고: 이",
        "참고：이",
        "주의: 이",
        "nota: este campo",
        "observação: este campo",
        "примечание: это поле",
    ];
    let bare = [
        "this field",
        "this parameter",
        "the returned value of this field",
        "the value of this field",
        "when this field",
        "`null` may be returned",
        "null may be returned",
        "此字段",
        "该字段",
        "このフィールド",
        "이 필드",
        "este campo",
    ];
    let earliest = |phrases: &[&str]| {
        phrases
            .iter()
            .filter_map(|phrase| rfind_ignoring_case(before, phrase, after))
            .max()
    };
    let start = match earliest(&start) {
        Some(start) => start,
        // A note without the word Note is one if it begins a sentence.
        None => {
            let start = earliest(&bare)?;
            let lead = before[..start].trim_end_matches([' ', '\t', '*', '(', '（']);
            let begins = lead.is_empty() && low == from
                || lead.ends_with([
                    '.', '。', '\n', ';', '；', ':', '：', '!', '?', ')', '）', '|',
                ])
                // `If there is no data, this field is null.` is one sentence with what stands before.
                || gives_reason && lead.ends_with([',', '，']);
            if !begins {
                return None;
            }
            start
        }
    };
    if !gives_reason && !says_possible(&before[start..]) {
        return None;
    }
    // The note is one sentence: nothing in it ends one before the word null.
    if before[start..].contains(['.', '。']) {
        return None;
    }
    Some(low + start..null + end)
}

/// Whether the words before null say that it may come: `this field cannot be` and `this field is` do not.
fn says_possible(words: &str) -> bool {
    let words = words.to_lowercase();
    let holds = |wanted: &[&str]| {
        words
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| wanted.contains(&word))
    };
    (holds(&["may", "can", "might", "could", "puede", "pode", "может"])
        || ["可能", "可以", "あります", "수 있"]
            .iter()
            .any(|word| words.contains(word)))
        && !holds(&["not", "cannot", "no", "não", "не"])
        && !words.contains('不')
}

/// Where a note ends that goes on from the word null, if it says what such notes say, and whether it gives their
/// reason: that no valid value can be had.
fn note_end(after: &str) -> Option<(usize, bool)> {
    const ENDS: [&str; 9] = [
        "valid value",
        "valid data",
        "no value is obtained",
        "no value can be obtained",
        "no value was found",
        "有效值",
        "有効な値",
        "유효한 값",
        "valores válidos",
    ];
    const FOLLOWING: [&str; 9] = [
        " can be obtained",
        " can be found",
        " is obtained",
        " was obtained",
        " is found",
        " was found",
        " found",
        " obtained",
        " can be retrieved",
    ];
    let stop = after
        .find(['.', '。'])
        .map(|at| at + after[at..].chars().next().map_or(1, char::len_utf8));
    let sentence = &after[..stop.unwrap_or(after.len())];
    let found = ENDS
        .iter()
        .find_map(|words| Some((find_ignoring_case(sentence, words)?, words)));
    let Some((at, words)) = found else {
        // `Note: this field may return null.`
        let rest = after[4..].trim_start_matches(['`', '"', '\'', '’', '”']);
        let ends = rest.is_empty() || rest.starts_with(['.', '。', '\n']);
        let mark = rest
            .chars()
            .next()
            .filter(|next| matches!(next, '.' | '。'))
            .map_or(0, char::len_utf8);
        return ends.then_some((after.len() - rest.len() + mark, false));
    };
    if stop.is_some_and(|stop| !after[..stop].contains(['\n', ':', '：'])) {
        return Some((stop?, true));
    }
    // Without a full stop of its own the note ends behind its words, or else with its line.
    let mut end = at + words.len();
    end += usize::from(sentence[end..].starts_with(['s', 'S']));
    let behind = FOLLOWING
        .iter()
        .find(|words| find_ignoring_case(&sentence[end..], words) == Some(0));
    end += behind.map_or(0, |words| words.len());
    let rest = &after[end..];
    let mark = rest
        .chars()
        .next()
        .filter(|next| matches!(next, '.' | '。' | ';' | '；'))
        .map_or(0, char::len_utf8);
    if mark == 0 && behind.is_none() && words.is_ascii() {
        let end = after.find('\n').or(stop).unwrap_or(after.len());
        return Some((end, true));
    }
    Some((end + mark, true))
}

/// Where `words`, in small letters, first stand in a text.
fn find_ignoring_case(text: &str, words: &str) -> Option<usize> {
    (0..text.len()).find(|&at| {
        text.get(at..at + words.len())
            .is_some_and(|part| part.eq_ignore_ascii_case(words))
    })
}

/// Where `phrase` last begins in `before`; a phrase may run on into `after`, where the word null stands.
fn rfind_ignoring_case(before: &str, phrase: &str, after: &str) -> Option<usize> {
    let first = phrase.chars().next()?;
    let text_at = |at: usize| before[at..].chars().chain(after.chars());
    before
        .char_indices()
        .rev()
        .filter(|(_, letter)| letter.to_lowercase().eq(first.to_lowercase()))
        .map(|(at, _)| at)
        .find(|&at| {
            let mut letters = text_at(at);
            // Any white space, also a line break, is as good as the space of the phrase.
            phrase.chars().all(|wanted| {
                letters.next().is_some_and(|letter| {
                    if wanted == ' ' {
                        letter.is_whitespace() || letter == '·'
                    } else {
                        letter.to_lowercase().eq([wanted])
                    }
                })
            })
        })
}

#[cfg(test)]
mod tests {
    use super::take_null_note;

    #[track_caller]
    fn check(text: &str, rest: &str) {
        let mut description = text.to_owned();
        assert!(take_null_note(&mut description), "{text}");
        assert_eq!(description, rest);
    }

    #[test]
    fn takes_the_note_in_all_its_wordings() {
        for note in [
            "Note: this field may return null, indicating that no valid values can be obtained.",
            "Note: This field may return `null`, indicating that no valid value was found.",
            "Note: This field may return \"null\", indicating that no valid value can be obtained.",
            "Note: The returned value of this field may be null, indicating that no valid value is obtained.",
            "Note: `null` may be returned for this field, indicating that no valid values can be obtained.",
            "Note: this field may return null, which indicates a failure to obtain a valid value.",
            "Note: This field may return\u{b7}null, indicating that no valid values can be obtained.",
            "Note: when this field return null, means no valid values can be obtained",
            "This field may return null, indicating that no valid values can be obtained.",
            "Note: this field may return null, indicating that\nno valid values can be obtained.",
            "注意：此字段可能返回 null，表示取不到有效值。",
            "注意:此字段可能返回 null,表示取不到有效值。",
            "此字段可能返回 null，表示取不到有效值",
        ] {
            check(note, "");
            check(&format!("Bound ID.\n{note}"), "Bound ID.");
            check(&format!("{note}\n示例值：0"), "示例值：0");
            check(&format!("状态\n{note}\n示例值：0"), "状态\n示例值：0");
        }
        check(
            "Task IDNote: This field may return null, indicating that no valid value can be obtained.",
            "Task ID",
        );
        check(
            "Key Note: this field may return null, indicating that no valid values can be obtained Example value: ins-3841",
            "Key Example value: ins-3841",
        );
        check("Key. Note: this field may return null.", "Key.");
        check(
            "状态\n注意：此字段可能返回 null。\n示例值：0",
            "状态\n示例值：0",
        );
        check(
            "A. Note: this field may return null, indicating that no valid values can be obtained. B.",
            "A. B.",
        );
    }

    #[test]
    fn keeps_what_else_is_said_of_null() {
        for text in [
            "If it is null, the last settings are used.",
            "999: null (Linux only).",
            "The value is null if no data is available.",
            "Note: this parameter is `null` for postpaid instances.",
            "Callback address. If no callback address is set, this field is null.",
            "If a related field is not in Fields, this field returns null.",
            "A. This parameter is not null. In other cases, this parameter is null.",
            "Note: this parameter cannot be null.",
            "Note: this field must not be null.",
            "注意：此字段不可为null。",
            "A null string indicates that the task is successful. Valid values: 1.",
            "nullnullnull",
            "",
        ] {
            let mut description = text.to_owned();
            assert!(!take_null_note(&mut description), "{text}");
            assert_eq!(description, text);
        }
    }
}
