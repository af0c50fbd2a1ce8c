//! Words in the documentation's names, and the cases that Rust writes them in.

/// The name in Rust's case for fields, functions and modules: `VPCIds` is `vpc_ids`, `IPv6Address` is `ipv6_address`.
pub(crate) fn snake(name: &str) -> String {
    words(name)
        .iter()
        .map(|word| word.to_ascii_lowercase())
        .collect::<Vec<_>>()
        .join("_")
}

/// The name in Rust's case for types and variants, spelled as the documentation does wherever that is legible:
/// `VPCIds` stays, `vpcIds` is `VpcIds`, `INVALID_PASSWORD` is `InvalidPassword`.
pub(crate) fn pascal(name: &str) -> String {
    let mut pascal = String::new();
    for name in name.split('.') {
        let parts: Vec<&str> = parts(name).collect();
        let is_shouted = parts.len() > 1 && !name.contains(|c: char| c.is_ascii_lowercase());
        for part in parts {
            let (first, rest) = part.split_at(1);
            // `V1` and `2_1` would be the same name as `V12` and `21`.
            if is_digit(pascal.chars().next_back()) && is_digit(first.chars().next()) {
                pascal.push('_');
            }
            pascal.push_str(&first.to_ascii_uppercase());
            if is_shouted {
                pascal.push_str(&rest.to_ascii_lowercase());
            } else {
                pascal.push_str(rest);
            }
        }
    }
    pascal
}

fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit())
}

/// What stands between a name's separators.
fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
}

/// The words of a name: they end at separators and where the case changes.
fn words(name: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for part in parts(name) {
        let mut start = 0;
        for at in 1..part.len() {
            if is_boundary(part.as_bytes(), at) {
                words.push(&part[start..at]);
                start = at;
            }
        }
        words.push(&part[start..]);
    }
    words
}

/// Whether a new word starts at `at` in a part of a name.
fn is_boundary(part: &[u8], at: usize) -> bool {
    let (before, rest) = (part[at - 1], &part[at..]);
    if !rest[0].is_ascii_uppercase() {
        return false;
    }
    // One letter after a digit belongs to it: `5G`, `P2P`, `E2E`.
    let is_lone = rest.get(1).is_none_or(|next| {
        next.is_ascii_digit() || (next.is_ascii_uppercase() && starts_word(&rest[1..]))
    });
    if before.is_ascii_digit() {
        return !is_lone;
    }
    if before.is_ascii_lowercase() {
        return true;
    }
    // Within capitals, the last one starts a word if it goes on in lower case: `VPC|Id`.
    starts_word(rest)
}

/// Whether a word of its own starts with this capital: it goes on in lower case, and not in a plural `s` or in the
/// `v6` of `IPv6`.
fn starts_word(rest: &[u8]) -> bool {
    match rest {
        [_, b's'] => false,
        [_, b's', next, ..] if !next.is_ascii_lowercase() => false,
        [_, b'v', digit, ..] if digit.is_ascii_digit() => false,
        [_, next, ..] => next.is_ascii_lowercase(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_where_a_reader_would_end_them() {
        for (name, expect) in [
            ("MemberUin", "member_uin"),
            ("hadAutoFixVul", "had_auto_fix_vul"),
            ("VPCId", "vpc_id"),
            ("VpcID", "vpc_id"),
            ("VPCs", "vpcs"),
            ("DescribeVPCs", "describe_vpcs"),
            ("VpcIDs", "vpc_ids"),
            ("VpcIDsSet", "vpc_ids_set"),
            ("ID", "id"),
            ("URL", "url"),
            ("HTTPServer", "http_server"),
            ("IPv6Address", "ipv6_address"),
            ("IPv6CidrBlock", "ipv6_cidr_block"),
            ("Ipv6Address", "ipv6_address"),
            ("PublicIPv4", "public_ipv4"),
            ("AssignIPv6Addresses", "assign_ipv6_addresses"),
            ("K8sVersion", "k8s_version"),
            ("HTTP2", "http2"),
            ("L7Rules", "l7_rules"),
            ("S3URL", "s3_url"),
            ("Net5G", "net5g"),
            ("H264", "h264"),
            ("E2E", "e2e"),
            ("P2PUser", "p2p_user"),
            ("Sha256", "sha256"),
            ("AStatus", "a_status"),
            ("IsAStar", "is_a_star"),
            ("User_Name", "user_name"),
            ("user__name_", "user_name"),
            ("SCENE_ID", "scene_id"),
            ("x", "x"),
            ("Type", "type"),
        ] {
            assert_eq!(snake(name), expect, "{name}");
        }
    }

    #[test]
    fn types_are_spelled_as_the_documentation_spells_them() {
        for (name, expect) in [
            ("Tag", "Tag"),
            ("VPCId", "VPCId"),
            ("IPv6Address", "IPv6Address"),
            ("tagInfo", "TagInfo"),
            ("user_info", "UserInfo"),
            ("INVALID_PASSWORD", "InvalidPassword"),
            ("DB", "DB"),
            ("v_1_2", "V1_2"),
            ("not-found", "NotFound"),
            ("InvalidParameter.CODE_ERROR", "InvalidParameterCodeError"),
            ("LimitExceeded.userQuota", "LimitExceededUserQuota"),
            ("A1.1", "A1_1"),
        ] {
            assert_eq!(pascal(name), expect, "{name}");
        }
    }
}
