//! Words of the vendor's names that `heck` would split, or join with their neighbours.

/// The words in their spelling, sorted. Each is one word of a Rust name: `IPv6` in `AssignIPv6Addresses` gives
/// `assign_ipv6_addresses`, where `heck` alone gives `assign_i_pv6_addresses`.
///
/// Acronyms in capitals, such as SAML, VPC or UIN, and their plurals need no entry: see [`case`](super::case).
pub(super) const WORDS: [&str; 32] = [
    "2E",         // BankCard2EVerification: two elements of identity
    "3D",         // SubmitHunyuanTo3DJob
    "3E",         // CheckBankCard3EVerification
    "4E",         // CheckBankCard4EVerification
    "5G",         // Create5GInstance
    "CKafka",     // DescribePostCKafkaFlows
    "CVSSv2",     // the versions of the scoring system of vulnerabilities
    "CVSSv3",     // likewise
    "DDoS",       // CreateDDoSPolicy
    "DDos",       // AntiDDosEip
    "FSx",        // GooseFSxOption
    "GiB",        // MemoryGiB
    "HBase",      // DescribeHBaseTableOverview
    "IPv4",       // PublicIPv4Addresses
    "IPv6",       // AssignIPv6Addresses
    "IaC",        // CreateIaCAccessToken: infrastructure as code
    "IdP",        // AddExternalSAMLIdPCertificate: identity provider
    "IoT",        // NBIoTDeviceID
    "K8S",        // K8SAPIRuleTypeZhItem
    "LoRa",       // CreateLoRaGateway
    "MongoDB",    // DescribeMongoDBProcessList
    "MySQL",      // CynosDBMySQL
    "OAuth",      // ModifyOAuthSetting
    "PostgREST",  // OpenPostgRESTService
    "PostgreSQL", // PostgreSQLInfo
    "QCloud",     // QCloudYeheNoticeTmpl
    "SaaS",       // IsSaaSUser
    "TDid",       // GetTDidDocument: decentralized identity
    "TWe",        // TWeTalk, TWeSee, TWeCall
    "TiDB",       // the database
    "WeChat",     // ListWeChatWorkSubAccounts
    "iOS",        // TPNSiOSPushEnvironment
];

/// Returns the word of the table at the start of a name. No small letter may follow it, so `IdP` is not part of
/// `IdPassword`.
pub(super) fn at_start(rest: &str, before: Option<char>) -> Option<&'static str> {
    let is_word = |word: &&str| {
        let after = rest.strip_prefix(*word);
        starts(word, before) && after.is_some_and(|after| ends(word, after.chars().next()))
    };
    let words = WORDS.into_iter().filter(is_word);
    words.max_by_key(|word| word.len())
}

/// Whether a word can start after this letter. A capital always can, a small letter unless a small letter precedes it,
/// and a digit unless a digit or capital precedes it, as in `E2E`.
fn starts(word: &str, before: Option<char>) -> bool {
    let (Some(first), Some(before)) = (word.chars().next(), before) else {
        return true;
    };
    match first {
        '0'..='9' => !before.is_ascii_digit() && !before.is_ascii_uppercase(),
        'a'..='z' => !before.is_ascii_lowercase(),
        _ => true,
    }
}

fn ends(word: &str, after: Option<char>) -> bool {
    let ends_with_digit = word.ends_with(|c: char| c.is_ascii_digit());
    !after.is_some_and(|after| {
        after.is_ascii_lowercase() || (ends_with_digit && after.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use heck::ToSnakeCase as _;

    use super::WORDS;
    use crate::names::snake;

    #[test]
    fn words_are_not_redundant() {
        assert!(WORDS.is_sorted());
        for word in WORDS {
            let before = if word.starts_with('i') { "TPNS" } else { "Is" };
            let name = format!("{before}{word}API");
            let expect = format!("{before}_{word}_api").to_ascii_lowercase();
            assert_eq!(snake(&name), expect);
            assert_ne!(name.to_snake_case(), expect, "{word} needs no entry");
        }
    }

    #[test]
    fn word_within_another_is_ignored() {
        for (name, expect) in [
            ("IdPassword", "id_password"),
            ("GiBlock", "gi_block"),
            ("LoRate", "lo_rate"),
            ("E2E", "e2e"),
            ("SHA3DES", "sha3des"),
            ("To13DJob", "to13_d_job"),
            ("CVSSv20", "cvs_sv20"),
            ("TPNSiOSToken", "tpns_ios_token"),
        ] {
            assert_eq!(snake(name), expect, "{name}");
        }
    }
}
