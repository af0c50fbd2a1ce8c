//! Whether an action only reads.

use serde::{Deserialize, Serialize};

/// What an action does to what the service keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// It only reads: a call can be made twice.
    Read,
    /// It changes something, or may.
    Write,
}

/// Verbs that stand for nothing but reading.
///
/// A verb that is missing here costs a retry; one that should not be here repeats a change. So those that sometimes
/// start a task, take something off a queue or are charged for, as `Check`, `Pull` and `Recognize`, are not here.
const READING: [&str; 8] = [
    "Count", "Describe", "Get", "Inquire", "Inquiry", "List", "Query", "Search",
];

/// Words behind which a name may have another verb, as `GetOrCreateMember` has.
const JOINING: [&str; 3] = ["And", "Or", "Then"];

impl Access {
    /// What the name of an action tells, which begins with a verb: `DescribeMembers` reads. A name that does not, or
    /// begins with a verb that is not known to read, counts as one of an action that writes; and so does a name that
    /// goes on behind an `And`, `Or` or `Then` with anything but such a verb.
    pub fn of_action(name: &str) -> Access {
        let reads = |name| READING.contains(&first_word(name));
        if reads(name) && joined(name).all(reads) {
            Access::Read
        } else {
            Access::Write
        }
    }
}

/// What stands behind each joining word of a name.
fn joined(name: &str) -> impl Iterator<Item = &str> {
    let capitals = name.match_indices(|c: char| c.is_ascii_uppercase());
    capitals.filter_map(|(index, _)| {
        let rest = &name[index..];
        let word = first_word(rest);
        JOINING.contains(&word).then(|| &rest[word.len()..])
    })
}

/// The first word of a name in camel case, `Get` of `GetSSLStatus`; empty if the name does not begin with one.
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
            // Two nouns, as far as a person can tell.
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
