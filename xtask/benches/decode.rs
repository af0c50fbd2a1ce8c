//! Measures decoding and encoding JSON with the generated types of `tencentcloud-organization`. Prints, for a response
//! of fifty members of an organization (about 20 KB) and for a request of that size, the microseconds with field tables
//! and with `serde` derives of the same types, and the ratios.
//!
//! Run with `cargo bench -p xtask --bench decode`. Both sides take turns in short rounds. The first ratio is of the
//! minimum times, the second is the median of the rounds' ratios. If the two differ much, the machine was busy.

use std::hint::black_box;
use std::time::Instant;

use serde::{Deserialize, Serialize};
use tencentcloud_organization::v20210331::{
    DescribeOrganizationMembersRequest, DescribeOrganizationMembersResponse, Tag,
};

use tc3::__private::{from_json, to_json};

/// The same types with derives.
mod derived {
    use super::{Deserialize, Serialize};

    /// Defines structs whose fields are optional.
    macro_rules! structures {
        ($($name:ident { $($field:ident: $of:ty,)* })*) => {
            $(
                #[derive(Default, Deserialize, Serialize)]
                #[serde(rename_all = "PascalCase")]
                pub(crate) struct $name {
                    $(
                        #[serde(skip_serializing_if = "Option::is_none")]
                        pub(crate) $field: Option<$of>,
                    )*
                }
            )*
        };
    }

    structures! {
        OrgMember {
            member_uin: i64,
            name: String,
            member_type: String,
            org_policy_type: String,
            org_policy_name: String,
            org_permission: Vec<OrgPermission>,
            node_id: i64,
            node_name: String,
            remark: String,
            create_time: String,
            update_time: String,
            is_allow_quit: String,
            pay_uin: String,
            pay_name: String,
            org_identity: Vec<MemberIdentity>,
            bind_status: String,
            permission_status: String,
            tags: Vec<Tag>,
            nick_name: String,
        }

        OrgPermission {
            id: u64,
            name: String,
        }

        MemberIdentity {
            identity_id: i64,
            identity_alias_name: String,
        }

        Tag {
            tag_key: String,
            tag_value: String,
        }
    }

    #[derive(Deserialize, Serialize)]
    #[serde(rename_all = "PascalCase")]
    pub(crate) struct DescribeOrganizationMembersResponse {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) items: Option<Vec<OrgMember>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) total: Option<u64>,
        pub(crate) request_id: String,
    }

    #[derive(Serialize)]
    #[serde(rename_all = "PascalCase")]
    pub(crate) struct DescribeOrganizationMembersRequest {
        pub(crate) offset: u64,
        pub(crate) limit: u64,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) lang: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) search_key: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) auth_name: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) product: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) tags: Option<Vec<Tag>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) node_id: Option<u64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) node_name: Option<String>,
    }
}

fn main() {
    let text = serde_json::to_string(&organization()).expect("it has a text");
    let by_tables = || {
        let response = from_json::<DescribeOrganizationMembersResponse>(black_box(&text));
        response.expect("it is the response")
    };
    let by_derives = || {
        let response = serde_json::from_str(black_box(&text));
        let response: derived::DescribeOrganizationMembersResponse =
            response.expect("it is the response");
        response
    };
    compare("read a response", text.len(), by_tables, by_derives);

    let (ours, theirs) = (by_tables(), by_derives());
    let by_tables = || to_json(black_box(&ours)).expect("all numbers are finite");
    let by_derives = || serde_json::to_vec(black_box(&theirs)).expect("it has a text");
    // Decoding and encoding must be lossless, and into fields.
    assert_eq!(by_tables(), by_derives());
    assert!(ours.extra.is_empty());
    compare("write a response", by_tables().len(), by_tables, by_derives);

    let (ours, theirs) = requests();
    let by_tables = || to_json(black_box(&ours)).expect("all numbers are finite");
    let by_derives = || serde_json::to_vec(black_box(&theirs)).expect("it has a text");
    assert_eq!(by_tables(), by_derives());
    compare("write a request", by_tables().len(), by_tables, by_derives);
}

