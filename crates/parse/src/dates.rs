//! Finds dates in texts.

/// Whether a text contains a date in another order, which is no version: `2/28/2018`.
pub(crate) fn has_foreign_date(text: &str) -> bool {
    let is_date = |word: &str| {
        let mut parts = word.split('/');
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        parts.clone().count() == 3
            && parts
                .clone()
                .all(|part| !part.is_empty() && is_number(part))
            && parts.next_back().is_some_and(|year| year.len() == 4)
    };
    text.split(|c: char| !c.is_ascii_digit() && c != '/')
        .any(is_date)
}

/// Parses the date in `Common Params. The value used for this API: 2021-03-31.`, also written `2021/03/31`.
pub(crate) fn date(description: &str) -> Option<String> {
    let is_date = |text: &str, mark: u8| {
        text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == mark,
            _ => byte.is_ascii_digit(),
        })
    };
    let find = |mark: u8| {
        (0..description.len())
            .filter_map(|at| description.get(at..at + 10))
            .find(|text| is_date(text, mark))
    };
    find(b'-')
        .map(str::to_owned)
        .or_else(|| Some(find(b'/')?.replace('/', "-")))
}
