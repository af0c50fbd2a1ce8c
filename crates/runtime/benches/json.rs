//! What the envelope of fifty members of an organization, some 20 KB, costs to read and to write over field tables,
//! against derives of the same types with `serde_json`, which read the envelope in one pass as well. The last lines are
//! the ratios.

#[path = "../tests/sample/mod.rs"]
#[macro_use]
mod sample;
mod ratio;

use std::hint::black_box;

use criterion::Criterion;
use ratio::ratio;
use serde::{Deserialize, Serialize};
use tc3::{
    envelope::{self, Answer},
    json,
    record::Record as _,
};

records! {
    DescribeOrganizationMembersResponse {
        0 "Items" items: Option<Vec<OrgMember>>,
        1 "Total" total: Option<u64>,
        2 "RequestId" request_id: String,
    }

    OrgMember {
        0 "MemberUin" member_uin: Option<i64>,
        1 "Name" name: Option<String>,
        2 "MemberType" member_type: Option<String>,
        3 "OrgPolicyType" org_policy_type: Option<String>,
        4 "OrgPolicyName" org_policy_name: Option<String>,
        5 "OrgPermission" org_permission: Option<Vec<OrgPermission>>,
        6 "NodeId" node_id: Option<i64>,
        7 "NodeName" node_name: Option<String>,
        8 "Remark" remark: Option<String>,
        9 "CreateTime" create_time: Option<String>,
        10 "UpdateTime" update_time: Option<String>,
        11 "IsAllowQuit" is_allow_quit: Option<String>,
        12 "PayUin" pay_uin: Option<String>,
        13 "PayName" pay_name: Option<String>,
        14 "OrgIdentity" org_identity: Option<Vec<MemberIdentity>>,
        15 "BindStatus" bind_status: Option<String>,
        16 "PermissionStatus" permission_status: Option<String>,
    }

    OrgPermission {
        0 "Id" id: Option<u64>,
        1 "Name" name: Option<String>,
    }

    MemberIdentity {
        0 "IdentityId" identity_id: Option<i64>,
        1 "IdentityAliasName" identity_alias_name: Option<String>,
    }
}

/// The same by derives.
mod derived {
    use super::{Deserialize, Serialize};

    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    pub(crate) struct Envelope {
        pub(crate) response: DescribeOrganizationMembersResponse,
    }

    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "PascalCase")]
    pub(crate) struct DescribeOrganizationMembersResponse {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) items: Option<Vec<OrgMember>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) total: Option<u64>,
        pub(crate) request_id: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) error: Option<Error>,
    }

    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "PascalCase")]
    pub(crate) struct Error {
        pub(crate) code: String,
        pub(crate) message: String,
    }

    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "PascalCase")]
    pub(crate) struct OrgMember {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) member_uin: Option<i64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) name: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) member_type: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) org_policy_type: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) org_policy_name: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) org_permission: Option<Vec<OrgPermission>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) node_id: Option<i64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) node_name: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) remark: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) create_time: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) update_time: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) is_allow_quit: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) pay_uin: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) pay_name: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) org_identity: Option<Vec<MemberIdentity>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) bind_status: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) permission_status: Option<String>,
    }

    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "PascalCase")]
    pub(crate) struct OrgPermission {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) id: Option<u64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) name: Option<String>,
    }

    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "PascalCase")]
    pub(crate) struct MemberIdentity {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) identity_id: Option<i64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) identity_alias_name: Option<String>,
    }
}

fn main() {
    let response = organization();
    let text = String::from_utf8(json::write(&response).expect("all numbers are finite"))
        .expect("JSON is UTF-8");
    let body = format!(r#"{{"Response":{text}}}"#).into_bytes();
    let by_tables = || {
        let mut response = DescribeOrganizationMembersResponse::empty();
        let answer = envelope::read(black_box(&body), &mut response);
        assert!(matches!(answer, Ok(Answer::Response)));
        response
    };
    let by_derives = || {
        let envelope: derived::Envelope =
            serde_json::from_slice(black_box(&body)).expect("this is the envelope");
        assert!(envelope.response.error.is_none());
        envelope.response
    };
    let derived = by_derives();
    assert_eq!(by_tables(), response);
    assert_eq!(serde_json::to_string(&derived).expect("it was read"), text);
    let write_by_tables = || json::write(black_box(&response));
    let write_by_derives = || serde_json::to_vec(black_box(&derived));

    let mut criterion = Criterion::default().configure_from_args();
    criterion.bench_function("read/tables", |bencher| bencher.iter(by_tables));
    criterion.bench_function("read/derives", |bencher| bencher.iter(by_derives));
    criterion.bench_function("write/tables", |bencher| bencher.iter(write_by_tables));
    criterion.bench_function("write/derives", |bencher| bencher.iter(write_by_derives));
    criterion.final_summary();

    println!(
        "{} bytes: reading over tables takes {:.2} times what it takes by derives, writing {:.2} times",
        body.len(),
        ratio(by_tables, by_derives, 20),
        ratio(write_by_tables, write_by_derives, 20)
    );
}

/// Fifty members of the kind that the service's documentation shows.
fn organization() -> DescribeOrganizationMembersResponse {
    let text = |text: &str| Some(text.to_owned());
    let member = |number: i64| OrgMember {
        member_uin: Some(100_028_582_000 + number),
        name: Some(format!("member-{number}")),
        member_type: text("Invite"),
        org_policy_type: text("Financial"),
        org_policy_name: text("财务管理"),
        org_permission: Some(vec![OrgPermission {
            id: Some(1),
            name: text("查看账单"),
            extra: tc3::Extra::new(),
        }]),
        node_id: Some(2_000 + number),
        node_name: text("Root"),
        remark: text("the \"main\" account"),
        create_time: text("2022-01-25 16:20:37"),
        update_time: text("2023-05-11 10:07:12"),
        is_allow_quit: text("Allow"),
        pay_uin: text("100028582828"),
        pay_name: None,
        org_identity: Some(vec![MemberIdentity {
            identity_id: Some(1),
            identity_alias_name: text("administrator"),
            extra: tc3::Extra::new(),
        }]),
        bind_status: text("Bound"),
        permission_status: text("Confirmed"),
        extra: tc3::Extra::new(),
    };
    DescribeOrganizationMembersResponse {
        items: Some((0..50).map(member).collect()),
        total: Some(50),
        request_id: "5b1f1c3a-520d-4192-b42f-595cc34b6c1c".to_owned(),
        extra: tc3::Extra::new(),
    }
}
