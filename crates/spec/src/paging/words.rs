//! Recognizes phrases in the descriptions of pagination parameters and totals, in English and Chinese.

/// Phrases for a page number.
const NUMBER: [&str; 9] = [
    "page number",
    "number of pages",
    "which page",
    "current page",
    "pagination number",
    "页码",
    "页数",
    "第几页",
    "当前页",
];

/// Phrases that mean a formula or a page size, although they contain one for a page number.
const NOT_NUMBER: [&str; 12] = [
    "- 1",
    "-1",
    "– 1",
    "–1",
    "*",
    "×",
    " x ",
    "per page",
    "multiple",
    "倍",
    "每页",
    "偏移量为",
];

/// Words before the number of the first page. Words for a start take precedence, because the default may be another page.
const FIRST: [&[&str]; 2] = [
    &["start", "begin", "from page", "first page is", "从", "起始"],
    &["default", "minimum", "默认", "最小"],
];

/// Words after the number of the first page.
const IS_FIRST: [&str; 5] = [
    "indicates the first page",
    "means the first page",
    "is the first page",
    "表示第一页",
    "为第一页",
];

/// Phrases for an offset that must be a multiple of the limit.
const MULTIPLE: [&str; 4] = ["multiple of", "multiples of", "整数倍", "的倍数"];

/// Formulas of an offset, without spaces and punctuation.
const FORMULAS: [&str; 4] = ["number1", "pages1", "页码1", "页数1"];

/// Phrases for the number of items in one response, or for the number of pages.
const OF_PAGE: [&str; 17] = [
    "returned",
    "number of return ",
    "number of pages",
    "current page",
    "this page",
    "per page",
    "this request",
    "this time",
    "this query",
    "current query",
    "deprecated",
    "本次",
    "本页",
    "当前页",
    "总页数",
    "返回条数",
    "返回数量",
];

/// Phrases that negate those of [`OF_PAGE`].
const NOT_OF_PAGE: [&str; 5] = [
    "rather than",
    "not the number",
    "but not",
    "not be returned",
    "而非",
];

/// Whether the description of an offset means a page number.
pub(super) fn is_page_number(description: &str) -> bool {
    let text = description.to_lowercase();
    has_any(&text, &NUMBER) && !has_any(&text, &NOT_NUMBER)
}

/// Returns the number of the first page, 0 or 1, if a description states it.
pub(super) fn first_page(description: &str) -> Option<u64> {
    let text = description.to_lowercase();
    let before = IS_FIRST.iter().find_map(|word| {
        let (before, _) = text.split_once(word)?;
        match before.trim_end_matches([' ', '`']).chars().next_back()? {
            '0' => Some(0),
            '1' => Some(1),
            _ => None,
        }
    });
    before.or_else(|| FIRST.iter().find_map(|words| first_after(&text, words)))
}

/// Returns the number, 0 or 1, after one of the words in the same part of the sentence.
fn first_after(text: &str, words: &[&str]) -> Option<u64> {
    let mut matches = words.iter().flat_map(|word| text.match_indices(word));
    matches.find_map(|(at, word)| {
        let rest: String = text[at + word.len()..].chars().take(24).collect();
        let part = rest.split(['.', ',', ';', '。', '，', '；']).next()?;
        let start = part.find(|c: char| c.is_ascii_digit())?;
        let number = &part[start..];
        let end = number.find(|c: char| !c.is_ascii_digit());
        let number = number[..end.unwrap_or(number.len())].parse().ok()?;
        (number <= 1).then_some(number)
    })
}

/// Whether an offset must be a multiple of the limit.
pub(super) fn is_multiple(description: &str) -> bool {
    let text = description.to_lowercase();
    let letters: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let is_formula = text.contains(['-', '–', '－']) && has_any(&letters, &FORMULAS);
    has_any(&text, &MULTIPLE) || is_formula
}

/// Whether a total counts the items of a page, or the pages.
pub(super) fn is_of_page(description: &str) -> bool {
    let text = description.to_lowercase();
    has_any(&text, &OF_PAGE) && !has_any(&text, &NOT_OF_PAGE)
}

fn has_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers() {
        for (description, first) in [
            ("Page number. Default value: `0`.", Some(0)),
            (
                "Page number. The default value is 0, indicating the first page.",
                Some(0),
            ),
            (
                "The page number the records start from. The default is 1.",
                Some(1),
            ),
            ("Page number, starts from 1 by default", Some(1)),
            (
                "Page number. Valid values: 0 (page 1) and 1 (page 2).",
                None,
            ),
            (
                "Which page of entries to return. Counting begins from page 0.",
                Some(0),
            ),
            ("Current page. Default value: 10.", None),
            ("页码，从1开始，默认值为1。", Some(1)),
            ("当前页数，默认为 0。", Some(0)),
            ("Number of pages", None),
        ] {
            assert!(is_page_number(description), "{description}");
            assert_eq!(first_page(description), first, "{description}");
        }
    }

    #[test]
    fn offsets_are_not_page_numbers() {
        for (description, multiple) in [
            ("Offset. Default value: 0.", false),
            ("Page offset. The default value is 0.", false),
            (
                "Pagination offset. Offset=0 indicates the first page. If Limit=100, Offset=100 indicates the second page.",
                false,
            ),
            (
                "Starting offset of the page. Value: (number of pages – 1) * items per page.",
                true,
            ),
            (
                "Offset = Limit x (Page number – 1). The default value is 0.",
                true,
            ),
            (
                "Pagination offset. Calculation formula: offset=limit*(page number-1).",
                true,
            ),
            (
                "Offset. Its value must be an integer multiple of the limit. Default value: 0.",
                true,
            ),
            ("Number of entries per page.", false),
            ("偏移量，默认为0，Limit 的整数倍。", true),
            ("", false),
        ] {
            assert!(!is_page_number(description), "{description}");
            assert_eq!(is_multiple(description), multiple, "{description}");
        }
    }

    #[test]
    fn totals_of_a_page() {
        for (description, expected) in [
            ("Number of returned entries", true),
            ("Total number of pages", true),
            ("Number of logs returned for this request", true),
            ("本次返回的数量", true),
            ("Total number of records.", false),
            (
                "The total record count that meets the condition, not the number of records returned this time",
                false,
            ),
            (
                "The number of all eligible instances rather than the number returned.",
                false,
            ),
            ("符合条件的总数", false),
        ] {
            assert_eq!(is_of_page(description), expected, "{description}");
        }
    }
}
