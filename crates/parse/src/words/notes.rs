//! Notes that a field may be null.

use super::strip_phrase;

/// The words that announce a note, followed by a colon.
const MARKS: &[&str] = &[
    "note",
    "notice",
    "remark",
    "ご注意",
    "注意事項",
    "注意",
    "注",
    "説明",
    "参考",
    "참고",
    "주의",
    "알림",
    "비고",
    "nota",
    "observação",
    "примечание",
    "обратите внимание",
    "внимание",
    "catatan",
    "hinweis",
    "remarque",
];

/// The subjects of notes.
const SUBJECTS: &[&str] = &[
    "this field",
    "this is field",
    "this parameter",
    "this value",
    "the field",
    "the parameter",
    "the value",
    "the returned value",
    "the return value",
    "this return value",
    "this returned value",
    "this response parameter",
    "this response field",
    "when null",
    "the value of this field",
    "when this field",
    "field",
    "it",
    "null",
    "`null`",
    "\"null\"",
    "a null",
    "此字段",
    "该字段",
    "本字段",
    "此参数",
    "该参数",
    "此欄位",
    "此參數",
    "該參數",
    "該欄位",
    "この",
    "このフィールド",
    "このパラメータ",
    "本フィールド",
    "当該フィールド",
    "이 필드",
    "해당 필드",
    "본 필드",
    "이 매개변수",
    "이",
    "este campo",
    "esse campo",
    "o campo",
    "este parâmetro",
    "это поле",
    "данное поле",
    "поле",
    "bidang ini",
    "kolom ini",
    "dieses feld",
    "ce champ",
];

/// The subjects that begin a note even without a word like Note.
const BARE: &[&str] = &[
    "this field",
    "this parameter",
    "the returned value of this field",
    "the value of this field",
    "when this field",
    "`null` may be returned",
    "null may be returned",
    "此字段",
    "该字段",
    "本字段",
    "此参数",
    "このフィールド",
    "このパラメータ",
    "이 필드",
    "해당 필드",
    "este campo",
    "esse campo",
    "это поле",
    "данное поле",
    "bidang ini",
];

/// The meanings of null in notes.
pub(crate) const NOTE_REASONS: &[&str] = &[
    "valid value",
    "valid data",
    "valid result",
    "effective value",
    "no value",
    "no data",
    "value failed to be obtained",
    "values failed to be obtained",
    "有效值",
    "有效数据",
    "有效結果",
    "有效结果",
    "有效的值",
    "有効な値",
    "有効値",
    "유효한 값",
    "유효값",
    "유효 값",
    "valores válidos",
    "valor válido",
    "valores efetivos",
    "допустимых значений",
    "допустимые значения",
    "действительных значений",
    "действительные значения",
    "nilai valid",
    "nilai yang valid",
    "gültigen werte",
    "valeur valide",
    "valeurs valides",
];

/// The continuations of a note after its meaning.
pub(crate) const NOTE_FOLLOWING: &[&str] = &[
    " can be obtained",
    " can be found",
    " can be returned",
    " can be retrieved",
    " is obtained",
    " was obtained",
    " were obtained",
    " is found",
    " was found",
    " were found",
    " is returned",
    " was returned",
    " were returned",
    " is available",
    " are available",
    " found",
    " obtained",
    " returned",
    " available",
];

/// Words for the possibility of null.
const POSSIBLE: &[&str] = &[
    "may",
    "can",
    "might",
    "could",
    "puede",
    "pode",
    "может",
    "могут",
    "dapat",
    "mungkin",
    "kann",
    "peut",
];

/// The same in languages without spaces between words.
const POSSIBLE_PARTS: &[&str] = &["可能", "可以", "あります", "返す場合", "수 있"];

/// Words for the impossibility of null.
const NEVER: &[&str] = &[
    "not", "cannot", "no", "never", "mustn", "não", "nunca", "не", "tidak", "nicht",
];

/// The same in languages without spaces between words.
const NEVER_PARTS: &[&str] = &["不", "できません", "ない", "수 없"];

/// Returns the first words of notes, in lower case; `announced` is whether a word like Note precedes them.
pub(crate) fn starts_of_notes(announced: bool) -> &'static [&'static str] {
    if announced { SUBJECTS } else { BARE }
}

/// Returns where the announcement of a note begins, if a text ends with one: `… Note:`.
pub(crate) fn note_start(before: &str) -> Option<usize> {
    let text = before.trim_end();
    let text = text.trim_end_matches(['*', '`']);
    let text = text.strip_suffix([':', '：', '，', ',', '.'])?.trim_end();
    let text = text.trim_end_matches(['*', '`', ' ']);
    MARKS.iter().find_map(|mark| {
        let at = text.len().checked_sub(mark.len())?;
        let (_, rest) = text.split_at_checked(at)?;
        strip_phrase(rest, mark)?;
        // Includes Markdown markup around the word.
        Some(
            text[..at]
                .trim_end_matches(['*', '`', '(', '（', '【', '['])
                .len(),
        )
    })
}

/// Whether words of a note say that null is possible.
pub(crate) fn says_possible(words: &str) -> bool {
    let words = words.to_lowercase();
    has_word(&words, POSSIBLE) || POSSIBLE_PARTS.iter().any(|part| words.contains(part))
}

/// Whether words of a note say that null is impossible: `this field cannot be null`.
pub(crate) fn says_never(words: &str) -> bool {
    let words = words.to_lowercase();
    has_word(&words, NEVER) || NEVER_PARTS.iter().any(|part| words.contains(part))
}

fn has_word(text: &str, wanted: &[&str]) -> bool {
    text.split(|c: char| !c.is_alphanumeric())
        .any(|word| wanted.contains(&word))
}

/// The ends of sentences after the word null, if they give no reason: `… nullを返す可能性があります`.
const ENDINGS: &[&str] = &[
    "を返す可能性があります",
    "を返すことがあります",
    "を返す場合があります",
    "になる可能性があります",
    "을 반환할 수 있습니다",
    "을 반환할 수도 있습니다",
    "일 수 있습니다",
    " may be returned for this field",
    " may be returned",
    " can be returned",
    " value",
    " values",
    "值",
];

/// Removes such an ending from the text after null.
pub(crate) fn ending_of_null(rest: &str) -> &str {
    let text = rest.trim_start_matches([' ', '\u{a0}']);
    let after = ENDINGS
        .iter()
        .find_map(|ending| text.strip_prefix(ending.trim_start()));
    match after {
        Some(after) => after,
        None if text.starts_with(['.', '。']) => text,
        None => rest,
    }
}

/// Whether a reason is in Chinese, where it ends the sentence and so the note.
pub(crate) fn ends_sentences(reason: &str) -> bool {
    reason.starts_with(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c)) && reason.ends_with('值')
}
