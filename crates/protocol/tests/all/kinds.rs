//! Type with a field of every kind, a request and a response.

#![allow(dead_code, reason = "not every test reads all fields")]

use tc3_protocol::message::Json;

messages! {
    Kinds {
        "Flag" flag: optional bool = Kind::Bool;
        "Count" count: optional i64 = Kind::I64;
        "Size" size: optional u64 = Kind::U64;
        "Ratio" ratio: optional f64 = Kind::F64;
        "Name" name: optional String = Kind::String;
        "Detail" detail: optional Json = Kind::Json;
        "Tag" tag: optional Tag = Kind::Message(Tag::table);
        "Inner" inner: boxed Kinds = Kind::Message(Kinds::table);
        "Names" names: optional Vec<String> = Kind::List(&Kind::String);
        "Counts" counts: optional Vec<i64> = Kind::List(&Kind::I64);
        "Ratios" ratios: optional Vec<f64> = Kind::List(&Kind::F64);
        "Details" details: optional Vec<Json> = Kind::List(&Kind::Json);
        "Rows" rows: optional Vec<Vec<i64>> = Kind::List(&Kind::List(&Kind::I64));
        "Members" members: optional Vec<Kinds> = Kind::List(&Kind::Message(Kinds::table));
    }

    Tag {
        "TagKey" tag_key: optional String = Kind::String;
        "TagValue" tag_value: optional String = Kind::String;
    }

    AddMember ["MemberUin", "Name", "Tags", "Main"] {
        "MemberUin" member_uin: required i64 = Kind::I64;
        "Name" name: required String = Kind::String;
        "Tags" tags: required Vec<Tag> = Kind::List(&Kind::Message(Tag::table));
        "Main" main: required Tag = Kind::Message(Tag::table);
        "Share" share: optional f64 = Kind::F64;
    }

    DescribeMembersResponse {
        "Members" members: optional Vec<Kinds> = Kind::List(&Kind::Message(Kinds::table));
        "Total" total: optional i64 = Kind::I64;
        "RequestId" request_id: required String = Kind::String;
    }
}
