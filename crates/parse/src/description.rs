//! Parses descriptions of parameters.

use crate::words;

/// Removes the notes that a field may be null from a description. Returns whether there was one.
pub(crate) fn take_null_note(description: &mut String) -> bool {
    // There is usually one note, sometimes two.
    const MAX_NOTES: usize = 8;
    let mut found = false;
    let mut from = 0;
    for _ in 0..MAX_NOTES {
        let Some(note) = null_note(description, from) else {
            break;
        };
        found = true;
        let before = description[..note.start].trim_end();
        let after = description[note.end..].trim_start_matches([' ', '\t']);
        let (before, after) = without_brackets(before, &description[note.clone()], after);
        // Keeps the line break between the texts around the note.
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

/// Removes the brackets around a note from the texts before and after it. The note may include the opening bracket.
fn without_brackets<'t>(before: &'t str, note: &str, after: &'t str) -> (&'t str, &'t str) {
    const OPENING: [char; 4] = ['(', '（', '[', '【'];
    let open = before.strip_suffix(OPENING);
    let closed = after.strip_prefix([')', '）', ']', '】']);
    match closed.filter(|_| open.is_some() || note.starts_with(OPENING)) {
        Some(rest) => (
            open.unwrap_or(before).trim_end(),
            rest.trim_start_matches(['.', '。', ' ', '\t']),
        ),
        None => (before, after),
    }
}

/// Finds the first note at or after `from`.
fn null_note(text: &str, from: usize) -> Option<std::ops::Range<usize>> {
    // Skips most descriptions quickly, because few contain the word.
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

/// Returns the note around the word `null` at `null`, if it says that the field may be null.
fn note_around(text: &str, from: usize, null: usize) -> Option<std::ops::Range<usize>> {
    // The maximum reach of a note: the longest known ones have some 120 bytes on either side.
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
    // Compares without a copy in lower case, because that could have other offsets.
    let last = |phrases: &[&str]| {
        let starts = phrases
            .iter()
            .filter_map(|phrase| rfind_ignoring_case(before, phrase, after));
        starts.max()
    };
    let announced = announced(before, after);
    // A note without the word Note must begin a sentence.
    let bare = || {
        let start = last(words::starts_of_notes(false))?;
        let lead = before[..start].trim_end_matches([' ', '\t', '*', '(', '（']);
        let begins = lead.is_empty() && low == from
            || lead.ends_with([
                '.', '。', '\n', ';', '；', ':', '：', '!', '?', ')', '）', '|',
            ])
            // `If there is no data, this field is null.` includes the preceding clause.
            || gives_reason && lead.ends_with([',', '，'])
            // A capital begins a sentence, even if the previous one has no full stop.
            || gives_reason && before[start..].starts_with(|c: char| c.is_uppercase());
        begins.then_some((start, start))
    };
    let (start, subject) = announced.or_else(bare)?;
    let said = &before[subject..];
    // The note is one sentence, so no sentence ends before the word null.
    let is_note =
        (gives_reason || words::says_possible(said) || words::says_possible(&after[4..end]))
            && !words::says_never(said)
            && !said.contains(['.', '。']);
    is_note.then_some(low + start..null + end)
}

/// Returns the offsets of a note announced by a word like `Note`, and of its subject, in the text before the word null.
/// The subject may continue in `after`.
fn announced(before: &str, after: &str) -> Option<(usize, usize)> {
    // The sentence is short, so few marks precede the word null.
    let marks = before
        .char_indices()
        .rev()
        .filter(|(_, letter)| matches!(letter, ':' | '：' | '，' | ',' | '.'));
    for (at, letter) in marks.take(6) {
        let subject = at + letter.len_utf8();
        let rest = &before[subject..];
        let skipped = rest.len() - rest.trim_start_matches([' ', '\t', '\u{a0}', '*']).len();
        let subject = subject + skipped;
        let begins = |phrase: &&&str| begins_ignoring_case(&before[subject..], phrase, after);
        if let Some(start) = words::note_start(&before[..at + letter.len_utf8()])
            && words::starts_of_notes(true)
                .iter()
                .any(|phrase| begins(&phrase))
        {
            return Some((start, subject));
        }
    }
    None
}

/// Finds the end of a note in `after`, which begins with the word null. Also returns whether the note gives a reason: that
/// no valid value can be obtained.
fn note_end(after: &str) -> Option<(usize, bool)> {
    let stop = after
        .find(['.', '。'])
        .map(|at| at + after[at..].chars().next().map_or(1, char::len_utf8));
    let sentence = &after[..stop.unwrap_or(after.len())];
    let found = words::NOTE_REASONS
        .iter()
        .find_map(|words| Some((find_ignoring_case(sentence, words)?, words)));
    let Some((at, reason)) = found else {
        // `Note: this field may return null.`
        let rest = after[4..].trim_start_matches(['`', '"', '\'', '’', '”', '」', '*']);
        let rest = words::ending_of_null(rest);
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
    // Without a full stop, the note ends after its words, or otherwise with its line.
    let mut end = at + reason.len();
    end += usize::from(sentence[end..].starts_with(['s', 'S']));
    let continuation = words::NOTE_FOLLOWING
        .iter()
        .find(|words| find_ignoring_case(&sentence[end..], words) == Some(0));
    end += continuation.map_or(0, |words| words.len());
    let rest = &after[end..];
    let mark = rest
        .chars()
        .next()
        .filter(|next| matches!(next, '.' | '。' | ';' | '；'))
        .map_or(0, char::len_utf8);
    if mark == 0 && continuation.is_none() && !words::ends_sentences(reason) {
        let end = after.find('\n').or(stop).unwrap_or(after.len());
        return Some((end, true));
    }
    Some((end + mark, true))
}

/// Finds the first occurrence of `words` (in lower case) in a text.
fn find_ignoring_case(text: &str, words: &str) -> Option<usize> {
    (0..text.len()).find(|&at| {
        text.get(at..at + words.len())
            .is_some_and(|part| part.eq_ignore_ascii_case(words))
    })
}

/// Finds the last start of `phrase` in `before`. The phrase may continue in `after`, which begins with the word null.
fn rfind_ignoring_case(before: &str, phrase: &str, after: &str) -> Option<usize> {
    let first = phrase.chars().next()?;
    before
        .char_indices()
        .rev()
        .filter(|(_, letter)| letter.to_lowercase().eq(first.to_lowercase()))
        .map(|(at, _)| at)
        .find(|&at| begins_ignoring_case(&before[at..], phrase, after))
}

/// Whether a text begins with a phrase, which may continue in `after`.
fn begins_ignoring_case(text: &str, phrase: &str, after: &str) -> bool {
    let mut letters = text.chars().chain(after.chars());
    // Any white space matches a space of the phrase, including a line break.
    phrase.chars().all(|wanted| {
        letters.next().is_some_and(|letter| {
            if wanted == ' ' {
                letter.is_whitespace() || letter == '·'
            } else {
                letter.to_lowercase().eq([wanted])
            }
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
    fn notes_are_removed() {
        for note in [
            "Note: this field may return null, indicating that no valid values can be obtained.",
            "Note: This field may return `null`, indicating that no valid value was found.",
            "Note: This field may return \"null\", indicating that no valid value can be obtained.",
            "Note: The returned value of this field may be null, indicating that no valid value is obtained.",
            "Note: `null` may be returned for this field, indicating that no valid values can be obtained.",
            "Note: this field may return null, which indicates a failure to obtain a valid value.",
            "Note: This field may return\u{b7}null, indicating that no valid values can be obtained.",
            "Note: when this field return null, means no valid values can be obtained",
            "Note: This field may return null, indicating that no effective values can be obtained.",
            "Note: this field could be null.",
            "Note: This field can be null, which means that no valid value was found.",
            "Note: Null means no valid values returned.",
            "Note: Null means no valid values returned",
            "Note: null may be returned for this field.",
            "Note: this return value may be null, indicating that no valid values can be obtained.",
            "Note: When null is returned, it indicates that no valid value can be obtained.",
            "Note: this field may return null, which indicates that the value failed to be obtained.",
            "注意：此字段可能返回null，表示取不到有效数据。",
            "注意：此參數可能返回 null，表示取不到有效值。",
            "注意事項：このフィールドはnullを返す可能性があり、有効値を取得できないことを表します。",
            "Обратите внимание: это поле может возвращать null, указывая, что допустимых значений нет.",
            "**Note:** This field may return null, indicating that no valid values can be obtained.",
            "注意：该字段可能返回null，表示取不到有效值。",
            "注意：此字段可能返回 null 。",
            "注意：このフィールドはnullを返す可能性があり、有効値を取得できないことを表します。",
            "注：このフィールドは null を返すことがあり、有効な値を取得できないことを示します。",
            "注意：このフィールドはnullを返す可能性があります。",
            "주의: 이 필드는 null을 반환할 수 있으며 유효값을 얻지 못했음을 의미합니다.",
            "참고: 이 필드는 null을 반환할 수 있으며, 이는 유효한 값을 가져올 수 없음을 나타냅니다.",
            "참고: 이 필드는 null을 반환할 수 있습니다.",
            "Примечание. Это поле может возвращать значение null, указывая, что допустимых значений не найдено.",
            "Примечание: это поле может возвращать null, что означает отсутствие допустимых значений.",
            "Observação: este campo pode retornar null, indicando que não foram obtidos valores válidos.",
            "Nota: este campo puede devolver null, lo que indica que no hay valores válidos.",
            "Catatan: Bidang ini mungkin mengembalikan null, yang menunjukkan bahwa tidak ada nilai valid.",
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
        check("Key. (Note: this field may return null.)", "Key.");
        check(
            "箱子（注意：此字段可能返回 null，表示取不到有效值）。",
            "箱子",
        );
        check(
            "Key This field may return null, indicating that no valid value is obtained.",
            "Key",
        );
        check(
            "鍵\nご注意：このフィールドはnullを返すことがあり、有効な値を取得できないことを示します。",
            "鍵",
        );
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
    fn other_sentences_are_kept() {
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
            "User name. Not null.",
            "Log of the call; null for async calls",
            "Note: if this is null, no value is written.",
            "Returns “-” if the value is null.",
            "このフィールドはnullにできません。",
            "이 필드는 null일 수 없습니다.",
            "Примечание: это поле не может быть null.",
            "注意：此参数不能为null，否则取不到有效值。",
            "",
        ] {
            let mut description = text.to_owned();
            assert!(!take_null_note(&mut description), "{text}");
            assert_eq!(description, text);
        }
    }
}
