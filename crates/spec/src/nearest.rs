//! Suggestions for misspelled names.

/// Returns the end of a message about a misspelled name: "; did you mean `a`, `b` or `c`?", or nothing if no candidate is
/// similar.
pub fn did_you_mean<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> String {
    let similar = nearest_names(name, candidates);
    let similar: Vec<String> = similar.iter().map(|name| format!("`{name}`")).collect();
    match &*similar {
        [] => String::new(),
        [one] => format!("; did you mean {one}?"),
        [others @ .., last] => format!("; did you mean {} or {last}?", others.join(", ")),
    }
}

/// Returns the candidate closest to a misspelled name, if it is similar enough.
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    nearest_names(name, candidates).first().copied()
}

/// Returns the candidates similar to a misspelled name, at most three, the closest first. One with two edits more than the
/// closest is left out, and so are all others if only the case differs.
pub fn nearest_names<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    const MAX_NAMES: usize = 3;
    let name = name.to_ascii_lowercase();
    let similar = candidates.filter_map(|candidate| {
        let distance = distance(&name, &candidate.to_ascii_lowercase());
        (distance * 3 <= candidate.len().max(name.len())).then_some((distance, candidate))
    });
    let mut similar: Vec<_> = similar.collect();
    similar.sort_unstable();
    similar.dedup();
    let closest = similar.first().map_or(0, |(distance, _)| *distance);
    let max_distance = closest + usize::from(closest > 0);
    let similar = similar.into_iter().take(MAX_NAMES);
    let similar = similar.take_while(|(distance, _)| *distance <= max_distance);
    similar.map(|(_, candidate)| candidate).collect()
}

/// Returns the edit distance of two names, in bytes. Swapped neighbours count as one edit.
fn distance(from: &str, to: &str) -> usize {
    let (from, to) = (from.as_bytes(), to.as_bytes());
    let mut previous_row: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for i in 0..from.len() {
        let mut next = vec![i + 1];
        for j in 0..to.len() {
            let changed = row[j] + usize::from(from[i] != to[j]);
            let mut least = changed.min(next[j] + 1).min(row[j + 1] + 1);
            if i > 0 && j > 0 && from[i] == to[j - 1] && from[i - 1] == to[j] {
                least = least.min(previous_row[j - 1] + 1);
            }
            next.push(least);
        }
        previous_row = std::mem::replace(&mut row, next);
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
    fn similar_names_are_ordered() {
        let names = ["cbs", "cvm", "vpc", "cme", "cms", "cvm"];
        let found = nearest_names("cmv", names.into_iter());
        assert_eq!(found, ["cme", "cms", "cvm"]);
        assert!(nearest_names("organization", names.into_iter()).is_empty());
        let names = ["FindThing", "FindThings", "FindKings"].into_iter();
        assert_eq!(
            did_you_mean("FindThin", names),
            "; did you mean `FindThing` or `FindThings`?"
        );
        assert_eq!(did_you_mean("Sell", ["Buy"].into_iter()), "");
    }

    #[test]
    fn edit_distance() {
        for (from, to, expect) in [
            ("", "abc", 3),
            ("abc", "", 3),
            ("kitten", "sitting", 3),
            ("same", "same", 0),
            ("swpa", "swap", 1),
        ] {
            assert_eq!(distance(from, to), expect, "{from} {to}");
        }
    }
}
