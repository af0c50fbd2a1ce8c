//! A type with a field of every kind, and a request and a response as services have them.

#![allow(dead_code, reason = "each test file uses the types that it is about")]

use tc3::Value;

records! {
    Kinds {
        0 "Flag" flag: Option<bool>,
        1 "Count" count: Option<i64>,
        2 "Size" size: Option<u64>,
        3 "Ratio" ratio: Option<f64>,
        4 "Name" name: Option<String>,
        5 "Detail" detail: Option<Value>,
        6 "Tag" tag: Option<Tag>,
        7 "Inner" inner: Option<Box<Kinds>>,
        8 "Names" names: Option<Vec<String>>,
        9 "Counts" counts: Option<Vec<i64>>,
        10 "Ratios" ratios: Option<Vec<f64>>,
        11 "Details" details: Option<Vec<Value>>,
        12 "Rows" rows: Option<Vec<Vec<i64>>>,
        13 "Members" members: Option<Vec<Kinds>>,
    }

    Tag {
        0 "TagKey" tag_key: Option<String>,
        1 "TagValue" tag_value: Option<String>,
    }

    [request] AddMember {
        0 "MemberUin" member_uin: i64,
        1 "Name" name: String,
        2 "Tags" tags: Vec<Tag>,
        3 "Main" main: Tag,
        4 "Share" share: Option<f64>,
    }

    DescribeMembersResponse {
        0 "Members" members: Option<Vec<Kinds>>,
        1 "Total" total: Option<i64>,
        2 "RequestId" request_id: String,
    }
}
