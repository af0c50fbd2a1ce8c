//! Converts names to Rust's cases.

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

use super::words;

/// The replacement of a name without letters and digits.
const NAMELESS: &str = "unnamed";

/// Converts a name to snake case: `VPCIds` becomes `vpc_ids`, `IPv6Address` becomes `ipv6_address`. The result is
/// always an identifier.
pub(crate) fn snake(name: &str) -> String {
    let snake = respell(name).to_snake_case();
    match snake.chars().next() {
        None => NAMELESS.to_owned(),
        Some('0'..='9') => format!("_{snake}"),
        Some(_) => snake,
    }
}

/// Converts a name to upper camel case, and keeps the vendor's spelling if it is legible: `VPCIds` stays, `vpcIds`
/// becomes `VpcIds`, `INVALID_PASSWORD` becomes `InvalidPassword`. The result is always an identifier.
pub(crate) fn pascal(name: &str) -> String {
    let mut pascal = String::new();
    for name in name.split('.') {
        let parts: Vec<&str> = parts(name).collect();
        let is_upper_snake = parts.len() > 1 && !name.contains(|c: char| c.is_ascii_lowercase());
        for part in parts {
            // Keeps digits apart: `V1` and `2_1` would otherwise equal `V12` and `21`.
            let is_digit = |c: char| c.is_ascii_digit();
            if part.starts_with(is_digit) && (pascal.is_empty() || pascal.ends_with(is_digit)) {
                pascal.push('_');
            }
            if is_upper_snake {
                pascal.push_str(&part.to_upper_camel_case());
            } else {
                let (first, rest) = part.split_at(1);
                pascal.push_str(&first.to_ascii_uppercase());
                pascal.push_str(rest);
            }
        }
    }
    if pascal.is_empty() {
        return NAMELESS.to_upper_camel_case();
    }
    pascal
}

/// Splits a name at its separators.
fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
}

/// Respells a name so that `heck` splits it as a reader would: words of the [table](words) are separate, and so are
/// plurals of acronyms, with a capital S, because `heck` splits `IDs` into `I` and `Ds`.
fn respell(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 2);
    let (mut at, mut capitals) = (0, 0);
    while let Some(c) = name[at..].chars().next() {
        let rest = &name[at + c.len_utf8()..];
        let continues = rest.starts_with(|c: char| c.is_ascii_lowercase());
        if let Some(word) = words::at_start(&name[at..], name[..at].chars().next_back()) {
            out.extend(["_", &word.to_ascii_lowercase(), "_"]);
            at += word.len();
            capitals = 0;
            continue;
        }
        match c {
            's' if capitals > 1 && !continues => out.push_str("S_"),
            c if c.is_ascii_alphanumeric() => out.push(c),
            _ => out.push('_'),
        }
        capitals = if c.is_ascii_uppercase() {
            capitals + 1
        } else {
            0
        };
        at += c.len_utf8();
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::names::{Scope, bare};

    #[test]
    fn names_become_snake_case() {
        for (name, expect) in [
            ("MemberUin", "member_uin"),
            ("hadAutoFixVul", "had_auto_fix_vul"),
            ("VPCId", "vpc_id"),
            ("VpcID", "vpc_id"),
            ("VPCs", "vpcs"),
            ("DescribeVPCs", "describe_vpcs"),
            ("VpcIDs", "vpc_ids"),
            ("VpcIDsSet", "vpc_ids_set"),
            ("ResultIDsVO", "result_ids_vo"),
            ("DescribeBPProtectURLs", "describe_bp_protect_urls"),
            ("VIPs", "vips"),
            ("HTTPSQps", "https_qps"),
            ("AStatuses", "a_statuses"),
            ("ID", "id"),
            ("URL", "url"),
            ("HTTPServer", "http_server"),
            ("IPv6Address", "ipv6_address"),
            ("IPv6CidrBlock", "ipv6_cidr_block"),
            ("Ipv6Address", "ipv6_address"),
            ("PublicIPv4", "public_ipv4"),
            ("AssignIPv6Addresses", "assign_ipv6_addresses"),
            ("ISPIPv6CidrBlock", "isp_ipv6_cidr_block"),
            (
                "AddExternalSAMLIdPCertificate",
                "add_external_saml_idp_certificate",
            ),
            (
                "SharedCNAMEDDoSProtections",
                "shared_cname_ddos_protections",
            ),
            ("ModifyOAuthSetting", "modify_oauth_setting"),
            (
                "GetZoneSAMLServiceProviderInfo",
                "get_zone_saml_service_provider_info",
            ),
            (
                "GetSCIMSynchronizationStatus",
                "get_scim_synchronization_status",
            ),
            ("BindMFADevice", "bind_mfa_device"),
            ("MemberUINs", "member_uins"),
            ("K8sVersion", "k8s_version"),
            ("K8SAPIRule", "k8s_api_rule"),
            ("HTTP2", "http2"),
            ("L7Rules", "l7_rules"),
            ("Net5G", "net_5g"),
            ("Create5GInstance", "create_5g_instance"),
            ("SubmitHunyuanTo3DUVJob", "submit_hunyuan_to_3d_uv_job"),
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
    fn types_keep_the_documented_spelling() {
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

    #[test]
    fn any_name_becomes_an_identifier() {
        for (name, snakes, pascals) in [
            ("_id", "id", "Id"),
            ("1st", "_1st", "_1st"),
            ("pet-id", "pet_id", "PetId"),
            ("a.b c", "a_b_c", "ABC"),
            ("3D", "_3d", "_3D"),
            ("", "unnamed", "Unnamed"),
            ("___", "unnamed", "Unnamed"),
            ("名称", "unnamed", "Unnamed"),
            ("naïve", "na_ve", "NaVe"),
            ("IDs名", "ids", "IDs"),
        ] {
            assert_eq!((snake(name), pascal(name)), (snakes.into(), pascals.into()));
        }
    }

    proptest! {
        #[test]
        fn any_text_gives_an_identifier(name in "\\PC{0,20}|[A-Za-z0-9_.s-]{0,20}") {
            for name in [snake(&name), pascal(&name)] {
                // Names that are never identifiers get a suffix.
                let ident = Scope::new("_", []).claim(&name);
                prop_assert!(bare(&ident).starts_with(&name));
            }
        }
    }
}
