//! The words of texts, for searching.

/// Maximum length of a word, in bytes. A longer word is data, of which only the beginning can be found.
const MAX: usize = 64;

/// Returns the words of a text in lower case: runs of ASCII letters and digits, and pairs of neighbours in runs of other
/// letters, because Chinese does not separate its words. A word may occur several times.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let is_word = |c: char| c.is_alphanumeric();
    for run in text.split(|c| !is_word(c)) {
        let mut rest = run;
        while let Some(first) = rest.chars().next() {
            let is_ascii = first.is_ascii();
            let end = rest.find(|c: char| c.is_ascii() != is_ascii);
            let part;
            (part, rest) = rest.split_at(end.unwrap_or(rest.len()));
            if is_ascii {
                words.push(part[..part.len().min(MAX)].to_ascii_lowercase());
            } else {
                pairs(part, &mut words);
            }
        }
    }
    words
}

/// Adds the pairs of neighbours, or a single letter.
fn pairs(part: &str, words: &mut Vec<String>) {
    let lower: Vec<char> = part.chars().flat_map(char::to_lowercase).collect();
    match &*lower {
        [one] => words.push(one.to_string()),
        letters => words.extend(letters.windows(2).map(|pair| pair.iter().collect())),
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_of_texts() {
        for (text, expected) in [
            ("", &[][..]),
            ("The ID (VPC-id), 10", &["the", "id", "vpc", "id", "10"]),
            ("安全组ID", &["安全", "全组", "id"]),
            (&"A".repeat(65), &[&"a".repeat(64)]),
            ("云 Größe", &["云", "gr", "öß", "e"]),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }
}
