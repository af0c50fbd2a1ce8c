//! Suggestions for misspelled names.

/// Returns the candidate closest to a misspelled name, if it is similar enough.
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_ascii_lowercase();
    candidates
        .map(|candidate| {
            let distance = distance(&name, &candidate.to_ascii_lowercase());
            (distance, candidate)
        })
        .min()
        .filter(|(distance, candidate)| *distance * 3 <= candidate.len().max(name.len()))
        .map(|(_, candidate)| candidate)
}

/// Returns the edit distance of two names, in bytes.
fn distance(from: &str, to: &str) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in to.bytes().enumerate() {
            let changed = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelled_name_is_recognized() {
        let names = ["AddMember", "DescribeMember", "DeleteMember"];
        for (name, expect) in [
            ("AddMembers", Some("AddMember")),
            ("addmember", Some("AddMember")),
            ("DescripeMember", Some("DescribeMember")),
            ("DeletMembr", Some("DeleteMember")),
            ("CreateCluster", None),
            ("", None),
        ] {
            assert_eq!(nearest(name, names.into_iter()), expect, "{name}");
        }
    }

    #[test]
    fn edit_distance() {
        for (from, to, expect) in [
            ("", "abc", 3),
            ("abc", "", 3),
            ("kitten", "sitting", 3),
            ("same", "same", 0),
        ] {
            assert_eq!(distance(from, to), expect, "{from} {to}");
        }
    }
}
