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

impl Access {
    /// What the name of an action tells, which begins with a verb: `DescribeMembers` reads. A name that does not, or
    /// begins with a verb that is not known to read, counts as one of an action that writes.
    pub fn of_action(name: &str) -> Access {
        if READING.contains(&first_word(name)) {
            Access::Read
        } else {
            Access::Write
        }
    }
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
            "X",
            "Äpfel",
            "",
        ] {
            assert_eq!(Access::of_action(name), Access::Write, "{name}");
        }
    }
}
