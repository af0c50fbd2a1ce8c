//! Approximate search for a word.

/// A word to search for.
pub(crate) struct Pattern<'a> {
    word: &'a str,
    letters: u64,
    /// The positions of each byte in the word, as bits.
    positions: [u64; 256],
    /// The maximum number of edits.
    tolerance: u32,
}

impl<'a> Pattern<'a> {
    /// Prepares a word in lower case.
    pub(crate) fn new(word: &'a str) -> Self {
        let mut positions = [0; 256];
        for (index, byte) in word.bytes().enumerate().take(64) {
            positions[usize::from(byte)] |= 1 << index;
        }
        Pattern {
            word,
            letters: letters(word),
            positions,
            // Short words are similar to too many others. The bits hold at most 64 characters.
            tolerance: match word.len() {
                4..=9 => 1,
                10..=64 => 2,
                _ => 0,
            },
        }
    }

    /// Returns the edit distance between the word and the most similar part of a text, if it is within the tolerance.
    /// `text` is in lower case, and `text_letters` are its [`letters`].
    pub(crate) fn find(&self, text: &str, text_letters: u64) -> Option<u32> {
        let missing = (self.letters & !text_letters).count_ones();
        if missing > self.tolerance {
            return None;
        }
        let edits = match self.tolerance {
            0 if text.contains(self.word) => 0,
            0 => return None,
            _ => self.edits(text),
        };
        (edits <= self.tolerance).then_some(edits)
    }

    /// Returns the minimum edit distance between the word and a part of the text: inserted, removed and changed
    /// characters, and swapped neighbours.
    ///
    /// This is the bit-parallel algorithm of Myers with the extension of Hyyrö (2003) for swapped neighbours. It computes a
    /// column of the table of edit distances with few operations.
    fn edits(&self, text: &str) -> u32 {
        let length = self.word.len();
        let last = 1_u64 << (length - 1);
        // The differences between rows: where the distance increases and decreases by one.
        let (mut up, mut down) = (u64::MAX, 0_u64);
        let (mut diagonal, mut before) = (0_u64, 0_u64);
        let mut edits = u32::try_from(length).unwrap_or(u32::MAX);
        let mut least = edits;
        for byte in text.bytes() {
            let equal = self.positions[usize::from(byte)];
            let swapped = ((!diagonal & equal) << 1) & before;
            diagonal = ((equal & up).wrapping_add(up) ^ up) | equal | down | swapped;
            let right_up = down | !(diagonal | up);
            let right_down = diagonal & up;
            edits += u32::from(right_up & last > 0);
            edits -= u32::from(right_down & last > 0);
            // The first row is zero, because the word may begin at any character.
            let (right_up, right_down) = (right_up << 1, right_down << 1);
            up = right_down | !(diagonal | right_up);
            down = right_up & diagonal;
            before = equal;
            least = least.min(edits);
        }
        least
    }
}

/// Returns the set of characters of a text as bits: one for each letter in either case, one for each digit, and one for
/// all others.
pub(crate) fn letters(text: &str) -> u64 {
    text.bytes().fold(0, |letters, byte| letters | bit(byte))
}

/// Returns the bit of a character in a set.
pub(crate) fn bit(byte: u8) -> u64 {
    BITS[usize::from(byte)]
}

/// A lookup table for speed: the index of names has half a million characters.
static BITS: [u64; 256] = {
    let mut bits = [1 << 36; 256];
    let mut index = 0_u8;
    while index < 36 {
        if index < 26 {
            bits[(b'a' + index) as usize] = 1 << index;
            bits[(b'A' + index) as usize] = 1 << index;
        } else {
            bits[(b'0' + index - 26) as usize] = 1 << index;
        }
        index += 1;
    }
    bits
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Returns the same result as [`Pattern::edits`], from the full table of distances.
    fn edits(word: &str, text: &str) -> usize {
        let (word, text) = (word.as_bytes(), text.as_bytes());
        let mut table = vec![vec![0; text.len() + 1]; word.len() + 1];
        for i in 1..=word.len() {
            table[i][0] = i;
            for j in 1..=text.len() {
                let changed = table[i - 1][j - 1] + usize::from(word[i - 1] != text[j - 1]);
                let mut least = changed.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                if i > 1 && j > 1 && word[i - 1] == text[j - 2] && word[i - 2] == text[j - 1] {
                    least = least.min(table[i - 2][j - 2] + 1);
                }
                table[i][j] = least;
            }
        }
        *table[word.len()].iter().min().expect("a row has a column")
    }

    proptest! {
        #[test]
        fn edits_match_the_full_table(word in "[a-d]{1,12}", text in "[a-d]{0,24}") {
            prop_assert_eq!(Pattern::new(&word).edits(&text) as usize, edits(&word, &text));
        }
    }

    #[test]
    fn misspelled_word_is_found() {
        for (word, text, expect) in [
            ("instances", "describeinstances", Some(0)),
            ("instnces", "describeinstances", Some(1)),
            ("descirbe", "describeinstances", Some(1)),
            ("descirbeinstnces", "describeinstances", Some(2)),
            ("cvm", "cvm", Some(0)),
            ("cvn", "cvm", None),
            ("zone", "describeinstances", None),
        ] {
            let found = Pattern::new(word).find(text, letters(text));
            assert_eq!(found, expect, "{word} {text}");
        }
    }
}
