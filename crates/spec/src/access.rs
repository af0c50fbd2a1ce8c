//! Read or write access of actions.

use serde::{Deserialize, Serialize};

/// Whether an action modifies state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// Only reads, so a call can be repeated safely.
    Read,
    /// May modify state.
    Write,
}

/// Verbs that only read.
///
/// A missing verb only costs a retry, but a wrong one could repeat a change. So verbs that may start a task, consume from a
/// queue or incur a charge, such as `Check`, `Pull` and `Recognize`, are not listed.
const READING: [&str; 8] = [
    "Count", "Describe", "Get", "Inquire", "Inquiry", "List", "Query", "Search",
];

/// Words that join a second verb, as in `GetOrCreateMember`.
const JOINING: [&str; 3] = ["And", "Or", "Then"];

impl Access {
    /// Derives the access from an action's name: `DescribeMembers` reads.
    ///
    /// An action reads if its name begins with a known reading verb, and each `And`, `Or` or `Then` is followed by one. All
    /// others write.
    pub fn of_action(name: &str) -> Access {
        let reads = |name| READING.contains(&first_word(name));
        if reads(name) && joined(name).all(reads) {
            Access::Read
        } else {
            Access::Write
        }
    }
}

/// Returns the rest of a name after each joining word.
fn joined(name: &str) -> impl Iterator<Item = &str> {
    let capitals = name.match_indices(|c: char| c.is_ascii_uppercase());
    capitals.filter_map(|(index, _)| {
        let rest = &name[index..];
        let word = first_word(rest);
        JOINING.contains(&word).then(|| &rest[word.len()..])
    })
}

/// Returns the first word of a camel-case name, such as `Get` for `GetSSLStatus`, or an empty text.
fn first_word(name: &str) -> &str {
    if !name.starts_with(|c: char| c.is_ascii_uppercase()) {
        return "";
    }
    let end = name[1..].find(|c: char| !c.is_ascii_lowercase());
    let (word, rest) = name.split_at(end.map_or(name.len(), |end| end + 1));
    let ends = rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_uppercase());
    if ends { word } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_verbs_read() {
        for name in [
            "DescribeMembers",
            "GetSSLStatus",
            "ListX",
            "QueryPrice",
            "SearchLog",
            "InquirePriceCreateInstances",
            "InquiryPriceRunInstances",
            "CountMembers",
            "List",
            "GetAndListMembers",
            "GetOrganizationThenceAndroid",
            "GetBANDWIDTH",
        ] {
            assert_eq!(Access::of_action(name), Access::Read, "{name}");
        }
        for name in [
            "AddMember",
            "GetawayMembers",
            "ListenMembers",
            "Countdown",
            "DESCRIBEMembers",
            "DescribleMembers",
            "describeMembers",
            "Describe_Members",
            "Get2Members",
            "GetÄrger",
            "CheckMember",
            "PullMessages",
            "GetOrCreateMember",
            "QueryAndLockMember",
            "DescribeAndModifyMember",
            "DescribeMembersAndDeleteThem",
            "GetSSLAndRevoke",
            "ListMembersThenRemove",
            "GetAndDescribeOrCreateMember",
            // Joins two nouns, but is not distinguishable from two verbs.
            "DescribeMembersAndGroups",
            "GetAnd",
            "X",
            "Äpfel",
            "",
        ] {
            assert_eq!(Access::of_action(name), Access::Write, "{name}");
        }
    }
}