/// Prints the times with tables and with derives.
fn compare<A, B>(what: &str, bytes: usize, tables: impl Fn() -> A, derives: impl Fn() -> B) {
    let mut least = [f64::INFINITY; 2];
    let mut ratios: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let [ours, theirs] = [microseconds(&tables), microseconds(&derives)];
            least = [least[0].min(ours), least[1].min(theirs)];
            ours / theirs
        })
        .collect();
    ratios.sort_by(f64::total_cmp);
    let [ours, theirs] = least;
    println!(
        "{what} of {bytes} bytes: {ours:.1} µs by tables, {theirs:.1} µs by derives, {:.2} times (median {:.2})",
        ours / theirs,
        ratios[ROUNDS / 2],
    );
}

/// The number of rounds, and the repetitions per side in a round: a few milliseconds, so that other load on the machine
/// affects both sides.
const ROUNDS: usize = 1001;
const TIMES: u32 = 20;

fn microseconds<T>(run: impl Fn() -> T) -> f64 {
    let start = Instant::now();
    for _ in 0..TIMES {
        black_box(run());
    }
    start.elapsed().as_secs_f64() * 1e6 / f64::from(TIMES)
}

/// Creates a response with fifty members.
fn organization() -> derived::DescribeOrganizationMembersResponse {
    let text = |text: &str| Some(text.to_owned());
    let member = |number: i64| derived::OrgMember {
        member_uin: Some(200_010_003_000 + number),
        name: Some(format!("team-{number}")),
        member_type: text("Create"),
        org_policy_type: text("Financial"),
        org_policy_name: text("财务"),
        org_permission: Some(vec![derived::OrgPermission {
            id: Some(2),
            name: text("付款"),
        }]),
        node_id: Some(3_100 + number),
        node_name: text("Research"),
        remark: text("asked for by \"ops\""),
        create_time: text("2024-03-05 09:10:11"),
        update_time: text("2024-06-07 12:13:14"),
        is_allow_quit: text("Denied"),
        pay_uin: text("200010003000"),
        pay_name: None,
        org_identity: Some(vec![derived::MemberIdentity {
            identity_id: Some(7),
            identity_alias_name: text("auditor"),
        }]),
        bind_status: text("Bound"),
        permission_status: text("Confirmed"),
        tags: None,
        nick_name: None,
    };
    derived::DescribeOrganizationMembersResponse {
        items: Some((0..50).map(member).collect()),
        total: Some(50),
        request_id: "0f9d1c52-3a7e-4f0b-9d58-2b1c6e7a8f90".to_owned(),
    }
}

/// Creates a request with many tags, in both types.
fn requests() -> (
    DescribeOrganizationMembersRequest,
    derived::DescribeOrganizationMembersRequest,
) {
    let tags = (0..400).map(|number| {
        let tag = [format!("cost-center-{number}"), "research".to_owned()];
        tag.map(|text| text + "-2024")
    });
    let ours = DescribeOrganizationMembersRequest::builder()
        .offset(0)
        .limit(50)
        .tags(tags.clone().map(|[key, value]| {
            let tag = Tag::builder().tag_key(key).tag_value(value);
            tag.build()
        }))
        .node_name("Research")
        .build();
    let theirs = derived::DescribeOrganizationMembersRequest {
        offset: 0,
        limit: 50,
        lang: None,
        search_key: None,
        auth_name: None,
        product: None,
        tags: Some(
            tags.map(|[key, value]| derived::Tag {
                tag_key: Some(key),
                tag_value: Some(value),
            })
            .collect(),
        ),
        node_id: None,
        node_name: Some("Research".to_owned()),
    };
    (ours, theirs)
}
